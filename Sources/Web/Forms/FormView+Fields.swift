public import HTML

extension FormView {
  /// What a line of text holds.
  public enum InputType: String, Sendable {
    case text, password, tel, email, number, date, search, url
  }

  /// A line of text. What was typed stands in it again, but never a password.
  ///
  /// - Parameters:
  ///   - value: what stands in it before anything is typed.
  ///   - autocomplete: the HTML token, for instance `username`, `current-password`, `off`.
  ///   - inputmode: the keyboard of a phone, for instance `numeric`.
  ///   - autofocus: whether the page opens with the keyboard here.
  public func input(
    _ name: String, _ label: String, type: InputType = .text, value: String? = nil,
    hint: String? = nil, required: Bool = true, maxlength: Int? = nil,
    autocomplete: String? = nil, inputmode: String? = nil, autofocus: Bool = false
  ) -> HTML {
    let shown = type == .password ? nil : fields[name] ?? value
    return field(
      name, label, hint: hint, required: required,
      """
      <input id="\(id(name))" name="\(name)" type="\(type.rawValue)"\(attribute: "value", shown)\
      \(attribute: "maxlength", maxlength)\
      \(attribute: "autocomplete", autocomplete ?? Self.autocomplete(type))\
      \(attribute: "inputmode", inputmode ?? Self.inputmode(type))\
      \(attribute: "required", if: required)\(attribute: "autofocus", if: autofocus)\
      \(described(name, hint))>
      """)
  }

  private static func autocomplete(_ type: InputType) -> String? {
    switch type {
    case .tel: "tel"
    case .email: "email"
    case .password: "current-password"
    case .search, .number, .date: "off"
    case .text, .url: nil
    }
  }

  private static func inputmode(_ type: InputType) -> String? {
    switch type {
    case .number: "numeric"
    case .tel: "tel"
    default: nil
    }
  }

  /// Text of several lines.
  public func textarea(
    _ name: String, _ label: String, rows: Int = 6, value: String? = nil, hint: String? = nil,
    required: Bool = true, maxlength: Int? = nil
  ) -> HTML {
    // The line end after the tag is dropped by the browser: without it, a first empty line would be.
    field(
      name, label, hint: hint, required: required,
      """
      <textarea id="\(id(name))" name="\(name)" rows="\(rows)"\(attribute: "maxlength", maxlength)\
      \(attribute: "required", if: required)\(described(name, hint))>
      \(optional: fields[name] ?? value)</textarea>
      """)
  }

  /// One of a list, folded.
  ///
  /// - Parameters:
  ///   - options: value and label of each.
  ///   - prompt: what stands there while nothing is chosen; nil when the first option does.
  public func select(
    _ name: String, _ label: String, options: [(value: String, label: String)],
    value: String? = nil, prompt: String? = "请选择", hint: String? = nil, required: Bool = true
  ) -> HTML {
    let chosen = fields[name] ?? value
    return field(
      name, label, hint: hint, required: required,
      """
      <select id="\(id(name))" name="\(name)"\(attribute: "required", if: required)\
      \(described(name, hint))>
      \(ifLet: prompt, { "<option value=\"\">\($0)</option>\n" })\
      \(options, { option in
        """
        <option value="\(option.value)"\
        \(attribute: "selected", if: option.value == chosen)>\(option.label)</option>

        """
      })</select>
      """)
  }

  /// One of a few, all in sight.
  ///
  /// - Parameters:
  ///   - autofocus: whether the page opens with the keyboard here: on the choice made, else the first.
  ///   - accessKeys: a key for each option, in their order.
  public func radios(
    _ name: String, _ legend: String, options: [(value: String, label: String)],
    value: String? = nil, hint: String? = nil, required: Bool = true, autofocus: Bool = false,
    accessKeys: [String] = []
  ) -> HTML {
    let chosen = fields[name] ?? value
    let first = options.firstIndex { $0.value == chosen } ?? 0
    return group(
      name, legend, hint: hint, required: required,
      choices(
        name, "radio", options, focused: autofocus ? first : nil, accessKeys: accessKeys
      ) { $0 == chosen })
  }

  /// Any of a few.
  public func checkboxes(
    _ name: String, _ legend: String, options: [(value: String, label: String)],
    values: [String] = [], hint: String? = nil, required: Bool = true
  ) -> HTML {
    let typed = fields.isEmpty ? values : fields.all(name)
    return group(
      name, legend, hint: hint, required: required,
      choices(name, "checkbox", options) { typed.contains($0) })
  }

  private func choices(
    _ name: String, _ type: String, _ options: [(value: String, label: String)],
    focused: Int? = nil, accessKeys: [String] = [], isChosen: (String) -> Bool
  ) -> HTML {
    let items = options.enumerated().map { index, option -> HTML in
      """
      <div class="choice"><input id="\(id(name))-\(index)" name="\(name)" type="\(type)" \
      value="\(option.value)"\(attribute: "checked", if: isChosen(option.value))\
      \(attribute: "autofocus", if: index == focused)\
      \(attribute: "accesskey", index < accessKeys.count ? accessKeys[index] : nil)>
      <label for="\(id(name))-\(index)">\(option.label)</label></div>

      """
    }
    return items.joined()
  }

  /// One thing to tick; its value is `yes`.
  public func checkbox(
    _ name: String, _ label: String, isChecked: Bool = false, hint: String? = nil
  ) -> HTML {
    let isOn = fields.isEmpty ? isChecked : fields.isChecked(name)
    return """
      <div class="field choice\(if: errors[name] != nil, " has-error")">
      <input id="\(id(name))" name="\(name)" type="checkbox" value="yes"\
      \(attribute: "checked", if: isOn)\(described(name, hint))>
      <label for="\(id(name))">\(label)</label>
      \(notes(name, hint))</div>

      """
  }

  /// Files to choose. A browser forgets them when a form comes back, which the error then says.
  ///
  /// - Parameter accept: types and endings, for instance `image/*,.heic`.
  public func files(
    _ name: String, _ label: String, accept: String? = nil, multiple: Bool = true,
    hint: String? = nil, required: Bool = false
  ) -> HTML {
    field(
      name, label, hint: hint, required: required,
      """
      <input id="\(id(name))" name="\(name)" type="file"\(attribute: "accept", accept)\
      \(attribute: "multiple", if: multiple)\(attribute: "required", if: required)\
      \(described(name, hint))>
      """)
  }
}
