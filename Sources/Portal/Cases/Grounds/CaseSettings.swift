import Domain
import Foundation
import Postgres

/// What a county has confirmed for a ground.
struct SetGround: RowDecodable {
  let nature: ExitNature
  let sequence: Int
  let route: CaseRoute
  let articles: String
  let localRule: String
  let evidence: StepEvidence
  let setByName: String
  let setAt: Date

  init(_ row: Row) throws {
    nature = try row("nature")
    sequence = try row("sequence")
    route = try row("route")
    articles = try row("articles")
    localRule = try row("local_rule")
    evidence = StepEvidence(stored: try row("evidence", as: [String].self))
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }

  /// A ground that no article names rests on a local rule; a county that names one has it cited.
  var ground: ExitGround {
    ExitGround(
      nature: nature, route: route, articles: articles,
      needsLocalRule: articles.isEmpty && localRule.isEmpty, localRule: localRule,
      evidence: evidence)
  }
}

/// Every setting of a county, the newest of each ground first.
func setGrounds(of county: AreaCode) -> Query<SetGround> {
  Query(
    """
    SELECT nature, sequence, route, articles, local_rule, evidence, set_by_name, set_at
    FROM exit_grounds
    WHERE area = \(county) ORDER BY nature, sequence DESC
    """)
}

/// How a county handles its cases.
struct CaseSettings: RowDecodable {
  let sequence: Int
  let needsLegalReview: Bool
  let setByName: String
  let setAt: Date

  init(_ row: Row) throws {
    sequence = try row("sequence")
    needsLegalReview = try row("needs_legal_review")
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }
}

/// The one that holds first.
func caseSettings(of county: AreaCode) -> Query<CaseSettings> {
  Query(
    """
    SELECT sequence, needs_legal_review, set_by_name, set_at FROM case_settings
    WHERE area = \(county) ORDER BY sequence DESC
    """)
}

extension Transaction {
  /// What holds for a ground in a county: what it has confirmed, or the portal's own row.
  func exitGround(_ nature: ExitNature, in county: AreaCode) throws -> ExitGround {
    let found = try first(
      Query<SetGround>(
        """
        SELECT nature, sequence, route, articles, local_rule, evidence, set_by_name, set_at
        FROM exit_grounds
        WHERE area = \(county) AND nature = \(nature) ORDER BY sequence DESC LIMIT 1
        """))
    return found?.ground ?? .of(nature)
  }
}
