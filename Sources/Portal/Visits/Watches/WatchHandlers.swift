import Clocks
import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// 重点监控: the list, one watch, putting a home on watch and ending it.
struct WatchHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/visits/watches`
  func listWatches(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(
      request, WatchList(asked: ListRequest(request, among: estates)))
  }

  /// `GET /desk/visits/watches/:id`
  func showWatch(_ request: WebRequest, _ id: HomeWatchID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let (watch, note, entry, visits) = try await services.databases.read(as: principal) { tx in
      let watch = try tx.found(Visits.watch(id))
      return (
        watch, try watch.note(keys), try tx.first(newestEntry(of: watch.home)),
        try tx.all(homeVisits(of: watch.home))
      )
    }
    let end =
      watch.endedAt == nil && principal.may(.watchHomes)
      ? buttonLink("结束监控", Paths.deskWatchEnd.link(id), isPrimary: false) : HTML()
    let record =
      entry.map { buttonLink("登记走访", Paths.deskVisitForm.link($0)) } ?? HTML()
    return try await services.deskPage(
      request, title: "重点监控 \(watch.place)", lead: watch.reason.title,
      breadcrumbs: [("重点监控", Paths.deskWatches.link)],
      actions: (principal.may(.recordVisits) && watch.endedAt == nil ? record : HTML()) + end,
      panel("监控情况", facts(watch, note)) + panel("这套房的走访", VisitTable(visits: visits).html))
  }

  private func facts(_ watch: HomeWatch, _ note: String?) -> HTML {
    var rows: [(String, HTML)] = [
      ("房屋", "<a href=\"\(path: Paths.deskHome.link(watch.home))\">\(watch.place)</a>"),
      ("原因", "\(watch.reason.title)"),
    ]
    if let note { rows.append(("说明", "<span class=\"typed-text\">\(note)</span>")) }
    rows += [
      ("列入", "\(watch.startedBy) \(ShanghaiTime.dateTimeText(watch.startedAt))"),
      ("频次", "每 \(watch.rhythmDays) 天走访一次，不打招呼，错开时段"),
      ("已走访", "\(watch.visits) 次\(ifLet: watch.lastOn, { "，上次 \($0.chinese)" })"),
    ]
    if let endedAt = watch.endedAt {
      rows.append(
        (
          "结束",
          "\(watch.endedBy ?? "") \(ShanghaiTime.dateTimeText(endedAt))：\(watch.endReason ?? "")"
        ))
    } else {
      rows.append(("下次走访", "\(watch.next.day.chinese) \(watch.next.slot.title)"))
    }
    return definitionList(rows)
  }

  /// `/desk/homes/:id/watch`
  var start: EditForm<HomeID, HomePlace, TypedWatch, HomeWatchID> {
    EditForm(
      services, load: { tx, id, _ in try tx.found(homePlace(id)) },
      page: { seen, frame in
        EditPage(
          title: "列入重点监控", lead: seen.place,
          breadcrumbs: [
            ("重点监控", Paths.deskWatches.link), (seen.place, Paths.deskHome.link(seen.id)),
          ],
          panel(
            "重点监控",
            frame.form(
              action: Paths.deskHomeWatch.link(seen.id), button: "列入",
              frame.view.select(
                "reason", "原因", options: WatchReason.allCases.map { ($0.rawValue, $0.title) })
                + frame.view.input(
                  "rhythm_days", "每隔几天走访一次", type: .number, value: "7", maxlength: 2)
                + frame.view.textarea(
                  "note", "说明", rows: 3, hint: "看到、听到了什么，从哪里知道的。", required: false,
                  maxlength: 500))))
      },
      read: { checker, _ in
        let reason = checker.choice("reason", "原因", of: WatchReason.self)
        let rhythm = checker.integer("rhythm_days", "间隔天数", in: 1...90)
        let note = checker.paragraph("note", "说明", max: 500, required: false)
        guard let reason, let rhythm else { return nil }
        return TypedWatch(reason: reason, rhythmDays: rhythm, note: note)
      },
      write: { tx, typed, edit in
        let place = try tx.found(homePlace(edit.id))
        return try tx.startWatch(
          typed, of: edit.id, in: try tx.workCalendar(for: place.area), by: edit.editor)
      },
      done: { id, _, _ in (Paths.deskWatch.link(id), "已列入重点监控。") })
  }

  /// `/desk/visits/watches/:id/end`
  var end: EditForm<HomeWatchID, HomeWatch, String, Void> {
    EditForm(
      services,
      load: { tx, id, _ in
        let found = try tx.found(watch(id))
        guard found.endedAt == nil else { throw WebError.conflict("<p>这次监控已经结束。</p>") }
        return found
      },
      history: { _, seen in EditHistory(version: seen.version) },
      page: { seen, frame in
        EditPage(
          title: "结束监控", lead: seen.place,
          breadcrumbs: [
            ("重点监控", Paths.deskWatches.link), (seen.place, Paths.deskWatch.link(seen.id)),
          ],
          panel(
            "结束监控",
            frame.form(
              action: Paths.deskWatchEnd.link(seen.id), button: "结束",
              frame.view.textarea(
                "end_reason", "结束的理由", rows: 3, hint: "如：三次走访均为本人居住；已列入问题清单。", maxlength: 300))))
      },
      read: { checker, _ in
        checker.stored(
          checker.paragraph("end_reason", "结束的理由", max: 300, min: 2), "end_reason", "结束的理由",
          most: 300
        ).map(Masking.withoutResidentIDs)
      },
      write: { tx, reason, edit in
        try tx.endWatch(edit.id, version: edit.version, reason: reason, by: edit.editor)
      },
      done: { _, _, id in (Paths.deskWatch.link(id), "已结束监控。") })
  }
}
