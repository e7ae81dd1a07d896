/// Names that sound true and belong to nobody in particular.
enum DemoNames {
  private static let surnames =
    "陈林黄张李王吴刘罗邱赖江叶曾郑杨伍巫马童魏邓肖谢余许蔡郭廖".map(String.init) + ["欧阳", "上官"]
  private static let maleFirst = "志建文国明俊家永光德伟晓海春荣金".map(String.init)
  private static let maleLast = "华强军平辉林斌峰生财勇涛杰龙福清".map(String.init)
  private static let femaleFirst = "秀美丽桂玉雪小慧春淑月金燕思雅婷".map(String.init)
  private static let femaleLast = "英珍兰芳娟梅玲香红萍云霞莲琴凤花".map(String.init)

  static func surname(_ random: inout DemoRandom) -> String { random.pick(surnames) }

  /// A given name of one (one in five) or two characters.
  static func given(male: Bool, _ random: inout DemoRandom) -> String {
    let last = random.pick(male ? maleLast : femaleLast)
    if random.chance(20) { return last }
    return random.pick(male ? maleFirst : femaleFirst) + last
  }
}
