extension SheetColumn {
  /// A column whose cells are of a kind and stand in the record at a place of it.
  ///
  /// - Parameters:
  ///   - synonyms: other titles of the same thing; brackets, stars and blanks in titles do not count
  ///   - required: whether the sheet must have the column, and every row a value in it
  ///   - personal: whether values are masked in reports and exports
  ///   - width: in characters, for templates and exports
  ///   - hint: what to fill in; the kind's own hint where it is nil
  ///   - written: where it stands as it was written, when that is not how it is kept
  // Inlinable, as is what it uses: made for the record's own type, a cell costs a third.
  @inlinable public init<Value>(
    _ title: String, synonyms: [String] = [], _ kind: CellKind<Value>, required: Bool = false,
    personal: Bool = false, width: Double = 14, hint: String? = nil,
    at place: any WritableKeyPath<Record, Value?> & Sendable,
    written original: (any WritableKeyPath<Record, String?> & Sendable)? = nil
  ) {
    let field = Field(place)
    self.init(
      title: title, synonyms: synonyms, isRequired: required, isPersonal: personal,
      hint: hint ?? kind.hint, width: width, format: kind.format, choices: kind.choices,
      measure: kind.measure, doubt: kind.doubt,
      shown: { cell in personal ? kind.mask(cell.plainText) : cell.plainText },
      read: { cell, system, record throws(CellProblem) in
        if case .failure = cell { throw .failure }
        guard let value = try kind.read(cell, system) else {
          if required { throw .missing(title) }
          return
        }
        field.set(value, in: &record)
        if let original, let kept = value as? String { keep(cell, unless: kept, original, &record) }
      },
      write: { record in record[keyPath: place].map(kind.write) ?? .empty })
  }
}

/// A field of a record, reached by where it lies in memory: a key path costs more than reading the cell.
@usableFromInline struct Field<Record, Value>: Sendable {
  @usableFromInline let place: any WritableKeyPath<Record, Value?> & Sendable
  /// Nil for a field that is computed.
  @usableFromInline let offset: Int?

  @inlinable init(_ place: any WritableKeyPath<Record, Value?> & Sendable) {
    self.place = place
    offset = MemoryLayout<Record>.offset(of: place)
  }

  @inlinable func set(_ value: Value, in record: inout Record) {
    guard let offset else {
      record[keyPath: place] = value
      return
    }
    withUnsafeMutableBytes(of: &record) { bytes in
      bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: Value?.self).pointee = value
    }
  }
}

extension CellProblem {
  @usableFromInline static var failure: CellProblem {
    CellProblem(.cellFailure, "单元格里的公式没有算出结果，请改正公式或者直接填写内容")
  }

  @usableFromInline static func missing(_ title: String) -> CellProblem {
    CellProblem(.valueMissing, "“\(title)”必须填写，请补上")
  }
}

/// Keeps what stands in a cell where that is other characters than those that were read: Swift's == would have 樂 (U+F914)
/// be 樂.
@usableFromInline func keep<Record>(
  _ cell: Cell, unless kept: String, _ original: any WritableKeyPath<Record, String?> & Sendable,
  _ record: inout Record
) {
  let text = cell.plainText
  if !text.utf8.elementsEqual(kept.utf8) { record[keyPath: original] = text }
}
