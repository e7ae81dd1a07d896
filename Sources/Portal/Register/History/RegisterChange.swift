package import Domain
package import Foundation
package import Postgres

/// The tables whose changes are kept.
package enum RegisterEntity: String, Sendable, PostgresEncodable, PostgresDecodable {
  case estates, homes, households, persons, leases

  var title: String {
    switch self {
    case .estates: "项目"
    case .homes: "房源"
    case .households: "家庭"
    case .persons: "成员"
    case .leases: "租约"
    }
  }
}

/// One row of the register as it was made or changed: who, when, why, from what to what.
package struct RegisterChange: RowDecodable {
  struct Field: Sendable, Equatable {
    let name: String
    let before: String?
    let after: String?
  }

  let id: Int64
  let entity: RegisterEntity
  let operation: Int64
  package let at: Date
  let accountName: String
  let action: String
  let reason: String?
  /// Names the row: a person's name, a contract number; not yet masked.
  let label: String
  let isNew: Bool
  /// What differs; sealed columns are left out.
  let fields: [Field]

  package init(_ row: Row) throws {
    id = try row("id")
    entity = try row("entity")
    operation = try row("operation")
    at = try row("at")
    accountName = try row("account_name")
    action = try row("action")
    reason = try row("reason")
    label = try row("label")
    isNew = try row("is_new")
    let json: String? = try row("fields")
    let pairs = try JSONDecoder().decode([[String?]].self, from: Data((json ?? "[]").utf8))
    fields = pairs.compactMap { pair in
      pair[0].map { Field(name: $0, before: pair[1], after: pair[2]) }
    }
  }

  /// The words for what was done; the trigger's own word where nobody said what it was.
  var title: String {
    RegisterAction(rawValue: action)?.title ?? (isNew ? "登记\(entity.title)" : "修改\(entity.title)")
  }
}

/// What somebody's form is about, when it is asked whether that has changed since.
package enum ChangeScope: Sendable {
  case row(RegisterEntity, Int64)
  /// The household with its members and leases.
  case household(HouseholdID)
  /// The home with its leases.
  case home(HomeID)

  fileprivate var condition: SQL {
    switch self {
    case .row(let entity, let id): "c.entity = \(entity) AND c.entity_id = \(id)"
    case .household(let id): "c.household_id = \(id)"
    case .home(let id):
      """
      (c.entity = 'homes' AND c.entity_id = \(id) OR c.entity = 'leases' AND c.entity_id IN (
        SELECT id FROM leases WHERE home_id = \(id)))
      """
    }
  }
}

/// The newest changes of something, the newest first.
///
/// - Parameter mark: only those after this one.
package func registerChanges(of scope: ChangeScope, after mark: Int64 = 0) -> Query<RegisterChange>
{
  Query(
    """
    SELECT c.id, c.entity, c.operation, c.at, c.account_name, c.action, c.reason,
      coalesce(r.row ->> 'name', r.row ->> 'contract_number', r.row ->> 'number',
        r.row ->> 'place', '') AS label,
      c.before IS NULL AS is_new,
      (SELECT jsonb_agg(jsonb_build_array(o.key, o.value, n.value) ORDER BY o.key)
        FROM jsonb_each_text(c.before) o JOIN jsonb_each_text(c.after) n ON n.key = o.key
        WHERE o.value IS DISTINCT FROM n.value AND o.key !~ '_sealed$')::text AS fields
    FROM register_changes c
    CROSS JOIN LATERAL (SELECT coalesce(c.after, c.before) AS row) r
    WHERE \(scope.condition) AND c.id > \(mark)
    ORDER BY c.id DESC LIMIT \(constant: 200)
    """)
}

/// Where the history of something stands: a form carries it, so that a conflict can say what came
/// after.
func changeMark(of scope: ChangeScope) -> Query<Int64> {
  Query("SELECT coalesce(max(c.id), 0) FROM register_changes c WHERE \(scope.condition)")
}
