package import Domain
package import Spreadsheet

/// One row of the sheet 项目.
package struct EstateRecord: Hashable, Sendable {
  /// The township's name or its nine digits.
  package var township: String?
  package var name: String?
  /// The name as it was written, where that is not its normal form.
  package var nameWritten: String?
  package var address: String?
  package var ownership: EstateOwnership?

  package static let map = ColumnMap<EstateRecord>(
    sheet: RegisterSheet.estates.title,
    columns: [
      SheetColumn(
        SheetTitles.estate, synonyms: SheetTitles.estateSynonyms, .place(max: 100), required: true,
        width: 24, at: \.name, written: \EstateRecord.nameWritten),
      SheetColumn(
        SheetTitles.township, synonyms: SheetTitles.townshipSynonyms, .place(max: 60),
        required: true, hint: "乡镇名称，或9位行政区划代码", at: \.township),
      SheetColumn(
        "地址", synonyms: ["项目地址", "坐落", "详细地址", "坐落地址", "位置"], .text(max: 200),
        required: true, width: 36, at: \.address),
      SheetColumn(
        "产权", synonyms: ["产权性质", "投资性质", "权属", "投资主体", "所有权"],
        .choice([
          (.government, EstateOwnership.government.title, ["政府", "国有", "公有", "政府产权", "政府所有"]),
          (.other, EstateOwnership.other.title, ["社会投资", "企业", "企业投资", "社会"]),
        ]), required: true, at: \.ownership),
    ],
    blank: { EstateRecord() })
}
