extension JSONSchema {
  /// What is wrong with a value.
  ///
  /// - Parameter pointer: where it stands, `#` for the whole.
  /// - Returns: at most about fifty things, nothing when it is right.
  public func problems(of value: JSONValue, at pointer: String = "#") -> [Problem.Item] {
    var found: [Problem.Item] = []
    check(value, pointer, &found)
    return found
  }

  /// More would help nobody.
  private static let most = 50

  private func check(_ value: JSONValue, _ pointer: String, _ found: inout [Problem.Item]) {
    guard found.count < Self.most else { return }
    func wrong(_ detail: String) { found.append(.init(pointer: pointer, detail)) }
    switch self {
    case .text(let rule):
      guard case .string(let text) = value else { return wrong("应是文字") }
      if let problem = rule.whatIsWrong(with: text) { wrong(problem) }
    case .integer(let range):
      guard case .integer(let number) = value, range.contains(number) else {
        return wrong("应是 \(range.lowerBound) 到 \(range.upperBound) 的整数")
      }
    case .boolean:
      guard case .bool = value else { return wrong("应是 true 或 false") }
    case .array(let item, let count):
      guard case .array(let items) = value, count.contains(items.count) else {
        return wrong("应是 \(count.lowerBound) 到 \(count.upperBound) 项的数组")
      }
      for (index, one) in items.enumerated() { item.check(one, "\(pointer)/\(index)", &found) }
    case .object(let properties): Self.check(value, properties, pointer, &found)
    case .variants(let name, let variants):
      guard let kind = value[name]?.text, let variant = variants.first(where: { $0.value == kind })
      else {
        return found.append(
          .init(
            pointer: "\(pointer)/\(name)",
            "应是 \(variants.map(\.value).joined(separator: "、")) 之一"))
      }
      let own = JSONProperty(name, .choice([variant.value]), "")
      Self.check(value, [own] + variant.properties, pointer, &found)
    case .either(let one, let other):
      guard !one.problems(of: value, at: pointer).isEmpty else { return }
      other.check(value, pointer, &found)
    case .nullable(let schema):
      if value != .null { schema.check(value, pointer, &found) }
    case .named(_, let schema): schema.check(value, pointer, &found)
    case .any: break
    }
  }

  private static func check(
    _ value: JSONValue, _ properties: [JSONProperty], _ pointer: String,
    _ found: inout [Problem.Item]
  ) {
    guard case .object(let members) = value else {
      return found.append(.init(pointer: pointer, "应是对象"))
    }
    for property in properties {
      if let given = value[property.name] {
        property.schema.check(given, "\(pointer)/\(property.name)", &found)
      } else if property.isRequired {
        found.append(.init(pointer: "\(pointer)/\(property.name)", "必须给出"))
      }
    }
    // Its name is the sender's, and may be anything: it is not repeated.
    if members.contains(where: { member in !properties.contains { $0.name == member.name } }) {
      found.append(.init(pointer: pointer, "有接口说明里没有的字段"))
    }
  }
}

extension JSONSchema.TextRule {
  /// What is wrong with a text; nil when nothing is.
  func whatIsWrong(with text: String) -> String? {
    if !choices.isEmpty {
      return choices.contains(text) ? nil : "应是 \(choices.joined(separator: "、")) 之一"
    }
    guard length.contains(text.unicodeScalars.count) else {
      return "应是 \(length.lowerBound) 到 \(length.upperBound) 个字"
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return "不能有控制字符"
    }
    guard !hasTowerOfMarks(text) else { return "有太多叠在同一个字上的符号" }
    return problem(text)
  }
}
