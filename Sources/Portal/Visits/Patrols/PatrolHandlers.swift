import Domain
import Files
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// 巡查: the list, one patrol, and a new one at a home.
struct PatrolHandlers: Sendable {
  let services: Services
  let estates: EstateOverview
  let photos: PhotoCleaner

  /// `GET /desk/visits/patrols`
  func listPatrols(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(
      request, PatrolList(asked: ListRequest(request, among: estates)))
  }

  /// `GET /desk/visits/patrols/:id`
  func showPatrol(_ request: WebRequest, _ id: PatrolID) async throws -> WebResponse {
    let (principal, keys) = (try request.principal, services.keys)
    let (found, note, files) = try await services.databases.read(as: principal) { tx in
      let found = try tx.found(patrol(id))
      return (found, try found.note(keys), try tx.all(Files.files(of: .patrol(id))))
    }
    let watch =
      principal.may(.watchHomes) && found.signal.isSuspicious
      ? buttonLink("列入重点监控", Paths.deskHomeWatch.link(found.home), isPrimary: false) : HTML()
    let pictures: HTML =
      files.isEmpty
      ? emptyState("没有照片") : "<ul class=\"file-list\">\(files.map(photo).joined())</ul>\n"
    return try await services.deskPage(
      request, title: "巡查 \(found.place)", lead: found.signal.title,
      breadcrumbs: [("巡查", Paths.deskPatrols.link)], actions: watch,
      panel(
        "巡查情况",
        definitionList([
          ("房屋", "<a href=\"\(path: Paths.deskHome.link(found.home))\">\(found.place)</a>"),
          ("时间", "\(ShanghaiTime.dateTimeText(found.observedAt))"),
          ("情况", tag(found.signal.title, found.signal.isSuspicious ? .alert : .neutral)),
          ("说明", "<span class=\"typed-text\">\(note)</span>"), ("巡查人", "\(found.by)"),
        ])) + panel("照片", pictures))
  }

  private func photo(_ file: ListedFile) -> HTML {
    let link = Paths.deskVisitFile.link(file.id)
    return """
      <li>\(if: file.hasThumbnail, """
        <a href="\(path: link)" tabindex="-1" aria-hidden="true"><img alt="" loading="lazy" \
        src="\(path: Paths.deskVisitThumbnail.link(file.id))"></a>
        """)<div><p class="file-title"><a href="\(path: link)">\(file.title)</a></p></div></li>

      """
  }

  // MARK: A new one

  /// `GET /desk/homes/:id/patrol`
  func newPatrol(_ request: WebRequest, _ id: HomeID) async throws -> WebResponse {
    try await form(request, id, FormView(), status: .ok)
  }

  private func form(
    _ request: WebRequest, _ id: HomeID, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let place = try await services.databases.read(as: try request.principal) { tx in
      try tx.found(homePlace(id))
    }
    let now = ShanghaiTime.isoText(request.now)
    return try await services.deskPage(
      request, title: "登记巡查", lead: place.place,
      breadcrumbs: [("巡查", Paths.deskPatrols.link), (place.place, Paths.deskHome.link(id))],
      status: status,
      panel(
        "看到的情况",
        view.form(
          action: Paths.deskHomePatrol.link(id), csrf: request.csrf, hasFiles: true, button: "保存",
          """
          <input type="hidden" name="key" value="\(view.fields["key"] ?? UUID().uuidString)">
          <div class="field-row">
          \(view.input("visited_on", "日期", type: .date, value: String(now.prefix(10))))\
          \(view.input(
            "visited_time", "时间", value: String(now.dropFirst(11).prefix(5)), maxlength: 8,
            autocomplete: "off"))
          </div>
          \(view.radios(
            "signal", "情况", options: PatrolSignal.allCases.map { ($0.rawValue, $0.title) }))\
          \(view.textarea("note", "说明", rows: 3, maxlength: 500))\
          \(view.files(
            VisitPhotos.field, "照片", accept: VisitPhotos.intake.accept,
            hint: VisitPhotos.intake.hint))
          """)))
  }

  /// `POST /desk/homes/:id/patrol`
  func createPatrol(
    _ request: WebRequest, _ id: HomeID, _ upload: Upload
  ) async throws -> WebResponse {
    let (actor, keys) = (try request.actingPerson, services.keys)
    var checker = FormChecker(upload.fields)
    let times = checker.visitTimes(now: request.now)
    let signal = checker.choice("signal", "情况", of: PatrolSignal.self)
    let note = checker.paragraph("note", "说明", max: 500)
    let sent = try await VisitPhotos.intake.files(
      in: upload, from: request.clientAddress, with: photos, &checker
    ) { index, _ in "第 \(index + 1) 张照片" }
    if !checker.isValid, !upload.allFiles.isEmpty {
      checker.fail(VisitPhotos.field, "浏览器不会保留照片，请重新选择刚才的 \(upload.allFiles.count) 张")
    }
    guard checker.isValid, let times, let signal, let note else {
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    }
    let typed = TypedPatrol(
      key: upload.fields["key"].flatMap { UUID(uuidString: $0) } ?? UUID(),
      observedAt: times.visited, signal: signal, note: note)
    let stored = try await services.databases.transaction(as: actor.principal) { tx -> PatrolID? in
      guard try tx.hasRoom(for: sent.files.count, in: sent.queue) else { return nil }
      return try tx.record(
        typed, at: try tx.found(homePlace(id)), photos: sent, by: actor, keys: keys)
    }
    guard let stored else {
      checker.fail(VisitPhotos.field, "现在等待处理的照片太多，请先不带照片保存，过几分钟再补")
      return try await form(request, id, FormView(checker), status: .unprocessableContent)
    }
    return .redirect(to: Paths.deskPatrol.link(stored), flash: "已保存巡查。")
  }
}
