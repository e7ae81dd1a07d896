import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Several hits are let go on together, for one reason: those that were chosen, or all of a filter.
struct HitReleaseHandlers: Sendable {
  let services: Services

  /// `GET /desk/counter/hits/release?hit=…`: those chosen; with `all`, all of the filter that wait.
  func showRelease(_ request: WebRequest) async throws -> WebResponse {
    let asked = try ListRequest<CounterHitFilter>(request)
    let ids = request.query.all("hit").compactMap { CounterCheckID($0) }
    let condition: SQL =
      request.query["all"] == nil ? "c.id = ANY(\(list: ids))" : asked.condition
    return try await page(request, condition, FormView(), status: .ok)
  }

  /// `POST /desk/counter/hits/release`
  func releaseHits(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    guard
      let hits: [SeenVersion<CounterCheckID>] = PackedVersions.read(
        fields["packed"] ?? "", most: HitRelease.most)
    else { throw WebError.badRequest("页面内容不完整，请回到窗口命中重新选择。") }
    var checker = FormChecker(fields)
    guard let (reason, findings) = checker.release() else {
      return try await page(
        request, "c.id = ANY(\(list: hits.map(\.id)))", FormView(checker),
        status: .unprocessableContent)
    }
    let actor = try request.counterActor
    let release = HitRelease(hits: hits, reason: reason, findings: findings)
    do {
      let done = try await services.databases.transaction(as: actor.principal) { tx in
        try tx.release(release, by: actor)
      }
      return .redirect(to: Paths.deskCounterHits.link, flash: done.text)
    } catch CounterRefusal.overtaken {
      throw WebError.conflict(counterOvertaken)
    }
  }

  private func page(
    _ request: WebRequest, _ condition: SQL, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let lines = try await services.databases.read(as: request.principal) {
      try $0.all(waitingHits(condition, limit: HitRelease.most + 1))
    }
    guard lines.count <= HitRelease.most else {
      throw WebError.badRequest("一次最多放行 \(grouped(HitRelease.most)) 条，请按办理事项筛选，或逐页选择。")
    }
    return try await services.deskPage(
      request, title: "一起放行", lead: "所选的窗口命中用同一个原因放行；在此期间有了变化的留下。",
      breadcrumbs: [("窗口命中", Paths.deskCounterHits.link)], status: status,
      HitReleasePage(lines: lines, view: view, csrf: request.csrf).html)
  }
}

extension FormChecker {
  /// Why hits are let go on, and what becomes of their findings.
  mutating func release() -> (reason: String, findings: HitFindings)? {
    let reason = stored(
      text("reason", "放行原因", max: 200, min: 4), "reason", "放行原因", most: 500)
    let findings = choice("findings", "疑点", of: HitFindings.self)
    guard let reason, let findings else { return nil }
    return (reason, findings)
  }
}

/// The questions of a release.
func releaseFields(_ view: FormView) -> HTML {
  view.textarea("reason", "放行原因", rows: 3, hint: "如 已退出公租房，房屋已交回", maxlength: 200)
    + view.radios(
      "findings", "由此产生的疑点", options: HitFindings.allCases.map { ($0.rawValue, $0.title) },
      value: HitFindings.dismiss.rawValue, hint: "已转为问题的，不随放行排除。")
}

/// Which are let go on, and why.
private struct HitReleasePage {
  private static let shown = 50

  let lines: [CounterLine]
  let view: FormView
  let csrf: String

  var html: HTML {
    guard !lines.isEmpty else {
      return emptyState(
        "没有选择等待放行的命中", hint: "在窗口命中里勾选，或按办理事项筛选后选全部。",
        action: buttonLink("返回窗口命中", Paths.deskCounterHits.link))
    }
    let rest = lines.count - Self.shown
    return panel(
      "选中的 \(grouped(lines.count)) 条",
      dataTable(
        caption: "要放行的命中", columns: columns, rows: Array(lines.prefix(Self.shown)),
        empty: HTML())
        + (rest > 0 ? "<p>这里列出前 \(Self.shown) 条，还有 \(grouped(rest)) 条也在其中。</p>" : HTML()))
      + view.summary
      + confirmBox(
        title: "放行这 \(grouped(lines.count)) 条？",
        consequence:
          "<p>窗口会看到“\(CounterState.released.title)”和您填写的原因，随后可以办理；放行后不能收回。</p>",
        action: Paths.deskCounterHitRelease.link, csrf: csrf,
        confirm: "放行 \(grouped(lines.count)) 条", cancel: Paths.deskCounterHits.link,
        fields: """
          <input type="hidden" name="packed" value="\(packed)">
          \(releaseFields(view))
          """)
  }

  private var packed: String {
    PackedVersions.text(lines.map { SeenVersion($0.id, version: $0.version) })
  }

  private var columns: [Column<CounterLine>] {
    [
      Column("编号", text: \.reference),
      Column("时间", text: { tableTime($0.askedAt) }),
      Column("办理事项", text: \.purpose.title),
      Column("姓名", text: \.maskedName),
      Column("家庭", text: \.householdNumber),
    ]
  }
}
