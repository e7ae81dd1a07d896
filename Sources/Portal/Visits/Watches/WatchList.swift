import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

struct WatchFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var township: AreaCode?
  var estate: EstateID?
  var reason: WatchReason?
  /// Only those to which somebody should have gone by today.
  var isDue = false
  /// Those that ended too.
  var isEnded = false

  static var list: Link { Paths.deskWatches.link }

  static let fields: [FilterField<WatchFilter>] = [
    .township(\.township) { "w.area = \($0)" },
    .estate(\.estate) { "m.estate_id = \($0)" },
    .choice(\.reason, "reason", "原因", titled: \.title) { "w.reason = \($0)" },
    .flag(\.isDue, "due", "回访", "到期未回访") { asked in
      "w.ended_at IS NULL AND w.next_on <= \(asked.today)"
    },
    .flag(\.isEnded, "ended", "状态", "只看已结束") { _ in "w.ended_at IS NOT NULL" },
  ]
}

/// 重点监控: homes that are visited again and again, without notice.
struct WatchList: RecordList {
  var asked: ListRequest<WatchFilter>

  let title = "重点监控"
  let lead = "疑似转租、空置的房屋，不打招呼、错开时段反复走访，直到查清。"
  let entity = "home_watches"
  let unit = "套"

  let order = ListOrder<HomeWatch>.descending(.key("w.id", \.id))
  let tables: SQL = "home_watches w JOIN homes m ON m.id = w.home_id"

  var basis: SQL { asked.filter.isEnded ? "true" : "w.ended_at IS NULL" }

  func query(_ part: ListPart) -> SQL {
    """
    SELECT \(HomeWatch.columns)
    FROM (SELECT w.* FROM \(part.rows)) w \(HomeWatch.joins)
    ORDER BY \(part.order)
    """
  }

  var columns: [Column<HomeWatch>] {
    [
      Column("房号", text: \.place),
      Column("原因", text: { $0.reason.title }),
      Column("列入日期", day: { ShanghaiTime.day(of: $0.startedAt) }),
      Column("频次", text: { "每 \($0.rhythmDays) 天" }),
      Column("已走访", number: \.visits),
      Column("上次走访", day: \.lastOn),
      Column("下次走访", shown: next),
    ]
  }

  private func next(_ watch: HomeWatch) -> HTML {
    guard watch.endedAt == nil else { return tag("已结束") }
    let text = "\(watch.next.day.iso) \(watch.next.slot.title)"
    return watch.next.day < asked.today ? tag(text, .alert) : "\(text)"
  }

  func link(_ line: HomeWatch) -> Link? { Paths.deskWatch.link(line.id) }

  var empty: HTML {
    emptyState("没有重点监控的房屋", hint: "在一户的走访页面或房源页面上，可以把疑似转租、空置的房屋列入重点监控。")
  }
}
