import Domain
import Foundation
import Postgres
import Web

/// Why an edit does not happen. Thrown inside its transaction, which it takes back.
enum EditProblem: Error {
  /// Something typed does not go with what the register holds; the message stands at its field.
  case field(String, String)
  /// Somebody else was faster.
  case overtaken
}

/// Who edits, when, and what it takes to do so.
struct Editor: Sendable {
  let principal: Principal
  let origin: AuditOrigin
  let now: Date
  let keys: KeyRing

  var today: Day { ShanghaiTime.day(of: now) }

  /// Says in the history and in the audit log what the rest of the transaction does.
  ///
  /// - Parameters:
  ///   - before: masked where it is about people, like `after`.
  func record(
    _ action: RegisterAction, _ entity: RegisterEntity, _ id: Int64, reason: String? = nil,
    before: [String: String]? = nil, after: [String: String]? = nil, in tx: Transaction
  ) throws {
    try tx.describeChange(action: action, reason: reason, by: principal.displayName)
    var event = AuditEvent(
      action: "register.\(action.rawValue)", entity: entity.rawValue, entityID: String(id))
    event.before = before
    event.after = after
    try tx.audit(event, by: origin)
  }
}

/// How a form is drawn: fresh, come back with errors, or overtaken by somebody.
enum FormAnswer: Sendable {
  case fresh
  case invalid(FormChecker)
  /// With where the history stood when the form was first drawn.
  case overtaken(FormChecker, mark: Int64)

  var view: FormView {
    switch self {
    case .fresh: FormView()
    case .invalid(let checker), .overtaken(let checker, _): FormView(checker)
    }
  }
}

enum EditResult<Value: Sendable>: Sendable {
  case done(Value)
  case again(FormAnswer)
}

/// What a form knew of the register when it was drawn.
struct EditBase: Sendable {
  let version: Int
  /// See ``changeMark(of:)``.
  let mark: Int64

  init(version: Int, mark: Int64) {
    self.version = version
    self.mark = mark
  }

  init(_ fields: FormFields) throws {
    guard let version = fields["version"].flatMap({ Int32($0) }), version > 0 else {
      throw WebError.badRequest("页面内容不完整，请回到原来的页面重新操作。")
    }
    self.version = Int(version)
    mark = fields["mark"].flatMap { Int64($0) } ?? Int64.max
  }
}

extension Services {
  /// Runs an edit in one transaction, and turns what stands in its way into the form's next drawing.
  ///
  /// - Parameter isLong: whether it may take so long that pages should not wait for its connection.
  func edit<Value: Sendable>(
    _ request: WebRequest, _ checker: FormChecker, since base: EditBase? = nil,
    isLong: Bool = false,
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
    } catch EditProblem.overtaken {
      return .again(.overtaken(checker, mark: base?.mark ?? Int64.max))
    } catch EditProblem.field(let field, let message) {
      checker.fail(field, message)
    } catch let error as PostgresError {
      guard let (field, message) = Self.takenValue(error) else { throw error }
      checker.fail(field, message)
    }
    return .again(.invalid(checker))
  }

  /// What a unique constraint says in a form.
  private static func takenValue(_ error: PostgresError) -> (String, String)? {
    let known = [
      "estates_area_name_key": ("name", "这个乡镇已经有同名的项目，请核对"),
      "homes_place_key": ("room", "这个项目里已经有这套房，请核对楼栋、单元和房号"),
      "households_number_key": ("number", "这个家庭编号已经用过，请换一个，或留空由系统编号"),
      "persons_household_id_number_key": (
        "id_number", "这个家庭里已经有这个身份证号的人；如果是已离开的成员，请用“恢复”"
      ),
      "leases_contract_number_key": ("contract_number", "这个合同编号已经用过，请核对"),
      "leases_running_home_key": ("room", "这套房刚刚租给了别的家庭，请核对"),
      "leases_running_household_key": ("contract_number", "这个家庭刚刚签了另一份租约，请核对"),
    ]
    guard error.isUniqueViolation() else { return nil }
    return known.first { error.isUniqueViolation($0.key) }?.value
  }
}
