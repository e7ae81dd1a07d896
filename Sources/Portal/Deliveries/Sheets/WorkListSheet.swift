import Domain
import Register
import Spreadsheet

/// One row of a work list (核查清单): a person, or the household where the check is about it, and what the
/// bureau found.
struct WorkListRow: CheckRow {
  var household: String?
  var estate: String?
  var home: String?
  var name: String?
  var idNumber: ResidentID?
  var relation: String?
  var result: CheckResult?
  var texts: [CheckFieldName: String] = [:]
  var asOf: Day?
  var reason: String?

  /// Whether anything was filled in.
  var isFilled: Bool { result != nil || !texts.isEmpty }
}

/// The columns of a work list, out and in.
enum WorkListSheet {
  static let idNumber = "身份证号"
  static let result = "核查结果"
  static let asOf = "数据截止日期"
  static let reason = "备注"

  static func map(_ type: CheckType, today: Day) -> ColumnMap<WorkListRow> {
    ColumnMap(
      sheet: "\(type.title)核查清单",
      columns: who(type) + [answer] + type.columns(required: false, today: today) + about,
      blank: { WorkListRow() })
  }

  private static func who(_ type: CheckType) -> [SheetColumn<WorkListRow>] {
    [
      SheetColumn(
        SheetTitles.householdNumber, synonyms: SheetTitles.householdNumberSynonyms, .code(max: 40),
        required: true, width: 18, at: \WorkListRow.household),
      SheetColumn("项目", synonyms: ["项目名称"], .text(max: 100), width: 18, at: \WorkListRow.estate),
      SheetColumn("房屋", .text(max: 100), at: \WorkListRow.home),
      SheetColumn("姓名", .name(max: 60), personal: true, width: 12, at: \WorkListRow.name),
      SheetColumn(
        idNumber, synonyms: ["身份证号码"], .residentID, required: type.isAboutPersons, personal: true,
        width: 22, at: \WorkListRow.idNumber),
      SheetColumn("关系", synonyms: ["与申请人关系"], .text(max: 20), width: 10, at: \WorkListRow.relation),
    ]
  }

  private static let answer = SheetColumn<WorkListRow>(
    result, .choice(results), width: 12,
    hint: "有情况的填写后面各列，几处房产、几辆车各占一行，整行复制；没有查的不填", at: \.result)

  private static let results: [(value: CheckResult, title: String, synonyms: [String])] = [
    (.clear, CheckResult.clear.title, ["无", "没有", "正常"]),
    (.hit, CheckResult.hit.title, ["有", "异常"]),
    (.notFound, CheckResult.notFound.title, ["查无", "未查到"]),
  ]

  private static let about = [
    SheetColumn<WorkListRow>(
      asOf, synonyms: ["截止日期"], .day, width: 14, hint: "与上传时填写的不同时才填", at: \.asOf),
    SheetColumn<WorkListRow>(
      reason, synonyms: ["备注（原因）", "原因"], .code(max: 200), width: 24,
      hint: "与本单位以前的答复不一致时，说明原因", at: \.reason),
  ]

  /// The columns that a list of this kind of check must have, whether or not they are filled.
  static func missing(_ match: HeaderMatch<WorkListRow>, _ type: CheckType) -> [String] {
    ([result] + type.fields.map(\.title)).filter { match.index(of: $0) == nil }
  }
}
