import Testing

@testable import Domain

@Suite struct SmallCountsTests {
  /// A county with cross-footing figures, many of them small.
  static func county(_ generator: inout SeededGenerator, estates: Int, upTo: Int) -> CountyFigures {
    let figures = (0..<estates).map { index in
      let natures = ExitNature.allCases.map { nature in
        let isThere = Bool.random(using: &generator)
        return (nature, isThere ? Int.random(in: 0...upTo, using: &generator) : 0)
      }
      let found = natures.reduce(0) { $0 + $1.1 }
      let households = Int.random(in: found...found + 40, using: &generator)
      let cleared = Int.random(in: 0...found, using: &generator)
      return EstateFigures(
        estate: EstateID(rawValue: Int64(index + 1)), name: "项目\(index + 1)",
        counts: FigureCounts(
          homes: households + 3, households: households,
          reviewed: .random(in: 0...households, using: &generator),
          visited: .random(in: 0...households, using: &generator), found: found,
          byNature: Dictionary(uniqueKeysWithValues: natures), cleared: cleared,
          remaining: found - cleared))
    }
    return CountyFigures(estates: figures, complaintsReceived: 12, complaintsInTime: 3)
  }

  static func cells(_ counts: PublishedCounts) -> [PublishedCount] {
    [counts.households, counts.reviewed, counts.visited, counts.found, counts.cleared]
      + [counts.remaining] + ExitNature.allCases.map { counts[$0] }
  }

  static func sums(_ figures: PublishedFigures) -> [[PublishedCount]] {
    let rows = figures.estates.map(\.counts) + [figures.total]
    let inRows = rows.flatMap { row in
      [[row.found, row.cleared, row.remaining], [row.found] + ExitNature.allCases.map { row[$0] }]
    }
    let columns = rows.map(cells)
    return inRows + columns[0].indices.map { column in columns.map { $0[column] } }
  }

  @Test(arguments: [2, 3, 5, 10])
  func noSmallCountIsShownAndNoSumGivesOneAway(limit: Int) {
    var generator = SeededGenerator(seed: UInt64(limit))
    for round in 0..<39 {
      let county = Self.county(&generator, estates: round % 13, upTo: [2, 6, 30][round % 3])
      #expect(county.crossFootProblems() == [])
      let published = SmallCounts.suppress(county, below: limit)
      let rows = published.estates.map(\.counts) + [published.total]
      for count in rows.flatMap(Self.cells) {
        #expect(!(1..<limit).contains(count.exactValue ?? 0))
      }
      for sum in Self.sums(published) {
        #expect(sum.count(where: \.isHidden) != 1, "\(sum)")
      }
    }
  }

  @Test func whatIsShownIsTrueAndZeroStaysZero() {
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<100 {
      let county = Self.county(&generator, estates: 6, upTo: 12)
      let published = SmallCounts.suppress(county, below: 5)
      for (estate, shown) in zip(county.estates, published.estates) {
        let truth = estate.counts
        let values =
          [truth.households, truth.reviewed, truth.visited, truth.found, truth.cleared]
          + [truth.remaining] + ExitNature.allCases.map { truth.byNature[$0, default: 0] }
        for (value, count) in zip(values, Self.cells(shown.counts)) {
          switch count {
          case .exact(let number): #expect(number == value)
          case .below(let limit): #expect((1..<limit).contains(value))
          case .withheld: #expect(value >= 5)
          }
          if value == 0 { #expect(count == .exact(0)) }
        }
        #expect(shown.counts.homes == .exact(truth.homes))
      }
      #expect(published.complaintsReceived == .exact(12))
      #expect(published.complaintsInTime == .below(5))
    }
  }

  @Test func aLimitOfOneHidesNothing() {
    var generator = SeededGenerator(seed: 5)
    let published = SmallCounts.suppress(
      Self.county(&generator, estates: 8, upTo: 4), below: 1)
    #expect(Self.sums(published).joined().allSatisfy { !$0.isHidden })
  }

  @Test func theCountysTotalsStayVisibleWhereTheyCan() {
    var generator = SeededGenerator(seed: 6)
    var hidden = 0
    for _ in 0..<50 {
      let published = SmallCounts.suppress(
        Self.county(&generator, estates: 12, upTo: 12), below: 5)
      hidden += Self.cells(published.total).count(where: \.isHidden)
    }
    // Of 600: those that are small themselves or stand beside a small one alone.
    #expect(hidden <= 12)
  }

  @Test func theTotalIsHiddenOnlyWhenNothingElseCanBe() {
    let table = SmallCounts.suppress(
      [12, 10, 2, 0], sums: [.init(total: 0, parts: [1, 2, 3])], below: 5, keep: [0])
    #expect(table == [.exact(12), .withheld, .below(5), .exact(0)])
    let alone = SmallCounts.suppress(
      [3, 3, 0], sums: [.init(total: 0, parts: [1, 2])], below: 5, keep: [0])
    #expect(alone == [.below(5), .below(5), .exact(0)])
  }
}
