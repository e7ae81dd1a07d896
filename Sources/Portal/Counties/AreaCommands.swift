package import Domain
package import Foundation
import Ground
package import Postgres

/// Areas as an operator keeps them, through the owner's login; audited as done by the command.
package struct AreaCommands: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    case unknown(AreaCode)
    case exists(AreaCode)
    case name

    var description: String {
      switch self {
      case .unknown(let code) where code.level == .township:
        "没有行政区划 \(code)，请先用 portal county township 增加"
      case .unknown(let code): "没有行政区划 \(code)，请先用 portal county create 建立"
      case .exists(let code): "区划 \(code) 已经有了；更名用 portal county rename"
      case .name: "名称应为 1 至 \(AreaName.longest) 个字"
      }
    }
  }

  private let owner: Database

  /// - Parameter owner: the owner's login.
  package init(_ owner: Database) { self.owner = owner }

  /// Townships of counties that are there.
  ///
  /// - Parameter texts: `350423100=龙津镇` each
  package func addTownships(_ texts: [String], at now: Date) async throws {
    let places = try texts.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let code = AreaCode(parts[0]), code.level == .township else {
        throw NewCounty.Refusal.township(text)
      }
      guard AreaName.isValid(parts[1]) else { throw Refusal.name }
      return (code, parts[1])
    }
    try await owner.transaction { tx in
      for (code, name) in places {
        guard let county = code.county, try tx.first(areaLine(county)) != nil else {
          throw Refusal.unknown(code.county ?? code)
        }
        guard try tx.insertArea(code, name) else { throw Refusal.exists(code) }
        try tx.audit(
          AuditEvent(
            action: .addArea, entity: "areas", entityID: code.rawValue, after: ["name": name]),
          by: .command("county township", area: county, at: now))
      }
    }
  }

  package func rename(_ code: AreaCode, to name: String, at now: Date) async throws {
    guard AreaName.isValid(name) else { throw Refusal.name }
    try await owner.transaction { tx in
      guard let before = try tx.first(areaLine(code)) else { throw Refusal.unknown(code) }
      try tx.execute(
        "UPDATE areas SET name = \(name), version = version + 1 WHERE code = \(code)")
      try tx.execute(
        """
        UPDATE site_settings SET county_name = \(name), version = version + 1 WHERE area = \(code)
        """)
      try tx.audit(
        AuditEvent(
          action: .renameArea, entity: "areas", entityID: code.rawValue,
          before: ["name": before.name], after: ["name": name]),
        by: .command("county rename", area: code, at: now))
    }
  }

  /// Provinces and cities that stand there under their code get their name.
  package func nameWhatIsCalledByItsCode(_ codes: AreaCatalogue) async throws {
    try await owner.transaction { tx in
      let nameless = try tx.all(Query<AreaCode>("SELECT code FROM areas WHERE name = code::text"))
      for code in nameless {
        guard let name = codes.name(of: code) else { continue }
        try tx.execute(
          "UPDATE areas SET name = \(name), version = version + 1 WHERE code = \(code)")
      }
    }
  }
}

/// What an area may be called.
enum AreaName {
  static let longest = 40

  static func isValid(_ name: String) -> Bool { (1...longest).contains(name.unicodeScalars.count) }
}
