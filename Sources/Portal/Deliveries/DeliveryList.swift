import Domain
import Ground
import HTML
import Pages
import Postgres
import Reviews
import Web

struct DeliveryFilter: ListFilter {
  var type: CheckType?
  /// Nil for all but single answers on the screen, of which there are thousands.
  var way: DeliveryWay?
  var state: DeliveryState?

  static var list: Link { Paths.deskDeliveries.link }

  static let fields: [FilterField<DeliveryFilter>] = [
    .choice(
      \.type, "type", "核查项目", titled: { "\($0.title)（\($0.bureau.title)）" },
      condition: { "d.check_type = \($0)" }),
    .choice(\.way, "way", "方式", titled: \.title, any: "文件和接口") { "d.way = \($0)" },
    .choice(\.state, "state", "状态", titled: \.title) { "d.state = \($0)" },
  ]
}

extension DeliveryState {
  var tagKind: TagKind {
    switch self {
    case .matching, .committing: .info
    case .matched: .warn
    case .done: .ok
    case .withdrawn: .alert
    case .failed: .alert
    case .cancelled: .neutral
    }
  }
}

/// 数据报送: what bureaus have delivered, the newest first.
struct DeliveryList: RecordList {
  var asked: ListRequest<DeliveryFilter>

  let title = "数据报送"
  let lead = "各单位报来的核查清单和登记数据，什么时候、多少行、比中多少。"
  let entity = "deliveries"
  let unit = "次"

  let order = ListOrder<DeliveryRecord>.descending(
    .key("d.id", \.id), paging: .onward("before", toFirst: true))
  let tables: SQL = "deliveries d"
  let counting = ListCounting.notAtAll

  var basis: SQL { asked.filter.way == nil ? "d.way <> 'screen'" : "true" }

  func query(_ part: ListPart) -> SQL {
    """
    SELECT \(DeliveryRecord.columns) FROM (SELECT d.* FROM \(part.rows)) d
    LEFT JOIN review_rounds r ON r.id = d.round_id
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<DeliveryRecord>] {
    [
      Column("编号", text: \.id.description),
      Column("核查项目", text: \.type.title),
      Column("方式", text: \.way.title),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("数据截止", day: \.asOf),
      Column("用于", text: { $0.round == nil ? "定期交换" : $0.roundTitle }),
      Column("比中", number: \.matchedRows),
      Column("新答复", number: \.answersNew),
      Column("与以前不同", number: \.answersChanged),
      Column("报送人", text: \.accountName),
      Column("报送时间", text: { tableTime($0.deliveredAt) }),
    ]
  }

  func link(_ record: DeliveryRecord) -> Link? { Paths.deskDelivery.link(record.id) }

  private var entry: HTML {
    guard asked.principal.may(.answerChecks) else { return HTML() }
    return buttonLink("报送登记数据", Paths.deskDeliveryNew.link)
  }

  var actions: HTML { exportLinks(asked.filter.link) + entry }

  var empty: HTML {
    emptyState("没有符合条件的报送", hint: "各单位填好的核查清单和登记数据报上来以后，会列在这里。", action: entry)
  }
}
