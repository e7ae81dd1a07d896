import Domain
import Testing

/// One form of names, whatever they were typed or exported with.
@Suite struct NormalFormTests {
  @Test(arguments: [
    ("金小玉", "金小玉"), ("⾦⼩⽟", "金小玉"), ("\u{F90A}\u{F914}", "金樂"), ("葛\u{E0100}小芳", "葛小芳"),
    ("⻢龙⻰", "马龙龙"), ("王　芳", "王芳"), (" 王 芳 ", "王芳"), ("王\u{200B}芳\u{FEFF}", "王芳"),
    ("阿卜杜拉•买买提", "阿卜杜拉·买买提"), ("阿卜杜拉・买买提", "阿卜杜拉·买买提"), ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
    ("阿卜杜拉.买买提", "阿卜杜拉·买买提"), ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"), ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"),
    ("John  Smith", "John Smith"), ("J.Smith", "J.Smith"), ("李 John", "李 John"), ("〇 一", "〇一"),
    ("金龙苑（一期）", "金龙苑(一期)"), ("１栋", "1栋"), ("Ａ－１０１", "A-101"), ("", ""), ("　", ""),
  ])
  func aNameHasOneForm(_ typed: String, _ form: String) {
    // Scalar by scalar: to Swift a compatibility form equals its character.
    #expect(Array(NormalForm.name(typed).unicodeScalars) == Array(form.unicodeScalars))
  }

  @Test(arguments: [
    "金小玉", "⾦⼩⽟", "阿卜杜拉 . 买买提", "A . B", "王\u{3000}\u{A0}芳", "・・", "㈠区", "ﾊﾝ", "\u{1F600} 人",
  ])
  func theFormOfAFormIsItself(_ typed: String) {
    let form = NormalForm.name(typed)
    #expect(NormalForm.name(form) == form)
  }

  @Test func wordsKeepTheirPunctuation() {
    #expect(NormalForm.words("⾦龙路１号，（东侧）") == "金龙路１号，（东侧）")
    #expect(NormalForm.words("城东\u{200B}路 1 号") == "城东路 1 号")
  }
}
