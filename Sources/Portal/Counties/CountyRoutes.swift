package import Accounts
package import Domain
package import Pages
package import Web

/// Setting a county up, and looking after its areas and what its pages say.
package struct CountyRoutes: Sendable {
  let services: Services
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  let codes: AreaCatalogue
  /// What people type into their browsers; nil where it is not known.
  let address: String?

  package init(
    services: Services, passwords: PasswordHasher, passwordPolicy: PasswordPolicy,
    codes: AreaCatalogue, address: String?
  ) {
    self.services = services
    self.passwords = passwords
    self.passwordPolicy = passwordPolicy
    self.codes = codes
    self.address = address
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let setUp = SetUpHandlers(
      services: services, passwords: passwords, passwordPolicy: passwordPolicy, codes: codes,
      address: address)
    routes.get(Paths.setUp, .public, setUp.showSetUp)
    routes.post(Paths.setUp, .public, setUp.setUp)

    let access = Access.needs(.manageAreas)
    routes.get(Paths.adminAreas, access, AreaHandlers(services: services).listAreas)
    let areas = AreaForms(services: services, codes: codes)
    routes.form(Paths.adminAreaNew, access, confirmed: true, areas.addition)
    routes.form(Paths.adminAreaName, access, confirmed: true, areas.renaming)
    routes.form(
      Paths.adminAreaSite, access, confirmed: true, SiteForm(services: services).form)
  }
}
