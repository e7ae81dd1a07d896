import Spreadsheet
import Testing

/// Rows that are looked through in pieces are the rows that are read one by one.
@Suite struct RowPieceTests {
  /// Number and cells of every row that holds something, taken apart by whoever gets the piece.
  private func pieces(
    _ bytes: [UInt8], limits: ReadLimits = ReadLimits()
  ) throws -> [SheetRow] {
    try withWorkbook(bytes, limits: limits) { workbook in
      var rows: [SheetRow] = []
      try workbook.forEachPiece { piece in
        try piece.forEachRow { raw in
          let row = try raw.whole()
          if !row.cells.isEmpty { rows.append(row) }
        }
      }
      return rows
    }
  }

  private func same(_ bytes: [UInt8]) throws {
    let one = try rows(of: bytes).filter { !$0.cells.isEmpty }
    let other = try pieces(bytes)
    #expect(one.map(\.number) == other.map(\.number))
    #expect(one.map(\.cells) == other.map(\.cells))
  }

  @Test(arguments: [
    "甲,乙\r\n1,2\r\n\r\n3,4\r\n", "a,b\n1,2\n\n\n3,4", "a,b\r1,2\r3,4\r", "a,b\n1,2\r3,4\r\n5,6\r",
    "\"a,\"\"b\"\"\n\",c\r\n\"x\ny\",'=1\n", "5\" 管,\"a\"b\nc,d", "sep=;\na;b,c\nd;e\n", "a",
    "a\n\n\n",
  ])
  func `whatever ends a record, the rows are the same`(text: String) throws {
    try same(Array(text.utf8))
  }

  @Test func `records that lie across the ends of pieces are whole`() throws {
    var random = SeededGenerator(state: 7)
    for style in 0..<4 {
      var text = "编号,内容,备注\n"
      for line in 0..<30_000 {
        let words = String(repeating: "文", count: Int.random(in: 0...9, using: &random))
        let isQuoted = style > 1 && Int.random(in: 0..<50, using: &random) == 0
        text += "\(line),\(isQuoted ? "\"\(words)\n,\"" : words),\(style)"
        text += style % 2 == 0 ? "\n" : "\r\n"
      }
      try same(Array(text.utf8))
    }
  }

  @Test func `one cell of a row is the cell that the whole row has`() throws {
    let text = "a,\"b,1\",'=c\n,,d\n\"x\"\"y\",z\n"
    try withWorkbook(Array(text.utf8)) { workbook in
      try workbook.forEachPiece { piece in
        try piece.forEachRow { raw in
          let cells = try raw.whole().cells
          for index in 0..<5 {
            #expect(try raw.cell(at: index) == (index < cells.count ? cells[index] : .empty))
          }
        }
      }
    }
  }

  @Test func `a workbook's rows come in pieces as well, sheet by sheet`() throws {
    let bytes = SampleBook(rows: "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c></row>").zip.bytes
    try same(bytes)
  }

  @Test func `limits hold`() throws {
    var limits = ReadLimits()
    limits.rows = 3
    #expect(throws: WorkbookError.tooManyRows(limit: 3)) {
      try pieces(Array("a\nb\nc\nd\n".utf8), limits: limits)
    }
    #expect(throws: WorkbookError.unclosedQuote(row: 2)) { try pieces(Array("a\n\"b\nc\n".utf8)) }
    limits = ReadLimits()
    limits.columns = 2
    #expect(throws: WorkbookError.tooManyColumns(sheet: "", row: 2, limit: 2)) {
      try pieces(Array("a\nb,c,d\n".utf8), limits: limits)
    }
  }

  @Test func `what stands below the header is given with it, however the rows come`() throws {
    let text = """
      住户名单
      姓名,身份证号
      张三,11010519491231002X

      姓名,身份证号
      李四,110105194912310038

      """
    try withWorkbook(Array(text.utf8)) { workbook in
      var reader = TableReader(SamplePerson.map)
      var names: [String] = []
      try workbook.forEachPiece { piece in
        try reader.take(piece) { data in
          #expect(data.match.row == 2 && data.problems.isEmpty)
          try data.rows.forEachRow { raw in
            let row = try raw.whole()
            if row.cells.allSatisfy(\.isBlank) || data.match.isRepeated(in: row) { return }
            names.append("\(row.number) \(data.match.read(row).record.name ?? "")")
          }
        }
      }
      #expect(names == ["3 张三", "6 李四"])
      #expect(reader.finish().isEmpty)
    }
  }

  @Test func `a file without a header says so in pieces too`() throws {
    try withWorkbook(Array("a,b\nc,d\n".utf8)) { workbook in
      var reader = TableReader(SamplePerson.map)
      try workbook.forEachPiece { piece in
        try reader.take(piece) { _ in Issue.record("there is no header") }
      }
      #expect(reader.finish().map(\.cause) == [.headerMissing])
    }
  }
}
