import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Reviews
import Web

/// What a form says of one line: an amount with its document, over the setting that was in force when
/// the form was drawn.
struct TypedLine: Sendable {
  let kind: ThresholdKind
  let amount: Hundredths
  let document: String
  /// The sequence of that setting; 0 where there was none.
  let base: Int
}

/// The lines of a year as they were typed.
struct ThresholdForm: Sendable {
  static let years = 2000...2100
  static let largest = Hundredths(count: 100_000_000_000)

  let year: Int
  let lines: [TypedLine]

  init?(_ checker: inout FormChecker) {
    let year = checker.integer("year", "年度", in: Self.years)
    var lines: [TypedLine] = []
    for kind in ThresholdKind.allCases {
      if let line = Self.line(kind, &checker) { lines.append(line) }
    }
    guard checker.isValid, let year else { return nil }
    self.year = year
    self.lines = lines
  }

  /// Nil where nothing is typed, or with a message where something is wrong.
  private static func line(_ kind: ThresholdKind, _ checker: inout FormChecker) -> TypedLine? {
    let base = checker.fields[kind.sequenceField].flatMap { Int32($0) }.map { Int($0) } ?? 0
    let isBlank = [kind.amountField, kind.documentField].allSatisfy {
      checker.fields.trimmed($0) == nil
    }
    if isBlank, base == 0 { return nil }
    let amount = amount(kind, &checker)
    let document = checker.column(kind.documentField, "\(kind.title)的依据文件", max: 200)
    if let document, document.unicodeScalars.count < 2 {
      checker.fail(kind.documentField, "请写明\(kind.title)的依据文件，例如 清政〔2021〕12号")
      return nil
    }
    guard let amount, let document else { return nil }
    return TypedLine(kind: kind, amount: amount, document: document, base: base)
  }

  private static func amount(_ kind: ThresholdKind, _ checker: inout FormChecker) -> Hundredths? {
    if kind.isWhole {
      return checker.integer(kind.amountField, kind.title, in: 1...120)
        .map { Hundredths(count: $0 * 100) }
    }
    return checker.hundredths(kind.amountField, kind.title, in: .zero...Self.largest)
  }
}

extension ThresholdKind {
  var amountField: String { "amount_\(rawValue)" }
  var documentField: String { "document_\(rawValue)" }
  var sequenceField: String { "sequence_\(rawValue)" }

  /// What the line means, below its name.
  var hint: String {
    switch self {
    case .incomePerHead: "家庭人均月收入超过它的，列为疑点 R2"
    case .householdAssets: "家庭全部资产超过它的，列为疑点 R3"
    case .vehicleValue: "家庭全部车辆价值超过它的，列为疑点 R3"
    case .electricity: "一个月用电不超过它的，视为没有使用（R6）"
    case .water: "一个月用水不超过它的，视为没有使用（R6）"
    case .emptyMonths: "连续这么多个月没有使用的，列为疑点 R6；《公共租赁住房管理办法》第二十七条为 6 个月"
    case .arrearsMonths: "累计欠租这么多个月的，列为疑点 R7；《公共租赁住房管理办法》第二十九条为 6 个月"
    }
  }
}

/// Lines that somebody else has set since a form was drawn, and that the form would set too.
struct ThresholdsOvertaken: Error {
  let kinds: [ThresholdKind]
}

extension Transaction {
  /// Sets the lines that differ from what is in force.
  ///
  /// - Returns: how many were set.
  /// - Throws: ``ThresholdsOvertaken`` when somebody else was faster; nothing is set then.
  func setThresholds(
    _ form: ThresholdForm, of county: AreaCode, by origin: AuditOrigin, _ principal: Principal,
    at now: Date
  ) throws -> Int {
    let history = try all(thresholdChanges(of: county, year: form.year)).map(\.after)
    var overtaken: [ThresholdKind] = []
    var wanted: [(line: TypedLine, before: Threshold?)] = []
    for line in form.lines {
      let settings = history.filter { $0.kind == line.kind }
      let current = settings.first
      if let current, line.says(the: current) { continue }
      if current?.sequence ?? 0 == line.base {
        wanted.append((line, current))
      } else if settings.first(where: { $0.sequence == line.base }).map(line.says(the:)) != true {
        overtaken.append(line.kind)
      }
    }
    guard overtaken.isEmpty else { throw ThresholdsOvertaken(kinds: overtaken) }
    for (line, before) in wanted {
      try set(line, in: form.year, of: county, by: principal, at: now)
      try audit(line.event(in: form.year, of: county, before: before), by: origin)
    }
    return wanted.count
  }

  private func set(
    _ line: TypedLine, in year: Int, of county: AreaCode, by principal: Principal, at now: Date
  ) throws {
    do {
      try execute(
        """
        INSERT INTO thresholds (area, year, kind, amount, document, sequence, set_by, set_by_name,
          set_at)
        VALUES (\(county), \(year), \(line.kind), \(line.amount), \(line.document), \(line.base + 1),
          \(principal.accountID), \(principal.displayName), \(now))
        """)
    } catch let error as PostgresError where error.isUniqueViolation("thresholds_key") {
      throw ThresholdsOvertaken(kinds: [line.kind])
    }
  }
}

extension TypedLine {
  fileprivate func says(the setting: Threshold) -> Bool {
    setting.amount == amount && setting.document == document
  }

  fileprivate func event(in year: Int, of county: AreaCode, before: Threshold?) -> AuditEvent {
    AuditEvent(
      action: .setThreshold, entity: "thresholds",
      entityID: "\(county)-\(year)-\(kind.rawValue)",
      before: before.map { ["amount": $0.amount.text, "document": $0.document] },
      after: ["amount": amount.text, "document": document])
  }
}
