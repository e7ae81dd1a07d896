/// Finds the columns of a map in a row of titles.
struct HeaderSearch<Record: Sendable>: Sendable {
  let map: ColumnMap<Record>
  /// Index in the map's columns by ``titleKey(_:)`` of titles and synonyms.
  private let places: [String: Int]

  init(_ map: ColumnMap<Record>) {
    self.map = map
    var places: [String: Int] = [:]
    // A title goes before the same word as another column's synonym.
    for (index, column) in map.columns.enumerated() {
      for synonym in column.synonyms where places[titleKey(synonym)] == nil {
        places[titleKey(synonym)] = index
      }
    }
    for (index, column) in map.columns.enumerated() { places[titleKey(column.title)] = index }
    self.places = places
  }

  /// The row as a header; nil when it holds fewer than two of the titles (one, where the map has one).
  func header(_ row: SheetRow) -> (match: HeaderMatch<Record>, problems: [RowProblem])? {
    var firsts: [Int: Int] = [:]
    var found: [HeaderMatch<Record>.Found] = []
    var problems: [RowProblem] = []
    var problemsColumn: Int?
    for (index, cell) in row.cells.enumerated() {
      guard case .text(let title) = cell, case let key = titleKey(title), !key.isEmpty else {
        continue
      }
      guard let place = places[key] else {
        if key == problemsTitle { problemsColumn = index }
        if !silentTitles.contains(key) { problems.append(unknown(title, row)) }
        continue
      }
      guard let first = firsts[place] else {
        firsts[place] = found.count
        let column = map.columns[place]
        let unit = TitleUnit(title, column.measure)
        if let problem = unit.problem { problems.append(wrongUnit(column, title, problem, row)) }
        found.append(
          .init(index: index, column: place, read: unit.reading(column), doubt: column.doubt))
        continue
      }
      if found[first].index == index - 1, row.cells[index - 1] == cell {
        found[first].twin = index
      } else {
        problems.append(doubled(map.columns[place], found[first].index, index, row))
      }
    }
    guard found.count >= min(2, map.columns.count) else { return nil }
    problems += missing(firsts, row)
    let match = HeaderMatch(
      sheet: row.sheet, row: row.number, found: found, columns: map.columns,
      problemsColumn: problemsColumn, blank: map.blank, titles: row.cells, width: row.cells.count,
      untitled: row.cells.indices.filter { row.cells[$0].isBlank })
    return (match, problems)
  }

  private func missing(_ found: [Int: Int], _ row: SheetRow) -> [RowProblem] {
    map.columns.enumerated().filter { $0.element.isRequired && found[$0.offset] == nil }.map {
      let sheet = row.sheet.isEmpty ? "" : "（工作表“\(row.sheet)”如果不是要导入的数据，请删除它）"
      return problem(
        row, $0.element.title, .columnMissing, shown: "",
        "表头里没有“\($0.element.title)”这一列，请补上\(sheet)")
    }
  }

  private func doubled(
    _ column: SheetColumn<Record>, _ first: Int, _ second: Int, _ row: SheetRow
  ) -> RowProblem {
    problem(
      row, column.title, .columnDoubled, shown: row.cells[second].plainText,
      "\(columnLetters(first))列和\(columnLetters(second))列都是“\(column.title)”，请只保留一列")
  }

  private func unknown(_ title: String, _ row: SheetRow) -> RowProblem {
    problem(
      row, trimmed(title), .columnUnknown, shown: trimmed(title),
      "不认识这一列，它的内容不会导入；如果需要，请按模板改列名", .warning)
  }

  private func wrongUnit(
    _ column: SheetColumn<Record>, _ title: String, _ problem: CellProblem, _ row: SheetRow
  ) -> RowProblem {
    self.problem(
      row, column.title, problem.cause, shown: trimmed(title), problem.message, problem.severity)
  }

  private func problem(
    _ row: SheetRow, _ column: String, _ cause: ProblemCause, shown: String, _ message: String,
    _ severity: ProblemSeverity = .error
  ) -> RowProblem {
    RowProblem(
      sheet: row.sheet, row: row.number, column: column, severity: severity, cause: cause,
      shown: shown, message: message)
  }
}
