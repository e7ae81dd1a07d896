import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Estates are entered and corrected.
struct EstateEditHandlers: Sendable {
  let services: Services

  /// `GET /desk/estates/new`
  func newEstate(_ request: WebRequest) async throws -> WebResponse {
    try await newPage(request, .fresh)
  }

  /// `POST /desk/estates`
  func createEstate(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let form = EstateForm(fields, try request.principal)
    guard let typed = form.typed else { return try await newPage(request, .invalid(form.checker)) }
    let result = try await services.editRegister(request, form.checker) { tx, editor in
      try tx.createEstate(typed, by: editor)
    }
    switch result {
    case .done(let id):
      return .redirect(to: Paths.deskEstate.link(id), flash: "已登记项目\(typed.name)。")
    case .again(let answer): return try await newPage(request, answer)
    }
  }

  /// `GET /desk/estates/:id/edit`
  func editEstate(_ request: WebRequest, _ id: EstateID) async throws -> WebResponse {
    try await editPage(request, id, .fresh)
  }

  /// `POST /desk/estates/:id`
  func changeEstate(
    _ request: WebRequest, _ id: EstateID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let form = EstateForm(fields, try request.principal)
    guard let typed = form.typed else {
      return try await editPage(request, id, .invalid(form.checker))
    }
    let result = try await services.editRegister(request, form.checker, since: base) { tx, editor in
      try tx.changeEstate(id, to: typed, version: base.version, by: editor)
    }
    switch result {
    case .done: return .redirect(to: Paths.deskEstate.link(id), flash: "已保存。")
    case .again(let answer): return try await editPage(request, id, answer)
    }
  }

  private func newPage(_ request: WebRequest, _ answer: FormAnswer) async throws -> WebResponse {
    let principal = try request.principal
    let choices = try await services.databases.read(as: principal) { tx in
      try tx.all(townships(in: principal.area))
    }
    let frame = EditFrame(answer: answer, base: nil, since: [], csrf: request.csrf)
    return try await services.deskPage(
      request, title: "登记项目", lead: "登记后再逐套登记房源，或用“导入”成批登记。",
      breadcrumbs: [("项目与房源", Paths.deskEstates.link)], status: frame.status,
      panel(
        "项目",
        frame.form(
          action: Paths.deskEstates.link, button: "登记",
          estateFields(frame.view, nil, townships: choices))))
  }

  private func editPage(
    _ request: WebRequest, _ id: EstateID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let (principal, csrf) = (try request.principal, request.csrf)
    let (estate, choices, frame) = try await services.databases.read(as: principal) { tx in
      guard let estate = try tx.first(estateSummary(id)) else { throw WebError.notFound }
      let version = try tx.one(Query<Int>("SELECT version FROM estates WHERE id = \(id)"))
      return (
        estate, try tx.all(townships(in: principal.area)),
        try tx.frame(answer, .row(.estates, id.rawValue), version: version, csrf: csrf)
      )
    }
    return try await services.deskPage(
      request, title: "修改项目", lead: estate.name,
      breadcrumbs: [
        ("项目与房源", Paths.deskEstates.link), (estate.name, Paths.deskEstate.link(id)),
      ], status: frame.status,
      panel(
        "项目",
        frame.form(
          action: Paths.deskEstate.link(id), button: "保存",
          estateFields(frame.view, estate, townships: choices))))
  }
}
