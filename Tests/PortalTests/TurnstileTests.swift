import Testing

@testable import Ground

@Suite struct TurnstileTests {
  private actor Crowd {
    private(set) var inside = 0
    private(set) var most = 0
    private(set) var passed = 0
    func enter() {
      inside += 1
      most = max(most, inside)
    }
    func leave() {
      inside -= 1
      passed += 1
    }
  }

  @Test func soManyAtATimeAndAllInTheEnd() async throws {
    let (turnstile, crowd) = (Turnstile(places: 2), Crowd())
    try await withThrowingTaskGroup { group in
      for _ in 1...50 {
        group.addTask {
          try await turnstile.pass {
            await crowd.enter()
            try await Task.sleep(for: .milliseconds(1))
            await crowd.leave()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(await crowd.most == 2)
    #expect(await crowd.passed == 50)
  }

  @Test func whoFailsLeavesTheirPlace() async throws {
    struct Failure: Error {}
    let turnstile = Turnstile(places: 1)
    for _ in 1...3 {
      await #expect(throws: Failure.self) { try await turnstile.pass { throw Failure() } }
    }
    #expect(try await turnstile.pass { 1 } == 1)
  }
}
