/// The XML of a small workbook, to be filled with whatever a test is about.
struct SampleBook {
  var sheets: [(name: String, xml: String)] = []
  /// The inside of `<sst>`.
  var strings = ""
  /// The inside of `<styleSheet>`.
  var styles = ""
  /// The attributes of `<workbookPr>`.
  var properties = ""

  /// A book of one sheet with these rows.
  init(rows: String, after: String = "", strings: String = "", styles: String = "") {
    sheets = [("表一", "<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>")]
    self.strings = strings
    self.styles = styles
  }

  var zip: SampleZip {
    var zip = SampleZip()
    zip["[Content_Types].xml"] = Array("<Types/>".utf8)
    zip["_rels/.rels"] = relations([("r1", "officeDocument", "xl/workbook.xml")])
    zip["xl/workbook.xml"] = workbook
    let fixed = [("s", "sharedStrings", "sharedStrings.xml"), ("t", "styles", "/xl/styles.xml")]
    zip["xl/_rels/workbook.xml.rels"] = relations(
      fixed
        + sheets.indices.map { ("r\($0)", "worksheet", "worksheets/sheet\($0).xml") })
    zip["xl/sharedStrings.xml"] = Array("<sst>\(strings)</sst>".utf8)
    zip["xl/styles.xml"] = Array("<styleSheet>\(styles)</styleSheet>".utf8)
    for (index, sheet) in sheets.enumerated() {
      zip["xl/worksheets/sheet\(index).xml"] = Array(sheet.xml.utf8)
    }
    return zip
  }

  private var workbook: [UInt8] {
    let list = sheets.enumerated()
      .map { #"<sheet name="\#($1.name)" sheetId="\#($0 + 1)" r:id="r\#($0)"/>"# }.joined()
    return Array(
      #"<workbook xmlns:r="r"><workbookPr \#(properties)/><sheets>\#(list)</sheets></workbook>"#
        .utf8)
  }

  private func relations(_ list: [(id: String, type: String, target: String)]) -> [UInt8] {
    let entries = list.map {
      #"<Relationship Id="\#($0.id)" Type="http://x/\#($0.type)" Target="\#($0.target)"/>"#
    }
    return Array("<Relationships>\(entries.joined())</Relationships>".utf8)
  }
}
