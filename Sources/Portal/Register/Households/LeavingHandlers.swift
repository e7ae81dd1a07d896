import Domain
import HTML
import Pages
import Postgres
import Web

extension MemberHandlers {
  /// `GET /desk/persons/:id/leaving`
  func showLeaving(_ request: WebRequest, _ id: PersonID) async throws -> WebResponse {
    try await leavingPage(request, id, .fresh)
  }

  /// `POST /desk/persons/:id/leaving`
  func recordLeaving(
    _ request: WebRequest, _ id: PersonID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    var checker = FormChecker(fields)
    let day = checker.pastDay("left_on", "离开日期", today: ShanghaiTime.day(of: request.now))
    let reason = checker.choice(
      "left_reason", "离开原因", among: LeftReason.byHand.map(\.rawValue)
    ).flatMap { LeftReason(rawValue: $0) }
    let successor = checker.value(
      "successor", "新的申请人", required: false, message: "请选择新的申请人"
    ) { PersonID($0) }
    guard checker.isValid, let day, let reason else {
      return try await leavingPage(request, id, .invalid(checker))
    }
    let leaving = TypedLeaving(day: day, reason: reason, successor: successor)
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.memberLeaves(id, leaving, version: base.version, by: editor)
    }
    switch result {
    case .done(let edit):
      let hint = successor == nil ? "" : "请核对其他成员与新申请人的关系。"
      return .redirect(
        to: Paths.deskHousehold.link(edit.household), flash: "已登记成员离开。\(hint)")
    case .again(let answer): return try await leavingPage(request, id, answer)
    }
  }

  /// `GET /desk/persons/:id/return`
  func showReturn(_ request: WebRequest, _ id: PersonID) async throws -> WebResponse {
    try await returnPage(request, id, .fresh)
  }

  /// `POST /desk/persons/:id/return`
  func recordReturn(
    _ request: WebRequest, _ id: PersonID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let result = try await services.editRegister(request, FormChecker(fields), since: base) {
      tx, editor in
      try tx.memberReturns(id, version: base.version, by: editor)
    }
    switch result {
    case .done(let edit):
      return .redirect(
        to: Paths.deskHousehold.link(edit.household), flash: "已恢复成员。\(edit.warning)")
    case .again(let answer): return try await returnPage(request, id, answer)
    }
  }

  // MARK: Pages

  private func leavingPage(
    _ request: WebRequest, _ id: PersonID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let body =
      seen.person.person.isPresent
      ? seen.frame.form(
        action: Paths.deskPersonLeaving.link(id), button: "登记离开",
        leavingFields(seen, today: ShanghaiTime.day(of: request.now)))
      : emptyState("这位成员已经离开", hint: "如果登记错了，可以恢复。")
    return try await services.deskPage(
      request, title: "成员离开", lead: "\(seen.person.name) · \(seen.person.person.relation.title)",
      breadcrumbs: householdCrumbs(seen.household), status: seen.frame.status,
      panel("离开", body))
  }

  private func leavingFields(_ seen: Seen, today: Day) -> HTML {
    let view = seen.frame.view
    let needsSuccessor = seen.person.person.relation == .applicant && !seen.others.isEmpty
    let successor =
      needsSuccessor
      ? view.select(
        "successor", "新的申请人",
        options: seen.others.map {
          ($0.person.id.description, "\($0.name)（\($0.person.relation.title)）")
        }, hint: "申请人离开后，由一位成员做新的申请人。")
      : HTML()
    return view.input(
      "left_on", "离开日期", type: .date, value: today.iso, hint: "不能晚于今天。")
      + view.select(
        "left_reason", "离开原因", options: LeftReason.byHand.map { ($0.rawValue, $0.title) },
        hint: "分出去另立家庭的请用“分户”。") + successor
  }

  private func returnPage(
    _ request: WebRequest, _ id: PersonID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let person = seen.person.person
    let body =
      person.isPresent
      ? emptyState("这位成员没有离开")
      : seen.frame.form(
        action: Paths.deskPersonReturn.link(id), button: "恢复为在册成员",
        """
        <p>\(seen.person.name)于 \(person.leftOn?.chinese ?? "") 离开\
        （\(person.leftReason?.title ?? "")）。恢复后重新算作家庭成员，历史保留。</p>
        """)
    return try await services.deskPage(
      request, title: "恢复成员", lead: "\(seen.person.name) · \(person.relation.title)",
      breadcrumbs: householdCrumbs(seen.household), status: seen.frame.status,
      panel("恢复", body))
  }
}

extension LeftReason {
  /// Those that somebody may choose; splitting and merging bring their own.
  static let byHand: [LeftReason] = [.died, .marriedOut, .movedOut, .other]
}

extension FormChecker {
  /// A day that has come already.
  mutating func pastDay(_ field: String, _ label: String, today: Day) -> Day? {
    guard let day = day(field, label) else { return nil }
    guard day <= today, day.year >= 1949 else {
      fail(field, "\(label)不能晚于今天（\(today.iso)），请核对")
      return nil
    }
    return day
  }
}
