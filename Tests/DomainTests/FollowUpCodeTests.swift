import Testing

@testable import Domain

@Suite struct FollowUpCodeTests {
  static func random(_ count: Int, seed: UInt64) throws -> [FollowUpCode] {
    var generator = SeededGenerator(seed: seed)
    return try (0..<count).map { _ in
      let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
      return try #require(FollowUpCode(entropy: bytes))
    }
  }

  @Test func codesHaveTwentyDigitsAndReadBack() throws {
    let codes = try Self.random(2_000, seed: 1)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.digits.utf8.count == 20)
      #expect(try FollowUpCode(typed: code.digits) == code)
      #expect(try FollowUpCode(typed: code.grouped) == code)
    }
  }

  @Test func everyDigitIsAsLikelyAsTheOthers() throws {
    var counts = [Int](repeating: 0, count: 10)
    for code in try Self.random(5_000, seed: 2) {
      for byte in code.digits.utf8.dropLast() { counts[Int(byte - 48)] += 1 }
    }
    for count in counts { #expect((9_000...10_000).contains(count)) }
  }

  @Test func theSameEntropyGivesTheSameCodeAndTooLittleGivesNone() throws {
    let zero = try #require(FollowUpCode(entropy: [UInt8](repeating: 0, count: 16)))
    #expect(zero.digits == "00000000000000000000")
    let one = try #require(FollowUpCode(entropy: [UInt8](repeating: 0, count: 15) + [1]))
    #expect(one.digits == "00000000000000000018")
    #expect(one.grouped == "0000 0000 0000 0000 0018")
    #expect(FollowUpCode(entropy: [UInt8](repeating: 1, count: 15)) == nil)
  }

  @Test func everySingleWrongDigitIsATypo() throws {
    for code in try Self.random(50, seed: 3) {
      let digits = Array(code.digits)
      for place in digits.indices {
        for wrong in "0123456789" where wrong != digits[place] {
          var typed = digits
          typed[place] = wrong
          if (try? FollowUpCode(typed: String(typed))) != nil {
            Issue.record("place \(place) of \(code.digits)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    "0000 0000 0000 0000 0018", "0000-0000-0000-0000-0018", "００００　００００　００００　００００　００１８",
    "\t00000000000000000018\n", "0000–0000—0000 0000\u{200B}0018",
  ])
  func groupingAndWidthDoNotMatter(typed: String) throws {
    #expect(try FollowUpCode(typed: typed).digits == "00000000000000000018")
  }

  @Test(arguments: [
    ("", FollowUpCodeError.length(0)), ("1234", .length(4)),
    ("000000000000000000018", .length(21)), ("0000000000000000001O", .character),
    ("查询码", .character), ("00000000000000000081", .typo),
  ])
  func wrongCodesSayWhatIsWrong(typed: String, error: FollowUpCodeError) {
    #expect(throws: error) { try FollowUpCode(typed: typed) }
  }
}
