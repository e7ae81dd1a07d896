public import Domain

extension CellKind where Value: Hashable {
  /// One of few values, by title or synonym; full-width characters and blanks do not count.
  @inlinable public static func choice(
    _ titles: [(value: Value, title: String, synonyms: [String])]
  ) -> CellKind<Value> {
    let values = titles.map(\.value)
    let list = ChoiceList(titles.map { [$0.title] + $0.synonyms })
    return CellKind(
      hint: list.hint, choices: list.titles,
      read: { cell, _ throws(CellProblem) in try list.index(of: cell).map { values[$0] } },
      write: { value in values.firstIndex(of: value).map { .text(list.titles[$0]) } ?? .empty })
  }
}

/// The words of a choice; which value each stands for is its place.
@usableFromInline struct ChoiceList: Sendable {
  @usableFromInline let titles: [String]
  private let places: [String: Int]

  /// - Parameter words: of each value the title, then its synonyms
  @usableFromInline init(_ words: [[String]]) {
    titles = words.map { $0[0] }
    var places: [String: Int] = [:]
    for (index, words) in words.enumerated().reversed() {
      for word in words { places[ChoiceList.key(word)] = index }
    }
    for (index, title) in titles.enumerated() { places[ChoiceList.key(title)] = index }
    self.places = places
  }

  @usableFromInline var hint: String { "填：" + titles.joined(separator: "、") }

  @usableFromInline func index(of cell: Cell) throws(CellProblem) -> Int? {
    if case .failure = cell { throw .failure }
    let text = cell.plainText
    if text.isEmpty { return nil }
    guard let place = places[text] ?? places[ChoiceList.key(text)] else {
      throw CellProblem(.choiceUnknown, "只能" + hint)
    }
    return place
  }

  private static func key(_ word: String) -> String { compacted(word).lowercased() }
}

extension CellKind<AreaCode> {
  /// The code of a township (9 digits) or of a county (6 digits); the 12 digits of the statistics
  /// bureau are let pass where the last three say nothing.
  public static var area: CellKind<AreaCode> {
    CellKind(
      hint: "行政区划代码：乡镇9位，县6位",
      read: { cell, _ throws(CellProblem) in
        if case .failure = cell { throw .failure }
        if case .text(let text) = cell, text.utf8.count == 9, let area = AreaCode(text) {
          return area
        }
        var digits = compacted(cell.plainText)
        if digits.isEmpty { return nil }
        if digits.utf8.count == 12, digits.hasSuffix("000") { digits.removeLast(3) }
        guard let area = AreaCode(digits), digits.utf8.count == 9 || digits.utf8.count == 6 else {
          throw CellProblem(.areaInvalid, "应填行政区划代码：乡镇9位，县6位，请核对")
        }
        return area
      },
      write: { .text($0.rawValue) })
  }
}
