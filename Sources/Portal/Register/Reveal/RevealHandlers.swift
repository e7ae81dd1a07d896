import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Shows one ID number or phone whole, once, to somebody who says why; that they did is recorded.
struct RevealHandlers: Sendable {
  let services: Services

  /// `POST /desk/persons/:id/reveal`
  func revealNumber(
    _ request: WebRequest, _ id: PersonID, _ fields: FormFields
  ) async throws -> WebResponse {
    let principal = try request.principal
    var form = FormChecker(fields)
    let reason = form.text("reason", "查看原因", max: 200, min: 4)
    guard let field = RevealField(rawValue: fields["field"] ?? "") else {
      // Whoever may not see the person is not told that the form was wrong.
      _ = try await services.databases.read(as: principal) { try $0.person(id) }
      throw WebError.badRequest("没有说明要查看哪一项，请回到家庭页面重新操作。")
    }
    guard let reason else { return try await askAgain(request, id, field, form) }
    let (keys, origin) = (services.keys, try request.auditOrigin)
    let (next, now) = (request.next(in: fields), request.now)
    let page: RevealPage
    do {
      page = try await services.databases.transaction(as: principal) { tx in
        try tx.reveal(field, of: id, reason, keys, principal, origin, at: now, next: next)
      }
    } catch let tooQuick as RevealsTooQuick {
      return try await slowDown(request, tooQuick)
    }
    return try await services.deskPage(
      request, title: "完整的\(field.title)", lead: "只在本页显示这一次。",
      breadcrumbs: page.person.breadcrumbs, page.html)
  }

  /// A page that says how long to wait.
  private func slowDown(
    _ request: WebRequest, _ tooQuick: RevealsTooQuick
  ) async throws -> WebResponse {
    var response = try await services.deskPage(
      request, title: "请稍候再看", lead: "一小时内您已看过 \(tooQuick.seen) 个完整号码。",
      status: .tooManyRequests,
      notice(
        .warn,
        """
        <p>看得多时，每两个之间要隔一会儿：请在 \(tooQuick.seconds) 秒后再看下一个。\
        需要很多号码时，请单位负责人导出登记表；查看记录负责人和审计管理员都能看到。</p>
        """))
    response.headers[.retryAfter] = String(tooQuick.seconds)
    return response
  }

  private func askAgain(
    _ request: WebRequest, _ id: PersonID, _ field: RevealField, _ form: FormChecker
  ) async throws -> WebResponse {
    let person = try await services.databases.read(as: try request.principal) {
      try $0.person(id)
    }
    return try await services.deskPage(
      request, title: "完整的\(field.title)", lead: "请先说明原因。", breadcrumbs: person.breadcrumbs,
      status: .unprocessableContent,
      panel(
        "\(Masking.maskedName(person.name))的\(field.title)",
        revealFields(
          field, person: id, csrf: request.csrf, FormView(form),
          next: request.next(in: form.fields))))
  }
}

/// A person whose number is asked for.
private struct RevealedPerson: RowDecodable {
  let name: String
  let household: HouseholdID
  let householdNumber: String
  let idNumber: [UInt8]
  let phone: [UInt8]?

  init(_ row: Row) throws {
    name = try row("name")
    household = try row("household_id")
    householdNumber = try row("number")
    idNumber = try row("id_number_sealed")
    phone = try row("phone_sealed")
  }

  func sealed(_ field: RevealField) -> [UInt8]? { field == .idNumber ? idNumber : phone }

  var breadcrumbs: [(String, Link)] {
    [householdsCrumb, ("家庭 \(householdNumber)", Paths.deskHousehold.link(household))]
  }
}

extension Transaction {
  /// Shows one number: counted, and recorded.
  fileprivate func reveal(
    _ field: RevealField, of id: PersonID, _ reason: String, _ keys: KeyRing, _ actor: Principal,
    _ origin: AuditOrigin, at now: Date, next: Link?
  ) throws -> RevealPage {
    let person = try person(id)
    guard let sealed = person.sealed(field) else { throw WebError.notFound }
    let number = try keys.openText(sealed, for: field.sealed)
    try count(
      NewReveal(
        person: id, householdNumber: person.householdNumber, field: field, reason: reason),
      by: actor, origin, at: now)
    try audit(
      AuditEvent(
        action: .revealPerson, entity: "persons", entityID: id.description,
        after: [
          "field": field.title, "value": field.masked(number), "reason": reason,
          "household": person.householdNumber,
        ]), by: origin)
    return RevealPage(person: person, field: field, number: number, reason: reason, next: next)
  }

  fileprivate func person(_ id: PersonID) throws -> RevealedPerson {
    let found = try first(
      Query<RevealedPerson>(
        """
        SELECT p.name, p.household_id, h.number, p.id_number_sealed, p.phone_sealed
        FROM persons p JOIN households h ON h.id = p.household_id WHERE p.id = \(id)
        """))
    guard let found else { throw WebError.notFound }
    return found
  }
}

private struct RevealPage: Sendable {
  let person: RevealedPerson
  let field: RevealField
  let number: String
  let reason: String
  /// Where one goes on.
  let next: Link?

  var html: HTML {
    notice(.neutral, "<p>您查看这个号码和所填的原因已经记入审计日志。</p>")
      + panel(
        "\(Masking.maskedName(person.name))的\(field.title)",
        """
        <p class="revealed"><code>\(number)</code></p>
        \(definitionList([("原因", HTML(text: reason)), ("家庭编号", HTML(text: person.householdNumber))]))
        <p>\(buttonLink(next == nil ? "返回家庭" : "返回", next ?? Paths.deskHousehold.link(person.household)))</p>

        """)
  }
}
