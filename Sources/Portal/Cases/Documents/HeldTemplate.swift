import Domain
import Foundation
import Postgres

/// A template as a county wrote it.
struct SetTemplate: RowDecodable, Sendable {
  let kind: DocumentKind
  let sequence: Int
  let body: String
  let setByName: String
  let setAt: Date

  init(_ row: Row) throws {
    kind = try row("kind")
    sequence = try row("sequence")
    body = try row("body")
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }
}

/// The text that holds for a kind.
struct HeldTemplate: Sendable {
  let kind: DocumentKind
  /// 0 where it is the portal's own.
  let sequence: Int
  let body: String

  init(_ kind: DocumentKind, _ set: SetTemplate?) {
    self.kind = kind
    sequence = set?.sequence ?? 0
    body = set?.body ?? BuiltInTemplates.text(of: kind)
  }

  var template: DocumentTemplate {
    get throws { try DocumentTemplate(body, knowing: kind.form.placeholders) }
  }
}

/// The templates of a county, the newest of each kind first.
func setTemplates(of county: AreaCode, _ kind: DocumentKind? = nil) -> Query<SetTemplate> {
  Query(
    """
    SELECT kind, sequence, body, set_by_name, set_at FROM document_templates
    WHERE area = \(county) AND (\(optional: kind)::text IS NULL OR kind = \(optional: kind))
    ORDER BY kind, sequence DESC
    """)
}

extension Transaction {
  func heldTemplate(_ kind: DocumentKind, in county: AreaCode) throws -> HeldTemplate {
    HeldTemplate(kind, try first(setTemplates(of: county, kind)))
  }
}
