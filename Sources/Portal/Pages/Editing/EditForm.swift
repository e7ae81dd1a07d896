package import Domain
import Ground
package import HTML
package import Postgres
package import Web

/// A page with one form that changes one thing or makes a new one, declared: how it loads, how it is drawn,
/// how it reads what was typed, how it writes, and where it goes then. Its two handlers follow: `show`, and
/// `submit`, which answers 422 with everything that was typed, 409 with what others did meanwhile, and 303
/// when it is done.
package protocol EditForm: Sendable {
  /// What the address says; `Void` where it says nothing.
  associatedtype ID: Sendable
  /// What the page is drawn with, and the fields are held against.
  associatedtype Model: Sendable
  associatedtype Typed: Sendable
  associatedtype Written: Sendable

  var services: Services { get }

  /// Whether writing may take so long that pages should not wait for its connection.
  var isLong: Bool { get }

  /// What a unique constraint says when somebody else has the value already.
  var taken: TakenValues { get }

  /// Reads what the page is drawn with.
  ///
  /// - Throws: `WebError.notFound` where it is out of sight.
  func load(_ id: ID, _ asked: EditRequest, in tx: Transaction) throws -> Model

  /// Where the history of what is changed is read; nil where something new is made, whose form carries no
  /// version.
  func history(_ id: ID, _ model: Model) -> EditHistory?

  /// The page, with the form fresh or as it was typed.
  func page(_ id: ID, _ model: Model, _ frame: EditFrame, _ asked: EditRequest) throws -> EditPage

  /// Reads and validates the fields; nil, with messages in the checker, when something is wrong.
  func read(
    _ checker: inout FormChecker, _ id: ID, _ model: Model, _ asked: EditRequest
  ) throws -> Typed?

  /// Writes, in one transaction with its audit event.
  ///
  /// - Parameter version: the one that the person looked at; 0 where something new is made.
  /// - Throws: ``EditProblem``.
  func write(
    _ typed: Typed, _ id: ID, version: Int, by editor: Editor, in tx: Transaction
  ) throws -> Written

  /// Where it goes when it is done, and what is said there.
  func done(_ written: Written, _ typed: Typed, _ id: ID) -> (to: Link, flash: String)
}

extension EditForm {
  package var isLong: Bool { false }
  package var taken: TakenValues { [:] }

  package func history(_ id: ID, _ model: Model) -> EditHistory? { nil }
}

/// With what a form is asked for: its address when it is shown, what was typed when it is sent.
package struct EditRequest: Sendable {
  package let principal: Principal
  package let today: Day
  package let query: FormFields
  /// Nil when it is shown for the first time.
  package let fields: FormFields?
}

/// A page around a form.
package struct EditPage {
  package let title: String
  package let lead: String
  package let breadcrumbs: [(String, Link)]
  package let body: HTML

  package init(title: String, lead: String, breadcrumbs: [(String, Link)], _ body: HTML) {
    self.title = title
    self.lead = lead
    self.breadcrumbs = breadcrumbs
    self.body = body
  }
}

extension EditForm {
  /// Answers the address of the form.
  package func show(_ request: WebRequest, _ id: ID) async throws -> WebResponse {
    try await answer(request, id, nil, .fresh)
  }

  /// Answers what was sent.
  package func submit(
    _ request: WebRequest, _ id: ID, _ fields: FormFields
  ) async throws -> WebResponse {
    let asked = try EditRequest(request, fields)
    let model = try await services.databases.read(as: asked.principal) { tx in
      try load(id, asked, in: tx)
    }
    let base = try history(id, model).map { _ in try EditBase(fields) }
    var checker = FormChecker(fields)
    guard let typed = try read(&checker, id, model, asked), checker.isValid else {
      return try await answer(request, id, fields, .invalid(checker))
    }
    let result = try await services.edit(
      request, checker, since: base, isLong: isLong, taken: taken
    ) { tx, editor in
      try write(typed, id, version: base?.version ?? 0, by: editor, in: tx)
    }
    switch result {
    case .done(let written):
      let (link, flash) = done(written, typed, id)
      return .redirect(to: link, flash: flash)
    case .again(let again): return try await answer(request, id, fields, again)
    }
  }

  private func answer(
    _ request: WebRequest, _ id: ID, _ fields: FormFields?, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let (asked, csrf) = (try EditRequest(request, fields), request.csrf)
    let (model, frame) = try await services.databases.read(as: asked.principal) { tx in
      let model = try load(id, asked, in: tx)
      return (model, try tx.frame(answer, history(id, model), csrf: csrf))
    }
    let page = try page(id, model, frame, asked)
    return try await services.deskPage(
      request, title: page.title, lead: page.lead, breadcrumbs: page.breadcrumbs,
      status: frame.status, page.body)
  }
}

extension EditForm where ID == Void {
  package func show(_ request: WebRequest) async throws -> WebResponse {
    try await show(request, ())
  }

  package func submit(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    try await submit(request, (), fields)
  }
}

extension EditRequest {
  fileprivate init(_ request: WebRequest, _ fields: FormFields?) throws {
    principal = try request.principal
    today = ShanghaiTime.day(of: request.now)
    query = request.query
    self.fields = fields
  }
}

extension RouteTable {
  /// A form about one thing: where it is shown, and where it is sent.
  package mutating func form<Form: EditForm>(
    _ shown: PagePathOf<Form.ID>, _ sent: PagePathOf<Form.ID>, _ access: Access, _ form: Form
  ) where Form.ID: LosslessStringConvertible & SendableMetatype {
    get(shown, access) { try await form.show($0, $1) }
    post(sent, access) { try await form.submit($0, $1, $2) }
  }

  /// A form about nothing that is there yet.
  package mutating func form<Form: EditForm>(
    _ shown: PagePath, _ sent: PagePath, _ access: Access, _ form: Form
  ) where Form.ID == Void {
    get(shown, access) { try await form.show($0) }
    post(sent, access) { try await form.submit($0, $1) }
  }
}
