import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Households are entered with their applicant, and corrected.
struct HouseholdEditHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/new`
  func newHousehold(_ request: WebRequest) async throws -> WebResponse {
    try await newPage(request, .fresh)
  }

  /// `POST /desk/households`
  func createHousehold(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let form = HouseholdForm(fields, try request.principal)
    guard let typed = form.typed else { return try await newPage(request, .invalid(form.checker)) }
    let result = try await services.editRegister(request, form.checker) { tx, editor in
      try tx.createHousehold(typed, by: editor)
    }
    switch result {
    case .done(let edit):
      return .redirect(
        to: Paths.deskHousehold.link(edit.household),
        flash: "已登记家庭，接着可以增加成员、签订租约。\(edit.warning)")
    case .again(let answer): return try await newPage(request, answer)
    }
  }

  /// `GET /desk/households/:id/edit`
  func editHousehold(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await editPage(request, id, .fresh)
  }

  /// `POST /desk/households/:id`
  func changeHousehold(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    var checker = FormChecker(fields)
    let township = checker.township(try request.principal)
    let category: HouseholdCategory? = checker.choice("category", "保障类别")
    guard let township, let category else {
      return try await editPage(request, id, .invalid(checker))
    }
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.changeHousehold(
        id, category: category, township: township, version: base.version, by: editor)
    }
    switch result {
    case .done: return .redirect(to: Paths.deskHousehold.link(id), flash: "已保存。")
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
      request, title: "登记家庭", lead: "先登记申请人，保存后再增加成员、签订租约。",
      breadcrumbs: [("保障家庭", Paths.deskHouseholds.link)], status: frame.status,
      panel(
        "家庭",
        frame.form(
          action: Paths.deskHouseholds.link, button: "登记",
          householdFields(frame.view, townships: choices))))
  }

  private func editPage(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let (principal, csrf) = (try request.principal, request.csrf)
    let (household, choices, frame) = try await services.databases.read(as: principal) { tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      return (
        household, try tx.all(townships(in: principal.area)),
        try tx.frame(answer, .household(id), version: household.version, csrf: csrf)
      )
    }
    return try await services.deskPage(
      request, title: "修改家庭", lead: "家庭编号 \(household.number)",
      breadcrumbs: householdCrumbs(household), status: frame.status,
      panel(
        "家庭",
        frame.form(
          action: Paths.deskHousehold.link(id), button: "保存",
          frame.view.select(
            "township", "乡镇", options: choices.map { ($0.code.rawValue, $0.name) },
            value: household.area.rawValue)
            + categoryField(frame.view, household.category))))
  }
}

/// The way back up from a page below a household's.
func householdCrumbs(_ household: HouseholdDetail) -> [(String, Link)] {
  [
    ("保障家庭", Paths.deskHouseholds.link),
    (household.number, Paths.deskHousehold.link(household.id)),
  ]
}
