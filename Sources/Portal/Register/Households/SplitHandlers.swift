import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Some members of a household become a household of their own.
struct SplitHandlers: Sendable {
  let services: Services

  /// `GET /desk/households/:id/split`
  func showSplit(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    try await page(request, id, .fresh)
  }

  /// `POST /desk/households/:id/split`
  func splitHousehold(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let members = try await seen(request, id, .fresh).members
    var checker = FormChecker(fields)
    guard
      let split = TypedSplit(
        &checker, members: members, today: ShanghaiTime.day(of: request.now))
    else { return try await page(request, id, .invalid(checker)) }
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.splitHousehold(id, split, version: base.version, by: editor)
    }
    switch result {
    case .done(let edit):
      return .redirect(
        to: Paths.deskHousehold.link(edit.household), flash: "已分户，这是新的家庭。\(edit.warning)")
    case .again(let answer): return try await page(request, id, answer)
    }
  }

  private struct Seen: Sendable {
    let household: HouseholdDetail
    let members: [MaskedPerson]
    let frame: EditFrame
  }

  private func seen(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer
  ) async throws -> Seen {
    let (principal, csrf, keys) = (try request.principal, request.csrf, services.keys)
    return try await services.databases.read(as: principal) { tx in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      return Seen(
        household: household,
        members: try tx.all(persons(of: id)).filter(\.isPresent)
          .map { MaskedPerson($0, keys: keys) },
        frame: try tx.frame(answer, .household(id), version: household.version, csrf: csrf))
    }
  }

  private func page(
    _ request: WebRequest, _ id: HouseholdID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let body =
      seen.members.count < 2
      ? emptyState("这个家庭只有一人，不能分户")
      : seen.frame.form(
        action: Paths.deskHouseholdSplit.link(id), button: "分户",
        fields(seen, today: ShanghaiTime.day(of: request.now)))
    return try await services.deskPage(
      request, title: "分户", lead: "家庭编号 \(seen.household.number)：选出分出去的人，其余的人和租约留在原家庭。",
      breadcrumbs: householdCrumbs(seen.household), status: seen.frame.status,
      panel("分户", body))
  }

  private func fields(_ seen: Seen, today: Day) -> HTML {
    let view = seen.frame.view
    let people = seen.members.map { member in
      view.select(
        TypedSplit.field(member.person.id),
        "\(member.name)（\(member.person.relation.title)，\(member.idNumber)）",
        options: Relation.allCases.map { relation in
          (
            relation.rawValue,
            relation == .applicant ? "分出，做新家庭的申请人" : "分出，是新申请人的\(relation.title)"
          )
        }, prompt: "留在原家庭", required: false)
    }
    return "<h3>谁分出去</h3>\n" + people.joined() + "<h3>新的家庭</h3>\n"
      + categoryField(view, seen.household.category)
      + view.input(
        "number", "新家庭的编号", hint: "留空由系统编号。", required: false, maxlength: 40)
      + view.input("day", "分户日期", type: .date, value: today.iso, hint: "不能晚于今天。")
      + view.select(
        "successor", "留下的家庭的新申请人",
        options: seen.members.filter { $0.person.relation != .applicant }.map {
          ($0.person.id.description, $0.name)
        }, prompt: "申请人不变", hint: "只在原申请人分出去时选择。", required: false)
  }
}

extension TypedSplit {
  static func field(_ person: PersonID) -> String { "person_\(person)" }

  init?(_ checker: inout FormChecker, members: [MaskedPerson], today: Day) {
    var leaving: [PersonID: Relation] = [:]
    for member in members {
      let id = member.person.id
      let relation: Relation? = checker.choice(
        Self.field(id), "去向", required: false)
      if let relation { leaving[id] = relation }
    }
    if let first = members.first {
      let field = Self.field(first.person.id)
      switch leaving.values.count(where: { $0 == .applicant }) {
      case 1: break
      case 0: checker.fail(field, "请选出分出去的人，其中一人做新家庭的申请人")
      default: checker.fail(field, "新家庭只能有一位申请人，请核对")
      }
    }
    let category: HouseholdCategory? = checker.choice("category", "保障类别")
    let number = checker.householdNumber()
    let day = checker.pastDay("day", "分户日期", today: today)
    successor = checker.value(
      "successor", "新的申请人", required: false, message: "请选择新的申请人"
    ) { PersonID($0) }
    guard checker.isValid, let category, let day else { return nil }
    self.leaving = leaving
    self.category = category
    self.number = number
    self.day = day
  }
}
