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

  @Test func boundsThatMeetAreWidened() {
    // 8 = "<5" + "<5" would be 4 + 4 for certain.
    let table = SmallCounts.suppress(
      [20, 8, 4, 4, 12], sums: [.init(total: 1, parts: [2, 3]), .init(total: 0, parts: [1, 4])],
      below: 5)
    #expect(table == [.exact(20), .withheld, .below(5), .below(5), .withheld])
  }

  @Test func combinationsOfSumsGiveNothingAway() {
    // a + b and b + c and a + c each have two hidden members, yet fix all three.
    let sums: [SmallCounts.Sum] = [
      .init(total: 3, parts: [0, 1]), .init(total: 4, parts: [1, 2]),
      .init(total: 5, parts: [0, 2]),
    ]
    let table = SmallCounts.suppress([3, 40, 50, 43, 90, 53], sums: sums, below: 5)
    #expect(Exhaustive.values(of: 0, shown: table, sums: sums, below: 5, upTo: 60).count > 1)
  }

  @Test func noSmallCountCanBeWorkedOutByTryingEveryTable() {
    var generator = SeededGenerator(seed: 8)
    let sums: [SmallCounts.Sum] =
      (0..<3).map { .init(total: $0 * 3, parts: [$0 * 3 + 1, $0 * 3 + 2]) }
      + (0..<3).map { .init(total: 6 + $0, parts: [$0, 3 + $0]) }
    for _ in 0..<150 {
      let parts = (0..<4).map { _ in Int.random(in: 0...7, using: &generator) }
      let rows = [[parts[0], parts[1]], [parts[2], parts[3]]].map { [$0[0] + $0[1]] + $0 }
      let cells = rows[0] + rows[1] + zip(rows[0], rows[1]).map(+)
      let shown = SmallCounts.suppress(cells, sums: sums, below: 4, keep: [6, 7, 8])
      for index in cells.indices where (1..<4).contains(cells[index]) {
        let possible = Exhaustive.values(of: index, shown: shown, sums: sums, below: 4, upTo: 24)
        #expect(possible.count > 1, "\(cells) \(shown) \(index)")
      }
    }
  }
}

/// A reader with patience: every table that fits what is shown.
enum Exhaustive {
  /// The values that one cell takes in the tables that fit; stops once there are two.
  static func values(
    of cell: Int, shown: [PublishedCount], sums: [SmallCounts.Sum], below limit: Int, upTo: Int
  ) -> Set<Int> {
    var table = shown.map { $0.exactValue }
    var found: Set<Int> = []
    let ranges: [ClosedRange<Int>] = shown.map {
      switch $0 {
      case .exact(let value): value...value
      case .below(let limit): 1...limit - 1
      case .withheld: limit...upTo
      }
    }
    func fits() -> Bool {
      sums.allSatisfy { sum in
        let parts = sum.parts.compactMap { table[$0] }
        guard parts.count == sum.parts.count, let total = table[sum.total] else { return true }
        return parts.reduce(0, +) == total
      }
    }
    func search() {
      guard found.count < 2, fits() else { return }
      guard let free = table.indices.first(where: { table[$0] == nil }) else {
        if let value = table[cell] { found.insert(value) }
        return
      }
      for value in ranges[free] {
        table[free] = value
        search()
      }
      table[free] = nil
    }
    for value in ranges[cell] where found.count < 2 {
      table[cell] = value
      search()
    }
    return found
  }
}
