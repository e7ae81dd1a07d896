package import Domain
package import Spreadsheet

/// One row of the sheet 租约.
package struct LeaseRecord: Hashable, Sendable {
  package var contractNumber: String?
  package var householdNumber: String?
  /// Finds the household where no number is given.
  package var applicantID: ResidentID?
  package var estate: String?
  package var township: String?
  package var building: String?
  package var unit: String?
  package var room: String?
  package var contractVersion: String?
  package var startsOn: Day?
  package var endsOn: Day?
  package var monthlyRent: Hundredths?
  package var deposit: Hundredths?
  package var state: LeaseState?
  package var endedOn: Day?
  package var endedReason: String?

  package static let map = ColumnMap<LeaseRecord>(
    sheet: RegisterSheet.leases.title, columns: partyColumns + placeColumns + termColumns,
    blank: { LeaseRecord() })

  private static let partyColumns: [SheetColumn<LeaseRecord>] = [
    SheetColumn(
      "合同编号", synonyms: ["合同号", "租赁合同编号", "租约编号", "合同编码"], .code(max: 60), required: true,
      width: 20, at: \.contractNumber),
    SheetColumn(
      SheetTitles.householdNumber, synonyms: SheetTitles.householdNumberSynonyms, .code(max: 40),
      width: 18, hint: "家庭编号、申请人身份证号至少填一项", at: \.householdNumber),
    SheetColumn(
      "申请人身份证号",
      synonyms: ["身份证号", "身份证号码", "承租人身份证号", "承租人身份证号码", "证件号码", "居民身份证号码", "公民身份号码"],
      .residentID, personal: true, width: 22, hint: "家庭编号、申请人身份证号至少填一项",
      at: \.applicantID),
  ]

  private static let placeColumns: [SheetColumn<LeaseRecord>] = [
    SheetColumn(
      SheetTitles.estate, synonyms: SheetTitles.estateSynonyms, .place(max: 100), required: true,
      width: 24, at: \.estate),
    SheetColumn(
      SheetTitles.township, synonyms: SheetTitles.townshipSynonyms, .place(max: 60),
      hint: "有同名项目时填写：乡镇名称，或9位行政区划代码", at: \.township),
    SheetColumn(
      SheetTitles.building, synonyms: SheetTitles.buildingSynonyms, .code(max: 20), width: 10,
      at: \.building),
    SheetColumn(
      SheetTitles.unit, synonyms: SheetTitles.unitSynonyms, .code(max: 20), width: 10, at: \.unit),
    SheetColumn(
      SheetTitles.room, synonyms: SheetTitles.roomSynonyms, .code(max: 20), required: true,
      width: 10, at: \.room),
  ]

  private static let money = Hundredths.zero...Hundredths(count: 9_999_999_99)

  private static let termColumns: [SheetColumn<LeaseRecord>] = [
    SheetColumn(
      "合同文本版本", synonyms: ["合同文本", "合同版本", "文本版本"], .text(max: 60), at: \.contractVersion),
    SheetColumn(
      "起租日期", synonyms: ["开始日期", "租赁开始日期", "合同起始日期", "起始日期", "合同开始日期", "租期起"], .day,
      required: true, width: 12, at: \.startsOn),
    SheetColumn(
      "到期日期", synonyms: ["结束日期", "租赁结束日期", "合同到期日期", "截止日期", "合同终止日期", "租期止"], .day,
      required: true, width: 12, at: \.endsOn),
    SheetColumn(
      "月租金", synonyms: ["租金", "月租", "租金元/月", "每月租金"], .hundredths(money, .yuan), required: true,
      width: 12, at: \.monthlyRent),
    SheetColumn(
      "押金", synonyms: ["保证金", "租赁保证金", "履约保证金"], .hundredths(money, .yuan), required: true,
      width: 12,
      at: \.deposit),
    SheetColumn(
      "租约状态", synonyms: ["合同状态", "履行状态", "状态"],
      .choice([
        (.running, LeaseState.running.title, ["在租", "执行中", "有效", "生效", "正常", "履约中"]),
        (.ended, LeaseState.ended.title, ["终止", "已退租", "退租", "解除", "已解除"]),
      ]), width: 12, hint: "不填则按有没有终止日期判断", at: \.state),
    SheetColumn(
      "终止日期", synonyms: ["退租日期", "实际终止日期", "解除日期"], .day, width: 12, hint: "已终止的才填",
      at: \.endedOn),
    SheetColumn(
      "终止原因", synonyms: ["退租原因", "解除原因"], .text(max: 500), width: 24, hint: "已终止的才填",
      at: \.endedReason),
  ]
}
