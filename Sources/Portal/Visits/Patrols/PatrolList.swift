import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

struct PatrolFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var township: AreaCode?
  var estate: EstateID?
  var signal: PatrolSignal?

  static var list: Link { Paths.deskPatrols.link }

  static let fields: [FilterField<PatrolFilter>] = [
    .township(\.township) { "p.area = \($0)" },
    .estate(\.estate) { "m.estate_id = \($0)" },
    .choice(\.signal, "signal", "情况", titled: \.title) { "p.signal = \($0)" },
  ]
}

/// 巡查: what staff saw of homes without having been sent there.
struct PatrolList: RecordList {
  var asked: ListRequest<PatrolFilter>

  let title = "巡查"
  let lead = "日常巡查看到的情况，可作为走访排序和重点监控的依据。"
  let entity = "patrols"
  let unit = "次"

  let order = ListOrder<Patrol>.descending(.key("p.id", \.id))
  let tables: SQL = "patrols p JOIN homes m ON m.id = p.home_id"

  func query(_ part: ListPart) -> SQL {
    """
    SELECT \(Patrol.columns)
    FROM (SELECT p.* FROM \(part.rows)) p \(Patrol.joins)
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<Patrol>] {
    [
      Column("房号", text: \.place),
      Column("时间", text: { String(tableTime($0.observedAt).prefix(16)) }),
      Column(
        "情况",
        tag: { ($0.signal.title, $0.signal.isSuspicious ? .alert : .neutral) }),
      Column("巡查人", text: \.by),
      Column("照片", number: \.photos),
    ]
  }

  func link(_ line: Patrol) -> Link? { Paths.deskPatrol.link(line.id) }

  var empty: HTML {
    emptyState("没有符合条件的巡查记录", hint: "在房源页面上点“登记巡查”，记下看到的情况并拍照。")
  }
}
