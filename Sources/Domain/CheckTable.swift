// The table of checks: one row each. A further extract is a case of CheckType, a row here, and its name in the list
// of the database (`check_types()`).
extension CheckDefinition {
  static let table: [CheckDefinition] = owedByCivilAffairs + owedByOthers + owedByHousing + extracts

  private static let owedByCivilAffairs: [CheckDefinition] = [
    CheckDefinition(
      .marriage, "婚姻", register: "婚姻登记数据", owedBy: .civilAffairs, presence: .measured,
      absence: .notFound,
      fields: [
        CheckField(
          .status, "婚姻状况", synonyms: ["婚姻", "婚姻状态", "婚姻登记状况"],
          .choice(
            [MaritalStatus.single, .married, .divorced, .widowed].map {
              CheckField.Choice($0.rawValue, $0.title)
            }), required: true),
        CheckField(.changedOn, "登记日期", synonyms: ["婚姻登记日期", "结婚登记日期", "离婚登记日期"], .day),
      ]),
    CheckDefinition(
      .income, "收入", register: "收入核对数据", owedBy: .civilAffairs, presence: .measured,
      absence: .notFound,
      fields: [
        CheckField(
          .amount, "年收入", synonyms: ["年收入（元）", "家庭年收入", "收入合计", "年收入合计", "收入金额"], unit: "元", .money,
          required: true),
        CheckField(.year, "收入年度", synonyms: ["年度", "所属年度"], .whole(2000...2100)),
      ]),
    CheckDefinition(
      .assets, "资产", register: "资产核对数据", owedBy: .civilAffairs, presence: .measured,
      absence: .notFound,
      fields: [
        CheckField(
          .amount, "资产总额", synonyms: ["资产", "资产合计", "资产金额", "财产总额"], unit: "元", .money,
          required: true),
        CheckField(.kind, "资产类型", synonyms: ["财产类型"], .text(max: 60)),
      ]),
  ]

  private static let owedByOthers: [CheckDefinition] = [
    CheckDefinition(
      .registeredProperty, "不动产登记", register: "不动产登记数据", owedBy: .naturalResources, presence: .hit,
      absence: .clear, thing: .certificate,
      fields: [
        CheckField(
          .certificate, "不动产权证号", synonyms: ["产权证号", "权证号", "不动产证号", "房产证号"], .text(max: 80),
          required: true),
        CheckField(
          .address, "坐落", synonyms: ["房屋坐落", "坐落位置", "房产地址", "不动产坐落"], .text(max: 200),
          required: true),
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
      ]),
    CheckDefinition(
      .vehicles, "车辆", register: "车辆登记数据", owedBy: .publicSecurity, presence: .measured,
      absence: .clear, thing: .plate,
      fields: [
        CheckField(
          .plate, "号牌号码", synonyms: ["车牌号", "车牌号码", "号牌"], .text(max: 20), required: true),
        CheckField(
          .value, "车辆价值", synonyms: ["车辆价值（元）", "购置价格", "评估价值", "车价"], unit: "元", .money,
          required: true),
        CheckField(.registeredOn, "登记日期", synonyms: ["注册登记日期", "初次登记日期"], .day),
      ]),
    CheckDefinition(
      .householdRegistration, "户籍", register: "户籍登记数据", owedBy: .publicSecurity,
      presence: .measured, absence: .notFound,
      fields: [
        CheckField(
          .status, "户籍状态", synonyms: ["户口状态", "人员状态"],
          .choice([
            CheckField.Choice("normal", "正常"), CheckField.Choice("moved_out", "迁出"),
            CheckField.Choice("died", "死亡注销"),
          ]), required: true),
        CheckField(.registeredAt, "户籍地代码", synonyms: ["户籍地", "户籍地区划代码", "户籍所在地代码"], .area),
        CheckField(.changedOn, "变动日期", synonyms: ["迁出日期", "注销日期", "死亡日期"], .day),
      ]),
  ]

  private static let owedByHousing: [CheckDefinition] = [
    CheckDefinition(
      .signedContracts, "网签购房合同", register: "网签合同数据", owedBy: .housing, presence: .hit,
      absence: .clear, thing: .contractNumber,
      fields: [
        CheckField(
          .contractNumber, "网签合同编号", synonyms: ["合同编号", "合同号", "备案号", "网签备案号"], .text(max: 80),
          required: true),
        CheckField(
          .address, "房屋坐落", synonyms: ["坐落", "房屋地址", "楼盘房号"], .text(max: 200), required: true),
        CheckField(.signedOn, "签订日期", synonyms: ["网签日期", "备案日期", "合同签订日期"], .day, required: true),
        CheckField(.amount, "合同价款", synonyms: ["合同金额", "成交价", "总价"], unit: "元", .money),
      ]),
    CheckDefinition(
      .otherHousing, "其他保障性住房", register: "保障性住房数据", owedBy: .housing, presence: .hit,
      absence: .clear, thing: .address,
      fields: [
        CheckField(
          .kind, "保障性住房种类", synonyms: ["住房种类", "保障类型", "住房类型"],
          .choice([
            CheckField.Choice("affordable", "经济适用住房"), CheckField.Choice("price_limited", "限价商品住房"),
            CheckField.Choice("shared", "共有产权住房"), CheckField.Choice("reform", "房改房"),
            CheckField.Choice("public_rental", "其他公租房或廉租房"),
          ]), required: true),
        CheckField(.address, "坐落", synonyms: ["房屋坐落", "地址"], .text(max: 200), required: true),
        CheckField(.since, "取得日期", synonyms: ["购买日期", "入住日期", "配租日期"], .day),
      ]),
    CheckDefinition(
      .rentArrears, "租金缴纳", register: "租金台账", owedBy: .housing, isAboutPersons: false,
      presence: .measured, absence: .clear,
      fields: [
        CheckField(
          .months, "欠租月数", synonyms: ["拖欠月数", "累计欠租月数"], unit: "个月", .whole(0...600), required: true
        ),
        CheckField(
          .amount, "欠租金额", synonyms: ["欠缴金额", "拖欠金额", "欠费金额"], unit: "元", .money, required: true),
      ]),
    CheckDefinition(
      .utilities, "水电使用", register: "水电使用数据", owedBy: .housing, isAboutPersons: false,
      presence: .measured, absence: .notFound,
      fields: [
        CheckField(.month, "月份", synonyms: ["用量月份", "抄表月份", "账期"], .month, required: true),
        CheckField(
          .electricity, "用电量", synonyms: ["用电量（度）", "电量", "用电"], unit: "度", .quantity,
          required: true),
        CheckField(
          .water, "用水量", synonyms: ["用水量（吨）", "水量", "用水"], unit: "吨", .quantity, required: true),
      ]),
  ]
}
