public import Domain
import Ground
public import HTML
public import Postgres
public import Web

/// A page with one form that changes one thing or makes a new one, declared: how it loads, how it is drawn,
/// how it reads what was typed, how it writes, and where it goes then. Its two handlers follow: ``show``, and
/// ``submit``, which answers 422 with everything that was typed, 409 with what others did meanwhile, and 303
/// when it is done.
///
/// `ID` is what the address says, `Void` where it says nothing; `Model` is what the page is drawn with and
/// the fields are held against.
public struct EditForm<
  ID: Sendable, Model: Sendable, Typed: Sendable, Written: Sendable
>: Sendable {
  let services: Services
  let isLong: Bool
  let taken: TakenValues
  let load: @Sendable (Transaction, ID, EditRequest) throws -> Model
  let history: (@Sendable (ID, Model) -> EditHistory)?
  let page: @Sendable (EditSeen<ID, Model>, EditFrame) throws -> EditPage
  let read: @Sendable (inout FormChecker, EditSeen<ID, Model>) throws -> Typed?
  let write: @Sendable (Transaction, Typed, EditWriting<ID>) throws -> Written
  let done: @Sendable (Written, Typed, ID) -> (to: Link, flash: String)
  let follow: (@Sendable (Written, Principal) async -> Void)?

  /// - Parameters:
  ///   - isLong: whether writing may take so long that pages should not wait for its connection.
  ///   - taken: what a unique constraint says when somebody else has the value already.
  ///   - load: reads what the page is drawn with, or throws `WebError.notFound`.
  ///   - history: where the history of what is changed is read; nil where something new is made, whose form
  ///     carries no version.
  ///   - read: nil, with messages in the checker, when something is wrong.
  ///   - write: in one transaction with its audit event; throws ``EditProblem``.
  ///   - follow: what follows once it is written, before the answer.
  public init(
    _ services: Services, isLong: Bool = false, taken: TakenValues = [:],
    load: @escaping @Sendable (Transaction, ID, EditRequest) throws -> Model,
    history: (@Sendable (ID, Model) -> EditHistory)? = nil,
    page: @escaping @Sendable (EditSeen<ID, Model>, EditFrame) throws -> EditPage,
    read: @escaping @Sendable (inout FormChecker, EditSeen<ID, Model>) throws -> Typed?,
    write: @escaping @Sendable (Transaction, Typed, EditWriting<ID>) throws -> Written,
    done: @escaping @Sendable (Written, Typed, ID) -> (to: Link, flash: String),
    follow: (@Sendable (Written, Principal) async -> Void)? = nil
  ) {
    self.services = services
    self.isLong = isLong
    self.taken = taken
    self.load = load
    self.history = history
    self.page = page
    self.read = read
    self.write = write
    self.done = done
    self.follow = follow
  }

  /// Answers the address of the form.
  public func show(_ request: WebRequest, _ id: ID) async throws -> WebResponse {
    try await answer(request, id, nil, .fresh)
  }

  /// Answers what was sent.
  public func submit(
    _ request: WebRequest, _ id: ID, _ fields: FormFields
  ) async throws -> WebResponse {
    let asked = try EditRequest(request, fields)
    let model = try await services.databases.read(as: asked.principal) { tx in
      try load(tx, id, asked)
    }
    let base = history == nil ? nil : try EditBase(fields)
    var checker = FormChecker(fields)
    let seen = EditSeen(id: id, model: model, asked: asked)
    guard let typed = try read(&checker, seen), checker.isValid else {
      return try await answer(request, id, fields, .invalid(checker))
    }
    let result = try await services.edit(
      request, checker, since: base, isLong: isLong, taken: taken
    ) { tx, editor in
      try write(tx, typed, EditWriting(id: id, version: base?.version ?? 0, editor: editor))
    }
    switch result {
    case .done(let written):
      await follow?(written, asked.principal)
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
      let model = try load(tx, id, asked)
      return (model, try tx.frame(answer, history?(id, model), csrf: csrf))
    }
    let page = try page(EditSeen(id: id, model: model, asked: asked), frame)
    return try await services.deskPage(
      request, title: page.title, lead: page.lead, breadcrumbs: page.breadcrumbs,
      status: frame.status, page.body)
  }
}

/// With what a form is asked for: its address when it is shown, what was typed when it is sent.
public struct EditRequest: Sendable {
  public let principal: Principal
  public let today: Day
  public let query: FormFields
  /// Nil when it is shown for the first time.
  public let fields: FormFields?

  init(_ request: WebRequest, _ fields: FormFields?) throws {
    principal = try request.principal
    today = ShanghaiTime.day(of: request.now)
    query = request.query
    self.fields = fields
  }
}

/// What a form's page is drawn with, and its fields are held against.
@dynamicMemberLookup
public struct EditSeen<ID: Sendable, Model: Sendable>: Sendable {
  public let id: ID
  public let model: Model
  public let asked: EditRequest

  /// What was loaded, without saying so.
  public subscript<Value>(dynamicMember member: KeyPath<Model, Value>) -> Value {
    model[keyPath: member]
  }
}

/// About what somebody writes.
public struct EditWriting<ID: Sendable>: Sendable {
  public let id: ID
  /// The one that the person looked at; 0 where something new is made.
  public let version: Int
  public let editor: Editor
}

/// A page around a form.
public struct EditPage {
  public let title: String
  public let lead: String
  public let breadcrumbs: [(String, Link)]
  public let body: HTML

  public init(title: String, lead: String, breadcrumbs: [(String, Link)], _ body: HTML) {
    self.title = title
    self.lead = lead
    self.breadcrumbs = breadcrumbs
    self.body = body
  }
}

extension RouteTable {
  /// A form about one thing: where it is shown, and where it is sent if not to the same address.
  ///
  /// - Parameters:
  ///   - isConfirmed: whether the password is asked for once more where it was typed a while ago.
  ///   - look: what stands in the log when it is shown; nil where it shows nobody's affairs.
  public mutating func form<ID: LosslessStringConvertible & SendableMetatype, M, T, W>(
    _ shown: PagePathOf<ID>, sentTo sent: PagePathOf<ID>? = nil, _ access: Access,
    confirmed isConfirmed: Bool = false, _ form: EditForm<ID, M, T, W>, records look: Look? = nil
  ) {
    let show: @Sendable (WebRequest, ID) async throws -> WebResponse = { request, id in
      if isConfirmed { _ = try request.confirmedPrincipal() }
      return try await form.show(request, id)
    }
    if let look {
      get(shown, access, show, records: look)
    } else {
      get(shown, access, show)
    }
    post(sent ?? shown, access) { request, id, fields in
      if isConfirmed { _ = try request.confirmedPrincipal(orBackTo: shown.link(id)) }
      return try await form.submit(request, id, fields)
    }
  }

  /// A form about nothing that is there yet.
  public mutating func form<M, T, W>(
    _ shown: PagePath, sentTo sent: PagePath? = nil, _ access: Access,
    confirmed isConfirmed: Bool = false, _ form: EditForm<Void, M, T, W>
  ) {
    get(shown, access) { request in
      if isConfirmed { _ = try request.confirmedPrincipal() }
      return try await form.show(request, ())
    }
    post(sent ?? shown, access) { request, fields in
      if isConfirmed { _ = try request.confirmedPrincipal(orBackTo: shown.link) }
      return try await form.submit(request, (), fields)
    }
  }
}
