// Extracts that nobody owes. What a row must have is a heading that no other register has: a file chosen by mistake
// is refused, since all who are in it would count as found.
extension CheckDefinition {
  static let extracts: [CheckDefinition] = [
    CheckDefinition(
      .payroll, "财政供养人员", register: "财政供养人员名单", givenBy: "县财政局",
      fields: [
        CheckField(
          .employer, "供养单位", synonyms: ["财政供养单位", "工作单位", "编制单位", "工资发放单位"], .text(max: 100),
          required: true),
        CheckField(.kind, "人员类别", synonyms: ["供养类别", "编制类别", "人员性质"], .text(max: 60)),
        CheckField(.since, "起薪日期", synonyms: ["参加工作日期", "入编日期"], .day),
        CheckField(.endedOn, "停薪日期", synonyms: ["停发日期", "减员日期"], .day),
      ]),
    CheckDefinition(
      .allocationList, "配租名单", register: "配租名单", presence: .clear,
      fields: [
        CheckField(
          .since, "配租日期", synonyms: ["配租时间", "分配日期", "选房日期"], .day, required: true),
        CheckField(
          .address, "配租房屋", synonyms: ["配租房号", "分配房屋", "房号", "房屋坐落", "坐落"], .text(max: 200)),
      ]),
    CheckDefinition(
      .deaths, "死亡人员", register: "死亡人员名单", givenBy: "县卫生健康局、县民政局",
      fields: [
        CheckField(.changedOn, "死亡日期", synonyms: ["死亡时间", "去世日期"], .day, required: true)
      ]),
    CheckDefinition(
      .businessRegistration, "工商登记", register: "工商登记数据", givenBy: "县市场监管局",
      thing: .certificate,
      fields: [
        CheckField(
          .company, "企业名称", synonyms: ["市场主体名称", "主体名称", "字号名称"], .text(max: 120), required: true),
        CheckField(
          .certificate, "统一社会信用代码", synonyms: ["社会信用代码", "信用代码", "注册号"], .text(max: 40)),
        CheckField(.kind, "任职或出资", synonyms: ["职务", "任职", "身份"], .text(max: 60)),
        CheckField(.since, "成立日期", synonyms: ["注册日期", "设立日期"], .day),
        CheckField(
          .standing, "登记状态", synonyms: ["经营状态", "企业状态"],
          .choice([
            CheckField.Choice(
              CheckRecord.current, "存续", synonyms: ["在营", "在业", "开业", "正常", "在营（开业）企业"]),
            CheckField.Choice("revoked", "吊销", synonyms: ["已吊销", "吊销未注销"]),
            CheckField.Choice("cancelled", "注销", synonyms: ["已注销"]),
          ])),
      ]),
    CheckDefinition(
      .socialSecurity, "社保参保", register: "社会保险参保数据", givenBy: "县人社局",
      fields: [
        CheckField(
          .kind, "参保险种", synonyms: ["险种", "险种类型", "险种名称"], .text(max: 60), required: true),
        CheckField(.employer, "参保单位", synonyms: ["参保单位名称", "缴费单位"], .text(max: 100)),
        CheckField(.amount, "缴费基数", synonyms: ["月缴费基数"], unit: "元", .money),
        CheckField(
          .standing, "参保状态", synonyms: ["缴费状态"],
          .choice([
            CheckField.Choice(CheckRecord.current, "正常参保", synonyms: ["正常", "参保缴费", "正常缴费"]),
            CheckField.Choice("suspended", "暂停缴费", synonyms: ["暂停", "中断", "停保", "暂停参保"]),
            CheckField.Choice("ended", "终止参保", synonyms: ["终止"]),
          ])),
      ]),
    CheckDefinition(
      .housingFund, "公积金缴存", register: "住房公积金缴存数据", givenBy: "住房公积金管理中心",
      fields: [
        CheckField(
          .employer, "缴存单位", synonyms: ["缴存单位名称", "公积金缴存单位"], .text(max: 100), required: true),
        CheckField(.amount, "缴存基数", synonyms: ["月缴存基数"], unit: "元", .money),
        CheckField(.month, "缴至月份", synonyms: ["缴至年月", "最近缴存月份"], .month),
        CheckField(
          .standing, "账户状态", synonyms: ["缴存状态"],
          .choice([
            CheckField.Choice(CheckRecord.current, "正常缴存", synonyms: ["正常", "缴存"]),
            CheckField.Choice("sealed", "封存", synonyms: ["已封存"]),
            CheckField.Choice("cancelled", "销户", synonyms: ["已销户"]),
          ])),
      ]),
  ]
}
