import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Spreadsheet
import Web

/// `/desk/counter/hits`: protected tenants about whom the counter has asked, for the housing bureau.
struct CounterHitHandlers: Sendable {
  let services: Services

  /// `GET /desk/counter/hits`; `?state=all` shows those let go on too.
  func listHits(_ request: WebRequest) async throws -> WebResponse {
    var filter = CounterHitFilter(
      before: request.query["before"].flatMap { CounterCheckID($0) })
    switch request.query["state"] {
    case nil, "", CounterHitFilter.State.waiting.rawValue: break
    case CounterHitFilter.State.released.rawValue: filter.state = .released
    default: filter.state = nil
    }
    if let format = try request.exportFormat {
      filter.before = nil
      let list = ListExport(
        "窗口命中", of: "counter_checks", columns: { CounterHitPage.columns },
        query: counterHits(filter, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let (lines, count) = try await services.databases.read(as: request.principal) {
      [filter] tx in (try tx.all(counterHits(filter)), try tx.one(counterHitCount(filter)))
    }
    return try await services.deskPage(
      request, title: "窗口命中", lead: "在保对象正在办理网签备案或不动产登记：先核实，再决定放行。",
      actions: exportLinks(filter.link),
      CounterHitPage(lines: lines, count: count, filter: filter).html)
  }

  /// `GET /desk/counter/:id/release`
  func showRelease(_ request: WebRequest, _ id: CounterCheckID) async throws -> WebResponse {
    try await releasePage(request, try await hit(id, request), FormView(), status: .ok)
  }

  /// `POST /desk/counter/:id/release`
  func releaseHit(
    _ request: WebRequest, _ id: CounterCheckID, _ fields: FormFields
  ) async throws -> WebResponse {
    let line = try await hit(id, request)
    var checker = FormChecker(fields)
    guard
      let reason = checker.stored(
        checker.text("reason", "放行原因", max: 200, min: 4), "reason", "放行原因", most: 500)
    else {
      return try await releasePage(request, line, FormView(checker), status: .unprocessableContent)
    }
    let (version, actor) = (try EditBase(fields).version, try request.counterActor)
    do {
      try await services.databases.transaction(as: actor.principal) { tx in
        try tx.release(line, version: version, reason: reason, by: actor)
      }
    } catch CounterRefusal.overtaken {
      throw WebError.conflict(counterOvertaken)
    }
    return .redirect(
      to: Paths.deskCounterHits.link, flash: "已放行 \(line.reference)，窗口马上能看到。")
  }

  private func hit(_ id: CounterCheckID, _ request: WebRequest) async throws -> CounterLine {
    let found = try await services.databases.read(as: request.principal) {
      try $0.first(counterLine(id))
    }
    guard let found, found.state != .clear else { throw WebError.notFound }
    return found
  }

  private func releasePage(
    _ request: WebRequest, _ line: CounterLine, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "放行", lead: "核查编号 \(line.reference)",
      breadcrumbs: [("窗口命中", Paths.deskCounterHits.link)], status: status,
      CounterReleasePage(line: line, view: view, csrf: request.csrf).html)
  }
}

struct CounterHitPage {
  let lines: [CounterLine]
  let count: Int
  let filter: CounterHitFilter

  var html: HTML {
    """
    \(filters)\
    \(dataTable(
      caption: "窗口命中", columns: Self.columns + [Column("操作", releasing)],
      rows: Array(lines.prefix(registerPageSize)),
      empty: emptyState("没有需要处理的窗口命中", hint: "窗口查到在保对象时，会立即出现在这里。")))\
    \(pager(
      next: next, previous: filter.before == nil ? nil : filter.link, countText: "共 \(grouped(count)) 条"))
    """
  }

  private var filters: HTML {
    filterBar(action: Paths.deskCounterHits.link) {
      filterSelect(
        "state", label: "状态",
        options: [("released", CounterState.released.word), ("all", "全部")],
        selected: filter.linkState, any: CounterState.waiting.word)
    }
  }

  static var columns: [Column<CounterLine>] {
    [
      Column("编号", text: \.reference),
      Column("时间", text: { tableTime($0.askedAt) }),
      Column("查询", text: \.asker),
      Column("办理事项", text: \.purpose.title),
      Column("姓名", text: \.maskedName),
      Column("家庭") { line in
        guard let household = line.household else { return "—" }
        return """
          <a href="\(path: Paths.deskHousehold.link(household))">\(line.householdNumber ?? "—")</a>
          """
      } export: { line in
        line.householdNumber.map { .text($0) } ?? .empty
      },
      Column("姓名一致", tag: { $0.nameMatches == false ? ("不一致", .warn) : ("一致", .neutral) }),
      Column("状态", tag: { ($0.state.word, $0.state.kind) }),
      Column("放行", text: \.releaseText),
    ]
  }

  private func releasing(_ line: CounterLine) -> HTML {
    guard line.state == .waiting else { return HTML() }
    return """
      <a href="\(path: Paths.deskCounterRelease.link(line.id))">放行\
      <span class="visually-hidden">：\(line.reference)</span></a>
      """
  }

  private var next: Link? {
    guard lines.count > registerPageSize else { return nil }
    return filter.link.query("before", lines[registerPageSize - 1].id.description)
  }
}

extension CounterHitFilter {
  /// As it stands in the address; nil for what is shown when nothing is said.
  var linkState: String? {
    switch state {
    case .waiting: nil
    case .released: "released"
    case nil: "all"
    }
  }

  /// The list narrowed to this, from its beginning.
  var link: Link { Paths.deskCounterHits.link.query("state", linkState) }
}

/// Asks for the reason before somebody is let go on.
private struct CounterReleasePage {
  let line: CounterLine
  let view: FormView
  let csrf: String

  var html: HTML {
    panel("窗口查询", definitionList(counterFacts(line) + household)) + content
  }

  private var household: [(String, HTML)] {
    guard let household = line.household else { return [] }
    let link: HTML = """
      <a href="\(path: Paths.deskHousehold.link(household))">\(line.householdNumber ?? "查看")</a>
      """
    return [("姓名", "\(line.maskedName ?? "—")"), ("家庭", link)]
  }

  private var content: HTML {
    guard line.state == .waiting else {
      return emptyState(
        "已经放行", action: buttonLink("返回窗口命中", Paths.deskCounterHits.link))
    }
    return view.summary
      + confirmBox(
        title: "放行 \(line.reference)？",
        consequence:
          "<p>窗口会看到“\(CounterState.released.title)”和您填写的原因，随后可以办理；放行后不能收回。疑点不会因此排除，仍要在疑点中处理。</p>",
        action: Paths.deskCounterRelease.link(line.id), csrf: csrf, confirm: "放行",
        cancel: Paths.deskCounterHits.link,
        fields: """
          <input type="hidden" name="version" value="\(line.version)">
          \(view.textarea("reason", "放行原因", rows: 3, hint: "如 已退出公租房，房屋已交回", maxlength: 200))
          """)
  }
}
