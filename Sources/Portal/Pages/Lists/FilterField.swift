public import Domain
import HTML
public import Postgres
import Web

/// One field of a filter: how it stands in the address and in the filter bar, and what it says of a row.
public struct FilterField<Filter: ListFilter>: Sendable {
  /// A choice as the address says it, and as people read it.
  public typealias Choice = (value: String, text: String)

  /// A property of the filter.
  public typealias Path<Value> = any WritableKeyPath<Filter, Value> & Sendable

  /// The parameter of the address.
  let name: String
  let read: @Sendable (FormFields, inout Filter) throws -> Void
  /// As it stands in the address; nil where it says nothing.
  let value: @Sendable (Filter) -> String?
  /// Whether somebody types it, so that it may be anything: a name, a number. It stands in no address as it is.
  private(set) var isTyped = false
  let draw: @Sendable (ListRequest<Filter>) -> HTML
  let condition: @Sendable (ListRequest<Filter>) -> SQL?

  /// A field that is a value or nothing.
  ///
  /// - Parameters:
  ///   - value: as it stands in the address.
  ///   - draw: its place in the filter bar, given that.
  private init<Value>(
    _ path: Path<Value?>, _ name: String,
    read: @escaping @Sendable (FormFields) throws -> Value?,
    value: @escaping @Sendable (Value) -> String,
    draw: @escaping @Sendable (ListRequest<Filter>, _ selected: String?) -> HTML,
    condition: @escaping @Sendable (Value, ListRequest<Filter>) -> SQL
  ) {
    let text: @Sendable (Filter) -> String? = { $0[keyPath: path].map(value) }
    self.name = name
    self.read = { query, filter in filter[keyPath: path] = try read(query) }
    self.value = text
    self.draw = { asked in draw(asked, text(asked.filter)) }
    self.condition = { asked in asked.filter[keyPath: path].map { condition($0, asked) } }
  }

  fileprivate init(
    _ name: String, read: @escaping @Sendable (FormFields, inout Filter) throws -> Void,
    value: @escaping @Sendable (Filter) -> String?,
    draw: @escaping @Sendable (ListRequest<Filter>) -> HTML,
    condition: @escaping @Sendable (ListRequest<Filter>) -> SQL?
  ) {
    self.name = name
    self.read = read
    self.value = value
    self.draw = draw
    self.condition = condition
  }
}

// MARK: - Enumerations

extension FilterField {
  /// A choice among the values of an enumeration.
  ///
  /// - Parameters:
  ///   - title: the word shown for a value.
  ///   - values: those offered; all when not said.
  ///   - any: the word for no restriction.
  public static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ path: Path<Value?>, _ name: String, _ label: String,
    titled title: @escaping @Sendable (Value) -> String, among values: [Value]? = nil,
    any: String = "全部", condition: @escaping @Sendable (Value, ListRequest<Filter>) -> SQL
  ) -> Self {
    let choices = (values ?? Array(Value.allCases)).map { ($0.rawValue, title($0)) }
    return Self(
      path, name, read: { try $0.filterChoice(name) }, value: \.rawValue,
      draw: { filterSelect(name, label: label, options: choices, selected: $1, any: any) },
      condition: condition)
  }

  /// The same, with a condition that needs nothing but the value.
  public static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ path: Path<Value?>, _ name: String, _ label: String,
    titled title: @escaping @Sendable (Value) -> String, among values: [Value]? = nil,
    any: String = "全部", condition: @escaping @Sendable (Value) -> SQL
  ) -> Self {
    choice(path, name, label, titled: title, among: values, any: any) { value, _ in
      condition(value)
    }
  }

  /// A choice that begins with a value: an address that says nothing means `usual`, and `all` means
  /// no restriction.
  public static func choice<Value: RawRepresentable<String> & CaseIterable & Equatable & Sendable>(
    _ path: Path<Value?>, _ name: String, _ label: String,
    titled title: @escaping @Sendable (Value) -> String, usual: Value,
    condition: @escaping @Sendable (Value) -> SQL
  ) -> Self {
    let everything = "all"
    let choices =
      Value.allCases.filter { $0 != usual }.map { ($0.rawValue, title($0)) }
      + [(everything, "全部")]
    let value: @Sendable (Filter) -> String? = { filter in
      guard let value = filter[keyPath: path] else { return everything }
      return value == usual ? nil : value.rawValue
    }
    return Self(
      name,
      read: { query, filter in
        filter[keyPath: path] =
          query[name] == everything ? nil : try query.filterChoice(name) ?? usual
      }, value: value,
      draw: { asked in
        filterSelect(
          name, label: label, options: choices, selected: value(asked.filter), any: title(usual))
      }, condition: { asked in asked.filter[keyPath: path].map(condition) })
  }

  /// Ticked or not.
  ///
  /// - Parameter text: the one choice beside no restriction.
  public static func flag(
    _ path: Path<Bool>, _ name: String, _ label: String,
    _ text: String, condition: @escaping @Sendable (ListRequest<Filter>) -> SQL
  ) -> Self {
    let value: @Sendable (Filter) -> String? = { $0[keyPath: path] ? "1" : nil }
    return Self(
      name, read: { query, filter in filter[keyPath: path] = query.isChecked(name) }, value: value,
      draw: { asked in
        filterSelect(name, label: label, options: [("1", text)], selected: value(asked.filter))
      }, condition: { asked in asked.filter[keyPath: path] ? condition(asked) : nil })
  }
}

// MARK: - Records and words

extension FilterField {
  /// A choice among records, such as estates.
  public static func record<ID: RecordID>(
    _ path: Path<ID?>, _ name: String, _ label: String,
    among choices: @escaping @Sendable (Filter.Choices) -> [Choice],
    condition: @escaping @Sendable (ID) -> SQL
  ) -> Self {
    Self(
      path, name, read: { try $0.filterChoice(name) }, value: \.description,
      draw: { asked, selected in
        filterSelect(name, label: label, options: choices(asked.choices), selected: selected)
      }, condition: { id, _ in condition(id) })
  }

  /// A choice among areas.
  public static func area(
    _ path: Path<AreaCode?>, _ name: String, _ label: String,
    among choices: @escaping @Sendable (Filter.Choices) -> [Choice],
    condition: @escaping @Sendable (AreaCode) -> SQL
  ) -> Self {
    Self(
      path, name, read: { try $0.filterChoice(name) }, value: \.rawValue,
      draw: { asked, selected in
        filterSelect(name, label: label, options: choices(asked.choices), selected: selected)
      }, condition: { area, _ in condition(area) })
  }

  /// A day.
  ///
  /// - Parameter isShownEmpty: whether it stands in the filter bar while it says nothing.
  public static func day(
    _ path: Path<Day?>, _ name: String, _ label: String, isShownEmpty: Bool = true,
    condition: @escaping @Sendable (Day, ListRequest<Filter>) -> SQL
  ) -> Self {
    Self(
      path, name, read: { try $0.filterDay(name) }, value: \.iso,
      draw: { _, value in
        value == nil && !isShownEmpty ? HTML() : filterDay(name, label: label, value: value)
      }, condition: condition)
  }

  /// A record that a link of another page narrows the list to; it stays while the others change.
  public static func hidden<ID: RecordID>(
    _ path: Path<ID?>, _ name: String,
    condition: @escaping @Sendable (ID) -> SQL
  ) -> Self {
    Self(
      path, name, read: { try $0.filterChoice(name) }, value: \.description,
      draw: { _, value in filterHidden(value.map { (name, $0) }) },
      condition: { id, _ in condition(id) })
  }

  /// Words that somebody types.
  ///
  /// - Parameter max: where they are cut off: no value is longer.
  public static func words(
    _ path: Path<String?>, _ name: String, _ label: String,
    hint: String? = nil, max: Int,
    condition: @escaping @Sendable (String, ListRequest<Filter>) -> SQL
  ) -> Self {
    var field = Self(
      path, name, read: { $0.searchWords(name, max: max) }, value: { $0 },
      draw: { filterText(name, label: label, value: $1, hint: hint) }, condition: condition)
    field.isTyped = true
    return field
  }
}
