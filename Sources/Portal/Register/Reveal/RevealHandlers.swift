import Domain
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
    let next = request.next(in: fields)
    let page = try await services.databases.transaction(as: principal) { tx in
      let person = try tx.person(id)
      guard let sealed = person.sealed(field) else { throw WebError.notFound }
      let number = try keys.openText(sealed, for: field.sealed)
      try tx.audit(
        AuditEvent(
          action: .revealPerson, entity: "persons", entityID: id.description,
          after: [
            "field": field.title, "value": field.masked(number), "reason": reason,
            "household": person.householdNumber,
          ]), by: origin)
      return RevealPage(
        person: person, field: field, number: number, reason: reason, next: next)
    }
    return try await services.deskPage(
      request, title: "完整的\(field.title)", lead: "只在本页显示这一次。",
      breadcrumbs: page.person.breadcrumbs, page.html)
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
