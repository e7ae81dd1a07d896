import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing
import Web

@testable import Campaigns
@testable import Figures
@testable import Ground
@testable import Pages
@testable import Register

/// A county with two estates of the government and one of others, four households, their review and
/// their cases; a lead, the task force and an inspector.
struct DisclosureFixture: Sendable {
  /// 2021-08-16 09:00 in China.
  static let now = ShanghaiTime.date(on: Day(iso: "2021-08-16") ?? Day(number: 0), hour: 9)

  let test: TestDatabase
  let owner: Database
  let databases: Databases
  let site: SiteStore
  let area: AreaCode
  let lead: Principal
  let taskForce: Principal
  let inspector: Principal
  let townOfficer: Principal

  var work: ReleaseWork { ReleaseWork(databases: databases) }

  init() async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    test = try await TestDatabase.portal()
    owner = test.database(as: .owner)
    databases = Databases(
      staff: test.database(as: .staff), publicSide: test.database(as: .publicSide),
      inspector: test.database(as: .inspector))
    site = SiteStore(databases: databases, area: nil, logger: logger)
    area = try #require(AreaCode("350423"))
    let township = try #require(AreaCode("350423100"))
    try await owner.transaction { tx in try tx.script(Self.county) }
    let owner = owner
    func account(_ name: String, _ role: Role, _ area: AreaCode) async throws -> Principal {
      let id = try await owner.transaction { tx in
        try tx.one(
          Query<AccountID>(
            """
            INSERT INTO accounts (account, display_name, role, area)
            VALUES (\(name), \(role.title), \(role), \(area)) RETURNING id
            """))
      }
      return Principal(
        accountID: id, account: name, displayName: role.title, role: role, area: area)
    }
    lead = try await account("zhujian-lead", .housingLead, area)
    taskForce = try await account("zhuanban", .taskForce, area)
    inspector = try await account("jiwei", .inspector, area)
    townOfficer = try await account("longjin", .townOfficer, township)
  }

  func origin(_ actor: Principal) -> AuditOrigin {
    .staff(actor, address: "192.0.2.1", reference: "TEST2345", at: Self.now)
  }

  func run(_ sql: SQL) async throws {
    _ = try await owner.transaction { tx in try tx.execute(sql) }
  }

  func figures(as actor: Principal) async throws -> CountyFigures {
    let area = actor.area
    return try await databases.read(as: actor) { tx in
      let campaign = try #require(try tx.all(currentCampaigns(for: area)).first)
      return try tx.figures(
        in: area, campaign: campaign.id, today: ShanghaiTime.day(of: Self.now))
    }
  }

  func prepare() async throws -> ReleaseID {
    try await work.prepare(as: lead, by: origin(lead), at: Self.now)
  }

  func actions() async throws -> [String] {
    try await owner.read { tx in
      try tx.all(Query("SELECT action FROM audit_events ORDER BY id"))
    }
  }

  private static let county = """
    INSERT INTO areas (code, name) VALUES ('3504', '三明市'), ('350423', '清流县'),
      ('350423100', '龙津镇'), ('350423101', '嵩溪镇');
    INSERT INTO site_settings (area, county_name, title, bureaus, small_count_below)
    VALUES ('350423', '清流县', '公租房租后管理点题整治', '{县住建局}', 2);
    INSERT INTO estates (id, area, name, address, ownership) VALUES
      (1, '350423100', '龙津小区', '龙津路1号', 'government'),
      (2, '350423101', '嵩溪小区', '嵩溪路1号', 'government'),
      (3, '350423101', '厂区宿舍', '嵩溪路9号', 'other');
    INSERT INTO homes (id, area, estate_id, building, unit, room, floor_area, state)
    SELECT i, CASE WHEN i <= 3 THEN '350423100' ELSE '350423101' END,
      CASE WHEN i <= 3 THEN 1 WHEN i = 4 THEN 2 ELSE 3 END, '1栋', '1单元', i::text, 50, 'leased'
    FROM generate_series(1, 5) i;
    INSERT INTO households (id, area, number, category)
    SELECT i, CASE WHEN i <= 3 THEN '350423100' ELSE '350423101' END, 'H' || i, 'low_income'
    FROM generate_series(1, 5) i;
    INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
      marital_status)
    SELECT CASE WHEN i <= 3 THEN '350423100' ELSE '350423101' END, i, 'applicant', '张小丰', '\\x00',
      sha256(i::text::bytea), 'married' FROM generate_series(1, 5) i;
    INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on,
      ends_on, monthly_rent, deposit, state, ended_on)
    SELECT CASE WHEN i <= 3 THEN '350423100' ELSE '350423101' END, i, i, 'C' || i, '1',
      '2019-01-01', '2024-01-01', 100, 100, CASE WHEN i = 1 THEN 'ended' ELSE 'running' END,
      CASE WHEN i = 1 THEN date '2021-08-01' END FROM generate_series(1, 5) i;
    INSERT INTO campaigns (id, area, title, document_number, clear_by)
    VALUES (1, '350423', '点题整治', '清建〔2021〕35号', '2021-08-25');
    INSERT INTO campaign_stages VALUES
      (1, '350423', 1, '方案制定阶段', '2021-06-01', '2021-06-11'),
      (1, '350423', 2, '自查自纠阶段', '2021-06-11', '2021-08-31');
    INSERT INTO milestones VALUES
      (1, '350423', 1, '清退不符合条件的对象', '2021-08-25', '{housing,townships}', NULL);
    INSERT INTO review_rounds (id, area, campaign_id, title, opened_on)
    VALUES (1, '350423', 1, '复核', '2021-06-15');
    INSERT INTO deliveries (id, area, round_id, check_type, way, state, as_of, account_name, delivered_at)
    VALUES (1, '350423', 1, 'income', 'extract', 'done', '2021-07-01', '样本员', '2021-07-01');
    INSERT INTO checks (area, round_id, household_id, check_type, result, as_of, answered_on, delivery_id)
    SELECT CASE WHEN i <= 3 THEN '350423100' ELSE '350423101' END, 1, i, t, 'clear', '2021-07-01',
      '2021-07-01', 1
    FROM generate_series(1, 5) i, unnest(ARRAY['marriage', 'income', 'assets',
      'registered_property', 'vehicles', 'household_registration', 'signed_contracts',
      'other_housing', 'rent_arrears', 'utilities']) t
    WHERE NOT (i = 3 AND t = 'income');
    INSERT INTO visits (area, campaign_id, household_id, visited_on, met, home_use) VALUES
      ('350423100', 1, 1, '2021-07-01', 'tenant', 'self'),
      ('350423100', 1, 2, '2021-07-01', 'nobody', NULL),
      ('350423101', 1, 4, '2021-07-01', 'nobody', NULL),
      ('350423101', 1, 4, '2021-07-02', 'family', 'self');
    INSERT INTO cases (id, area, campaign_id, number, household_id, home_id, estate_id, nature,
      state, opened_on, state_since, due_on, cleared_on) VALUES
      (1, '350423100', 1, 'WT1', 1, 1, 1, 'sublet', 'vacated', '2021-07-01', '2021-08-01',
        '2021-08-10', '2021-08-01'),
      (2, '350423100', 1, 'WT2', 2, 2, 1, 'lent', 'moving', '2021-07-01', '2021-07-20',
        '2021-08-10', NULL),
      (3, '350423100', 1, 'WT3', 3, 3, 1, 'arrears', 'suspected', '2021-07-01', '2021-07-01',
        '2021-08-25', NULL),
      (4, '350423101', 1, 'WT4', 4, 4, 2, 'over_limit', 'unfounded', '2021-07-01', '2021-07-09',
        '2021-08-25', NULL),
      (5, '350423101', 1, 'WT5', 5, 5, 3, 'sublet', 'verified', '2021-07-01', '2021-07-09',
        '2021-08-25', NULL);
    """
}
