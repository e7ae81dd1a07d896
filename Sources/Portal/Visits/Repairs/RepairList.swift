import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

struct RepairFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var state: RepairState?
  var township: AreaCode?
  var estate: EstateID?
  var kind: RepairKind?
  var isUrgent = false
  /// Only what nobody has put right yet.
  var isOpen = false

  static var list: Link { Paths.deskRepairs.link }

  static let fields: [FilterField<RepairFilter>] = [
    .choice(\.state, "state", "状态", titled: \.title) { "r.state = \($0)" },
    .township(\.township) { "r.area = \($0)" },
    .estate(\.estate) { "m.estate_id = \($0)" },
    .choice(\.kind, "kind", "部位", titled: \.title) { "r.kind = \($0)" },
    .flag(\.isUrgent, "urgent", "紧急", "只看紧急") { _ in "r.is_urgent" },
    .flag(\.isOpen, "open", "办理", "未修复") { _ in "r.state IN ('open', 'working')" },
  ]
}

/// 报修: what is broken in homes, until it is put right.
struct RepairList: RecordList {
  var asked: ListRequest<RepairFilter>

  let title = "报修"
  let lead = "走访发现的房屋和设施损坏，由产权单位修复。"
  let entity = "repair_notes"
  let unit = "项"

  let order = ListOrder<RepairLine>.descending(.key("r.id", \.id))
  let tables: SQL = "repair_notes r JOIN homes m ON m.id = r.home_id"

  func query(_ part: ListPart) -> SQL {
    """
    SELECT \(RepairLine.columns)
    FROM (SELECT r.* FROM \(part.rows)) r \(RepairLine.joins)
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<RepairLine>] {
    [
      Column("房号", text: \.place),
      Column("部位", text: { $0.kind.title }),
      Column("损坏情况", text: \.words),
      Column("紧急", shown: { $0.isUrgent ? tag("紧急", .alert) : "" }),
      Column("登记人", text: \.enteredBy),
      Column("登记日期", day: \.enteredOn),
      Column("计划修复", day: \.plannedOn),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
    ]
  }

  func link(_ line: RepairLine) -> Link? { Paths.deskRepair.link(line.id) }

  var empty: HTML {
    emptyState("没有符合条件的报修", hint: "走访时登记的损坏，或在房源页面登记的报修，会出现在这里。")
  }
}
