import HTML
import Testing

@Suite("Links and paths")
struct LinkTests {
  @Test("query values are percent-encoded as UTF-8")
  func encodesQuery() {
    let link = PagePath("/desk/cases").link.query("q", "翠竹 苑+&%=#?").query("state", "moving")
    #expect(
      link.url
        == "/desk/cases?q=%E7%BF%A0%E7%AB%B9%20%E8%8B%91%2B%26%25%3D%23%3F&state=moving")
  }

  @Test("an absent query value leaves the link as it was")
  func skipsAbsentQuery() {
    #expect(PagePath("/desk").link.query("q", nil).url == "/desk")
    #expect(PagePath("/desk").link.query("q", "").url == "/desk?q=")
  }

  @Test("a fragment stays behind the query")
  func keepsFragmentLast() {
    let link = PagePath("/desk").link.fragment("表 1").query("a", "1")
    #expect(link.url == "/desk?a=1#%E8%A1%A8%201")
  }

  @Test("a path with an argument gives its pattern and its links")
  func fillsArgument() {
    let path = PagePathOf<Int64>("/desk/cases/:id/closure")
    #expect(path.pattern == "/desk/cases/:id/closure")
    #expect(path.parameter == "id")
    #expect(path.link(42).url == "/desk/cases/42/closure")
    #expect(PagePathOf<String>("/news/:slug").link("a/b 中?").url == "/news/a%2Fb%20%E4%B8%AD%3F")
  }

  @Test("a link in an attribute is escaped")
  func escapesLinks() {
    let link = PagePath("/desk").link.query("a", "1").query("b", "2")
    let html: HTML = "<a href=\"\(path: link)\">\(path: PagePath("/"))</a>"
    #expect(html.text == "<a href=\"/desk?a=1&amp;b=2\">/</a>")
    #expect(("<a\(attribute: "href", link)>" as HTML).text == "<a href=\"/desk?a=1&amp;b=2\">")
  }

  @Test(
    "only a path of this site is taken from outside",
    arguments: [
      ("/desk/cases?q=1", true), ("/", true), ("//evil.example", false), ("/\\evil", false),
      ("https://evil.example", false), ("javascript:alert(1)", false), ("", false),
      ("/a\r\nSet-Cookie: x", false), ("/中", false),
    ])
  func acceptsLocalPaths(url: String, isAccepted: Bool) {
    #expect((Link(local: url) != nil) == isAccepted)
  }
}
