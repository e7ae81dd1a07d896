extension CellKind {
  /// The same cells read into values of another type.
  ///
  /// - Parameters:
  ///   - mask: what the cell is shown as in reports; the kind's own where it is nil.
  ///   - read: the other value, or what is wrong with it.
  public func mapped<Other: Sendable>(
    to type: Other.Type = Other.self, mask: (@Sendable (String) -> String)? = nil,
    read other: @escaping @Sendable (Value) throws(CellProblem) -> Other,
    write value: @escaping @Sendable (Other) -> Value?
  ) -> CellKind<Other> {
    let (read, write) = (self.read, self.write)
    return CellKind<Other>(
      hint: hint, choices: choices, format: format, measure: measure, doubt: doubt,
      mask: mask ?? self.mask,
      read: { cell, system throws(CellProblem) in
        guard let found = try read(cell, system) else { return nil }
        return try other(found)
      },
      write: { value($0).map(write) ?? .empty })
  }
}
