import Domain
package import Foundation
import Ground
package import Postgres

/// A county as a command sets it up: the areas it lies in and holds, and what its pages say.
package struct NewCounty: Sendable {
  enum Refusal: Error, CustomStringConvertible {
    case code(String)
    case township(String)
    case exists(String)

    var description: String {
      switch self {
      case .code(let code): "“\(code)”不是县级行政区划代码，应为 6 位数字，如 350423"
      case .township(let text): "“\(text)”应写作 350423100=龙津镇，代码须以县代码开头"
      case .exists(let name):
        "\(name)已经建立；增加乡镇用 portal county township，更名用 portal county rename"
      }
    }
  }

  let area: AreaCode
  let name: String
  let townships: [(code: AreaCode, name: String)]
  let organiser: String?
  let contact: String?

  /// - Parameter townships: `350423100=龙津镇` each
  package init(
    code: String, name: String, townships: [String] = [], organiser: String? = nil,
    contact: String? = nil
  ) throws {
    guard let area = AreaCode(code), area.level == .county else { throw Refusal.code(code) }
    self.area = area
    self.name = name
    self.organiser = organiser
    self.contact = contact
    self.townships = try townships.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let township = AreaCode(parts[0]), township.level == .township,
        area.contains(township)
      else { throw Refusal.township(text) }
      return (township, parts[1])
    }
  }

  /// - Parameter codes: where the names of its province and city come from.
  package func write(to owner: Database, codes: AreaCatalogue, at now: Date) async throws {
    try await owner.transaction { tx in
      var above = area.parent
      while let code = above {
        try tx.insertArea(code, codes.name(of: code) ?? code.rawValue)
        above = code.parent
      }
      try tx.insertArea(area, name)
      for township in townships { try tx.insertArea(township.code, township.name) }
      let created = try tx.execute(
        """
        INSERT INTO site_settings (area, county_name, title, bureaus, organiser, contact)
        VALUES (\(area), \(name), \(CountyTexts.title), \(CountyTexts.bureaus), \(optional: organiser),
          \(optional: contact))
        ON CONFLICT DO NOTHING
        """)
      guard created == 1 else { throw Refusal.exists(name) }
      try tx.audit(
        AuditEvent(
          action: .createCounty, entity: "site_settings", entityID: area.rawValue,
          after: ["name": name]),
        by: .command("county create", area: area, at: now))
    }
  }
}

/// What the pages of a county say until somebody says something else.
enum CountyTexts {
  static let title = "公租房租后管理点题整治"
  static let bureaus = Bureau.allCases.map(\.title)
}

extension Transaction {
  @discardableResult
  func insertArea(_ code: AreaCode, _ name: String) throws -> Bool {
    try execute(
      "INSERT INTO areas (code, name) VALUES (\(code), \(name)) ON CONFLICT DO NOTHING") == 1
  }
}
