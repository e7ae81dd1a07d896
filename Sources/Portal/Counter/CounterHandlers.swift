import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
package import Web

/// `/desk/counter`: one question before a filing or a registration, and its answer at once.
struct CounterHandlers: Sendable {
  let services: Services
  let counter: CounterDesk

  /// `GET /desk/counter`; `?check=…` shows the answer to a question just asked.
  func showCounter(_ request: WebRequest) async throws -> WebResponse {
    return try await page(request, FormView(), status: .ok)
  }

  /// `POST /desk/counter`
  func askQuestion(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let name = checker.column("name", "姓名", max: 60)
    let idNumber = checker.residentID("id_number")
    let purpose = checker.choice("purpose", "办理事项", of: CounterPurpose.self)
    guard checker.isValid, let name, let idNumber, let purpose else {
      return try await page(request, FormView(checker), status: .unprocessableContent)
    }
    let answer = try await counter.ask(
      CounterQuestion(
        name: CounterName.normalised(name), idNumber: idNumber, purpose: purpose, at: request.now,
        address: request.clientAddress.text, request: request.id),
      as: CounterCaller(principal: try request.principal))
    return .redirect(to: Paths.deskCounter.link.query("check", answer.id.description))
  }

  /// `GET /desk/counter/:id/filing`
  func showFiling(_ request: WebRequest, _ id: CounterCheckID) async throws -> WebResponse {
    try await filingPage(request, try await line(id, request), FormView(), status: .ok)
  }

  /// `POST /desk/counter/:id/filing`
  func enterFiling(
    _ request: WebRequest, _ id: CounterCheckID, _ fields: FormFields
  ) async throws -> WebResponse {
    let line = try await line(id, request)
    var checker = FormChecker(fields)
    guard let number = checker.column("filing_number", "备案或登记编号", max: 60) else {
      return try await filingPage(request, line, FormView(checker), status: .unprocessableContent)
    }
    let actor = try request.counterActor
    do {
      try await services.databases.transaction(as: actor.principal) { tx in
        guard let line = try tx.first(counterLine(id)) else { throw WebError.notFound }
        try tx.file(line, number: number, by: actor)
      }
    } catch CounterRefusal.notReleased {
      checker.fail("filing_number", "县住建局还没有放行，不能办理")
      return try await filingPage(request, line, FormView(checker), status: .unprocessableContent)
    } catch CounterRefusal.overtaken {
      throw WebError.conflict(counterOvertaken)
    }
    return .redirect(to: Paths.deskCounter.link, flash: "已记下 \(line.reference) 的编号。")
  }

  private func line(_ id: CounterCheckID, _ request: WebRequest) async throws -> CounterLine {
    let found = try await services.databases.read(as: request.principal) {
      try $0.first(counterLine(id))
    }
    guard let found else { throw WebError.notFound }
    return found
  }

  private func page(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.answer(
      request,
      QuestionList(
        asked: ListRequest(request), view: view,
        justAsked: request.query["check"].flatMap { CounterCheckID($0) }), status: status)
  }

  private func filingPage(
    _ request: WebRequest, _ line: CounterLine, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "填写备案或登记编号", lead: "核查编号 \(line.reference)，\(line.purpose.title)",
      breadcrumbs: [("窗口核查", Paths.deskCounter.link)], status: status,
      CounterFilingPage(line: line, view: view, csrf: request.csrf).html)
  }
}

extension WebRequest {
  package var counterActor: CounterActor {
    get throws { CounterActor(principal: try principal, origin: try auditOrigin, now: now) }
  }
}

/// A name as it is compared with the register's.
package enum CounterName {
  package static func normalised(_ typed: String) -> String { NormalForm.name(typed) }
}

let counterOvertaken: HTML = """
  <p>这一条刚刚被别人处理过，您的操作没有执行。请回到<a href="\(path: Paths.desk)">首页</a>重新打开，看它现在的状态。</p>
  """
