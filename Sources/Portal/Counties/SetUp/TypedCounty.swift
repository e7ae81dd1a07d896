import Accounts
import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// A county as the first person types it.
struct TypedCounty: Sendable {
  /// The three, in the order in which the page asks for them.
  static let administrators: [(role: Role, field: String, account: String)] = [
    (.systemAdmin, "system", "sysadmin"), (.securityAdmin, "security", "secadmin"),
    (.auditAdmin, "audit", "auditadmin"),
  ]

  struct Administrator: Sendable {
    let role: Role
    let account: String
    let displayName: String
  }

  let code: AreaCode
  /// Those that it lies in, itself, and its townships.
  let places: [TypedPlace]
  let name: String
  let organiser: String?
  let contact: String?
  let administrators: [Administrator]

  init?(_ checker: inout FormChecker, county code: AreaCode, codes: AreaCatalogue) {
    var places: [TypedPlace] = []
    for (area, field, label) in [
      (code.parent?.parent, "province_name", "省级名称"), (code.parent, "city_name", "市级名称"),
      (code, "county_name", "县的名称"),
    ] {
      guard let area else { continue }
      if area != code, let name = codes.name(of: area) {
        places.append(TypedPlace(code: area, name: name))
      } else if let name = checker.column(field, label, max: AreaName.longest) {
        places.append(TypedPlace(code: area, name: name))
      }
    }
    if let text = checker.paragraph("townships", "乡镇", max: 8000, required: false) {
      let lines = PlaceLines(text, in: code, levels: [.township])
      if let problem = lines.problem { checker.fail("townships", problem) }
      places += lines.places
    }
    organiser = checker.column("organiser", "主办单位", max: 100, required: false)
    contact = checker.column("contact", "联系方式", max: 100, required: false)
    let administrators = checker.administrators()
    guard checker.isValid, let name = places.first(where: { $0.code == code })?.name else {
      return nil
    }
    self.code = code
    self.places = places
    self.name = name
    self.administrators = administrators
  }
}

extension FormChecker {
  /// Three accounts of three people: nobody holds two of the three.
  fileprivate mutating func administrators() -> [TypedCounty.Administrator] {
    var found: [TypedCounty.Administrator] = []
    for (role, field, _) in TypedCounty.administrators {
      let account = accountName(field + "_account", "\(role.title)的账号")
      let name = column(field + "_name", "\(role.title)的姓名", max: 60)
      guard let account, let name else { continue }
      if found.contains(where: { $0.account == account }) {
        fail(field + "_account", "账号“\(account)”写了两次，三员各用一个账号")
      }
      if found.contains(where: { $0.displayName == name }) {
        fail(field + "_name", "“\(name)”已担任另一个管理员：三员分立，一个人不能兼任两个")
      }
      found.append(TypedCounty.Administrator(role: role, account: account, displayName: name))
    }
    return found
  }
}

// MARK: - Writing

/// An administrator with the password that the slip shows.
struct NewAdministrator: Encodable, Sendable {
  let account: String
  let displayName: String
  let role: String
  let hash: String

  enum CodingKeys: String, CodingKey {
    case account
    case displayName = "display_name"
    case role
    case hash
  }
}

extension Transaction {
  /// Sets the county up, all of it or nothing.
  func setUp(
    _ county: TypedCounty, _ administrators: [NewAdministrator], by token: SessionToken,
    from address: String, at now: Date
  ) throws -> SetUpState {
    var site = SiteTexts()
    site.organiser = county.organiser
    site.contact = county.contact
    let places = county.places.map { ["code": $0.code.rawValue, "name": $0.name] }
    return try one(
      Query<SetUpState>(
        """
        SELECT set_up_county(\(token.hash), \(now), \(address), \(county.code), \(try json(places))::jsonb,
          \(try json(site))::jsonb, \(try json(administrators))::jsonb) AS state
        """
      ) { row in SetUpState(rawValue: try row("state")) ?? .unknown })
  }
}
