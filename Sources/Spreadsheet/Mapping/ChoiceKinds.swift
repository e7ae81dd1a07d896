public import Domain

extension CellKind where Value: Hashable {
  /// One of few values, by title or synonym; full-width characters and blanks do not count.
  public static func choice(
    _ titles: [(value: Value, title: String, synonyms: [String])]
  ) -> CellKind<Value> {
    var values: [String: Value] = [:]
    for choice in titles.reversed() {
      for title in [choice.title] + choice.synonyms { values[choiceKey(title)] = choice.value }
    }
    let found = values
    let written = Dictionary(titles.map { ($0.value, $0.title) }, uniquingKeysWith: { $1 })
    let list = titles.map(\.title).joined(separator: "、")
    return CellKind(
      hint: "填：\(list)", choices: titles.map(\.title),
      read: { cell, _ throws(CellProblem) in
        if case .failure = cell { throw .failure }
        let text = cell.plainText
        if text.isEmpty { return nil }
        guard let value = found[text] ?? found[choiceKey(text)] else {
          throw CellProblem(.choiceUnknown, "只能填：\(list)")
        }
        return value
      },
      write: { .text(written[$0] ?? "") })
  }
}

private func choiceKey(_ title: String) -> String { compacted(title).lowercased() }

extension CellKind<AreaCode> {
  /// The code of a township (9 digits) or of a county (6 digits); the 12 digits of the statistics
  /// bureau are let pass where the last three say nothing.
  public static var area: CellKind<AreaCode> {
    CellKind(
      hint: "行政区划代码：乡镇9位，县6位",
      read: { cell, _ throws(CellProblem) in
        if case .failure = cell { throw .failure }
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
