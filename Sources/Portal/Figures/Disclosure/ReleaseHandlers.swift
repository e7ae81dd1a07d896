import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// 动态公布: preparing, checking and publishing releases.
struct ReleaseHandlers: Sendable {
  let services: Services
  let figures: DeskFigures

  private var work: ReleaseWork { ReleaseWork(databases: services.databases) }

  func showDisclosure(_ request: WebRequest) async throws -> WebResponse {
    try await disclosure(request)
  }

  private func disclosure(
    _ request: WebRequest, refusal: ReleaseRefusal? = nil
  ) async throws -> WebResponse {
    let principal = try request.principal
    let isCounty = principal.area.level == .county
    let now =
      isCounty
      ? try await figures.current(for: principal, at: request.now).first?.figures : nil
    let page = try await services.databases.read(as: principal) { tx in
      DisclosurePage(
        lines: try tx.all(releases()),
        current: isCounty ? try tx.first(publishedRelease(of: principal.area)) : nil, now: now,
        mayPrepare: principal.may(.prepareRelease))
    }
    let message = refusal.map { notice(.alert, "\($0.description)") } ?? HTML()
    return try await services.deskPage(
      request, title: "动态公布", lead: "向社会公布的数字：一人准备，另一人核对并发布。",
      status: refusal == nil ? .ok : .unprocessableContent,
      message + page.html(csrf: request.csrf))
  }

  func prepareRelease(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    do {
      let id = try await work.prepare(
        as: try request.principal, by: try request.auditOrigin, at: request.now)
      return .redirect(to: Paths.deskRelease.link(id), flash: "数据已准备，请另一人核对并发布")
    } catch let refusal as ReleaseRefusal {
      return try await disclosure(request, refusal: refusal)
    }
  }

  func showRelease(_ request: WebRequest, id: ReleaseID) async throws -> WebResponse {
    try await show(request, id, refusal: nil)
  }

  private func show(
    _ request: WebRequest, _ id: ReleaseID, refusal: ReleaseRefusal?
  ) async throws -> WebResponse {
    let principal = try request.principal
    let page = try await services.databases.read(as: principal) { tx in
      guard let found = try tx.first(release(id)) else { throw WebError.notFound }
      return ReleaseShowPage(
        release: found,
        previous: try tx.first(publishedRelease(of: found.line.area, before: id)),
        principal: principal, refusal: refusal?.description)
    }
    return try await services.deskPage(
      request, title: "第 \(id) 份公布数据", lead: "公众看到的和完整数字，逐项对照。",
      breadcrumbs: [("动态公布", Paths.deskDisclosure.link)],
      status: refusal == nil ? .ok : .conflict, page.html(csrf: request.csrf))
  }

  func publishRelease(
    _ request: WebRequest, id: ReleaseID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await change(request, id) {
      try await work.publish(
        id, as: try request.principal, by: try request.auditOrigin, at: request.now)
      return "已发布，公众现在就能看到"
    }
  }

  func discardRelease(
    _ request: WebRequest, id: ReleaseID, _ fields: FormFields
  ) async throws -> WebResponse {
    try await change(request, id) {
      try await work.discard(
        id, as: try request.principal, by: try request.auditOrigin, at: request.now)
      return "已作废"
    }
  }

  private func change(
    _ request: WebRequest, _ id: ReleaseID, _ body: () async throws -> String
  ) async throws -> WebResponse {
    do {
      return .redirect(to: Paths.deskRelease.link(id), flash: try await body())
    } catch let refusal as ReleaseRefusal {
      return try await show(request, id, refusal: refusal)
    } catch let error as PostgresError where error.kind == .noRow {
      throw WebError.notFound
    }
  }
}
