import Domain
import Findings
import Ground
import HTML
import Pages
import Postgres

/// A finding on which a case rests.
struct CaseFinding: Sendable {
  let id: FindingID
  let rule: FindingRule
  let text: String
}

extension Transaction {
  /// The findings on which a case rests, in the order in which they were found.
  func caseFindings(_ id: CaseID, keys: KeyRing) throws -> [CaseFinding] {
    let found = try all(
      Query(
        """
        SELECT f.id, \(SealedWords.columns)
        FROM \(SealedWords.source(
          "case_findings c JOIN findings f ON f.id = c.finding_id WHERE c.case_id = \(id) AND c.released_at IS NULL"))
        \(SealedWords.joins)
        ORDER BY f.id
        """
      ) { row in
        (
          id: try row("id", as: FindingID.self), rule: try row("rule", as: FindingRule.self),
          words: try SealedWords(row)
        )
      })
    return found.map { CaseFinding(id: $0.id, rule: $0.rule, text: $0.words.text(keys)) }
  }
}

/// What a case rests on, on its page.
func caseFindingTable(_ findings: [CaseFinding]) -> HTML {
  dataTable(
    caption: "疑点",
    columns: [
      Column("规则") { "\($0.rule.rawValue) \($0.rule.title)" }, Column("说明") { "\($0.text)" },
    ], rows: findings, link: { Paths.deskFinding.link($0.id) },
    empty: emptyState("不是由疑点转来的"))
}
