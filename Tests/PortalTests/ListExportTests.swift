import Domain
import Foundation
import Postgres
import Spreadsheet
import TestSupport
import Testing
import Web

@testable import Cases
@testable import Complaints
@testable import Desk
@testable import Ground
@testable import Pages
@testable import Register

/// Lists taken out as sheets.
@Suite(.serialized) struct ListExportTests {
  private static let shared = Task {
    let site = try await TestPortal.start()
    _ = try await site.addSample(township: "350423100")
    return site
  }

  static let lists: [(link: String, account: String)] = [
    ("/desk/households", "zhujian"),
    ("/desk/households?township=350423101&category=low_income", "zhujian"),
    ("/desk/households?name=%E5%BB%BA", "longjin"), ("/desk/homes?state=vacant", "zhujian"),
    ("/desk/leases?expiry=past", "minzheng"), ("/desk/leases?state=ended", "zhujian"),
    ("/desk/estates", "zhujian"), ("/desk/estates?township=350423100", "shiju"),
    ("/desk/cases?status=open", "zhuanban"),
    ("/desk/cases?holder=nobody", "gongan"), ("/desk/complaints", "zhujian"),
    ("/desk/checks?check=income", "minzheng"),
    ("/desk/reviews/1/checks?check=vehicles&state=answered", "zhuanban"),
    ("/desk/findings?rule=R2", "longjin"), ("/desk/findings/runs", "gongan"),
    ("/desk/counter/hits", "zhujian"), ("/desk/counter/hits?state=all", "zhujian-lead"),
    ("/admin/tokens", "sysadmin"), ("/desk/visits/roster", "zhuanban"),
    ("/desk/visits/roster?order=risk", "zhuanban"),
    ("/desk/visits/roster?signal=absent", "zhuanban"),
    ("/desk/deliveries", "zhuanban"), ("/desk/deliveries?way=screen", "minzheng"),
    ("/desk/exchange", "minzheng"), ("/desk/reveals", "zhujian-lead"),
    ("/oversight/complaints", "jiwei"), ("/admin/accounts", "sysadmin"),
    ("/admin/audit?account=office-350423100", "auditadmin"),
  ]

  private func file(_ browser: Browser, _ link: String, _ format: String) async throws -> Page {
    let mark = link.contains("?") ? "&" : "?"
    return try await browser.open("\(link)\(mark)format=\(format)")
  }

  @Test(arguments: lists) func theSheetHoldsTheColumnsAndRowsOfThePage(
    _ list: (link: String, account: String)
  ) async throws {
    let browser = try await Self.shared.value.browser(signedInAs: list.account)
    let page = try await browser.open(list.link)
    let table = page.table
    #expect(!table.rows.isEmpty)
    for format in ["xlsx", "csv"] {
      let answer = try await file(browser, list.link, format)
      #expect(answer.status == 200)
      #expect(answer.header("Content-Disposition")?.contains(".\(format)\"") == true)
      let rows = try answer.sheet(format)
      #expect(rows.first == table.titles)
      let count = min(table.rows.count, 50)
      #expect(Array(rows.dropFirst().prefix(count)) == Array(table.rows.prefix(count)))
    }
  }

  @Test func allPagesAreInTheSheet() async throws {
    let site = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "zhujian")
    let wanted = try await site.database.psql(
      as: .superuser, [:],
      "SELECT number FROM households WHERE area ^@ '350423' ORDER BY area, id"
    ).lines
    for format in ["xlsx", "csv"] {
      let rows = try await file(browser, "/desk/households", format).sheet(format)
      #expect(rows.dropFirst().map { $0[0] } == wanted)
    }
  }

  @Test func thePositionOfThePageDoesNotCutTheSheet() async throws {
    let site = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "zhujian")
    let all = try await file(browser, "/desk/homes", "csv").sheet("csv")
    let second = try #require(
      try await browser.open("/desk/homes").all("a").first { $0["rel"] == "next" }?["href"])
    #expect(try await file(browser, second, "csv").sheet("csv") == all)
  }

  @Test func aTownshipTakesOutItsOwnRows() async throws {
    let site = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "longjin")
    let rows = try await file(browser, "/desk/homes", "csv").sheet("csv")
    #expect(rows.count > 2 && rows.dropFirst().allSatisfy { $0[2] == "龙津镇" })
  }

  @Test func noSheetHoldsANumberOrAWholeName() async throws {
    let site = try await Self.shared.value
    let number = try await site.idNumber(ofHousehold: 12)
    let name = try await site.database.psql(
      as: .superuser, [:],
      "SELECT name FROM persons WHERE char_length(name) > 2 AND relation = 'applicant' LIMIT 1"
    ).lines[0]
    for list in Self.lists {
      let browser = try await site.browser(signedInAs: list.account)
      let text = String(
        decoding: try await file(browser, list.link, "csv").bytes, as: UTF8.self)
      #expect(!text.contains(number) && !text.contains(name), "\(list.link)")
      #expect(text.firstMatch(of: #/[0-9]{17}[0-9X]/#) == nil, "\(list.link)")
    }
  }

  @Test func textThatLooksLikeAFormulaStaysText() async throws {
    let site = try await TestPortal.start()
    let evil = "=HYPERLINK(\"http://evil\",\"x\")"
    try await site.owner.transaction { tx in
      try tx.execute("UPDATE estates SET name = \(evil), address = '@SUM(1)' WHERE id = 3")
    }
    let browser = try await site.browser(signedInAs: "zhujian")
    let csv = String(
      decoding: try await file(browser, "/desk/estates", "csv").bytes, as: UTF8.self)
    #expect(csv.hasPrefix("\u{FEFF}项目,"))
    #expect(csv.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""))
    #expect(csv.contains(",'@SUM(1),"))
    for format in ["csv", "xlsx"] {
      let rows = try await file(browser, "/desk/estates", format).sheet(format)
      #expect(rows.contains { $0[0] == evil && $0[2] == "@SUM(1)" })
    }
  }

  @Test func takingAListOutIsRecordedWithoutTheNameThatWasLookedFor() async throws {
    let site = try await TestPortal.start()
    let browser = try await site.browser(signedInAs: "zhujian")
    let name = try await site.database.psql(
      as: .superuser, [:], "SELECT name FROM persons WHERE char_length(name) = 3 LIMIT 1"
    ).lines[0]
    let words = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let answer = try await file(browser, "/desk/households?name=\(words)&state=renting", "xlsx")
    let events = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT account, entity, after ->> 'filter', after ->> 'rows', after ->> 'format'
      FROM audit_events WHERE action = 'list.export'
      """
    ).lines
    let rows = try answer.sheet("xlsx").count - 1
    let masked = Masking.maskedName(name)
    #expect(events == ["zhujian|households|name=\(masked) state=renting|\(rows)|XLSX"])
  }

  @Test func anUnknownFormIsRefusedAndSoIsWhoMayNotSeeTheList() async throws {
    let site = try await Self.shared.value
    let officer = try await site.browser(signedInAs: "zhujian")
    #expect(try await file(officer, "/desk/households", "pdf").status == 400)
    let clerk = try await site.browser(signedInAs: "chuangkou")
    #expect(try await file(clerk, "/desk/households", "csv").status == 403)
  }

  @Test func nothingIsLeftInTheTemporaryFolder() async throws {
    let site = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "zhujian")
    for format in ["xlsx", "csv"] { _ = try await file(browser, "/desk/homes", format) }
    let left = try FileManager.default.contentsOfDirectory(atPath: TemporaryFolder.path())
    #expect(!left.contains { $0.hasSuffix(".xlsx") || $0.hasSuffix(".csv") })
  }

  @Test func everyColumnButTheButtonsGoesIntoTheSheet() throws {
    let officer = Principal(
      accountID: AccountID(rawValue: 1), account: "zhujian", displayName: "住建局",
      role: .housingOfficer,
      area: try #require(AreaCode("350423")))
    func asked<Filter: ListFilter>(
      _ filter: Filter, among choices: Filter.Choices
    ) -> ListRequest<Filter> {
      ListRequest(filter, as: officer, at: TestPortal.start, among: choices)
    }
    #expect(householdColumns().allSatisfy { $0.export != nil })
    #expect(HomeList(asked: asked(HomeFilter(), among: [])).columns.allSatisfy { $0.export != nil })
    #expect(
      LeaseList(asked: asked(LeaseFilter(), among: [])).columns.allSatisfy { $0.export != nil })
    #expect(CaseList(asked: asked(CaseFilter(), among: [])).columns.allSatisfy { $0.export != nil })
    #expect(
      ComplaintList(asked: asked(ComplaintFilter(), among: [])).columns.allSatisfy {
        $0.export != nil
      })
    #expect(EstateListPage.columns([:]).allSatisfy { $0.export != nil })
  }
}

extension Page {
  /// The titles and the cells of the page's table as people read them; a column of buttons is none.
  var table: (titles: [String], rows: [[String]]) {
    guard let head = all("thead").first, let body = all("tbody").first else { return ([], []) }
    func cells(_ range: Range<Int>) -> [String] {
      tags[range].filter { $0.name == "th" || $0.name == "td" }.map {
        $0.text == "—"
          ? "" : $0.text.trimmingCharacters(in: .whitespaces).replacing(".00", with: "")
      }
    }
    var titles = cells(head.position..<head.end)
    let hasButtons = titles.last == "操作"
    if hasButtons { titles.removeLast() }
    let rows = tags[body.position..<body.end].filter { $0.name == "tr" }.map { row in
      Array(cells(row.position..<row.end).prefix(titles.count))
    }
    return (titles, rows)
  }

  /// The rows of a sheet that was taken out, cells as people read them.
  func sheet(_ format: String) throws -> [[String]] {
    let path = NSTemporaryDirectory() + "sheet-\(UUID().uuidString).\(format)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(filePath: path))
    var rows: [[String]] = []
    let workbook = try Workbook(path: path, fileName: "sheet.\(format)")
    try workbook.forEachRow { row in rows.append(row.cells.map(words)) }
    let width = rows.map(\.count).max() ?? 0
    return rows.map { $0 + Array(repeating: "", count: width - $0.count) }
  }
}

private func words(_ cell: Cell) -> String {
  switch cell {
  case .empty: ""
  case .text(let text), .longNumber(let text), .failure(let text): text
  case .day(let day): day.iso
  case .partialDay, .moment, .formatted: cell.plainText
  case .bool(let value): value ? "是" : "否"
  case .number(let number):
    number == number.rounded() ? grouped(Int(number)) : String(format: "%.2f", number)
  }
}
