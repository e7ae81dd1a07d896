/// The counts of one estate, or of the county, as the public sees them.
public struct PublishedCounts: Hashable, Codable, Sendable {
  public var homes: PublishedCount
  public var households: PublishedCount
  public var reviewed: PublishedCount
  public var visited: PublishedCount
  public var found: PublishedCount
  public var byNature: [ExitNature: PublishedCount]
  public var cleared: PublishedCount
  public var remaining: PublishedCount

  /// In the order of `FigureCounts.named`.
  init(_ counts: ArraySlice<PublishedCount>) {
    let all = Array(counts)
    homes = all[0]
    households = all[1]
    reviewed = all[2]
    visited = all[3]
    found = all[4]
    cleared = all[5]
    remaining = all[6]
    byNature = Dictionary(uniqueKeysWithValues: zip(ExitNature.allCases, all[7...]))
  }

  /// The count of a nature; zero when it does not occur.
  public subscript(nature: ExitNature) -> PublishedCount { byNature[nature] ?? .exact(0) }
}

/// The counts of one estate as the public sees them.
public struct PublishedEstate: Hashable, Codable, Sendable {
  public var estate: EstateID
  public var name: String
  public var counts: PublishedCounts
}

/// The figures of a county as the public sees them: small counts hidden, nothing to work them out from.
public struct PublishedFigures: Hashable, Codable, Sendable {
  public var estates: [PublishedEstate]
  public var total: PublishedCounts
  public var complaintsReceived: PublishedCount
  public var complaintsInTime: PublishedCount
  /// Counts of 1..<this are hidden.
  public var below: Int
}

extension SmallCounts {
  /// The figures for the public: rows (found = cleared + remaining = Σ natures) and columns
  /// (the county = Σ estates) are the sums that a reader knows; the number of homes is no secret.
  ///
  /// The figures must cross-foot (``CountyFigures/crossFootProblems()``).
  public static func suppress(_ figures: CountyFigures, below limit: Int) -> PublishedFigures {
    let rows = (figures.estates.map(\.counts) + [figures.total]).map { $0.named.map(\.value) }
    let width = 7 + ExitNature.allCases.count
    let last = rows.count - 1
    var sums: [Sum] = []
    for row in rows.indices {
      let start = row * width
      sums.append(Sum(total: start + 4, parts: [start + 5, start + 6]))
      sums.append(Sum(total: start + 4, parts: Array(start + 7..<start + width)))
    }
    for column in 1..<width {
      sums.append(
        Sum(total: last * width + column, parts: (0..<last).map { $0 * width + column }))
    }
    var cells = rows.flatMap(\.self)
    let homes = rows.indices.map { $0 * width }
    let known = homes.map { cells[$0] }
    for index in homes { cells[index] = 0 }
    let totals = Set(last * width..<(last + 1) * width)
    var published = suppress(cells, sums: sums, below: limit, keep: totals)
    for (index, count) in zip(homes, known) { published[index] = .exact(count) }
    let complaints = suppress(
      [figures.complaintsReceived, figures.complaintsInTime], sums: [], below: limit)
    return PublishedFigures(
      estates: figures.estates.enumerated().map { row, estate in
        PublishedEstate(
          estate: estate.estate, name: estate.name,
          counts: PublishedCounts(published[row * width..<(row + 1) * width]))
      },
      total: PublishedCounts(published[last * width..<(last + 1) * width]),
      complaintsReceived: complaints[0], complaintsInTime: complaints[1], below: limit)
  }
}
