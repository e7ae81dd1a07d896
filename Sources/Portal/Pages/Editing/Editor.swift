public import Domain
public import Foundation
public import Ground
import HTML
public import HTTPTypes
public import Postgres
public import Web

/// Why an edit does not happen. Thrown inside its transaction, which it takes back.
public enum EditProblem: Error {
  /// Something typed does not go with what the register holds; the message stands at its field.
  case field(String, String)
  /// Somebody else was faster.
  case overtaken
}

/// Who edits, when, and what it takes to do so.
public struct Editor: Sendable {
  public let principal: Principal
  public let origin: AuditOrigin
  public let now: Date
  public let keys: KeyRing

  public init(principal: Principal, origin: AuditOrigin, now: Date, keys: KeyRing) {
    self.principal = principal
    self.origin = origin
    self.now = now
    self.keys = keys
  }

  public var today: Day { ShanghaiTime.day(of: now) }

  /// As the steps of a workflow want to know.
  public var person: ActingPerson { ActingPerson(principal, origin, at: now) }
}

extension Transaction {
  /// The row, or 404.
  public func found<Output>(_ query: Query<Output>) throws -> Output {
    guard let found = try first(query) else { throw WebError.notFound }
    return found
  }
}

/// How a form is drawn: fresh, come back with errors, or overtaken by somebody.
public enum FormAnswer: Sendable {
  case fresh
  case invalid(FormChecker)
  /// With where the history stood when the form was first drawn.
  case overtaken(FormChecker, mark: Int64)

  public var view: FormView {
    switch self {
    case .fresh: FormView()
    case .invalid(let checker), .overtaken(let checker, _): FormView(checker)
    }
  }

  public var isOvertaken: Bool {
    if case .overtaken = self { true } else { false }
  }

  public var status: HTTPResponse.Status {
    switch self {
    case .fresh: .ok
    case .invalid: .unprocessableContent
    case .overtaken: .conflict
    }
  }
}

/// The name of a unique constraint, and at which field of the form it says what.
public typealias TakenValues = [String: (field: String, message: String)]

public enum EditResult<Value: Sendable>: Sendable {
  case done(Value)
  case again(FormAnswer)
}

/// What a form knew of the register when it was drawn.
public struct EditBase: Sendable {
  public let version: Int
  /// Where the history of the row stood.
  public let mark: Int64

  public init(version: Int, mark: Int64) {
    self.version = version
    self.mark = mark
  }

  /// What the form's hidden fields say.
  ///
  /// - Parameter incomplete: what is said when the version is missing or none.
  public init(
    _ fields: FormFields, incomplete: String = "页面内容不完整，请回到原来的页面重新操作。"
  ) throws {
    guard let version = fields.version() else { throw WebError.badRequest(incomplete) }
    self.version = version
    mark = fields["mark"].flatMap { Int64($0) } ?? Int64.max
  }
}

extension FormFields {
  /// The version of a row that a form carries: a number from 1 that fits its column. Anything else is
  /// missing, also the 0 of a form whose row was not there yet.
  public func version(_ name: String = "version") -> Int? {
    guard let version = self[name].flatMap({ Int32($0) }), version > 0 else { return nil }
    return Int(version)
  }
}

extension Services {
  /// Runs an edit in one transaction, and turns what stands in its way into the form's next drawing.
  ///
  /// - Parameters:
  ///   - isLong: whether it may take so long that pages should not wait for its connection.
  ///   - taken: what a unique constraint says when somebody else has the value already.
  public func edit<Value: Sendable>(
    _ request: WebRequest, _ checker: FormChecker, since base: EditBase? = nil,
    isLong: Bool = false, taken: TakenValues = [:],
    _ body: @escaping @Sendable (Transaction, Editor) throws -> Value
  ) async throws -> EditResult<Value> {
    let editor = Editor(
      principal: try request.principal, origin: try request.auditOrigin, now: request.now,
      keys: keys)
    var checker = checker
    do {
      return .done(
        try await databases.transaction(as: editor.principal, isLong: isLong) { tx in
          try body(tx, editor)
        })
    } catch EditProblem.overtaken, is StepOvertaken {
      return .again(.overtaken(checker, mark: base?.mark ?? Int64.max))
    } catch EditProblem.field(let field, let message) {
      checker.fail(field, message)
    } catch let error as PostgresError where error.isForeignKeyViolation() {
      // Deleted between the look and the writing.
      throw WebError.conflict(usedIsGone)
    } catch let error as PostgresError {
      guard error.isUniqueViolation(),
        let (field, message) = taken.first(where: { error.isUniqueViolation($0.key) })?.value
      else { throw error }
      checker.fail(field, message)
    }
    return .again(.invalid(checker))
  }
}

private let usedIsGone: HTML = """
  <p>这里用到的一条登记刚刚被别人删除，您填写的内容没有保存。请返回，刷新页面后重新选择。</p>
  """
