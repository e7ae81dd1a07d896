// How the states of a case count in figures; the SQL of figures and lists takes these lists.

extension CaseState {
  /// Whether the case waits for the home to come back, or for the matter to be put right: its due day
  /// counts. Of what is cleared only the closing is owed, and that has no day of its own.
  public var clockRuns: Bool { !isCleared && !isClosed }

  /// The states that count as 发现问题 (应清退).
  public static let found = allCases.filter(\.isVerified)

  /// The states that count as 已清退.
  public static let cleared = allCases.filter(\.isCleared)

  /// The states in which the due day counts.
  public static let waiting = allCases.filter(\.clockRuns)

  /// The states in which nothing more is owed.
  public static let ended = allCases.filter(\.isClosed)
}
