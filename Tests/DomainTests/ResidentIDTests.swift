import Testing

@testable import Domain

@Suite struct ResidentIDTests {
  /// The standard's own table, computed the slow way.
  static func slowCheckCharacter(_ seventeen: String) -> Character {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(seventeen, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
    return Array("10X98765432")[sum % 11]
  }

  static func random(_ count: Int, seed: UInt64) throws -> [ResidentID] {
    var generator = SeededGenerator(seed: seed)
    let first = try #require(Day(iso: "1900-01-01"))
    let last = try #require(Day(iso: "2099-12-31"))
    return try (0..<count).map { _ in
      try ResidentID.madeUp(
        areaPrefix: String(Int.random(in: 110_000...659_999, using: &generator)),
        birth: Day(number: .random(in: first.number...last.number, using: &generator)),
        sequence: .random(in: 0...999, using: &generator))
    }
  }

  @Test func theExampleOfTheStandardIsValid() throws {
    let id = try ResidentID("11010519491231002X")
    #expect(id.text == "11010519491231002X")
    #expect(id.birthDay.iso == "1949-12-31")
    #expect(id.areaPrefix == "110105")
    #expect(try ResidentID("11010519491231002x") == id)
  }

  @Test func madeUpNumbersAgreeWithTheSlowComputation() throws {
    for id in try Self.random(2_000, seed: 1) {
      #expect(id.text.last == Self.slowCheckCharacter(String(id.text.prefix(17))))
      #expect(try ResidentID(id.text) == id)
      #expect(id.text.contains(id.birthDay.iso.replacing("-", with: "")))
    }
  }

  @Test func everySingleWrongCharacterIsDetected() throws {
    for id in try Self.random(100, seed: 2) {
      let characters = Array(id.text)
      for place in characters.indices {
        for wrong in "0123456789X" where wrong != characters[place] {
          var typed = characters
          typed[place] = wrong
          if (try? ResidentID(String(typed))) != nil {
            Issue.record("place \(place) of \(id.text)")
          }
        }
      }
    }
  }

  @Test func swappedNeighboursAreDetected() throws {
    for id in try Self.random(200, seed: 3) {
      var characters = Array(id.text)
      for place in 0..<16 where characters[place] != characters[place + 1] {
        characters.swapAt(place, place + 1)
        #expect(throws: ResidentIDError.self) { try ResidentID(String(characters)) }
        characters.swapAt(place, place + 1)
      }
    }
  }

  @Test func theOldFormBecomesTheNew() throws {
    for id in try Self.random(500, seed: 4) where id.birthDay.year < 2000 {
      let text = id.text
      let old = text.prefix(6) + text.dropFirst(8).prefix(9)
      #expect(try ResidentID(String(old)) == id)
    }
  }

  @Test(arguments: [
    "11010519491231002x", "11010519491231002Ｘ", "11010519491231002ｘ", "１１０１０５１９４９１２３１００２Ｘ",
    " 110105 19491231 002X ", "110105-19491231-002X", "110105\u{3000}19491231002X\u{200B}",
  ])
  func oldSpellingsAreNormalised(typed: String) throws {
    #expect(try ResidentID(typed).text == "11010519491231002X")
  }

  @Test(arguments: [
    ("", ResidentIDError.length(0)), ("1101051949123100", .length(16)),
    ("1101051949123100212", .length(19)), ("11010519491231002A", .character(position: 18)),
    ("11010519X91231002X", .character(position: 9)), ("11010549123100X", .character(position: 15)),
    ("010105194912310021", .area), ("110105194913310021", .birth), ("110105189912310021", .birth),
    ("110105202102290021", .birth), ("110105194912310021", .checkCharacter),
    ("1101051949123100一X", .character(position: 17)),
  ])
  func wrongNumbersSayWhatIsWrong(typed: String, error: ResidentIDError) {
    #expect(throws: error) { try ResidentID(typed) }
    #expect(typed.isEmpty || !error.description.contains(typed))
  }

  @Test func partsThatDoNotFitAreRefused() throws {
    let birth = try #require(Day(iso: "1980-01-01"))
    for area in ["35042", "3504230", "35042x", "３50423"] {
      #expect(throws: ResidentIDError.parts) {
        try ResidentID.madeUp(areaPrefix: area, birth: birth, sequence: 1)
      }
    }
    #expect(throws: ResidentIDError.parts) {
      try ResidentID.madeUp(areaPrefix: "350423", birth: birth, sequence: 1_000)
    }
  }

  @Test func printingANumberMasksIt() throws {
    let id = try ResidentID("11010519491231002X")
    #expect("\(id)" == "110105********002X")
    #expect(id.masked == "110105********002X")
  }
}
