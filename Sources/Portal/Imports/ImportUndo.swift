import Domain
import FindingLedger
import Foundation
import Ground
import Postgres
import Register

extension Transaction {
  /// What was built on an import since, in words; nothing when it can be taken back.
  func builtOn(_ id: ImportID) throws -> [String] {
    try Blocker.all.compactMap { blocker in
      let count = try one(Query<Int>(blocker.count(id)))
      return count > 0 ? blocker.text.replacing("%", with: String(count)) : nil
    }
  }

  /// Takes an import back: what it added is deleted, what it changed is as it was before.
  func undoImport(
    _ id: ImportID, reason: String, by actor: Principal, _ progress: JobProgress, at now: Date
  ) throws {
    try progress.begin("等待别的导入写完")
    try takeRegister(of: actor.area)
    try progress.begin("核对")
    let reasons = try builtOn(id)
    guard reasons.isEmpty else { throw ImportRefusal.builtOn(reasons) }
    try progress.begin("撤销")
    try describeChange(action: .undoImport, reason: reason, by: actor.displayName)
    try execute("SELECT set_config('portal.undo_import', \(id.description), true)")
    do {
      try deleteAdded(id)
    } catch let error as PostgresError where error.sqlState == "23503" {
      throw ImportRefusal.builtOn(["有别的记录引用了这次导入的内容"])
    }
    for statement in restoreStatements(id) { try execute(statement) }
    try audit(
      AuditEvent(
        action: .undoImport, entity: "imports", entityID: id.description,
        after: ["reason": reason]),
      by: .staff(actor, address: "", reference: "", at: now))
    let ended = try execute(
      """
      UPDATE imports SET state = 'undone', undone_at = \(now), version = version + 1
      WHERE id = \(id) AND state = 'undoing'
      """)
    guard ended == 1 else { throw JobProgress.Cancelled() }
    try ImportFile.drop(id, self)
  }

  private func deleteAdded(_ id: ImportID) throws {
    if let (first, last) = try first(Added.personRange(id)) {
      try deleteDuplicates(first: first, last: last)
    }
    try execute(
      """
      DELETE FROM name_backlog b USING imports i WHERE i.id = \(id)
        AND b.first_person >= i.first_person AND b.last_person <= i.last_person
      """)
    try execute("DELETE FROM leases WHERE import_id = \(id)")
    let left = try all(
      Query<HouseholdID>(
        """
        SELECT DISTINCT p.household_id FROM persons p WHERE \(Added.persons(id))
          AND NOT EXISTS (SELECT FROM households h
            WHERE h.id = p.household_id AND h.import_id = \(id))
        """))
    try execute("DELETE FROM persons WHERE \(Added.persons(id))")
    try execute("SELECT count_household_people(\(list: left))")
    try execute("DELETE FROM households WHERE \(Added.households(id))")
    try execute("DELETE FROM homes WHERE import_id = \(id)")
    try execute("DELETE FROM estates WHERE import_id = \(id)")
  }
}

/// The rows that an import added.
private enum Added {
  static func households(_ id: ImportID) -> SQL {
    """
    import_id = \(id) AND id >= (SELECT first_household FROM imports WHERE id = \(id))
    AND id <= (SELECT last_household FROM imports WHERE id = \(id))
    """
  }

  static func persons(_ id: ImportID) -> SQL {
    """
    import_id = \(id) AND id >= (SELECT first_person FROM imports WHERE id = \(id))
    AND id <= (SELECT last_person FROM imports WHERE id = \(id))
    """
  }

  /// Nothing when it added no person.
  static func personRange(_ id: ImportID) -> Query<(PersonID, PersonID)> {
    Query(
      """
      SELECT first_person, last_person FROM imports
      WHERE id = \(id) AND first_person IS NOT NULL AND last_person IS NOT NULL
      """
    ) { (try $0("first_person"), try $0("last_person")) }
  }
}

/// Something that keeps an import from being taken back.
private struct Blocker {
  /// Says it, with % for how many.
  let text: String
  let count: @Sendable (ImportID) -> SQL

  static let all: [Blocker] = changedSince + estates + homes + households

  private static func rows(
    _ text: String, _ query: @escaping @Sendable (ImportID) -> SQL
  ) -> Blocker {
    Blocker(text: text) { "SELECT count(*) FROM (\(query($0))) found" }
  }

  private static let changedSince = [
    rows("% 个导入的项目后来修改过") { "SELECT FROM estates WHERE import_id = \($0) AND version > 1" },
    rows("% 套导入的房源后来修改过") { "SELECT FROM homes WHERE import_id = \($0) AND version > 1" },
    rows("% 户导入的家庭后来修改过") {
      "SELECT FROM households WHERE \(Added.households($0)) AND version > 1"
    },
    rows("% 个导入的成员后来修改过") { "SELECT FROM persons WHERE \(Added.persons($0)) AND version > 1" },
    rows("% 份导入的租约后来修改过") { "SELECT FROM leases WHERE import_id = \($0) AND version > 1" },
    rows("% 份导入的租约已列入走访名单") {
      "SELECT FROM roster_entries r JOIN leases l ON l.id = r.lease_id WHERE l.import_id = \($0)"
    },
    rows("导入时改过的 % 条记录后来又修改过") { id in
      """
      SELECT FROM (
        SELECT DISTINCT ON (entity, entity_id) entity, entity_id, after FROM register_changes
        WHERE import_id = \(id) ORDER BY entity, entity_id, register_changes.id DESC) c
      LEFT JOIN estates e ON c.entity = 'estates' AND e.id = c.entity_id
      LEFT JOIN homes h ON c.entity = 'homes' AND h.id = c.entity_id
      LEFT JOIN households f ON c.entity = 'households' AND f.id = c.entity_id
      LEFT JOIN persons p ON c.entity = 'persons' AND p.id = c.entity_id
      LEFT JOIN leases l ON c.entity = 'leases' AND l.id = c.entity_id
      WHERE COALESCE(e.version, h.version, f.version, p.version, l.version)
        IS DISTINCT FROM (c.after ->> 'version')::integer
      """
    },
  ]

  private static let estates = [
    rows("导入的项目下已登记 % 套房源") {
      "SELECT FROM homes h JOIN estates e ON e.id = h.estate_id WHERE e.import_id = \($0)"
    },
    rows("% 件投诉举报涉及导入的项目") {
      "SELECT FROM complaints c JOIN estates e ON e.id = c.estate_id WHERE e.import_id = \($0)"
    },
  ]

  private static let homes = [
    rows("导入的房源上已有 % 份租约") {
      "SELECT FROM leases l JOIN homes h ON h.id = l.home_id WHERE h.import_id = \($0)"
    },
    rows("导入的房源已有 % 件问题") {
      "SELECT FROM cases c JOIN homes h ON h.id = c.home_id WHERE h.import_id = \($0)"
    },
    rows("导入的房源已有 % 次巡查") {
      "SELECT FROM patrols p JOIN homes h ON h.id = p.home_id WHERE h.import_id = \($0)"
    },
    rows("% 套导入的房源曾列入重点监控") {
      "SELECT FROM home_watches w JOIN homes h ON h.id = w.home_id WHERE h.import_id = \($0)"
    },
    rows("导入的房源已有 % 项报修") {
      "SELECT FROM repair_notes r JOIN homes h ON h.id = r.home_id WHERE h.import_id = \($0)"
    },
  ]

  private static func ofHouseholds(_ text: String, _ table: StaticString) -> Blocker {
    rows(text) { id in
      """
      SELECT FROM \(raw: table) t
      WHERE t.household_id IN (SELECT id FROM households WHERE \(Added.households(id)))
      """
    }
  }

  private static let households = [
    ofHouseholds("导入的家庭已有 % 份租约", "leases"), ofHouseholds("导入的家庭已有 % 件问题", "cases"),
    ofHouseholds("导入的家庭已有 % 次走访", "visits"), ofHouseholds("导入的家庭已有 % 项核查", "checks"),
    ofHouseholds("% 户导入的家庭已列入复核", "review_households"),
    ofHouseholds("% 户导入的家庭已列入走访名单", "roster_entries"),
    rows("导入的家庭里后来增加了 % 个成员") { id in
      """
      SELECT FROM persons t WHERE t.import_id IS DISTINCT FROM \(id)
        AND t.household_id IN (SELECT id FROM households WHERE \(Added.households(id)))
      """
    },
    rows("% 户其他家庭并入了导入的家庭") { id in
      """
      SELECT FROM households t WHERE t.import_id IS DISTINCT FROM \(id)
        AND t.merged_into IN (SELECT id FROM households WHERE \(Added.households(id)))
      """
    },
    rows("导入的家庭已有 % 个疑点转为问题") { id in
      """
      SELECT FROM findings t WHERE (t.state = 'confirmed' OR t.rule <> 'R8')
        AND t.household_id IN (SELECT id FROM households WHERE \(Added.households(id)))
      """
    },
  ]
}

/// Puts every row that the import changed back to what it was before, its version too: whoever has it
/// open from then sees what is there.
private func restoreStatements(_ id: ImportID) -> [SQL] {
  func before(_ entity: String) -> SQL {
    """
    (SELECT DISTINCT ON (entity_id) entity_id, before FROM register_changes
     WHERE import_id = \(id) AND entity = \(entity) ORDER BY entity_id, register_changes.id) c
    """
  }
  return [
    """
    UPDATE estates t SET address = b.address, ownership = b.ownership, version = b.version
    FROM \(before("estates")), jsonb_populate_record(NULL::estates, c.before) b
    WHERE t.id = c.entity_id
    """,
    """
    UPDATE homes t SET floor_area = b.floor_area, state = b.state, version = b.version
    FROM \(before("homes")), jsonb_populate_record(NULL::homes, c.before) b
    WHERE t.id = c.entity_id
    """,
    """
    UPDATE households t SET area = b.area, category = b.category, version = b.version
    FROM \(before("households")), jsonb_populate_record(NULL::households, c.before) b
    WHERE t.id = c.entity_id
    """,
    """
    UPDATE persons t SET relation = b.relation, name = b.name, phone_sealed = b.phone_sealed,
      phone_index = b.phone_index, marital_status = b.marital_status,
      registered_at = b.registered_at, left_on = b.left_on, left_reason = b.left_reason,
      version = b.version
    FROM \(before("persons")), jsonb_populate_record(NULL::persons, c.before) b
    WHERE t.id = c.entity_id
    """,
    """
    UPDATE leases t SET contract_version = b.contract_version, starts_on = b.starts_on,
      ends_on = b.ends_on, monthly_rent = b.monthly_rent, deposit = b.deposit, state = b.state,
      ended_on = b.ended_on, ended_reason = b.ended_reason, version = b.version
    FROM \(before("leases")), jsonb_populate_record(NULL::leases, c.before) b
    WHERE t.id = c.entity_id
    """,
  ]
}
