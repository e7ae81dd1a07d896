import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

struct RevealFilter: ListFilter {
  /// Part of somebody's name.
  var text: String?
  /// Of those who were slowed down.
  var pace: RevealPace?

  static var list: Link { Paths.deskReveals.link }

  static let fields: [FilterField<RevealFilter>] = [
    .words(\.text, "who", "查看人", max: 60) { text, _ in "strpos(v.account_name, \(text)) > 0" },
    .choice(\.pace, "pace", "快慢", titled: \.title) { _ in
      "v.in_hour >= \(constant: RevealBrake.free)"
    },
  ]
}

enum RevealPace: String, CaseIterable, Sendable {
  case many

  var title: String { "一小时内 \(RevealBrake.free) 个及以上" }
}

struct RevealLine: RowDecodable {
  let id: Int64
  let at: Date
  let name: String
  let role: Role
  let field: RevealField
  let householdNumber: String
  let reason: String
  let inHour: Int

  init(_ row: Row) throws {
    id = try row("id")
    at = try row("at")
    name = try row("account_name")
    role = try row("role")
    field = RevealField(rawValue: try row("field")) ?? .idNumber
    householdNumber = try row("household_number")
    reason = try row("reason")
    inHour = try row("in_hour")
  }
}

/// 查看号码记录: who saw which number whole and why, the newest first; for whoever answers for them.
struct RevealList: RecordList {
  var asked: ListRequest<RevealFilter>

  let title = "查看号码记录"
  let lead = "谁在什么时候、为什么看了谁的完整身份证号或电话。一小时内看得多的会被放慢，并报审计管理员。"
  let entity = "reveals"
  let unit = "次"

  let order = ListOrder<RevealLine>.descending(.key("v.id", \.id))
  let tables: SQL = "reveals v"

  func query(_ part: ListPart) -> SQL {
    """
    SELECT v.id, v.at, v.account_name, a.role, v.field, v.household_number, v.reason, v.in_hour
    FROM (SELECT v.* FROM \(part.rows)) v JOIN accounts a ON a.id = v.account_id
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<RevealLine>] {
    [
      Column("时间", text: { tableTime($0.at) }),
      Column("查看人", text: \.name),
      Column("角色", text: \.role.title),
      Column("号码", text: \.field.title),
      Column("家庭", text: \.householdNumber),
      Column("原因", text: \.reason),
      Column(
        "一小时内第几个", tag: { ("\($0.inHour)", $0.inHour >= RevealBrake.free ? .alert : .neutral) }),
    ]
  }

  var empty: HTML { emptyState("没有符合条件的查看记录") }
}

struct RevealListHandlers: Sendable {
  let services: Services

  /// `GET /desk/reveals`
  func listReveals(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, RevealList(asked: ListRequest(request)))
  }
}
