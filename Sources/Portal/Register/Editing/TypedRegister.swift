import Domain
import Postgres
import Web

/// A township as a choice in a form.
struct TownshipChoice: RowDecodable {
  let code: AreaCode
  let name: String

  init(_ row: Row) throws {
    code = try row("code")
    name = try row("name")
  }
}

/// The townships of an area: where estates stand and households belong.
func townships(in area: AreaCode) -> Query<TownshipChoice> {
  Query(
    """
    SELECT code, name FROM areas
    WHERE code ^@ \(area) AND length(code) = \(constant: AreaLevel.township.digits)
    ORDER BY code
    """)
}

extension FormChecker {
  /// One of the townships that the editor may see.
  mutating func township(_ principal: Principal) -> AreaCode? {
    value("township", "乡镇", message: "请选择乡镇") { text in
      AreaCode(text).flatMap {
        $0.level == .township && principal.area.contains($0) ? $0 : nil
      }
    }
  }
}
