import Foundation
import TestSupport
import Testing

@testable import Register

/// A whole county taken out in the register's sheets and brought into an empty one.
@Suite(.serialized) struct RegisterRoundTripTests {
  private static let sheets: [RegisterSheet] = [.estates, .homes, .households, .leases]

  /// What has to be the same on both sides, every stored field of it: all but the sealed numbers, whose
  /// keys differ from portal to portal, and which the second export shows to be the same.
  private static let register = """
    SELECT 'estate', area, name, address, ownership, '', '', '', '', '', '' FROM estates
    UNION ALL
    SELECT 'home', e.name, m.area, building, unit, room, floor_area::text, m.state, '', '', ''
    FROM homes m JOIN estates e ON e.id = m.estate_id
    UNION ALL
    SELECT 'household', h.number, h.area, h.category, into_household.number, e.name, '', '', '', '', ''
    FROM households h LEFT JOIN households into_household ON into_household.id = h.merged_into
    LEFT JOIN estates e ON e.id = h.estate_id
    UNION ALL
    SELECT 'person', h.number, p.area, p.name, p.relation, p.marital_status, p.registered_at,
      p.left_on::text, p.left_reason, (p.phone_index IS NULL)::text, ''
    FROM persons p JOIN households h ON h.id = p.household_id
    UNION ALL
    SELECT 'lease', l.contract_number, h.number, m.place, contract_version, starts_on::text,
      ends_on::text, monthly_rent::text, deposit::text, l.state || coalesce(ended_on::text, ''),
      ended_reason
    FROM leases l JOIN households h ON h.id = l.household_id JOIN homes m ON m.id = l.home_id
    ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    """

  /// What the demo county has none of: people who left, a household that was merged into another.
  private static let past = """
    UPDATE persons SET left_on = '2020-05-06', left_reason = 'married_out'
    WHERE relation = 'child' AND id % 50 = 1;
    UPDATE persons SET left_on = '2021-02-03', left_reason = 'merged'
    WHERE household_id = (SELECT max(household_id) FROM leases WHERE state = 'ended');
    UPDATE households SET merged_into = 1
    WHERE id = (SELECT max(household_id) FROM leases WHERE state = 'ended');
    UPDATE leases SET ended_reason = '腾退：已交还钥匙，"两清"' WHERE state = 'ended';
    UPDATE estates SET address = '=1+1，城东路' WHERE id = 2
    """

  private static func export(_ sheet: RegisterSheet, of site: TestPortal) async throws -> [UInt8] {
    let page = try await site.browser(signedInAs: "zhujian-lead").open("/desk/register/export")
    let answer = try await page.form(to: "/desk/register/export")
      .fill(["sheet": sheet.rawValue, "format": "csv", "reason": "整县迁移"]).submit()
    #expect(answer.status == 200)
    return answer.bytes
  }

  /// The lines below the title, which says when the sheet was made.
  private static func lines(_ sheet: [UInt8]) -> [Substring] {
    Array(
      String(decoding: sheet, as: UTF8.self).split(
        separator: "\r\n", omittingEmptySubsequences: true
      )
      .dropFirst())
  }

  @Test func aCountyExportedAndImportedIsTheSameCounty() async throws {
    let from = try await TestPortal.start(.demo(households: 480))
    let changed = try await from.database.psql(
      as: .superuser, script: Self.past, stopsAtError: true)
    #expect(changed.status == 0, "\(changed.errors)")
    let to = try await ImportFixture(as: "zhujian-lead")
    let areas = try await from.database.psql(
      as: .superuser, [:], "SELECT format('(%L, %L)', code, name) FROM areas"
    ).lines.joined(separator: ", ")
    _ = try await to.lines("INSERT INTO areas (code, name) VALUES \(areas) ON CONFLICT DO NOTHING")
    for sheet in Self.sheets {
      let page = try await to.upload(
        sheet, bytes: try await Self.export(sheet, of: from), name: "\(sheet.title).csv")
      #expect(try await to.causes().filter { $0.hasPrefix("error") } == [], "\(sheet)")
      let done = try await to.press(page, "confirmation")
      #expect(done.has("已导入"), "\(sheet): \(done.text)")
    }
    let before = try await from.database.psql(as: .superuser, [:], Self.register).lines
    let after = try await to.lines(Self.register)
    #expect(before.count > 480 * 3)
    #expect(after == before)
    for sheet in Self.sheets {
      let first = Self.lines(try await Self.export(sheet, of: from))
      #expect(Self.lines(try await Self.export(sheet, of: to.site)).sorted() == first.sorted())
    }
  }
}
