import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A household goes over into another: first which, then what will happen, then it happens.
struct MergerHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/:id/merger`; `?target=…` is the number of the other household.
  func showMerger(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await page(request, id, .fresh, number: request.query.trimmed("target"))
  }

  /// `POST /desk/households/:id/merger`
  func mergeHousehold(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let number = fields["target"]
    let seen = try await seen(request, id, .fresh, number: number)
    var checker = FormChecker(fields)
    guard let target = seen.target?.household,
      let targetVersion = fields.version("target_version")
    else { throw WebError.badRequest("页面内容不完整，请回到原来的页面重新操作。") }
    let day = checker.pastDay("day", "并户日期", today: ShanghaiTime.day(of: request.now))
    let reason = checker.column("reason", "并户原因", max: 200)
    let relations = checker.relations(of: seen.source.members)
    guard checker.isValid, let day, let reason, let relations else {
      return try await page(request, id, .invalid(checker), number: number)
    }
    let merger = TypedMerger(
      target: target.id, targetVersion: targetVersion, day: day, reason: reason,
      relations: relations)
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.mergeHousehold(id, merger, version: base.version, by: editor)
    }
    switch result {
    case .done(let edit):
      return .redirect(
        to: Paths.deskHousehold.link(edit.household), flash: "已并户。\(edit.warning)")
    case .again(let answer): return try await page(request, id, answer, number: number)
    }
  }

  // MARK: Pages

  private struct Seen: Sendable {
    let source: MergerSide
    let target: MergerSide?
    let frame: EditFrame
  }

  private func seen(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer, number: String?
  ) async throws -> Seen {
    let (principal, csrf, keys) = (try request.principal, request.csrf, services.keys)
    return try await services.databases.read(as: principal) { tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      let target = try number.flatMap { try tx.first(householdDetail(number: $0)) }
      return Seen(
        source: try tx.mergerSide(household, keys),
        target: try target.map { try tx.mergerSide($0, keys) },
        frame: try tx.frame(answer, .household(id), version: household.version, csrf: csrf))
    }
  }

  private func page(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer, number: String?
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer, number: number)
    let household = seen.source.household
    let page = MergerPage(
      source: seen.source, target: seen.target, number: number, frame: seen.frame,
      today: ShanghaiTime.day(of: request.now))
    return try await services.deskPage(
      request, title: "并户", lead: "家庭 \(household.number) 的人并入另一个家庭，本家庭只留历史。",
      breadcrumbs: householdCrumbs(household), status: seen.frame.status, page.html)
  }
}

/// One of the two households of a merger.
struct MergerSide: Sendable {
  let household: HouseholdDetail
  let members: [MaskedPerson]
  let lease: LeaseDetail?
}

extension Transaction {
  fileprivate func mergerSide(_ household: HouseholdDetail, _ keys: KeyRing) throws -> MergerSide {
    MergerSide(
      household: household,
      members: try all(persons(of: household.id)).filter(\.isPresent)
        .map { MaskedPerson($0, keys: keys) },
      lease: try all(leases(of: household.id)).first { $0.state == .running })
  }
}

extension FormChecker {
  /// How each member stands to the other applicant; nil when one is missing.
  fileprivate mutating func relations(of members: [MaskedPerson]) -> [PersonID: Relation]? {
    var relations: [PersonID: Relation] = [:]
    for member in members {
      let field = MergerPage.field(member.person.id)
      guard
        let relation = choice(
          field, "\(member.name)与申请人的关系", among: Relation.ofMembers.map(\.rawValue))
      else { continue }
      relations[member.person.id] = Relation(rawValue: relation)
    }
    return isValid ? relations : nil
  }
}
