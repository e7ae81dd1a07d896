public import HTML
public import Web

/// A filter bar in which somebody types: it is posted, and answered with the way to the list, narrowed.
public struct FindForm: Sendable {
  private static let listField = "find-list"
  private static let typedField = "find-typed"

  private let list: Link
  private let typed: [String]

  /// - Parameter typed: the names of the fields in which somebody types.
  public init(list: Link, typed: [String]) {
    self.list = list
    self.typed = typed
  }

  /// What goes along with the fields of the list.
  public func hidden(csrf: String) -> HTML {
    """
    \(FormView.csrf(csrf))<input type="hidden" name="\(Self.listField)" value="\(list.url)">\
    \(typed, { "<input type=\"hidden\" name=\"\(Self.typedField)\" value=\"\($0)\">" })

    """
  }

  /// The list that a posted form asks for.
  ///
  /// - Throws: when it names none.
  public static func list(_ fields: FormFields) throws -> Link {
    guard let list = fields[listField].flatMap({ Link(local: $0) }) else {
      throw WebError.badRequest("页面内容不完整，请回到清单重新查找。")
    }
    let typed = fields.all(typedField)
    return fields.fields.reduce(list) { link, field in
      guard !["csrf", listField, typedField].contains(field.name), !field.value.isEmpty else {
        return link
      }
      return typed.contains(field.name)
        ? link.query(secret: field.name, field.value) : link.query(field.name, field.value)
    }
  }
}
