import Domain
import Spreadsheet

/// One row of an extract of a bureau's own register: about whom, and what it says.
struct ExtractRow: CheckRow {
  var idNumber: ResidentID?
  /// Of the lease, where rent and meters are kept by contract.
  var contract: String?
  var name: String?
  var birth: Day?
  var texts: [CheckFieldName: String] = [:]
}

/// The columns of an extract.
enum ExtractSheet {
  static let idNumber = "身份证号"
  static let contract = "租赁合同编号"
  static let name = "姓名"
  static let birth = "出生日期"

  static func map(_ type: CheckType, today: Day) -> ColumnMap<ExtractRow> {
    ColumnMap(
      sheet: type.title, columns: keys(type) + type.columns(required: true, today: today),
      blank: { ExtractRow() })
  }

  private static func keys(_ type: CheckType) -> [SheetColumn<ExtractRow>] {
    let persons = [
      SheetColumn(
        idNumber, synonyms: idSynonyms, .residentID, personal: true, width: 22,
        at: \ExtractRow.idNumber),
      SheetColumn(
        name, synonyms: nameSynonyms, .name(max: 60), personal: true, width: 12,
        at: \ExtractRow.name),
      SheetColumn(
        birth, synonyms: ["出生年月日", "出生年月", "生日"], .day, personal: true, width: 12,
        at: \ExtractRow.birth),
    ]
    guard !type.isAboutPersons else { return persons }
    return persons + [
      SheetColumn(
        contract, synonyms: ["合同编号", "合同号", "租约编号", "公租房合同编号", "租赁合同号"], .code(max: 60),
        width: 18, at: \ExtractRow.contract)
    ]
  }

  private static let idSynonyms = [
    "身份证号码", "证件号码", "居民身份证号码", "公民身份号码", "居民身份证号", "身份证", "证件号", "公民身份证号码",
    "权利人证件号", "权利人证件号码", "权利人身份证号", "所有人证件号", "所有人证件号码", "所有人身份证号", "机动车所有人身份证号",
    "买受人证件号", "买受人证件号码", "买受人身份证号", "承租人证件号码", "承租人身份证号", "申请人身份证号", "户主身份证号", "用户身份证号",
  ]
  private static let nameSynonyms = [
    "权利人", "权利人姓名", "所有人", "所有人姓名", "机动车所有人", "买受人", "买受人姓名", "承租人", "承租人姓名",
    "申请人", "申请人姓名", "户主", "户主姓名", "用户姓名", "名字", "本人姓名",
  ]
}

/// Where the columns stand by which a row is found in the register.
struct ExtractKeys: Sendable {
  let idNumber: Int?
  let contract: Int?
  let name: Int?
  let birth: Int?

  init(_ match: HeaderMatch<ExtractRow>) {
    idNumber = match.index(of: ExtractSheet.idNumber)
    contract = match.index(of: ExtractSheet.contract)
    name = match.index(of: ExtractSheet.name)
    birth = match.index(of: ExtractSheet.birth)
  }

  /// Whether people can be found by name and day of birth.
  var hasNames: Bool { name != nil && birth != nil }
  /// Whether rows can be found at all.
  var isEnough: Bool { idNumber != nil || contract != nil || hasNames }
}
