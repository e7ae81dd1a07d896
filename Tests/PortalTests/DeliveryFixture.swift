import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deliveries
@testable import Ground
@testable import Portal
@testable import Reviews

/// A county with three households, of two, one and one person, of which bureaus deliver what their registers
/// say: through the pages, as people do.
struct DeliveryFixture: Sendable {
  let register: RegisterFixture
  /// `QL-1` to `QL-3`.
  let households: [Int64]

  /// A file of the property register with these rows.
  static func property(_ rows: String...) -> String {
    (["姓名,身份证号,不动产权证号,坐落,建筑面积"] + rows).joined(separator: "\n") + "\n"
  }

  init(hasRound: Bool = true) async throws {
    register = try await RegisterFixture()
    households = [
      try await register.household("QL-1", members: [idNumber(1), idNumber(2)]),
      try await register.household("QL-2", members: [idNumber(3)]),
      try await register.household("QL-3", members: [idNumber(4)]),
    ]
    for household in households { try await register.lease(to: household) }
    if hasRound { try await openRound() }
  }

  var site: TestPortal { register.site }
  var jobs: JobRunner { site.portal.services.jobs }

  func openRound() async throws { try await register.openRound() }

  // MARK: What people do

  /// Sends an extract in and waits until it is matched.
  func deliver(
    _ type: CheckType, _ content: String, asOf: String = "2021-07-31", complete: Bool = false,
    as account: String? = nil, name: String = "数据.csv"
  ) async throws -> Page {
    let browser = try await site.browser(signedInAs: account ?? Self.account(type.bureau))
    var form = try await browser.open("/desk/deliveries/new").form(to: "/desk/deliveries")
      .fill(["as_of": asOf]).forging("type", type.rawValue)
    if complete { form = try form.fill(["complete": "yes"]) }
    let page = try await form.choosing(
      "file", [ChosenFile(name: name, type: "text/csv", bytes: Array(content.utf8))]
    ).submit()
    await jobs.finishAll()
    return page.status == 200 ? try await browser.open(page.address) : page
  }

  /// Presses a button of a delivery's page and waits for what it sets off.
  func press(
    _ page: Page, _ step: String, _ typed: KeyValuePairs<String, String> = [:]
  ) async throws -> Page {
    let form = try page.form(to: "\(Self.link(page))/\(step)")
    let answer = try await form.fill(typed).submit()
    await jobs.finishAll()
    return answer.status == 200 ? try await page.browser.open(answer.address) : answer
  }

  /// Sends an extract in and lets it come into force.
  @discardableResult
  func bring(
    _ type: CheckType, _ content: String, asOf: String = "2021-07-31", complete: Bool = false,
    reason: String? = nil
  ) async throws -> Page {
    let page = try await deliver(type, content, asOf: asOf, complete: complete)
    let done = try await press(page, "confirmation", reason.map { ["reason": $0] } ?? [:])
    #expect(done.has("已生效"), "\(done.text.prefix(600))")
    return done
  }

  static func link(_ page: Page) -> String { String(page.address.prefix { $0 != "?" }) }

  static func account(_ bureau: Bureau) -> String {
    switch bureau {
    case .housing: "zhujian"
    case .civilAffairs: "minzheng"
    case .naturalResources: "ziran"
    case .publicSecurity: "gongan"
    }
  }

  // MARK: What is stored

  func lines(_ sql: String) async throws -> [String] {
    let answer = try await site.database.psql(as: .superuser, [:], sql)
    #expect(answer.status == 0, "\(answer.errors)")
    return answer.lines
  }

  /// `QL-1 hit` of each household, the answer in force.
  func answers(_ type: CheckType) async throws -> [String] {
    try await lines(
      """
      SELECT DISTINCT ON (h.number) h.number || ' ' || k.result FROM checks k
      JOIN households h ON h.id = k.household_id WHERE k.check_type = '\(type.rawValue)'
      ORDER BY h.number, k.as_of DESC, k.id DESC
      """)
  }

  /// `rows matched others bad undecided` of the last delivery.
  func counts() async throws -> String {
    try await lines(
      """
      SELECT row_count || ' ' || matched_rows || ' ' || other_rows || ' ' || bad_rows || ' '
        || undecided_rows
      FROM deliveries ORDER BY id DESC LIMIT 1
      """
    ).first ?? ""
  }

  /// The codes of what was wrong with the last delivery, with how often.
  func causes() async throws -> [String] {
    try await lines(
      """
      SELECT severity || ' ' || code || ' ' || problems FROM delivery_problems
      WHERE problems IS NOT NULL AND delivery_id = (SELECT max(id) FROM deliveries) ORDER BY 1
      """)
  }

  /// What the records say, opened, in the order of households.
  func records() async throws -> [String] {
    let keys = site.keys
    return try await site.owner.read { tx in
      try tx.all(
        Query(
          """
          SELECT r.delivery_id, r.household_id, r.person_id, r.check_type, r.line, r.digest,
            r.values_sealed, r.name_differs
          FROM check_records r ORDER BY r.household_id, r.line
          """
        ) { row in try AnswerRecord(row) }
      ).map { record in
        let opened = try #require(try record.open(keys))
        return opened.shown.map(\.text).joined(separator: "|")
      }
    }
  }

  /// The files of this process in which a text stands.
  static func files(with text: String) throws -> [String] {
    let folder = try TemporaryFolder.path()
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      let content = FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data()
      return content.range(of: Data(text.utf8)) != nil
    }
  }

  /// The tables in which a text stands anywhere, as it is or as hexadecimal.
  func tables(with text: String) async throws -> [String] {
    try await lines(
      """
      SELECT table_name FROM information_schema.tables t
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT
        (xpath('//c/text()', query_to_xml(format(
          'SELECT count(*) AS c FROM %I x WHERE strpos(x::text, %L) > 0', table_name, '\(text)'),
          false, true, '')))[1]::text = '0'
      ORDER BY 1
      """)
  }
}
