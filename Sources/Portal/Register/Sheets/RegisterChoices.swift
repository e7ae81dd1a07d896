import Domain

/// The values of the sheets' choices, as the portal and as offices write them.
enum RegisterChoices {
  typealias Titles<Value> = [(value: Value, title: String, synonyms: [String])]

  static let categories: Titles<HouseholdCategory> = [
    (
      .subsistence, HouseholdCategory.subsistence.title,
      ["低保户", "低保家庭", "城市低保", "城镇低保", "最低生活保障", "最低生活保障家庭"]
    ),
    (
      .lowIncome, HouseholdCategory.lowIncome.title,
      ["低收入家庭", "低收入户", "城镇低收入", "低收入住房困难家庭", "低边"]
    ),
    (
      .lowerMiddleIncome, HouseholdCategory.lowerMiddleIncome.title,
      ["中低收入", "中低收入家庭", "中等偏下收入家庭", "中等偏下", "中等偏下收入住房困难家庭"]
    ),
    (
      .newEmployee, HouseholdCategory.newEmployee.title,
      ["新就业职工", "新就业无房职工", "新就业人员", "新就业大学生"]
    ),
    (
      .migrantWorker, HouseholdCategory.migrantWorker.title,
      ["外来务工人员", "外来务工家庭", "稳定就业外来务工人员"]
    ),
    (.other, HouseholdCategory.other.title, ["其它", "其他类别"]),
  ]

  static let relations: Titles<Relation> = [
    (.applicant, Relation.applicant.title, ["本人", "户主", "承租人", "主申请人", "申请者"]),
    (.spouse, Relation.spouse.title, ["妻子", "丈夫", "妻", "夫", "爱人", "夫妻"]),
    (
      .child, Relation.child.title,
      [
        "子", "女", "儿子", "女儿", "长子", "次子", "三子", "长女", "次女", "三女", "独生子", "独生女",
        "养子", "养女", "继子", "继女", "儿", "孩子",
      ]
    ),
    (
      .parent, Relation.parent.title,
      ["父", "母", "父亲", "母亲", "岳父", "岳母", "公公", "婆婆", "养父", "养母", "继父", "继母"]
    ),
    (
      .grandchild, Relation.grandchild.title,
      ["孙", "孙子", "孙女", "外孙", "外孙子", "外孙女"]
    ),
    (
      .other, Relation.other.title,
      [
        "其它", "兄", "弟", "姐", "妹", "兄弟", "姐妹", "兄弟姐妹", "祖父", "祖母", "外祖父", "外祖母",
        "儿媳", "女婿", "侄子", "侄女", "外甥", "外甥女", "其他亲属", "非亲属",
      ]
    ),
  ]

  static let maritalStatuses: Titles<MaritalStatus> = [
    (.single, MaritalStatus.single.title, ["单身", "未"]),
    (.married, MaritalStatus.married.title, ["有配偶", "初婚", "再婚", "复婚", "结婚", "已"]),
    (.divorced, MaritalStatus.divorced.title, ["离婚", "离"]),
    (.widowed, MaritalStatus.widowed.title, ["丧"]),
    (.unknown, MaritalStatus.unknown.title, ["未知", "未说明", "不明", "未说明的婚姻状况"]),
  ]
}
