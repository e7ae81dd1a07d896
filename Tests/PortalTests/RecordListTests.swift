import Domain
import HTML
import Postgres
import Testing
import Web

@testable import Pages

/// What a list is declared by: a filter, an order.
@Suite struct RecordListTests {
  enum Colour: String, CaseIterable, Sendable {
    case red, green, blue

    var title: String { "色" + rawValue }
  }

  struct Filter: ListFilter {
    var words: String?
    var colour: Colour?
    /// Nil for all; the list begins with the green ones.
    var usual: Colour? = .green
    var estate: EstateID?
    var isLate = false

    static let list = Link(verbatim: "/things")
    static let fields: [FilterField<Filter>] = [
      .words(\.words, "q", "字词", max: 3) { words, _ in "t.name = \(words)" },
      .choice(\.colour, "colour", "颜色", titled: \.title) { _ in "t.colour" },
      .choice(\.usual, "usual", "常用", titled: \.title, usual: .green) { _ in "t.usual" },
      .hidden(\.estate, "estate") { "t.estate_id = \($0)" },
      .flag(\.isLate, "late", "期限", "已逾期") { "t.due_on < \($0.today)" },
    ]
  }

  struct Thing: Sendable {
    let day: Day
    let id: EstateID
  }

  private static let thing = Thing(day: Day(number: 18_800), id: EstateID(rawValue: 7))
  private static let byDay = ListOrder<Thing>.ascending(
    .key("t.day", \.day), .key("t.id", \.id))
  private static let newest = ListOrder<Thing>.descending(.carried(\.day), .key("t.id", \.id))

  private func condition(_ filter: Filter) throws -> String {
    let officer = Principal(
      accountID: AccountID(rawValue: 1), account: "zhujian", displayName: "住建局",
      role: .housingOfficer, area: try #require(AreaCode("350423")))
    return ListRequest(filter, as: officer, at: DisclosureFixture.now, among: ()).condition.text
  }

  @Test func anAddressIsReadBackAsItWasWritten() throws {
    var filter = Filter()
    #expect(filter.link.url == "/things")
    filter.words = "甲乙"
    filter.colour = .blue
    filter.usual = nil
    filter.estate = EstateID(rawValue: 3)
    filter.isLate = true
    // What was typed stands in no address as it is.
    let open = "/things?colour=blue&usual=all&estate=3&late=1"
    #expect(filter.link.url == open)
    let sealed = Link.$seal.withValue(
      Link.Seal { String($0.utf8.count) }, operation: { filter.link.url })
    #expect(sealed == open + "&sought=20")
    let query: FormFields = [
      "q": " 甲乙 ", "colour": "blue", "usual": "all", "estate": "3", "late": "1",
    ]
    #expect(try Filter(query) == filter)
    #expect(try Filter(["q": "", "colour": "", "usual": "", "late": ""]) == Filter())
    #expect(try Filter(["q": "甲乙丙丁", "usual": "green"]).words == "甲乙丙")
  }

  @Test(arguments: ["colour", "usual", "estate"]) func aValueThatNoChoiceHasIsRefused(
    _ name: String
  ) {
    #expect(throws: WebError.self) { try Filter([name: "lost"]) }
  }

  @Test func whatIsChosenIsTheCondition() throws {
    var filter = Filter()
    #expect(try condition(filter) == "t.usual")
    filter.words = "甲"
    filter.usual = nil
    filter.isLate = true
    #expect(try condition(filter) == "t.name = $1 AND t.due_on < $2")
    filter = Filter()
    filter.usual = nil
    #expect(try condition(filter) == "true")
  }

  @Test func theNextPageFollowsTheLastRowAndThePreviousOneTheFirst() throws {
    let next = try #require(Self.byDay.next(Filter.list, after: Self.thing))
    #expect(next.url == "/things?after=2021-06-22.7")
    let after = try #require(Self.byDay.position(["after": "2021-06-22.7"]))
    #expect(Self.byDay.rows(from: after).text == "(t.day, t.id) > ($1, $2)")
    #expect(Self.byDay.order(from: after).text == "t.day, t.id")
    let previous = try #require(Self.byDay.previous(Filter.list, before: Self.thing))
    #expect(previous.url == "/things?before=2021-06-22.7")
    let before = try #require(Self.byDay.position(["before": "2021-06-22.7"]))
    #expect(Self.byDay.rows(from: before).text == "(t.day, t.id) < ($1, $2)")
    #expect(Self.byDay.order(from: before).text == "t.day DESC, t.id DESC")
    #expect(Self.byDay.forward.text == "t.day, t.id")
  }

  @Test func aCarriedValueStandsInTheAddressAlone() throws {
    #expect(Self.newest.next(Filter.list, after: Self.thing)?.url == "/things?after=2021-06-22.7")
    let position = try #require(Self.newest.position(["after": "2021-06-22.7"]))
    #expect(Self.newest.rows(from: position).text == "t.id < $1")
    #expect(Self.newest.order(from: position).text == "t.id DESC")
  }

  @Test(arguments: ["", "7", "2021-06-22", "2021-06-22.x", "2021-06-22.7.8", "22.7", ".7"])
  func whatIsNoPositionIsTheFirstPage(_ text: String) {
    #expect(Self.byDay.position(["after": text]) == nil)
    #expect(Self.newest.position(["before": text]) == nil)
    #expect(Self.byDay.rows(from: nil).text == "true")
  }

  @Test func aListThatLeadsOnwardGoesBackToItsBeginningOrNowhere() throws {
    for toFirst in [true, false] {
      let order = ListOrder<Thing>.descending(
        .key("t.id", \.id), paging: .onward("before", toFirst: toFirst))
      #expect(order.next(Filter.list, after: Self.thing)?.url == "/things?before=7")
      let position = try #require(order.position(["before": "7"]))
      #expect(!position.isBackward && order.rows(from: position).text == "t.id < $1")
      #expect(order.previous(Filter.list, before: Self.thing)?.url == (toFirst ? "/things" : nil))
    }
  }
}
