import Domain
import Foundation
import Postgres

/// Who sends a county's documents.
struct DocumentOffice: RowDecodable, Sendable {
  /// 0 where the county has said nothing yet.
  let sequence: Int
  var organ: String
  var organMark: String
  var organAddress = ""
  var organCode = ""
  var organHead = ""
  var contact = ""
  var phone = ""
  var court: String
  var reviewOrgan: String
  var setByName: String?
  var setAt: Date?

  init(_ row: Row) throws {
    sequence = try row("sequence")
    organ = try row("organ")
    organMark = try row("organ_mark")
    organAddress = try row("organ_address")
    organCode = try row("organ_code")
    organHead = try row("organ_head")
    contact = try row("contact")
    phone = try row("phone")
    court = try row("court")
    reviewOrgan = try row("review_organ")
    setByName = try row("set_by_name")
    setAt = try row("set_at")
  }

  /// As it usually is in a county of this name.
  init(usualIn county: String) {
    sequence = 0
    organ = county + "住房和城乡建设局"
    organMark = String(county.prefix(1)) + "住建"
    court = county + "人民法院"
    reviewOrgan = county + "人民政府"
  }

  var values: [DocumentPlaceholder: String] {
    [
      .organ: organ, .organAddress: organAddress, .organCode: organCode, .organHead: organHead,
      .contact: contact, .phone: phone, .court: court, .reviewOrgan: reviewOrgan,
    ]
  }
}

/// The one that holds first.
func documentOffices(of county: AreaCode) -> Query<DocumentOffice> {
  Query(
    """
    SELECT sequence, organ, organ_mark, organ_address, organ_code, organ_head, contact, phone, court,
      review_organ, set_by_name, set_at
    FROM document_offices WHERE area = \(county) ORDER BY sequence DESC
    """)
}

extension Transaction {
  func documentOffice(of county: AreaCode) throws -> DocumentOffice {
    if let set = try first(documentOffices(of: county)) { return set }
    let name = try first(Query<String>("SELECT name FROM areas WHERE code = \(county)"))
    return DocumentOffice(usualIn: name ?? "")
  }
}
