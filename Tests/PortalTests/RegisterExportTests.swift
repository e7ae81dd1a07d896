import Domain
import Foundation
import Postgres
import Spreadsheet
import TestSupport
import Testing

@testable import Ground
@testable import Register

/// The register's own sheets on their way out.
@Suite(.serialized) struct RegisterExportTests {
  private static let shared = Task { try await TestPortal.start() }

  private static func whole(
    _ site: TestPortal, _ sheet: String, _ format: String, reason: String = "报市住建局复核"
  ) async throws -> Page {
    let page = try await site.browser(signedInAs: "zhujian-lead").open("/desk/register/export")
    return try await page.form(to: "/desk/register/export")
      .fill(["sheet": sheet, "format": format, "reason": reason]).submit()
  }

  /// The records of a file, read as an import reads it.
  private func records<Record>(
    _ page: Page, _ format: String, _ map: ColumnMap<Record>
  ) throws -> [Record] {
    let path = NSTemporaryDirectory() + "register-\(UUID().uuidString).\(format)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(page.bytes).write(to: URL(filePath: path))
    var reader = TableReader(map)
    var records: [Record] = []
    try Workbook(path: path, fileName: "register.\(format)").forEachRow { row in
      switch reader.take(row) {
      case .record(let record, let problems):
        #expect(problems.isEmpty)
        records.append(record)
      case .header, .ignored: break
      }
    }
    return records
  }

  @Test(arguments: ["xlsx", "csv"]) func aWholeSheetOfHouseholdsReadsBackAsWhatIsStored(
    _ format: String
  ) async throws {
    let site = try await Self.shared.value
    let answer = try await Self.whole(site, "households", format)
    let members = try records(answer, format, MemberRecord.map)
    let stored = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT h.number, p.name, p.relation, h.category, p.marital_status, p.registered_at
      FROM households h JOIN persons p ON p.household_id = h.id
      ORDER BY h.area, h.id, p.relation <> 'applicant', p.id
      """
    ).lines
    #expect(
      members.map { member in
        [
          member.householdNumber ?? "", member.name ?? "", member.relation?.rawValue ?? "",
          member.category?.rawValue ?? "", member.maritalStatus?.rawValue ?? "",
          member.registeredAt?.rawValue ?? "",
        ].joined(separator: "|")
      } == stored)
    let applicant = try #require(members.first { $0.householdNumber == "35042300000012" })
    #expect(applicant.idNumber?.text == (try await site.idNumber(ofHousehold: 12)))
    #expect(applicant.phone?.text == (try await site.phone(ofHousehold: 12)))
  }

  @Test func theOtherSheetsReadBackWithoutAProblem() async throws {
    let site = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "zhujian")
    func open(_ sheet: String) async throws -> Page {
      try await browser.open("/desk/register/export?sheet=\(sheet)&format=xlsx")
    }
    func count(_ table: String) async throws -> Int {
      try await site.owner.read { [sql = SQL(stringLiteral: "SELECT count(*) FROM \(table)")] tx in
        try tx.one(Query<Int>(sql))
      }
    }
    let estates = try records(await open("estates"), "xlsx", EstateRecord.map)
    let homes = try records(await open("homes"), "xlsx", HomeRecord.map)
    let leases = try records(await open("leases"), "xlsx", LeaseRecord.map)
    #expect(estates.count == (try await count("estates")) && estates[0].township == "龙津镇")
    #expect(homes.count == (try await count("homes")))
    #expect(leases.count == (try await count("leases")))
    #expect(leases.contains { $0.state == .ended && $0.endedOn != nil })
  }

  @Test func aMaskedSheetHoldsNobodysNumberOrName() async throws {
    let site = try await Self.shared.value
    let browser = try await site.browser(signedInAs: "gongan")
    let page = try await browser.open("/desk/register/export?sheet=households&format=csv")
    let text = String(decoding: page.bytes, as: UTF8.self)
    #expect(text.contains("个人信息已隐去") && text.contains("********"))
    #expect(text.firstMatch(of: #/[0-9]{17}[0-9X]/#) == nil)
    let name = try await site.database.psql(
      as: .superuser, [:], "SELECT name FROM persons WHERE char_length(name) = 3 LIMIT 1"
    ).lines[0]
    #expect(!text.contains(name) && text.contains(Masking.maskedName(name)))
  }

  @Test func aStoredNumberThatIsNoneIsWrittenAsItStandsAndDoesNotStopTheRest() async throws {
    let site = try await TestPortal.start()
    let sealed = try site.keys.seal("350423198001010011", for: .personIDNumber)
    try await site.owner.transaction { tx in
      _ = try tx.execute(
        """
        UPDATE persons SET id_number_sealed = \(sealed)
        WHERE household_id = 12 AND relation = 'applicant'
        """)
    }
    let rows = try await Self.whole(site, "households", "csv").sheet("csv")
    let wanted = try await site.database.psql(as: .superuser, [:], "SELECT count(*) FROM persons")
    #expect(rows.count - 2 == Int(wanted.lines[0]))
    #expect(rows.contains { $0.contains("350423198001010011") })
    let masked = try await site.browser(signedInAs: "zhujian")
      .open("/desk/register/export?sheet=households&format=csv")
    #expect(!masked.source.contains("350423198001010011"))
    #expect(masked.source.contains("350423********0011"))
  }

  @Test func whoTookWholeNumbersOutWhenAndWhyStandsInTheFileAndInTheLog() async throws {
    let site = try await TestPortal.start()
    let answer = try await Self.whole(site, "households", "xlsx")
    let title = try answer.sheet("xlsx")[0][0]
    for words in ["黄志平（zhujian-lead）", "2021-08-20 14:37:25", "报市住建局复核", "含完整个人信息"] {
      #expect(title.contains(words), "\(words)")
    }
    let events = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT account, entity, after ->> 'reason', after ->> 'rows' FROM audit_events
      WHERE action = 'register.export'
      """
    ).lines
    let rows = try answer.sheet("xlsx").count - 2
    #expect(events == ["zhujian-lead|households|报市住建局复核|\(rows)"])
  }

  @Test func withoutAReasonOrThePermissionThereAreNoWholeNumbers() async throws {
    let site = try await Self.shared.value
    let refused = try await Self.whole(site, "households", "csv", reason: "")
    #expect(refused.status == 422 && refused.errors.map(\.field) == ["reason"])
    for account in ["zhujian", "zhuanban", "longjin"] {
      let browser = try await site.browser(signedInAs: account)
      let page = try await browser.open("/desk/register/export")
      #expect(page.status == 200 && !page.has("含完整个人信息"))
      let token = try #require(try await browser.open("/account/password").form()["csrf"])
      let body = Array("csrf=\(token)&sheet=households&format=csv&reason=abcdef".utf8)
      #expect(try await browser.send("/desk/register/export", body: body).status == 403)
    }
  }
}
