import Domain
import Spreadsheet

/// A row of a sheet that holds the values of a check.
protocol CheckRow: Sendable {
  /// By field, each as the canonical text of its kind.
  var texts: [CheckFieldName: String] { get set }
}

extension CheckRow {
  subscript(text name: CheckFieldName) -> String? {
    get { texts[name] }
    set { texts[name] = newValue }
  }
}

extension CheckType {
  /// A column for each field of the check.
  ///
  /// - Parameters:
  ///   - required: whether a row must have what an answer must have.
  ///   - today: no day or month may lie after it.
  func columns<Record: CheckRow>(required: Bool, today: Day) -> [SheetColumn<Record>] {
    fields.map { field in
      SheetColumn(
        field.title, synonyms: field.synonyms, field.cellKind(today: today),
        required: required && field.isRequired, personal: true, width: field.width,
        hint: field.hint, at: \Record.[text: field.name])
    }
  }
}

extension CheckField {
  fileprivate var width: Double {
    if case .text(let max) = kind, max > 100 { 36 } else { 16 }
  }

  fileprivate var hint: String? { unit.map { "单位：\($0)" } }

  /// How its cells are read: whatever an office writes becomes the field's canonical text, so that the
  /// same thing said twice is the same.
  func cellKind(today: Day) -> CellKind<String> {
    switch kind {
    case .money, .quantity:
      checked(.hundredths(Self.amounts), today, text: \.text) { Hundredths($0) }
    case .whole(let range): checked(.integer(range), today, text: \.description) { Int($0) }
    case .text(let max): checked(.code(max: max), today, hidden: true, text: \.self) { $0 }
    case .day: checked(.day, today, text: \.iso) { Day(iso: $0) }
    case .month:
      checked(
        .month, today, text: { String($0.iso.prefix(7)) }, value: { Day(iso: "\($0)-01") })
    case .area: checked(.area, today, text: \.rawValue) { AreaCode($0) }
    case .choice(let choices):
      checked(.choice(choices.map { ($0.value, $0.title, [$0.value]) }), today, text: \.self) { $0 }
    }
  }

  private static let amounts = Hundredths.zero...Hundredths(count: 100_000_000_000)

  /// - Parameter hidden: whether reports do not show what stands in the cell: a text may say of
  ///   somebody where they live, a wrong number says nothing.
  private func checked<Value: Sendable>(
    _ kind: CellKind<Value>, _ today: Day, hidden: Bool = false,
    text: @escaping @Sendable (Value) -> String, value: @escaping @Sendable (String) -> Value?
  ) -> CellKind<String> {
    let field = self
    let mask: @Sendable (String) -> String = { hidden ? "" : $0 }
    return kind.mapped(mask: mask) { found throws(CellProblem) in
      do throws(CheckFieldError) {
        return try field.canonical(text(found), today: today)
      } catch {
        throw CellProblem(.fieldValue, error.description)
      }
    } write: {
      value($0)
    }
  }
}

extension ProblemCause {
  static let fieldValue = ProblemCause("field_value", "核查内容超出范围")
}
