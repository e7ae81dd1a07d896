/// What a value of an interface looks like, said once: it stands in the OpenAPI document as JSON Schema
/// (draft 2020-12), and what is sent is checked by it.
public indirect enum JSONSchema: Sendable {
  case text(TextRule)
  case integer(ClosedRange<Int>)
  case boolean
  case array(JSONSchema, count: ClosedRange<Int>)
  /// Names that are not listed are refused.
  case object([JSONProperty])
  /// Objects of several kinds, told apart by the value of one name.
  case variants(by: String, [Variant])
  /// Either of the two; for answers.
  case either(JSONSchema, JSONSchema)
  case nullable(JSONSchema)
  /// A schema that stands in the document under a name.
  case named(String, JSONSchema)
  /// Anything.
  case any

  /// One kind of object.
  public struct Variant: Sendable {
    /// The value that tells it.
    public let value: String
    /// The name under which it stands in the document.
    public let name: String
    public let properties: [JSONProperty]

    public init(_ value: String, name: String, _ properties: [JSONProperty]) {
      self.value = value
      self.name = name
      self.properties = properties
    }
  }

  /// What a text must be.
  public struct TextRule: Sendable {
    /// In code points.
    public var length: ClosedRange<Int>
    public var choices: [String] = []
    /// A format of JSON Schema, such as `date`.
    public var format: String?
    /// A regular expression (ECMA 262) that says the same as `problem`.
    public var pattern: String?
    /// What is wrong with a text of the right length; nil when nothing is.
    public var problem: @Sendable (String) -> String? = { _ in nil }
  }

  /// A text of so many code points, without control characters.
  public static func text(_ length: ClosedRange<Int>) -> JSONSchema {
    .text(TextRule(length: length))
  }

  /// One of a few texts.
  public static func choice(_ values: [String]) -> JSONSchema {
    .text(TextRule(length: 0...200, choices: values))
  }

  /// A text with a rule of its own.
  ///
  /// - Parameter pattern: for the document; `problem` is what decides.
  public static func text(
    _ length: ClosedRange<Int>, format: String? = nil, pattern: String? = nil,
    _ problem: @escaping @Sendable (String) -> String?
  ) -> JSONSchema {
    .text(TextRule(length: length, format: format, pattern: pattern, problem: problem))
  }
}

/// A name in an object, with what stands under it.
public struct JSONProperty: Sendable {
  public let name: String
  public let schema: JSONSchema
  public let isRequired: Bool
  /// In the words of the field.
  public let explanation: String

  public init(
    _ name: String, _ schema: JSONSchema, required: Bool = true, _ explanation: String
  ) {
    self.name = name
    self.schema = schema
    isRequired = required
    self.explanation = explanation
  }
}

// MARK: - In the document

extension JSONSchema {
  /// The schema as JSON; what has a name is only referred to.
  public var json: JSONValue {
    switch self {
    case .text(let rule): rule.json
    case .integer(let range):
      [
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .boolean: ["type": "boolean"]
    case .array(let item, let count):
      [
        "type": "array", "items": item.json, "minItems": .integer(count.lowerBound),
        "maxItems": .integer(count.upperBound),
      ]
    case .object(let properties): Self.json(properties)
    case .variants(let name, let variants):
      [
        "oneOf": .array(variants.map { Self.reference($0.name) }),
        "discriminator": [
          "propertyName": .string(name),
          "mapping": .object(
            variants.map { .init($0.value, .string("#/components/schemas/\($0.name)")) }),
        ],
      ]
    case .either(let one, let other): ["anyOf": [one.json, other.json]]
    case .nullable(let schema): ["anyOf": [schema.json, ["type": "null"]]]
    case .named(let name, _): Self.reference(name)
    case .any: [:]
    }
  }

  static func reference(_ name: String) -> JSONValue {
    ["$ref": .string("#/components/schemas/\(name)")]
  }

  static func json(_ properties: [JSONProperty]) -> JSONValue {
    let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
    var members: [JSONValue.Member] = [
      .init("type", "object"), .init("additionalProperties", false),
      .init("properties", .object(properties.map { .init($0.name, $0.json) })),
    ]
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    return .object(members)
  }

  /// All schemas with names, in this one and below it.
  func collectNamed(into found: inout [String: JSONValue]) {
    switch self {
    case .array(let item, _): item.collectNamed(into: &found)
    case .object(let properties):
      for property in properties { property.schema.collectNamed(into: &found) }
    case .variants(let name, let variants):
      for variant in variants {
        found[variant.name] = Self.json(
          [JSONProperty(name, .choice([variant.value]), variant.value)] + variant.properties)
        for property in variant.properties { property.schema.collectNamed(into: &found) }
      }
    case .either(let one, let other):
      one.collectNamed(into: &found)
      other.collectNamed(into: &found)
    case .nullable(let schema): schema.collectNamed(into: &found)
    case .named(let name, let schema):
      found[name] = schema.json
      schema.collectNamed(into: &found)
    case .text, .integer, .boolean, .any: break
    }
  }
}

extension JSONProperty {
  fileprivate var json: JSONValue {
    guard case .object(let members) = schema.json else { return schema.json }
    return .object(members + [.init("description", .string(explanation))])
  }
}

extension JSONSchema.TextRule {
  fileprivate var json: JSONValue {
    if !choices.isEmpty {
      return ["type": "string", "enum": .array(choices.map { .string($0) })]
    }
    var members: [JSONValue.Member] = [.init("type", "string")]
    if let format { members.append(.init("format", .string(format))) }
    members.append(.init("minLength", .integer(length.lowerBound)))
    members.append(.init("maxLength", .integer(length.upperBound)))
    members.append(.init("pattern", .string(pattern ?? Self.plain)))
    return .object(members)
  }

  /// Neither controls nor blanks alone.
  private static let plain = "^[^\\u0000-\\u001f\\u007f]*$"
}
