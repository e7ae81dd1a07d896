import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Homes are entered one by one, and corrected.
struct HomeEditHandlers: Sendable {
  let services: Services

  /// `GET /desk/estates/:id/homes/new`
  func newHome(_ request: WebRequest, _ estate: EstateID) async throws -> WebResponse {
    try await newPage(request, estate, .fresh)
  }

  /// `POST /desk/estates/:id/homes`
  func createHome(
    _ request: WebRequest, _ estate: EstateID, _ fields: FormFields
  ) async throws -> WebResponse {
    let form = HomeForm(fields)
    guard let typed = form.typed else {
      return try await newPage(request, estate, .invalid(form.checker))
    }
    let result = try await services.editRegister(request, form.checker) { tx, editor in
      try tx.createHome(in: estate, typed, by: editor)
    }
    switch result {
    case .done(let id):
      return .redirect(to: Paths.deskHome.link(id), flash: "已登记房源 \(typed.place)。")
    case .again(let answer): return try await newPage(request, estate, answer)
    }
  }

  /// `GET /desk/homes/:id/edit`
  func editHome(_ request: WebRequest, _ id: HomeID) async throws -> WebResponse {
    try await editPage(request, id, .fresh)
  }

  /// `POST /desk/homes/:id`
  func changeHome(
    _ request: WebRequest, _ id: HomeID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let form = HomeForm(fields)
    guard let typed = form.typed else {
      return try await editPage(request, id, .invalid(form.checker))
    }
    let result = try await services.editRegister(request, form.checker, since: base) { tx, editor in
      try tx.changeHome(id, to: typed, version: base.version, by: editor)
    }
    switch result {
    case .done: return .redirect(to: Paths.deskHome.link(id), flash: "已保存。")
    case .again(let answer): return try await editPage(request, id, answer)
    }
  }

  private func newPage(
    _ request: WebRequest, _ estate: EstateID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let found = try await services.databases.read(as: try request.principal) { tx in
      guard let found = try tx.first(estateSummary(estate)) else { throw WebError.notFound }
      return found
    }
    let frame = EditFrame(answer: answer, base: nil, since: [], csrf: request.csrf)
    return try await services.deskPage(
      request, title: "登记房源", lead: found.name,
      breadcrumbs: [
        ("项目与房源", Paths.deskEstates.link), (found.name, Paths.deskEstate.link(estate)),
      ], status: frame.status,
      panel(
        "房源",
        frame.form(
          action: Paths.deskEstateHomes.link(estate), button: "登记",
          homeFields(frame.view, nil, states: HomeState.choices(isLeased: false)))))
  }

  private func editPage(
    _ request: WebRequest, _ id: HomeID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let (principal, csrf) = (try request.principal, request.csrf)
    let (home, states, frame) = try await services.databases.read(as: principal) { tx in
      guard let home = try tx.first(homeDetail(id)) else { throw WebError.notFound }
      var states = HomeState.choices(isLeased: try tx.hasRunningLease(id))
      if !states.contains(home.state) { states.insert(home.state, at: 0) }
      return (
        home, states,
        try tx.frame(answer, .row(.homes, id.rawValue), version: home.version, csrf: csrf)
      )
    }
    return try await services.deskPage(
      request, title: "修改房源", lead: "\(home.estateName) \(home.place)",
      breadcrumbs: [
        (home.estateName, Paths.deskEstate.link(home.estate)),
        (home.place, Paths.deskHome.link(id)),
      ], status: frame.status,
      panel(
        "房源",
        frame.form(
          action: Paths.deskHome.link(id), button: "保存",
          homeFields(frame.view, home, states: states))))
  }
}
