import Domain
import Postgres

/// What the sheets of the register call an area: its name where that is clear, else its code.
struct TownshipTexts {
  private let texts: [String: String]

  init(in scope: AreaCode, _ tx: Transaction) throws {
    let areas = try tx.all(
      Query("SELECT code, name FROM areas WHERE code ^@ \(scope.rawValue)") { row in
        (code: try row("code", as: String.self), name: try row("name", as: String.self))
      })
    let bearers = Dictionary(grouping: areas, by: \.name)
    texts = Dictionary(
      uniqueKeysWithValues: areas.map { area in
        let isClear = bearers[area.name]?.count == 1 && area.code.utf8.count == 9
        return (area.code, isClear ? area.name : area.code)
      })
  }

  subscript(_ area: AreaCode) -> String { texts[area.rawValue] ?? area.rawValue }
}
