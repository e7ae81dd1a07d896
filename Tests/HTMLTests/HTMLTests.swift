import HTML
import Testing

@Suite("HTML interpolation")
struct HTMLTests {
  @Test("the five special characters are escaped in text")
  func escapesText() {
    let html: HTML = "<p>\("Tom & <b>\"it's\"</b>")</p>"
    #expect(html.text == "<p>Tom &amp; &lt;b&gt;&quot;it&#39;s&quot;&lt;/b&gt;</p>")
  }

  @Test("an attribute's value cannot leave its quotes")
  func escapesAttributes() {
    let typed = "\" onfocus=\"alert(1)' <&>"
    let html: HTML = "<input\(attribute: "value", typed)>"
    #expect(
      html.text
        == "<input value=\"&quot; onfocus=&quot;alert(1)&#39; &lt;&amp;&gt;\">")
  }

  @Test(
    "escaping keeps every other character",
    arguments: ["", "张小丰", "𠮷野家", "a&", "&a", "&&", "😀<", "e\u{301}", "\u{0}x", "a\nb"])
  func keepsOtherCharacters(text: String) {
    let escaped = HTML(text: text).text
    var back = escaped
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")] {
      back = back.split(separator: entity, omittingEmptySubsequences: false)
        .joined(separator: character)
    }
    #expect(Array(back.utf8) == Array(text.utf8))
  }

  @Test("markup that is already HTML is not escaped a second time")
  func keepsMarkup() {
    let name: HTML = "<b>\("A & B")</b>"
    let html: HTML = "<p>\(name)</p>"
    #expect(html.text == "<p><b>A &amp; B</b></p>")
    #expect((name + name).text == "<b>A &amp; B</b><b>A &amp; B</b>")
    #expect(HTML(verbatim: "<br>").text == "<br>")
  }

  @Test("numbers and substrings are written as text")
  func writesValues() {
    let html: HTML = "\(42)|\(Int64(-7))|\(UInt8(3))|\("a<b".dropFirst())"
    #expect(html.text == "42|-7|3|&lt;b")
  }

  @Test("an absent optional leaves nothing behind")
  func dropsNil() {
    let none: HTML? = nil
    let some: HTML? = "<i>x</i>"
    let text: String? = nil
    let html: HTML = "[\(none)\(some)\(optional: text)\(optional: "&")]"
    #expect(html.text == "[<i>x</i>&amp;]")
    let noted: HTML = "\(ifLet: text, { "<p>\($0)</p>" })\(ifLet: "<", { "<p>\($0)</p>" })"
    #expect(noted.text == "<p>&lt;</p>")
  }

  @Test("sequences are written one after the other")
  func writesSequences() {
    let items: [HTML] = ["<li>1</li>", "<li>2</li>"]
    #expect(("<ul>\(items)</ul>" as HTML).text == "<ul><li>1</li><li>2</li></ul>")
    let mapped: HTML = "<ul>\(["a", "<"], { "<li>\($0)</li>" })</ul>"
    #expect(mapped.text == "<ul><li>a</li><li>&lt;</li></ul>")
    #expect(items.joined(separator: "、").text == "<li>1</li>、<li>2</li>")
    #expect(HTML.joined([]).isEmpty)
  }

  @Test("a condition chooses between two pieces and evaluates only one")
  func choosesByCondition() {
    var evaluated = 0
    func piece(_ html: HTML) -> HTML {
      evaluated += 1
      return html
    }
    let html: HTML = """
      \(if: true, piece("<b>"))\(if: false, piece("<i>"))\(if: false, "<u>", else: "<s>")
      """
    #expect(html.text == "<b><s>")
    #expect(evaluated == 1)
  }

  @Test("attributes appear with the space before them or not at all")
  func writesAttributes() {
    let none: String? = nil
    let noNumber: Int? = nil
    let html: HTML = """
      <input\(attribute: "checked", if: true)\(attribute: "disabled", if: false)\
      \(attribute: "value", none)\(attribute: "name", "n")\(attribute: "max", 9)\
      \(attribute: "min", noNumber)>
      """
    #expect(html.text == "<input checked name=\"n\" max=\"9\">")
  }
}
