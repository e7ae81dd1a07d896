/// What is wrong in a form: messages by field, in the order in which they were found.
public struct FormErrors: Sendable, Equatable {
  public private(set) var list: [FieldError] = []

  public struct FieldError: Sendable, Equatable {
    public let field: String
    public let message: String
  }

  public init() {}

  public var isEmpty: Bool { list.isEmpty }
  public var count: Int { list.count }

  /// The message of a field; setting one again keeps the first.
  public subscript(_ field: String) -> String? {
    list.first { $0.field == field }?.message
  }

  /// Adds a message, unless the field has one: one thing to put right at a time.
  public mutating func add(_ field: String, _ message: String) {
    guard self[field] == nil else { return }
    list.append(FieldError(field: field, message: message))
  }
}
