import Domain

// What stands in a row beside its columns, and rows that are none of the table.
extension HeaderMatch {
  /// Notes what stands where there is no title. In a CSV file beyond the last one it is an error: somebody forgot to
  /// quote a comma, and what follows it has moved.
  @usableFromInline func lookBeside(_ row: SheetRow, _ problems: inout [RowProblem]) {
    let cells = row.cells
    let beyond = cells.indices.dropFirst(width).filter {
      !cells[$0].isBlank && $0 != problemsColumn
    }
    if sheet.isEmpty, !beyond.isEmpty {
      problems.append(
        problem(
          row, .rowRagged,
          "这一行比表头多 \(beyond.count) 格，可能是内容里的逗号没有加引号，使后面的内容错了位；请给带逗号的内容加上双引号，或另存为 XLSX"))
      return
    }
    let places = (untitled.filter { $0 < cells.count && isContent(cells[$0], at: $0) } + beyond)
      .filter { $0 != problemsColumn }
    guard !places.isEmpty else { return }
    let letters = places.prefix(5).map(columnLetters).joined(separator: "、")
    problems.append(
      problem(
        row, .cellUntitled, "\(letters)列没有列名，却有内容，这些内容不会导入；如果需要，请补上列名", .warning))
  }

  /// Anything but a running number at the left.
  private func isContent(_ cell: Cell, at place: Int) -> Bool {
    if place == 0, case .number = cell { return false }
    return !cell.isBlank
  }

  /// What a row below the table is called that is none of its rows: a sum, or who made the sheet.
  ///
  /// - Returns: nil for a row of the table.
  public func footer(_ row: SheetRow) -> RowProblem? {
    guard let first = row.cells.first(where: { !$0.isBlank }), case .text(let text) = first else {
      return nil
    }
    let words = titleWords(text)
    // The word alone is none of a contract or a place, though it is merged over all of them.
    guard let kind = FooterKind(words), kind == .bareSum || isIncomplete(row) else { return nil }
    switch kind {
    case .sum, .bareSum: return problem(row, .sumRow, "这是合计行，不是登记的内容，没有导入", .warning)
    case .note: return problem(row, .footerRow, "这是表尾的说明，不是登记的内容，没有导入", .warning)
    }
  }

  /// Whether the row lacks something that every row must have.
  private func isIncomplete(_ row: SheetRow) -> Bool {
    found.contains { place in
      columns[place.column].isRequired
        && (place.index >= row.cells.count || row.cells[place.index].isBlank)
    }
  }

  private func problem(
    _ row: SheetRow, _ cause: ProblemCause, _ message: String, _ severity: ProblemSeverity = .error
  ) -> RowProblem {
    RowProblem(
      sheet: row.sheet, row: row.number, column: nil, severity: severity, cause: cause, shown: "",
      message: message)
  }
}

/// What the first words below a table say.
private enum FooterKind {
  case bareSum, sum, note

  init?(_ words: String) {
    let sums = ["合计", "总计", "小计", "共计", "累计", "总合计", "本页合计", "本页小计", "以上合计"]
    let notes = ["制表", "填表", "填报", "审核", "复核", "审批", "经办", "负责人", "单位负责人", "备注", "说明", "注"]
    if let sum = sums.first(where: words.hasPrefix) {
      // A place may be called like a sum; what a sum says is a number.
      let rest = words.dropFirst(sum.count).drop { ":：(（".contains($0) }
      guard rest.isEmpty || rest.first?.isNumber == true || rest.first == "共" else { return nil }
      self = rest.isEmpty ? .bareSum : .sum
    } else if let note = notes.first(where: words.hasPrefix) {
      let rest = words.dropFirst(note.count)
      guard rest.prefix(4).contains(where: { ":：".contains($0) }) || rest == "人" else { return nil }
      self = .note
    } else {
      return nil
    }
  }
}

/// Without blanks, as 合 计 is written.
private func titleWords(_ text: String) -> String {
  String(String.UnicodeScalarView(halfWidth(text).unicodeScalars.filter { !isBlank($0) }))
}
