import Domain
import Testing

@testable import Web

@Suite struct FormCheckerTests {
  private enum Kind: String { case sublet, lent }

  @Test func textIsTrimmedNormalisedAndCounted() {
    var checker = FormChecker([
      "name": " 　张\r\n三\u{200B}\u{202E} ", "e": "e\u{301}", "long": "一二三四",
    ])
    #expect(checker.text("name", "姓名") == "张 三" || checker.text("name", "姓名") == "张  三")
    #expect(checker.text("e", "字")?.unicodeScalars.count == 1)
    #expect(checker.isValid)
    #expect(checker.text("long", "备注", max: 3) == nil)
    #expect(checker.errors["long"] == "备注最多 3 个字，现在有 4 个，请缩短")
    #expect(checker.text("none", "地址") == nil)
    #expect(checker.errors["none"] == "请填写地址")
    #expect(checker.text("other", "电话", required: false) == nil)
    #expect(checker.errors.count == 2)
  }

  @Test func aParagraphKeepsItsLines() {
    var checker = FormChecker(["text": "一\r\n二\r三\u{0B}四\u{01}\n\n"])
    #expect(checker.paragraph("text", "说明") == "一\n二\n三\n四")
  }

  @Test func digitsMayBeFullWidthAndGrouped() {
    var checker = FormChecker(["code": "１２３４ 5678-9012", "short": "12a"])
    #expect(checker.digits("code", "查询码", count: 12...12) == "123456789012")
    #expect(checker.digits("short", "查询码", count: 12...12) == nil)
    #expect(checker.errors["short"] == "查询码应为 12 位数字，请核对")
  }

  @Test func numbersAndDaysAreRead() {
    var checker = FormChecker(["n": "１,２００", "d": "2021年8月5日", "e": "2021-02-30", "f": "2021/8/25"])
    #expect(checker.integer("n", "租金", in: 0...5000) == 1200)
    #expect(checker.day("d", "日期") == Day(year: 2021, month: 8, day: 5))
    #expect(checker.day("f", "日期") == Day(year: 2021, month: 8, day: 25))
    #expect(checker.day("e", "日期") == nil)
    #expect(checker.errors["e"]?.contains("2021-08-25") == true)
    #expect(checker.integer("n", "租金", in: 0...100) == nil)
  }

  @Test func onlyWhatCanBeChosenIsTaken() {
    var checker = FormChecker(["kind": "lent", "bad": "x", "many": "sublet"])
    #expect(checker.choice("kind", "类型", of: Kind.self) == .lent)
    #expect(checker.choice("bad", "类型", of: Kind.self) == nil)
    #expect(checker.errors["bad"] == "请选择类型")
    #expect(checker.choices("many", "类型", of: Kind.self) == [.sublet])
    #expect(checker.choice("kind", "类型", among: ["a", "b"]) == nil)
  }

  @Test func theFirstErrorOfAFieldStays() {
    var checker = FormChecker(FormFields())
    checker.fail("a", "一")
    checker.fail("b", "二")
    checker.fail("a", "三")
    #expect(checker.errors.list.map(\.message) == ["一", "二"])
  }
}
