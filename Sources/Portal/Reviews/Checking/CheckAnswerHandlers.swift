import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Web

/// A bureau answers one check of one household, and goes on to the next.
struct CheckAnswerHandlers: Sendable {
  let services: Services
  let deliveryDone: DeliveryDone

  /// `GET /desk/checks/:id?check=…`
  func showCheck(_ request: WebRequest, _ id: HouseholdID) async throws -> WebResponse {
    let address = try CheckAddress(request.query)
    return try await page(request, try await sheet(request, id, address), address, .fresh)
  }

  /// `POST /desk/checks/:id`
  func answerCheck(
    _ request: WebRequest, _ id: HouseholdID, _ fields: FormFields
  ) async throws -> WebResponse {
    let address = try CheckAddress(fields)
    let sheet = try await sheet(request, id, address)
    guard let sequence = fields["sequence"].flatMap({ Int($0) }) else {
      throw WebError.badRequest("页面内容不完整，请回到清单重新打开这一户。")
    }
    guard fields["more"] == nil else {
      return try await page(request, sheet, address, .more(fields))
    }
    var checker = FormChecker(fields)
    let typed = TypedAnswer(&checker, sheet, today: ShanghaiTime.day(of: request.now))
    guard sheet.round.isOpen else {
      return try await page(request, sheet, address, .closed(fields))
    }
    guard let typed else { return try await page(request, sheet, address, .invalid(checker)) }
    return try await record(typed, after: sequence, request, sheet, address, checker)
  }

  private func record(
    _ typed: TypedAnswer, after sequence: Int, _ request: WebRequest, _ sheet: CheckSheet,
    _ address: CheckAddress, _ checker: FormChecker
  ) async throws -> WebResponse {
    let editor = Editor(
      principal: try request.principal, origin: try request.auditOrigin, now: request.now,
      keys: services.keys)
    do {
      let delivery = try await services.databases.transaction(as: editor.principal) { tx in
        try tx.record(typed, for: sheet, after: sequence, by: editor)
      }
      await deliveryDone(delivery, editor.principal)
      return goOn(sheet, address, typed, said: "已记录：")
    } catch is SameAnswer {
      return goOn(sheet, address, typed, said: "与已有的答复相同，没有改动：")
    } catch AnswerRefusal.overtaken {
      return try await meet(request, sheet.household.id, address, typed, checker)
    } catch AnswerRefusal.reasonNeeded {
      var checker = checker
      let day = sheet.current.map { ShanghaiTime.day(of: $0.line.deliveredAt).chinese } ?? "此前"
      checker.fail("reason", "与本单位\(day)的答复不同，请说明原因；两次答复都会保留")
      return try await page(request, sheet, address, .invalid(checker))
    } catch AnswerRefusal.roundClosed {
      return try await page(
        request, try await self.sheet(request, sheet.household.id, address), address,
        .closed(checker.fields))
    } catch let refusal as AnswerRefusal {
      var checker = checker
      checker.fail("result", refusal.message)
      return try await page(request, sheet, address, .invalid(checker))
    }
  }

  /// Somebody else was faster: with the same answer there is nothing left to do.
  private func meet(
    _ request: WebRequest, _ id: HouseholdID, _ address: CheckAddress, _ typed: TypedAnswer,
    _ checker: FormChecker
  ) async throws -> WebResponse {
    let sheet = try await sheet(request, id, address)
    if let current = sheet.current, try typed.equals(current, sheet, keys: services.keys) {
      return goOn(sheet, address, typed, said: "\(current.line.accountName)刚刚给出了相同的答复，没有改动：")
    }
    return try await page(request, sheet, address, .overtaken(checker, typed))
  }

  private func goOn(
    _ sheet: CheckSheet, _ address: CheckAddress, _ typed: TypedAnswer, said: String
  ) -> WebResponse {
    var address = address
    address.asOf = typed.asOf
    let words =
      "\(said)家庭 \(sheet.household.number) 的“\(sheet.type.title)”为“\(typed.result.title)”。"
    guard let next = sheet.next else {
      return .redirect(
        to: address.list(sheet.type, in: sheet.round.id), flash: words + "这一项没有待答复的家庭了。")
    }
    return .redirect(to: address.link(next.household, sheet.type, in: sheet.round.id), flash: words)
  }

  private func sheet(
    _ request: WebRequest, _ id: HouseholdID, _ address: CheckAddress
  ) async throws -> CheckSheet {
    let (principal, keys) = (try request.principal, services.keys)
    guard let bureau = principal.role.bureau else { throw WebError.forbidden }
    let today = ShanghaiTime.day(of: request.now)
    return try await services.databases.read(as: principal) { tx in
      try tx.checkSheet(id, address, for: bureau, on: today, keys: keys)
    }
  }

  private func page(
    _ request: WebRequest, _ sheet: CheckSheet, _ address: CheckAddress, _ state: CheckFormState
  ) async throws -> WebResponse {
    let page = CheckAnswerPage(
      sheet: sheet, address: address, state: state, principal: try request.principal,
      csrf: request.csrf, today: ShanghaiTime.day(of: request.now))
    return try await services.deskPage(
      request, title: "\(sheet.type.title)：家庭 \(sheet.household.number)", lead: page.lead,
      breadcrumbs: [("逐户答复", address.list(sheet.type, in: sheet.round.id))],
      status: state.status, page.html)
  }
}

/// How the form of an answer is drawn.
enum CheckFormState: Sendable {
  case fresh
  case invalid(FormChecker)
  /// Room for one more thing was asked for.
  case more(FormFields)
  /// Somebody else answered meanwhile.
  case overtaken(FormChecker, TypedAnswer)
  /// The round has ended; nothing typed is lost.
  case closed(FormFields)

  var status: HTTPResponse.Status {
    switch self {
    case .fresh, .more: .ok
    case .invalid: .unprocessableContent
    case .overtaken, .closed: .conflict
    }
  }

  var view: FormView {
    switch self {
    case .fresh: FormView()
    case .invalid(let checker), .overtaken(let checker, _): FormView(checker)
    case .more(let fields), .closed(let fields): FormView(fields)
    }
  }
}
