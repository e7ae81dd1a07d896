package import Domain
package import Pages
package import Web

/// Signing in, and what the three administrators do.
package struct AccountRoutes: Sendable {
  let services: Services
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  let tokens: PortalTokenStore
  /// What the audit log may name.
  let actions: AuditCatalogue
  /// What people type into their browsers, for slips; nil where it is not known.
  let address: String?
  let leaving: [SignOutStep]

  /// - Parameter leaving: what else ends when somebody signs out.
  package init(
    services: Services, passwords: PasswordHasher, passwordPolicy: PasswordPolicy,
    tokens: PortalTokenStore, actions: AuditCatalogue, address: String?,
    leaving: [SignOutStep]
  ) {
    self.services = services
    self.passwords = passwords
    self.passwordPolicy = passwordPolicy
    self.tokens = tokens
    self.actions = actions
    self.address = address
    self.leaving = leaving
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    addSignIn(to: &routes)
    addAdministration(to: &routes)
    addTokens(to: &routes)
    addAudit(to: &routes)
  }

  private func addSignIn(to routes: inout RouteTable) {
    let signIn = SignInHandlers(
      services: services, passwords: passwords, leaving: leaving)
    routes.get(Paths.login, .public, signIn.showSignIn)
    routes.post(Paths.login, .public, signIn.signIn)
    routes.post(Paths.logout, .public, signIn.signOut)

    let password = PasswordHandlers(
      services: services, passwords: passwords, passwordPolicy: passwordPolicy)
    routes.get(Paths.password, .signedIn, password.showPasswordForm)
    routes.post(Paths.password, .signedIn, password.changePassword)

    let check = PasswordCheckHandlers(services: services, passwords: passwords)
    routes.get(Paths.passwordCheck, .signedIn, check.showCheck)
    routes.post(Paths.passwordCheck, .signedIn, check.check)
  }

  private func addAdministration(to routes: inout RouteTable) {
    let admin = AdminHandlers(services: services)
    routes.get(Paths.admin, .needs(.viewAdmin), admin.showHome)

    let accounts = AccountAdminHandlers(
      services: services, passwords: passwords, passwordPolicy: passwordPolicy, tokens: tokens)
    routes.get(Paths.adminAccounts, .needs(.manageAccounts), accounts.listAccounts)
    routes.form(
      Paths.adminAccountCorrection, .needs(.manageAccounts), confirmed: true,
      AccountCorrection(services: services, tokens: tokens).form)
    routes.get(Paths.adminAccountDisabling, .needs(.manageAccounts), accounts.confirmDisabling)
    routes.post(Paths.adminAccountDisabling, .needs(.manageAccounts), accounts.disableAccount)
    routes.post(Paths.adminAccountEnabling, .needs(.manageAccounts), accounts.enableAccount)
    routes.get(Paths.adminAccountPassword, .needs(.manageAccounts), accounts.confirmPasswordReset)
    routes.post(Paths.adminAccountPassword, .needs(.manageAccounts), accounts.resetAccountPassword)

    let making = AccountMakingHandlers(
      services: services, passwords: passwords, passwordPolicy: passwordPolicy, address: address)
    routes.get(Paths.adminAccountNew, .needs(.manageAccounts), making.newAccount)
    routes.post(Paths.adminAccountNew, .needs(.manageAccounts), making.createAccount)
    routes.get(Paths.adminAccountImport, .needs(.manageAccounts), making.showImport)
    routes.upload(
      Paths.adminAccountImport, .needs(.manageAccounts),
      limits: AccountMakingHandlers.workbookLimits, making.importAccounts)
    routes.get(Paths.adminAccountTemplate, .needs(.manageAccounts), making.downloadTemplate)

    let security = SecurityHandlers(services: services, passwordPolicy: passwordPolicy)
    routes.get(Paths.adminSecurity, .needs(.manageSecurity), security.showSecurity)
    routes.post(Paths.adminUnlock, .needs(.manageSecurity), security.unlockAccount)
    routes.post(Paths.adminSessionsEnd, .needs(.manageSecurity), security.endAccountSessions)
  }

  private func addTokens(to routes: inout RouteTable) {
    let handlers = TokenAdminHandlers(services: services, tokens: tokens)
    routes.get(Paths.adminTokens, .needs(.manageTokens), handlers.listTokens)
    routes.get(Paths.adminTokenNew, .needs(.manageTokens), handlers.newToken)
    routes.post(Paths.adminTokens, .needs(.manageTokens), handlers.issueToken)
    routes.get(Paths.adminTokenRevocation, .needs(.manageTokens), handlers.confirmRevocation)
    routes.post(Paths.adminTokenRevocation, .needs(.manageTokens), handlers.revokeToken)
  }

  private func addAudit(to routes: inout RouteTable) {
    let audit = AuditHandlers(services: services, actions: actions)
    routes.get(Paths.adminAudit, .needs(.viewAudit), audit.listEvents)
    routes.get(Paths.adminAuditEvent, .needs(.viewAudit), audit.showEvent)

    let watch = CounterWatchHandlers(services: services)
    routes.get(Paths.adminAuditCounter, .needs(.viewAudit), watch.showWatch)
  }
}
