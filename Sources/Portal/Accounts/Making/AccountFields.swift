import Domain
import Ground
import HTML
import Pages
import Postgres
package import Web

/// An area that an administrator may give.
struct AccountPlace: RowDecodable, Sendable {
  let code: AreaCode
  let name: String

  init(_ row: Row) throws {
    code = try row("code")
    name = try row("name")
  }
}

/// The areas of an administrator's county or city, that itself first.
func accountPlaces(in area: AreaCode) -> Query<AccountPlace> {
  Query("SELECT code, name FROM areas WHERE code ^@ \(area)::text ORDER BY code")
}

extension Role {
  /// Those that the system administrator gives: the three administrators are made when the county is set up, and by
  /// command, so that they stay apart.
  static let given = allCases.filter { !$0.isAdministrator }
}

/// What is typed about an account.
struct TypedAccount: Sendable {
  let displayName: String
  let role: Role
  let area: AreaCode

  var audited: [String: String] {
    ["display_name": displayName, "role": role.rawValue, "area": area.rawValue]
  }
}

extension FormChecker {
  /// A name to sign in with.
  package mutating func accountName(_ field: String, _ label: String = "账号") -> String? {
    value(field, label, message: "\(label)应为 2 至 32 个小写字母、数字或连字符，以字母开头") { text in
      let name = AccountName.normalised(text)
      return AccountName.isValid(name) ? name : nil
    }
  }

  /// Name, role and area that go together.
  mutating func account(_ places: [AccountPlace]) -> TypedAccount? {
    let displayName = column("display_name", "姓名", max: 60)
    let role = choice("role", "角色", among: Role.given.map(\.rawValue)).flatMap {
      Role(rawValue: $0)
    }
    let area = choice("area", "所属区划", among: places.map(\.code.rawValue)).flatMap { AreaCode($0) }
    if let role, let area, let problem = role.problem(with: area) { fail("area", problem) }
    guard isValid, let displayName, let role, let area else { return nil }
    return TypedAccount(displayName: displayName, role: role, area: area)
  }
}

extension Role {
  /// Why an account of this role cannot belong to an area; nil when it can.
  func problem(with area: AreaCode) -> String? {
    guard !allowedLevels.contains(area.level) else { return nil }
    let levels = AreaLevel.allCases.filter(allowedLevels.contains).map(\.title)
    return
      "“\(title)”的账号应属于\(levels.joined(separator: "或"))一级，\(area.rawValue) 是\(area.level.title)一级，请改选"
  }
}

/// The fields of an account but its name to sign in.
func accountFields(
  _ view: FormView, _ places: [AccountPlace], displayName: String? = nil, role: Role? = nil,
  area: AreaCode? = nil
) -> HTML {
  let levels = Set(places.map(\.code.level))
  let roles = Role.given.filter { $0 == role || !$0.allowedLevels.isDisjoint(with: levels) }
  return """
    \(view.input("display_name", "姓名", value: displayName, maxlength: 60, autocomplete: "off"))\
    \(view.select("role", "角色", options: roles.map { ($0.rawValue, $0.title) }, value: role?.rawValue))\
    \(view.select(
      "area", "所属区划", options: places.map { ($0.code.rawValue, "\($0.name)（\($0.code)）") },
      value: area?.rawValue, hint: "只能看到所属区划以内的数据；乡镇账号选它的乡镇，其余选县"))
    """
}
