package import Domain
package import Spreadsheet

/// One row of the sheet 家庭与成员: one person, with what is said of the household in the same row.
package struct MemberRecord: Hashable, Sendable {
  package var householdNumber: String?
  package var township: String?
  package var category: HouseholdCategory?
  /// The number of the household that took this one's people over.
  package var mergedInto: String?
  package var relation: Relation?
  package var name: String?
  /// The name as it was written, where that is not its normal form.
  package var nameWritten: String?
  package var idNumber: ResidentID?
  package var phone: PhoneNumber?
  package var maritalStatus: MaritalStatus?
  package var registeredAt: AreaCode?
  package var leftOn: Day?
  package var leftReason: LeftReason?

  package static let map = ColumnMap<MemberRecord>(
    sheet: RegisterSheet.households.title,
    columns: householdColumns + personColumns + leavingColumns,
    blank: { MemberRecord() })

  private static let householdColumns: [SheetColumn<MemberRecord>] = [
    SheetColumn(
      SheetTitles.householdNumber, synonyms: SheetTitles.householdNumberSynonyms, .code(max: 40),
      width: 18, hint: "没有可不填，导入时给号；同一家庭各行相同", at: \.householdNumber),
    SheetColumn(
      SheetTitles.township, synonyms: SheetTitles.townshipSynonyms, .place(max: 60),
      hint: "乡镇名称，或9位行政区划代码；申请人那一行必填", at: \.township),
    SheetColumn(
      "保障类别", synonyms: ["家庭类别", "类别", "保障对象类别", "家庭类型", "保障类型", "对象类别"],
      .choice(RegisterChoices.categories), width: 16, hint: "申请人那一行必填", at: \.category),
  ]

  private static let personColumns: [SheetColumn<MemberRecord>] = [
    SheetColumn(
      "与申请人关系", synonyms: ["关系", "与户主关系", "家庭关系", "成员关系", "与承租人关系", "称谓"],
      .choice(RegisterChoices.relations), required: true, width: 14, at: \.relation),
    SheetColumn(
      "姓名", synonyms: ["成员姓名", "家庭成员", "家庭成员姓名", "申请人姓名", "名字"],
      .name(max: 60, ofOne: true), required: true, personal: true, width: 12, at: \.name,
      written: \MemberRecord.nameWritten),
    SheetColumn(
      "身份证号", synonyms: ["身份证号码", "证件号码", "居民身份证号码", "公民身份号码", "居民身份证号", "身份证", "证件号", "公民身份证号码"],
      .residentID, required: true, personal: true, width: 22, at: \.idNumber),
    SheetColumn(
      "联系电话", synonyms: ["电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "移动电话"], .phone,
      personal: true, width: 16, at: \.phone),
    SheetColumn(
      "婚姻状况", synonyms: ["婚姻", "婚姻状态", "婚否"], .choice(RegisterChoices.maritalStatuses), width: 12,
      hint: "不填则新成员记为“不详”", at: \.maritalStatus),
    SheetColumn(
      "户籍地代码", synonyms: ["户籍地", "户籍所在地代码", "户籍地区划代码"], .area, width: 14, at: \.registeredAt),
  ]

  private static let leavingColumns: [SheetColumn<MemberRecord>] = [
    SheetColumn(
      "离开日期", synonyms: ["迁出日期", "减员日期"], .day, width: 12, hint: "已离开家庭的成员才填", at: \.leftOn),
    SheetColumn(
      "离开原因", synonyms: ["迁出原因", "减员原因"],
      .choice(LeftReason.allCases.map { ($0, $0.title, []) }), width: 12,
      hint: "已离开家庭的成员才填", at: \.leftReason),
    SheetColumn(
      "并入家庭编号", synonyms: ["并入家庭"], .code(max: 40), width: 18, hint: "已并入其他家庭的才填",
      at: \.mergedInto),
  ]
}
