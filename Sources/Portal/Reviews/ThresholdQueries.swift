package import Domain
package import Foundation
import Pages
package import Postgres

/// A line of a county and year as somebody set it.
package struct Threshold: RowDecodable {
  package let year: Int
  package let kind: ThresholdKind
  package let amount: Hundredths
  package let document: String
  /// Counts the settings of this line in its year, from 1; the highest is in force.
  package let sequence: Int
  package let setByName: String
  package let setAt: Date

  package init(_ row: Row) throws {
    year = try row("year")
    kind = try row("kind")
    amount = try row("amount")
    document = try row("document")
    sequence = try row("sequence")
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }

  /// `1,980.00 元`.
  package var text: String { kind.text(amount) }
}

extension ThresholdKind {
  /// An amount with what it is counted in; months are whole.
  package func text(_ amount: Hundredths) -> String {
    let number = isWhole ? grouped(amount.count / 100) : amount.grouped
    return "\(number) \(unit)"
  }

  /// Whether it counts months.
  package var isWhole: Bool { self == .emptyMonths || self == .arrearsMonths }
}

/// The lines in force in a year; nothing is taken from another year.
package func thresholds(of county: AreaCode, year: Int) -> Query<Threshold> {
  Query(
    """
    SELECT DISTINCT ON (kind) year, kind, amount, document, sequence, set_by_name, set_at
    FROM thresholds WHERE area = \(county) AND year = \(year)
    ORDER BY kind, sequence DESC
    """)
}

/// The latest year up to the wanted one for which lines are set; nil when there is none.
package func yearOfLines(of county: AreaCode, upTo year: Int) -> Query<Int?> {
  Query("SELECT max(year) AS year FROM thresholds WHERE area = \(county) AND year <= \(year)") {
    row in try row("year", as: Int?.self)
  }
}

/// The years for which a county has lines.
package func yearsWithLines(of county: AreaCode) -> Query<Int> {
  Query("SELECT DISTINCT year FROM thresholds WHERE area = \(county) ORDER BY year DESC")
}

/// A setting of a line, with the one before it.
package struct ThresholdChange: RowDecodable {
  package let after: Threshold
  let beforeAmount: Hundredths?
  package let beforeDocument: String?

  package init(_ row: Row) throws {
    after = try Threshold(row)
    beforeAmount = try row("before_amount")
    beforeDocument = try row("before_document")
  }

  /// `1,980.00 元`, what was in force before; nil for the first.
  package var beforeText: String? { beforeAmount.map { after.kind.text($0) } }
}

/// Every setting of the lines of a year, the newest first.
package func thresholdChanges(of county: AreaCode, year: Int) -> Query<ThresholdChange> {
  Query(
    """
    SELECT t.year, t.kind, t.amount, t.document, t.sequence, t.set_by_name, t.set_at,
      b.amount AS before_amount, b.document AS before_document
    FROM thresholds t
    LEFT JOIN thresholds b ON b.area = t.area AND b.year = t.year AND b.kind = t.kind
      AND b.sequence = t.sequence - 1
    WHERE t.area = \(county) AND t.year = \(year)
    ORDER BY t.id DESC
    """)
}

extension Transaction {
  /// The lines that hold in an area and year: those of its county, of the latest year up to this one
  /// that has any.
  package func eligibilityLines(for area: AreaCode, year: Int) throws -> EligibilityLines {
    guard let county = area.county,
      let found = try one(yearOfLines(of: county, upTo: year))
    else { return EligibilityLines([:]) }
    let lines = try all(thresholds(of: county, year: found)).map { line in
      (line.kind, EligibilityLine(amount: line.amount, document: line.document))
    }
    return EligibilityLines(Dictionary(lines) { first, _ in first }, year: found)
  }
}
