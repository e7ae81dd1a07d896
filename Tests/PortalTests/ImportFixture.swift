import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Imports
@testable import Portal
@testable import Register

/// An empty county into which somebody imports, as people do: through the pages.
struct ImportFixture: Sendable {
  let site: TestPortal
  let browser: Browser

  init(_ county: TestPortal.County = .empty, as account: String = "zhujian") async throws {
    site = try await TestPortal.start(county)
    browser = try await site.browser(signedInAs: account)
  }

  var jobs: JobRunner { site.portal.services.jobs }

  /// Sends a file in and waits for its check.
  func upload(
    _ kind: RegisterSheet, _ content: String, name: String = "表格.csv"
  ) async throws -> Page {
    try await upload(kind, bytes: Array(content.utf8), name: name)
  }

  func upload(_ kind: RegisterSheet, bytes: [UInt8], name: String) async throws -> Page {
    let form = try await browser.open("/desk/imports/new").form(to: "/desk/imports")
    let page = try await form.fill(["kind": kind.rawValue])
      .choosing("file", [ChosenFile(name: name, type: "text/csv", bytes: bytes)]).submit()
    await jobs.finishAll()
    return page.status == 200 ? try await browser.open(page.address) : page
  }

  /// Presses a button of an import's page and waits for what it sets off.
  func press(
    _ page: Page, _ step: String, _ typed: KeyValuePairs<String, String> = [:]
  ) async throws -> Page {
    let form = try page.form(to: "\(Self.link(page))/\(step)")
    let answer = try await form.fill(typed).submit()
    await jobs.finishAll()
    return answer.status == 200 ? try await browser.open(answer.address) : answer
  }

  /// Sends a file in, checks it and writes it.
  @discardableResult
  func bring(_ kind: RegisterSheet, _ content: String) async throws -> Page {
    let page = try await press(try await upload(kind, content), "confirmation")
    #expect(page.has("已导入"))
    return page
  }

  /// The address of the import that a page is of.
  static func link(_ page: Page) -> String { String(page.address.prefix { $0 != "?" }) }

  func lines(_ sql: String) async throws -> [String] {
    let answer = try await site.database.psql(as: .superuser, [:], sql)
    #expect(answer.status == 0, "\(answer.errors)")
    return answer.lines
  }

  func count(_ table: String) async throws -> Int {
    Int(try await lines("SELECT count(*) FROM \(table)").first ?? "") ?? -1
  }

  /// The codes of the causes that the last check found, with their counts.
  func causes() async throws -> [String] {
    try await lines(
      """
      SELECT severity || ' ' || code || ' ' || problems FROM import_causes
      WHERE import_id = (SELECT max(id) FROM imports) ORDER BY 1
      """)
  }

  /// A made-up ID number.
  static func person(_ sequence: Int, birth: String = "1980-03-08") throws -> String {
    try ResidentID.madeUp(
      areaPrefix: "350423", birth: try #require(Day(iso: birth)), sequence: sequence
    ).text
  }

  static let estates = """
    项目名称,乡镇,地址,产权
    龙津小区,龙津镇,龙津路1号,政府投资
    嵩溪小区,350423101,嵩溪路2号,国有

    """
  static let homes = """
    项目,栋,单元,房号,建筑面积,状态
    龙津小区,1栋,1单元,101,55.5,空置
    龙津小区,１栋,1单元,102,60,已出租
    嵩溪小区,2栋,,201,48.25,维修中

    """

  /// Two households, the first with a spouse.
  static func households() throws -> String {
    """
    家庭编号,乡镇,保障类别,关系,姓名,身份证号码,手机号,婚姻
    QL-1,龙津镇,低保,本人,林小满,\(try person(1)),13800000001,已婚
    QL-1,龙津镇,低保,妻子,陈大雪,\(try person(2)),,已婚
    QL-2,嵩溪镇,低收入家庭,户主,王立春,\(try person(3)),0598-5322000,单身

    """
  }

  static let leases = """
    合同号,家庭编号,项目,栋,单元,房号,起租日期,到期日期,月租金,押金
    HT-1,QL-1,龙津小区,1栋,1单元,102,2020/1/1,2025年1月1日,150,450
    HT-2,QL-2,龙津小区,1栋,1单元,101,20200601,2025-06-01,160.5,481.5

    """

  func bringCounty() async throws {
    try await bring(.estates, Self.estates)
    try await bring(.homes, Self.homes)
    try await bring(.households, try Self.households())
    try await bring(.leases, Self.leases)
  }
}
