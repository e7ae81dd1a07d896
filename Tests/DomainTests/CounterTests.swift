import Testing

@testable import Domain

@Suite struct CounterTests {
  @Test(arguments: [
    (19, 0, 0, false), (20, 0, 0, true), (20, 0, 9, true), (20, 0, 10, false), (20, 20, 0, true),
    (40, 20, 9, true), (40, 20, 10, false), (500, 3, 497, false),
  ])
  func manyQuestionsWithoutFilingsStandOut(
    _ questions: Int, _ hits: Int, _ filings: Int, _ isNoticed: Bool
  ) {
    let day = CounterDay(questions: questions, hits: hits, filings: filings)
    #expect(day.looksLikeFishing == isNoticed)
  }

  @Test func onlyWhoWaitsMayNotFile() {
    #expect(CounterState.allCases.filter { !$0.mayFile } == [.waiting])
  }

  @Test func aSystemMayNoMoreThanItsAccountAndItsToken() throws {
    let county = try #require(AreaCode("350423"))
    let account = Principal(
      accountID: AccountID(rawValue: 1), account: "ziran", displayName: "王五",
      role: .naturalResources, area: county)
    let township = try #require(AreaCode("350423100"))
    let system = account.delegating([.askCounter, .viewAudit], in: township)
    #expect(system.may(.askCounter))
    #expect(!system.may(.viewAudit), "the role does not hold it")
    #expect(!system.may(.answerChecks), "the token was not given it")
    #expect(system.area == township)
    let elsewhere = try #require(AreaCode("350424"))
    #expect(account.delegating([], in: elsewhere).area == county)
    #expect(system.delegating(Set(Permission.allCases), in: township).may(.answerChecks) == false)
  }
}
