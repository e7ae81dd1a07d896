import Configuration
import Foundation
import SystemPackage

/// What the program is told from outside: the environment first, then the file that `PORTAL_CONFIG`
/// names (lines `NAME=value`).
struct Settings: Sendable {
  /// One thing that can be set.
  enum Name: String, CaseIterable {
    case databaseOwner = "PORTAL_DATABASE_OWNER"
    case databaseStaff = "PORTAL_DATABASE_STAFF"
    case databasePublic = "PORTAL_DATABASE_PUBLIC"
    case databaseInspector = "PORTAL_DATABASE_INSPECTOR"
    case keys = "PORTAL_KEYS"
    case listen = "PORTAL_LISTEN"
    case publicURL = "PORTAL_PUBLIC_URL"
    case trustedProxies = "PORTAL_TRUSTED_PROXIES"
    case resources = "PORTAL_RESOURCES"
    case area = "PORTAL_AREA"
    case complaintRate = "PORTAL_COMPLAINT_RATE"
    case apiRate = "PORTAL_API_RATE"
    case connectionRate = "PORTAL_CONNECTIONS_PER_ADDRESS"
    case passwordLength = "PORTAL_PASSWORD_LENGTH"
    case passwordClasses = "PORTAL_PASSWORD_CLASSES"
    case freshPassword = "PORTAL_FRESH_PASSWORD"
    case tlsCertificate = "PORTAL_TLS_CERTIFICATE"
    case tlsKey = "PORTAL_TLS_KEY"
    case demoPassword = "PORTAL_DEMO_PASSWORD"

    /// What a proxy in front took over: no longer to be set.
    static let retired: [Name] = [.tlsCertificate, .tlsKey]

    /// What it is when nobody sets it; nil when somebody must.
    var standard: String? {
      switch self {
      case .listen: "127.0.0.1:8080"
      case .resources: FileManager.default.currentDirectoryPath
      case .trustedProxies: ""
      case .complaintRate: "60"
      case .apiRate: "6000"
      case .connectionRate: "1000"
      case .passwordLength: "10"
      case .passwordClasses: "3"
      case .freshPassword: "10"
      default: nil
      }
    }

    /// Whether `portal doctor` hides it: connection strings may hold passwords.
    var isSecret: Bool {
      switch self {
      case .databaseOwner, .databaseStaff, .databasePublic, .databaseInspector, .demoPassword: true
      default: false
      }
    }
  }

  struct Retired: Error, CustomStringConvertible {
    let name: Name
    var description: String {
      "门户自己不再提供 TLS，请删去设置 \(name.rawValue)，由前面的代理（nginx、Caddy、HAProxy）提供 HTTPS，"
        + "并设置 PORTAL_PUBLIC_URL=https://… 和 PORTAL_TRUSTED_PROXIES"
    }
  }

  struct Missing: Error, CustomStringConvertible {
    let name: Name
    var description: String { "缺少设置 \(name.rawValue)：请在环境变量或 PORTAL_CONFIG 文件中写明" }
  }

  private let reader: ConfigReader

  /// - Parameter asOwner: whether `owner.env` beside the file is read as well: what works as the owner of the
  ///   tables finds its connection string there, and what serves pages does not look.
  static func load(asOwner: Bool = false) async throws -> Settings {
    let environment = EnvironmentVariablesProvider()
    guard let path = ProcessInfo.processInfo.environment["PORTAL_CONFIG"], !path.isEmpty else {
      return Settings(reader: ConfigReader(provider: environment))
    }
    var providers: [any ConfigProvider] = [
      environment, try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path)),
    ]
    let owner = FilePath(path).removingLastComponent().appending("owner.env")
    if asOwner, FileManager.default.fileExists(atPath: owner.string) {
      providers.append(try await EnvironmentVariablesProvider(environmentFilePath: owner))
    }
    return Settings(reader: ConfigReader(providers: providers))
  }

  /// The value in force, its standard when it is not set.
  func value(_ name: Name) -> String? {
    let set = reader.string(forKey: ConfigKey(Self.path(name)), isSecret: name.isSecret)
    return set.flatMap { $0.isEmpty ? nil : $0 } ?? name.standard
  }

  func required(_ name: Name) throws -> String {
    guard let value = value(name) else { throw Missing(name: name) }
    return value
  }

  /// A whole number within limits.
  func number(_ name: Name, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(try required(name)), range.contains(number) else {
      throw OutOfRange(name: name, range: range)
    }
    return number
  }

  struct OutOfRange: Error, CustomStringConvertible {
    let name: Name
    let range: ClosedRange<Int>
    var description: String {
      "\(name.rawValue) 应为 \(range.lowerBound) 至 \(range.upperBound) 的整数"
    }
  }

  /// `PORTAL_DATABASE_OWNER` as the reader knows it: `portal`, `database`, `owner`.
  private static func path(_ name: Name) -> [String] {
    name.rawValue.lowercased().split(separator: "_").map(String.init)
  }
}
