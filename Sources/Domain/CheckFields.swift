/// The name of a value in an answer; the key in JSON and in what is stored.
public enum CheckFieldName: String, CaseIterable, Codable, Hashable, Sendable {
  case amount, year, status, kind, certificate, address, plate, value, months, month, electricity,
    water
  case changedOn = "changed_on"
  case floorArea = "floor_area"
  case registeredOn = "registered_on"
  case registeredAt = "registered_at"
  case contractNumber = "contract_number"
  case signedOn = "signed_on"
  case since
  /// Whether an entry of a register still holds.
  case standing
  case endedOn = "ended_on"
}

/// One value that an answer to a check holds: said once, for the columns of work lists and extracts, the
/// fields of the screen, the interface and what is shown.
public struct CheckField: Hashable, Sendable {
  /// What a value may be, and in which form it is kept as text.
  public enum Kind: Hashable, Sendable {
    /// Yuan, not negative, `1234.50`.
    case money
    /// A quantity, not negative, with two decimals at most.
    case quantity
    /// A whole number in a range.
    case whole(ClosedRange<Int>)
    /// 1 to so many characters.
    case text(max: Int)
    /// `2021-07-31`, not in the future.
    case day
    /// `2021-07`, not in the future.
    case month
    /// A code of six or nine digits, see ``AreaCode``.
    case area
    /// One of a few, by its raw value.
    case choice([Choice])
  }

  /// A value to choose, with its word on screens.
  public struct Choice: Hashable, Sendable {
    public let value: String
    public let title: String
    /// Other words for it in sheets.
    public let synonyms: [String]

    init(_ value: String, _ title: String, synonyms: [String] = []) {
      self.value = value
      self.title = title
      self.synonyms = synonyms
    }
  }

  public let name: CheckFieldName
  /// The heading on screens and in sheets.
  public let title: String
  /// Other headings of the same thing.
  public let synonyms: [String]
  /// What the value is counted in, shown behind it.
  public let unit: String?
  public let kind: Kind
  public let isRequired: Bool

  init(
    _ name: CheckFieldName, _ title: String, synonyms: [String] = [], unit: String? = nil,
    _ kind: Kind,
    required: Bool = false
  ) {
    self.name = name
    self.title = title
    self.synonyms = synonyms
    self.unit = unit
    self.kind = kind
    isRequired = required
  }
}

/// Why a result and what was found do not go together.
public enum AnswerMismatch: Hashable, Sendable {
  /// A hit of nothing that holds.
  case nothingFound
  /// The register does not know the person, and yet has something.
  case nobodyFound
  /// Clear, and yet something is there.
  case somethingFound
}

extension CheckType {
  /// The values that an answer holds for each thing found.
  public var fields: [CheckField] {
    switch self {
    case .marriage: Self.marriageFields
    case .income: Self.incomeFields
    case .assets: Self.assetsFields
    case .registeredProperty: Self.propertyFields
    case .vehicles: Self.vehicleFields
    case .householdRegistration: Self.registrationFields
    case .signedContracts: Self.contractFields
    case .otherHousing: Self.otherHousingFields
    case .rentArrears: Self.arrearsFields
    case .utilities: Self.utilitiesFields
    }
  }

  /// Whether an answer says something of each person; otherwise it is about the household.
  public var isAboutPersons: Bool { self != .rentArrears && self != .utilities }

  /// Whether something measured comes with a clear answer too, such as an income below the line. What
  /// merely exists, such as a second home, is a hit or is not there.
  public var isMeasured: Bool {
    switch self {
    case .registeredProperty, .signedContracts, .otherHousing: false
    default: true
    }
  }

  /// What of an answer does not go with its result; nil when all does.
  ///
  /// - Parameters:
  ///   - records: what was found.
  ///   - day: for which the bureau vouches.
  public func mismatch(
    _ result: CheckResult, _ records: [CheckRecord], asOf day: Day
  ) -> AnswerMismatch? {
    let holds = isMeasured ? records : records.filter { !$0.isPast(on: day) }
    return switch result {
    case .hit where holds.isEmpty: .nothingFound
    case .notFound where !records.isEmpty: .nobodyFound
    case .clear where !holds.isEmpty && !isMeasured: .somethingFound
    default: nil
    }
  }

  /// What it means for a household that a complete extract of the bureau's register does not name it:
  /// who has no car is clear, who has no entry in the population register was not found.
  public var absence: CheckResult {
    switch self {
    case .registeredProperty, .vehicles, .signedContracts, .otherHousing, .rentArrears: .clear
    case .marriage, .income, .assets, .householdRegistration, .utilities: .notFound
    }
  }

  private static let marriageFields = [
    CheckField(
      .status, "婚姻状况", synonyms: ["婚姻", "婚姻状态", "婚姻登记状况"],
      .choice(
        [MaritalStatus.single, .married, .divorced, .widowed].map {
          CheckField.Choice($0.rawValue, $0.title)
        }), required: true),
    CheckField(.changedOn, "登记日期", synonyms: ["婚姻登记日期", "结婚登记日期", "离婚登记日期"], .day),
  ]
  private static let incomeFields = [
    CheckField(
      .amount, "年收入", synonyms: ["年收入（元）", "家庭年收入", "收入合计", "年收入合计", "收入金额"], unit: "元", .money,
      required: true),
    CheckField(.year, "收入年度", synonyms: ["年度", "所属年度"], .whole(2000...2100)),
  ]
  private static let assetsFields = [
    CheckField(
      .amount, "资产总额", synonyms: ["资产", "资产合计", "资产金额", "财产总额"], unit: "元", .money, required: true),
    CheckField(.kind, "资产类型", synonyms: ["财产类型"], .text(max: 60)),
  ]
  private static let propertyFields = [
    CheckField(
      .certificate, "不动产权证号", synonyms: ["产权证号", "权证号", "不动产证号", "房产证号"], .text(max: 80),
      required: true),
    CheckField(
      .address, "坐落", synonyms: ["房屋坐落", "坐落位置", "房产地址", "不动产坐落"], .text(max: 200), required: true),
    CheckField(.floorArea, "建筑面积", synonyms: ["面积"], unit: "m²", .quantity),
    CheckField(.registeredOn, "登记日期", synonyms: ["登记时间", "登簿日期"], .day),
    CheckField(
      .standing, "权属状态", synonyms: ["登记状态", "产权状态", "不动产状态"],
      .choice([
        CheckField.Choice(
          CheckRecord.current, "现势", synonyms: ["有效", "正常", "现时", "抵押", "已抵押", "查封", "已查封"]),
        CheckField.Choice("historical", "历史", synonyms: ["已转移", "转移", "已失效", "失效"]),
        CheckField.Choice("cancelled", "已注销", synonyms: ["注销", "已灭失", "灭失"]),
      ])),
    CheckField(
      .endedOn, "转移或注销日期", synonyms: ["注销日期", "转移日期", "注销登记日期", "转移登记日期", "终止日期"], .day),
  ]
  private static let vehicleFields = [
    CheckField(
      .plate, "号牌号码", synonyms: ["车牌号", "车牌号码", "号牌"], .text(max: 20), required: true),
    CheckField(
      .value, "车辆价值", synonyms: ["车辆价值（元）", "购置价格", "评估价值", "车价"], unit: "元", .money, required: true
    ),
    CheckField(.registeredOn, "登记日期", synonyms: ["注册登记日期", "初次登记日期"], .day),
  ]
  private static let registrationFields = [
    CheckField(
      .status, "户籍状态", synonyms: ["户口状态", "人员状态"],
      .choice([
        CheckField.Choice("normal", "正常"), CheckField.Choice("moved_out", "迁出"),
        CheckField.Choice("died", "死亡注销"),
      ]), required: true),
    CheckField(.registeredAt, "户籍地代码", synonyms: ["户籍地", "户籍地区划代码", "户籍所在地代码"], .area),
    CheckField(.changedOn, "变动日期", synonyms: ["迁出日期", "注销日期", "死亡日期"], .day),
  ]
  private static let contractFields = [
    CheckField(
      .contractNumber, "网签合同编号", synonyms: ["合同编号", "合同号", "备案号", "网签备案号"], .text(max: 80),
      required: true),
    CheckField(
      .address, "房屋坐落", synonyms: ["坐落", "房屋地址", "楼盘房号"], .text(max: 200), required: true),
    CheckField(.signedOn, "签订日期", synonyms: ["网签日期", "备案日期", "合同签订日期"], .day, required: true),
    CheckField(.amount, "合同价款", synonyms: ["合同金额", "成交价", "总价"], unit: "元", .money),
  ]
  private static let otherHousingFields = [
    CheckField(
      .kind, "保障性住房种类", synonyms: ["住房种类", "保障类型", "住房类型"],
      .choice([
        CheckField.Choice("affordable", "经济适用住房"), CheckField.Choice("price_limited", "限价商品住房"),
        CheckField.Choice("shared", "共有产权住房"), CheckField.Choice("reform", "房改房"),
        CheckField.Choice("public_rental", "其他公租房或廉租房"),
      ]), required: true),
    CheckField(.address, "坐落", synonyms: ["房屋坐落", "地址"], .text(max: 200), required: true),
    CheckField(.since, "取得日期", synonyms: ["购买日期", "入住日期", "配租日期"], .day),
  ]
  private static let arrearsFields = [
    CheckField(
      .months, "欠租月数", synonyms: ["拖欠月数", "累计欠租月数"], unit: "个月", .whole(0...600), required: true),
    CheckField(
      .amount, "欠租金额", synonyms: ["欠缴金额", "拖欠金额", "欠费金额"], unit: "元", .money, required: true),
  ]
  private static let utilitiesFields = [
    CheckField(.month, "月份", synonyms: ["用量月份", "抄表月份", "账期"], .month, required: true),
    CheckField(
      .electricity, "用电量", synonyms: ["用电量（度）", "电量", "用电"], unit: "度", .quantity, required: true),
    CheckField(
      .water, "用水量", synonyms: ["用水量（吨）", "水量", "用水"], unit: "吨", .quantity, required: true),
  ]
}
