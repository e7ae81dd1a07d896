import Crypto
import Domain
import Foundation
import Ground
import Pages
import Postgres

/// What another system presents: `ptk_` and 32 random bytes in hexadecimal digits. Only its hash is kept.
struct APIToken: Sendable {
  private static let prefix = "ptk_"

  let text: String

  /// A new random token.
  init() {
    var generator = SystemRandomNumberGenerator()
    text =
      Self.prefix + hexadecimal((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  /// Nil for what cannot be one.
  init?(_ text: String) {
    let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
    guard text.hasPrefix(Self.prefix), digits.count == 64, digits.allSatisfy({ isHexadecimal($0) })
    else { return nil }
    self.text = text
  }

  /// SHA-256: what stands in `api_tokens`.
  var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

/// What tokens can be given: the permissions that the machine interface asks for.
enum APIPermissions {
  static let all: [(permission: Permission, title: String)] = [
    (.viewReviews, "读取复核轮次"),
    (.answerChecks, "读取本单位待核查的名单（含身份证号），报送答复和数据"),
    (.askCounter, "窗口核查"),
    (.viewProgressFigures, "读取已公布的数据"),
  ]

  static func title(of permission: Permission) -> String {
    all.first { $0.permission == permission }?.title ?? permission.rawValue
  }

  /// Roles whose accounts a system can act for.
  static var roles: [Role] {
    Role.allCases.filter { role in all.contains { role.permissions.contains($0.permission) } }
  }
}

/// A token that is to be issued.
struct NewToken: Sendable {
  /// The longest that one can be good for, in days.
  static let longest = 365

  var account: Principal
  var name: String
  var permissions: [Permission]
  var area: AreaCode
  var expiresAt: Date
}

/// Where a token stands.
enum TokenState: String, CaseIterable, Sendable {
  case active, expired, revoked

  var title: String {
    switch self {
    case .active: "有效"
    case .expired: "已到期"
    case .revoked: "已撤销"
    }
  }

  var kind: TagKind {
    switch self {
    case .active: .ok
    case .expired: .warn
    case .revoked: .neutral
    }
  }
}

extension Transaction {
  /// Issues a token and says so in the audit log; its text is known to the caller alone.
  func issue(
    _ new: NewToken, by creator: AccountID?, named creatorName: String, _ origin: AuditOrigin,
    at now: Date
  ) throws -> APIToken {
    let token = APIToken()
    let id = try one(insertToken(new, token, by: creator, named: creatorName, at: now))
    try audit(
      AuditEvent(
        action: .issueToken, entity: "api_tokens", entityID: id.description,
        after: [
          "name": new.name, "account": new.account.account, "area": new.area.rawValue,
          "permissions": new.permissions.map(\.rawValue).joined(separator: " "),
          "expires_at": ShanghaiTime.isoText(new.expiresAt),
        ]), by: origin)
    return token
  }
}

private func insertToken(
  _ new: NewToken, _ token: APIToken, by creator: AccountID?, named creatorName: String,
  at now: Date
) -> Query<APITokenID> {
  Query(
    """
    INSERT INTO api_tokens (area, account_id, name, token_hash, permissions, created_by,
      created_by_name, created_at, expires_at)
    VALUES (\(new.area), \(new.account.accountID), \(new.name), \(token.hash),
      \(list: new.permissions.map(\.rawValue))::text[], \(optional: creator), \(creatorName), \(now),
      \(new.expiresAt))
    RETURNING id
    """)
}
