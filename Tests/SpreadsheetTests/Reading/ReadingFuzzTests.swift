import Spreadsheet
import Testing

/// Whatever bytes come, rows or a ``WorkbookError`` come out, and soon.
@Suite struct ReadingFuzzTests {
  private let book = SampleBook(
    rows: """
      <row r="1" spans="1:3"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><v>44348</v></c></row>\
      <row r="2"><c r="A2" t="inlineStr"><is><r><t>内</t></r></is></c><c r="C2" t="b"><v>1</v></c>\
      <c r="D2" s="1"><f>A1</f><v>3.5E+17</v></c><c r="E2" t="e"><v>#N/A</v></c></row>
      """, after: #"<mergeCells count="1"><mergeCell ref="A2:B5"/></mergeCells>"#,
    strings: "<si><t>甲_x000D_</t></si><si><r><t>乙</t></r><rPh><t>b</t></rPh></si>",
    styles: """
      <numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;"/></numFmts>\
      <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>
      """)
  private let texts = [
    "姓名,证件号\r\n\"张\"\"三\",'=1\r\n\t350423198001010011,\"a\nb\"\n\n;x\n", "sep=;\na;b\n",
    "a\tb\n\"c\"d\te",
  ]
  /// What readers of these formats stumble over.
  private let morsels = [
    "<", ">", "</", "\"", "'", "&", "&#0;", "&#xD800;", "]]>", "<!DOCTYPE", "<!--", "<![CDATA[",
    "\0",
    "r=\"", "A1", "ZZZZZZZZ9999999999", "-1", "9999999999999999999", "1E999", "\r", "\n", ",",
    "\u{FEFF}",
    "<row>", "</row>", "<c>", "<v>", "</v>", "<mergeCells>", "A1:", "_x", "_x0000_", "\u{10FFFF}",
  ].map { Array($0.utf8) }

  /// A few bytes changed, taken out, doubled or put in.
  private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = bytes.indices.randomElement(using: &random)!
      let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = .random(in: 0...255, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.insert(contentsOf: morsels.randomElement(using: &random)!, at: place)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }

  /// Reads and expects nothing but rows in order or an error of the reader.
  private func read(_ bytes: [UInt8]) throws {
    do {
      try withWorkbook(bytes) { workbook in
        var last = (sheet: "", row: 0)
        try workbook.forEachRow { row in
          let isNext = row.sheet != last.sheet || row.number > last.row
          if !isNext || row.cells.last == .empty { Issue.record("row \(row.number)") }
          last = (row.sheet, row.number)
        }
      }
    } catch let error as WorkbookError {
      if error.description.isEmpty { Issue.record("an error that says nothing") }
    }
  }

  @Test(arguments: 0..<8)
  func `workbooks with mutated bytes`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let bytes = book.zip.bytes
    for _ in 0..<250 { try read(mutated(bytes, &random)) }
  }

  @Test(arguments: 0..<8)
  func `workbooks with mutated parts in a sound archive`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &+ 1_000)
    let zip = book.zip
    for _ in 0..<250 {
      var changed = zip
      let place = zip.parts.indices.randomElement(using: &random)!
      changed.parts[place].content = mutated(zip.parts[place].content, &random)
      try read(changed.bytes)
    }
  }

  @Test(arguments: 0..<8)
  func `mutated text`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &+ 2_000)
    for _ in 0..<250 {
      try read(mutated(Array(texts.randomElement(using: &random)!.utf8), &random))
    }
  }

  @Test(arguments: 0..<4)
  func `noise`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &+ 3_000)
    for length in 0..<200 {
      try read((0..<length).map { _ in .random(in: 0...255, using: &random) })
      try read(
        (0..<length).map { _ in Array(",\"\n\r\t;'=a甲".utf8).randomElement(using: &random)! })
    }
  }
}
