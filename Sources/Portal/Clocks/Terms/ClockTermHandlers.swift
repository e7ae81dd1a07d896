import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 办理期限: every clock with its rule, source and term, and who confirmed it for the county.
struct ClockTermHandlers: Sendable {
  let services: Services
  let recount: ClockRecount

  /// `GET /desk/clocks`
  func listTerms(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let county = try county(of: principal)
    let (settings, running) = try await services.databases.read(as: principal) { [recount] tx in
      (try tx.all(setClocks(of: county)), try tx.first(recount.running))
    }
    return try await services.deskPage(
      request, title: "办理期限", lead: "问题清单上每一个期限的起算、长短和依据。门户只推算和提示，以县法制机构确认的为准。",
      (running?.html ?? HTML())
        + ClockTermPage(settings: settings, mayChange: principal.may(.setClocks)).html)
  }
}

func county(of principal: Principal) throws -> AreaCode {
  guard let county = principal.area.county else {
    throw WebError.badRequest("办理期限由每个县自己确认，请用县级账号查看。")
  }
  return county
}

struct ClockTermPage: Sendable {
  let settings: [SetClock]
  let mayChange: Bool

  var html: HTML {
    notice(
      .info,
      """
      <p>开始的当天不计入，从第二天起算；按月、年计算的，到期月的对应日为最后一天，没有对应日的为月末；最后一天不是工作日的，\
      顺延到下一个工作日（《民法典》第二百零一条至第二百零三条）。放假安排尚未公布的年度，\(WorkCalendar.guessed)。</p>
      """)
      + panel("全部期限", table) + panel("强制执行的时间", enforcement) + panel("确认记录", history)
  }

  private var table: HTML {
    let held = holding(settings)
    return dataTable(
      caption: "全部期限",
      columns: [
        Column<ClockRule>("期限") { "\($0.title)" },
        Column("性质") { "\($0.kind.title)" },
        Column("起算") { "\($0.startText)" },
        Column("长短") { term($0, held) },
        Column("到什么为止") { "\($0.untilText.isEmpty ? "期满" : $0.untilText)" },
        Column("适用") { "\($0.scope)" },
        Column("依据") { "\($0.source)" },
        Column("确认") { rule in
          guard rule.isCorrectable else { return "—" }
          return held[rule.code].map {
            "\($0.setByName)，\(ShanghaiTime.dateTimeText($0.setAt))：\($0.reason)"
          } ?? tag("还没有确认", .warn)
        },
      ], rows: ClockTable.rules,
      link: { rule in
        mayChange && rule.isCorrectable
          ? Paths.deskClockTerm.link.query("code", rule.code.rawValue) : nil
      }, empty: HTML())
  }

  private func term(_ rule: ClockRule, _ held: [ClockCode: SetClock]) -> HTML {
    let owner = rule.termOf?.rule ?? rule
    guard let own = owner.term else { return "所载日期" }
    guard let set = held[owner.code], set.term != own else { return "\(own.title)" }
    return "\(set.term.title) \(tag("原为 \(own.title)", .warn))"
  }

  private var enforcement: HTML {
    """
    <p>夜间（22 时至次日 6 时）和节假日不实施强制执行，也不以停水、停电、停热、停气等方式迫使腾退（《行政强制法》第四十三条）。</p>

    """
  }

  private var history: HTML {
    guard !settings.isEmpty else { return emptyState("还没有确认过，按门户自带的期限推算") }
    return timeline(
      settings.map { set in
        TimelineEvent(
          time: ShanghaiTime.dateTimeText(set.setAt), title: set.code.rule.title,
          actor: set.setByName, detail: "<p>\(set.term.title)；\(set.reason)</p>")
      })
  }
}
