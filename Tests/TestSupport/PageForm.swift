import Foundation

/// A file that somebody chooses.
package struct ChosenFile: Sendable {
  package var name: String
  package var type: String
  package var bytes: [UInt8]

  package init(name: String, type: String = "image/jpeg", bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
  }
}

/// A form of a page, to be filled and submitted as a browser does it.
package struct PageForm: Sendable {
  package let page: Page
  package let action: String
  package let isPost: Bool
  package let isMultipart: Bool
  package let buttons: [PageTag]
  private let controls: [PageTag]
  /// The tags of each select's options, by the select's name.
  private let options: [String: [PageTag]]
  /// Name and value of everything that would be sent, in order.
  package private(set) var values: [(name: String, value: String)] = []
  private var files: [(name: String, file: ChosenFile)] = []

  init(_ form: PageTag, _ page: Page) {
    self.page = page
    action = form["action"] ?? page.address
    isPost = form["method"]?.lowercased() == "post"
    isMultipart = form["enctype"] == "multipart/form-data"
    let inside = page.tags[form.position..<form.end]
    buttons = inside.filter { $0.name == "button" }
    controls = inside.filter { ["input", "textarea", "select"].contains($0.name) }
    var options: [String: [PageTag]] = [:]
    for control in controls where control.name == "select" {
      options[control["name"] ?? ""] = page.tags[control.position..<control.end]
        .filter { $0.name == "option" }
    }
    self.options = options
    values = controls.flatMap { initialValues(of: $0) }
  }

  private func initialValues(of control: PageTag) -> [(String, String)] {
    guard let name = control["name"], control["disabled"] == nil else { return [] }
    switch (control.name, control["type"] ?? "text") {
    case ("textarea", _): return [(name, control.text)]
    case ("select", _):
      let own = options[name] ?? []
      let chosen = own.first { $0["selected"] != nil } ?? own.first
      return chosen.map { [(name, $0["value"] ?? $0.text)] } ?? []
    case (_, "checkbox"), (_, "radio"):
      return control["checked"] == nil ? [] : [(name, control["value"] ?? "on")]
    case (_, "file"), (_, "submit"), (_, "button"): return []
    default: return [(name, control["value"] ?? "")]
    }
  }

  /// The value that a field has now.
  package subscript(_ name: String) -> String? { values.first { $0.name == name }?.value }

  /// Whether there is a field of that name.
  package func has(_ name: String) -> Bool { controls.contains { $0["name"] == name } }

  /// Types, chooses and ticks. Only what the form offers can be chosen.
  package func fill(_ typed: KeyValuePairs<String, String>) throws -> PageForm {
    try typed.reduce(self) { try $0.setting($1.key, to: $1.value) }
  }

  private func setting(_ name: String, to value: String) throws -> PageForm {
    let own = controls.filter { $0["name"] == name }
    guard let first = own.first else { throw NotOnPage("field \(name)", page) }
    if first.name == "select", options[name]?.contains(where: { $0["value"] == value }) != true {
      throw NotOnPage("option \(value) of \(name)", page)
    }
    if first["type"] == "radio", !own.contains(where: { $0["value"] == value }) {
      throw NotOnPage("choice \(value) of \(name)", page)
    }
    return forging(name, value)
  }

  /// The value of the option with this text.
  package func option(_ name: String, _ label: String) throws -> String {
    guard let found = options[name]?.first(where: { $0.text.contains(label) }) else {
      throw NotOnPage("option “\(label)” of \(name)", page)
    }
    return found["value"] ?? found.text
  }

  /// Sends what the page does not offer, as somebody with other tools can; nil leaves a field out.
  package func forging(_ name: String, _ value: String?) -> PageForm {
    var form = self
    form.values.removeAll { $0.name == name }
    if let value { form.values.append((name, value)) }
    return form
  }

  /// Ticks one more of several.
  package func adding(_ name: String, _ value: String) -> PageForm {
    var form = self
    form.values.append((name, value))
    return form
  }

  /// Chooses files.
  package func choosing(_ name: String, _ chosen: [ChosenFile]) throws -> PageForm {
    guard controls.contains(where: { $0["name"] == name && $0["type"] == "file" }) else {
      throw NotOnPage("file field \(name)", page)
    }
    var form = self
    form.files += chosen.map { (name, $0) }
    return form
  }

  /// Presses the button.
  ///
  /// - Parameter following: whether redirects are followed, as a browser does.
  @discardableResult
  package func submit(following: Bool = true) async throws -> Page {
    guard isPost else {
      return try await page.browser.open(
        action + "?" + Self.urlEncoded(values), following: following)
    }
    let (type, body) = encoded()
    return try await page.browser.send(
      action, body: body, type: type, following: following)
  }

  /// What a browser sends: its type and its bytes.
  package func encoded() -> (type: String, body: [UInt8]) {
    isMultipart
      ? ("multipart/form-data; boundary=\(Self.boundary)", multipart())
      : ("application/x-www-form-urlencoded", Array(Self.urlEncoded(values).utf8))
  }

  // MARK: Encodings

  package static let boundary = "----portal0123456789"

  private func multipart() -> [UInt8] {
    var body: [UInt8] = []
    func part(_ head: String, _ content: [UInt8]) {
      body += Array("--\(Self.boundary)\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8)
      body += content + [13, 10]
    }
    for (name, value) in values { part("name=\"\(name)\"", Array(value.utf8)) }
    for (name, file) in files {
      part("name=\"\(name)\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)", file.bytes)
    }
    let chosen = Set(files.map(\.name))
    for control in controls where control["type"] == "file" {
      guard let name = control["name"], !chosen.contains(name) else { continue }
      part("name=\"\(name)\"; filename=\"\"\r\nContent-Type: application/octet-stream", [])
    }
    return body + Array("--\(Self.boundary)--\r\n".utf8)
  }

  static func urlEncoded(_ values: [(name: String, value: String)]) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._")
    func encoded(_ text: String) -> String {
      text.addingPercentEncoding(withAllowedCharacters: allowed.intersection(.ascii)) ?? ""
    }
    return values.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
  }
}

extension CharacterSet {
  fileprivate static let ascii = CharacterSet(charactersIn: Unicode.Scalar(0)...Unicode.Scalar(127))
}
