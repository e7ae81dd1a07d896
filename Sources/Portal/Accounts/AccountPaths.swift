import Domain
package import HTML
package import Pages

// The administrators: accounts, tokens, security, the audit log (三员分立).
extension Paths {
  package static let adminAccounts = PagePath("/admin/accounts")
  static let adminAccountNew = PagePath("/admin/accounts/new")
  static let adminAccountImport = PagePath("/admin/accounts/import")
  static let adminAccountTemplate = PagePath("/admin/accounts/template")
  static let adminAccountCorrection = PagePathOf<AccountID>("/admin/accounts/:id/correction")
  static let adminAccountDisabling = PagePathOf<AccountID>("/admin/accounts/:id/disabling")
  static let adminAccountEnabling = PagePathOf<AccountID>("/admin/accounts/:id/enabling")
  static let adminAccountPassword = PagePathOf<AccountID>("/admin/accounts/:id/password")
  package static let adminSecurity = PagePath("/admin/security")
  static let adminSessionsEnd = PagePathOf<AccountID>("/admin/security/:id/sessions-end")
  static let adminUnlock = PagePathOf<AccountID>("/admin/security/:id/unlock")
  package static let adminAudit = PagePath("/admin/audit")
  static let adminAuditEvent = PagePathOf<AuditEventID>("/admin/audit/:id")
  package static let adminTokens = PagePath("/admin/tokens")
  static let adminTokenNew = PagePath("/admin/tokens/new")
  static let adminTokenRevocation = PagePathOf<APITokenID>("/admin/tokens/:id/revocation")
  static let adminAuditCounter = PagePath("/admin/audit/counter")
}
