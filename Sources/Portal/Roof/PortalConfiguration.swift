package import Accounts
package import Complaints
package import Domain
package import Ground
import Web

/// What a running portal is told from outside.
package struct PortalConfiguration: Sendable {
  /// libpq connection strings, one a login.
  var staffDatabase: String
  var publicDatabase: String
  var inspectorDatabase: String
  var keys: KeyRing
  /// The folder that holds `sql/` and `Public/`.
  var resources: String
  /// The address that people type, if the portal must know it: `https://…` turns on secure cookies.
  package var publicURL: String?
  /// Addresses and networks whose `X-Forwarded-For` is believed, with commas between.
  package var trustedProxies = ""
  /// The county whose pages the public side shows, when the database holds several.
  package var area: String?
  package var floods = FloodSettings()
  /// Connections that one address may hold; a village may stand behind one.
  package var connectionsPerAddress = 1_000
  /// How often each token may call the machine interface.
  package var apiCallsPerMinute = 6_000
  /// What it costs to hash a password.
  package var passwordCost = PasswordHasher.Cost.standard
  package var passwordPolicy = PasswordPolicy()
  /// For so many minutes after somebody typed their password, lists may be taken out without asking again.
  package var freshPasswordMinutes = 10

  package init(
    staffDatabase: String, publicDatabase: String, inspectorDatabase: String, keys: KeyRing,
    resources: String
  ) {
    self.staffDatabase = staffDatabase
    self.publicDatabase = publicDatabase
    self.inspectorDatabase = inspectorDatabase
    self.keys = keys
    self.resources = resources
  }
}

/// What is wrong with a setting; the text says what to do.
enum ConfigurationError: Error, CustomStringConvertible {
  case trustedProxies
  case area(String)

  var description: String {
    switch self {
    case .trustedProxies: "PORTAL_TRUSTED_PROXIES 应为地址或网段，用逗号隔开，如 127.0.0.1,10.0.0.0/8"
    case .area(let text): "PORTAL_AREA “\(text)”不是行政区划代码"
    }
  }
}
