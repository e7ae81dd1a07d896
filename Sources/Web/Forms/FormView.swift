public import HTML

/// Draws the fields of a form: label above, hint, error, and what was typed.
///
/// A field's id is its name (with `idPrefix` in front when a page has several forms), which is
/// where the links of the error summary lead.
public struct FormView: Sendable {
  public let fields: FormFields
  public let errors: FormErrors
  let idPrefix: String

  public init(
    _ fields: FormFields = FormFields(), errors: FormErrors = FormErrors(), idPrefix: String = ""
  ) {
    self.fields = fields
    self.errors = errors
    self.idPrefix = idPrefix
  }

  /// The form as it comes back with what was wrong in it.
  public init(_ checker: FormChecker, idPrefix: String = "") {
    self.init(checker.fields, errors: checker.errors, idPrefix: idPrefix)
  }

  /// All that is wrong, each a link to its field; nothing when nothing is.
  public var summary: HTML {
    guard !errors.isEmpty else { return HTML() }
    return """
      <div class="error-summary" role="alert" tabindex="-1">
      <h2>请先改正以下 \(errors.count) 处</h2>
      <ul>\(errors.list, { "<li><a href=\"#\(id($0.field))\">\($0.message)</a></li>" })</ul>
      </div>

      """
  }

  /// The hidden field that every form needs.
  public static func csrf(_ token: String) -> HTML {
    "<input type=\"hidden\" name=\"csrf\" value=\"\(token)\">"
  }

  /// A whole form: token, summary, content, button.
  ///
  /// - Parameter attributes: further ones of the form, each after a space.
  public func form(
    action: Link, csrf: String, hasFiles: Bool = false, button: String, attributes: HTML = HTML(),
    _ content: HTML
  ) -> HTML {
    """
    \(summary)<form method="post" action="\(path: action)"\
    \(attribute: "enctype", hasFiles ? "multipart/form-data" : nil)\(attributes) novalidate>
    \(Self.csrf(csrf))
    \(content)<p class="actions"><button type="submit">\(button)</button></p>
    </form>

    """
  }

  // MARK: Parts that all fields share

  func id(_ name: String) -> String { idPrefix + name }

  /// Label, hint and error around one control. The label says so when a field may stay empty.
  func field(
    _ name: String, _ label: String, hint: String?, required: Bool, _ control: HTML
  ) -> HTML {
    """
    <div class="field\(if: errors[name] != nil, " has-error")">
    <label for="\(id(name))">\(label)\(Self.optionalMark(required))</label>
    \(notes(name, hint))\(control)
    </div>

    """
  }

  /// The same around a group of controls.
  func group(
    _ name: String, _ legend: String, hint: String?, required: Bool, _ controls: HTML
  ) -> HTML {
    """
    <fieldset class="field\(if: errors[name] != nil, " has-error")" id="\(id(name))" tabindex="-1"\
    \(described(name, hint))>
    <legend>\(legend)\(Self.optionalMark(required))</legend>
    \(notes(name, hint))\(controls)
    </fieldset>

    """
  }

  func notes(_ name: String, _ hint: String?) -> HTML {
    """
    \(ifLet: hint, { "<p class=\"hint\" id=\"\(id(name))-hint\">\($0)</p>\n" })\
    \(ifLet: errors[name], { "<p class=\"error\" id=\"\(id(name))-error\">\($0)</p>\n" })
    """
  }

  func described(_ name: String, _ hint: String?) -> HTML {
    let ids = [hint.map { _ in "\(id(name))-hint" }, errors[name].map { _ in "\(id(name))-error" }]
      .compactMap { $0 }
    return """
      \(attribute: "aria-describedby", ids.isEmpty ? nil : ids.joined(separator: " "))\
      \(attribute: "aria-invalid", errors[name] == nil ? nil : "true")
      """
  }

  static func optionalMark(_ required: Bool) -> HTML {
    required ? HTML() : "<span class=\"optional\">（选填）</span>"
  }
}
