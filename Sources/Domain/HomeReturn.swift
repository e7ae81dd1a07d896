/// The return sheet (退房交验单): what is looked at and settled when a home is handed back.
///
/// Source: 《公共租赁住房管理办法》 art. 30 (handing back), and the sheets that counties use.
public enum HomeReturn {
  public static let water = CaseField("water", "水表读数", .amount(most: 9_999_999), isRequired: false)
  public static let power = CaseField("power", "电表读数", .amount(most: 9_999_999), isRequired: false)
  public static let gas = CaseField("gas", "气表读数", .amount(most: 9_999_999), isRequired: false)
  public static let keys = CaseField("keys", "交回钥匙（把）", .count(most: 99))
  public static let damage = CaseField(
    "damage", "损坏和遗留物品", .line(most: 300), isRequired: false, hint: "没有的留空")
  public static let bills = CaseField("bills", "水、电、气、物业等费用", .choice(billsChoices))
  public static let owed = CaseField(
    "bills_owed", "未结清的费用（元）", .amount(most: 999_999), isRequired: false)
  public static let deducted = CaseField(
    "deposit_deducted", "从押金中扣除（元）", .amount(most: 999_999), isRequired: false,
    hint: "不扣的留空，全额退还")
  public static let handedBy = CaseField(
    "handed_by", "交房人", .personal(most: 60), hint: "承租人本人，或者受委托、见证的人")
  public static let home = CaseField(
    "home_state", "房屋以后的状态", .choice([CaseChoice("vacant", "空置"), CaseChoice("in_repair", "维修中")]))
  public static let facts = CaseField(
    "facts", "说明", .paragraph(most: 1000), hint: "怎样交回的：自行退房、送达后退房、法院执行")

  /// In the order of the sheet.
  public static let fields = [
    CaseField(.vacated, "交房日期"), water, power, gas, keys, damage, bills, owed, deducted, handedBy,
    home,
    facts,
  ]

  private static let billsChoices = [
    CaseChoice("settled", "已结清"), CaseChoice("deposit", "从押金中扣除"), CaseChoice("owed", "尚未结清"),
  ]
}
