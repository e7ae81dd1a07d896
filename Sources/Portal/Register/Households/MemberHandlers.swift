import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Members come, are corrected, leave and come back.
struct MemberHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/:id/members/new`
  func newMember(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await newPage(request, id, .fresh)
  }

  /// `POST /desk/households/:id/members`
  func addMember(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    var checker = FormChecker(fields)
    guard let typed = TypedPerson(&checker, relation: nil) else {
      return try await newPage(request, id, .invalid(checker))
    }
    let result = try await services.editRegister(request, checker) { tx, editor in
      try tx.addMember(typed, to: id, by: editor)
    }
    switch result {
    case .done(let edit):
      return .redirect(to: Paths.deskHousehold.link(id), flash: "已增加成员。\(edit.warning)")
    case .again(let answer): return try await newPage(request, id, answer)
    }
  }

  /// `GET /desk/persons/:id/edit`
  func editMember(_ request: WebRequest, _ id: PersonID) async throws -> WebResponse {
    try await editPage(request, id, .fresh)
  }

  /// `POST /desk/persons/:id`
  func changeMember(
    _ request: WebRequest, _ id: PersonID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let seen = try await seen(request, id, .fresh)
    var checker = FormChecker(fields)
    let isApplicant = seen.person.person.relation == .applicant
    guard
      let typed = TypedPerson(
        &checker, relation: isApplicant ? .applicant : nil, correcting: true)
    else { return try await editPage(request, id, .invalid(checker)) }
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.changeMember(id, to: typed, version: base.version, by: editor)
    }
    switch result {
    case .done(let edit):
      return .redirect(
        to: Paths.deskHousehold.link(edit.household), flash: "已保存。\(edit.warning)")
    case .again(let answer): return try await editPage(request, id, answer)
    }
  }

  // MARK: Pages

  struct Seen: Sendable {
    let person: MaskedPerson
    let household: HouseholdDetail
    /// The other members.
    let others: [MaskedPerson]
    let frame: EditFrame
  }

  /// What the pages about one person are drawn with.
  func seen(
    _ request: WebRequest, _ id: PersonID, _ answer: FormAnswer
  ) async throws -> Seen {
    let (principal, csrf, keys) = (try request.principal, request.csrf, services.keys)
    return try await services.databases.read(as: principal) { tx in
      guard let found = try tx.first(person(id)),
        let household = try tx.first(householdDetail(found.household))
      else { throw WebError.notFound }
      let others = try tx.all(persons(of: household.id)).filter { $0.isPresent && $0.id != id }
      return Seen(
        person: MaskedPerson(found, keys: keys), household: household,
        others: others.map { MaskedPerson($0, keys: keys) },
        frame: try tx.frame(
          answer, .row(.persons, id.rawValue), version: found.version, csrf: csrf))
    }
  }

  private func newPage(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let household = try await services.databases.read(as: try request.principal) { tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      return household
    }
    let frame = EditFrame(answer: answer, base: nil, since: [], csrf: request.csrf)
    return try await services.deskPage(
      request, title: "增加成员", lead: "家庭编号 \(household.number)",
      breadcrumbs: householdCrumbs(household), status: frame.status,
      panel(
        "成员",
        frame.form(
          action: Paths.deskHouseholdMembers.link(id), button: "增加",
          personFields(frame.view, nil, isApplicant: false))))
  }

  private func editPage(
    _ request: WebRequest, _ id: PersonID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let isApplicant = seen.person.person.relation == .applicant
    return try await services.deskPage(
      request, title: "修改成员", lead: "\(seen.person.name) · \(seen.person.person.relation.title)",
      breadcrumbs: householdCrumbs(seen.household), status: seen.frame.status,
      panel(
        "成员",
        seen.frame.form(
          action: Paths.deskPerson.link(id), button: "保存",
          personFields(seen.frame.view, seen.person, isApplicant: isApplicant))))
  }
}
