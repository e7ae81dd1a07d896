/// What somebody did, as the audit log names it: a code for the row, and its title for the screens.
///
/// Each room declares its own in one file, as an extension of this type, and lists them there; the roof
/// gathers the lists for the auditor's pages. Codes are `noun.verb`, the noun in the singular:
///
/// ```swift
/// extension AuditAction {
///   static let openCase = AuditAction("case.open", "列入问题清单")
///   package static let ofCases = [openCase]
/// }
/// ```
public struct AuditAction: Hashable, Sendable {
  /// What the row holds.
  public let code: String
  /// The name shown on screens.
  public let title: String
  /// What rows hold that were written before the code was this one: the log is never rewritten.
  public let formerCodes: [String]

  public init(_ code: String, _ title: String, formerly formerCodes: String...) {
    self.code = code
    self.title = title
    self.formerCodes = formerCodes
  }

  /// Every code under which rows of this action stand.
  public var codes: [String] { [code] + formerCodes }
}
