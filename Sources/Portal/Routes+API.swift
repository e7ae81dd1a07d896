import Domain
import Web

extension Portal {
  /// The machine interface, and the tokens with which it is called.
  static func addAPI(_ services: Services, to routes: inout RouteTable) {
    let api = PortalAPI(services: services)
    for operation in api.operations { routes.api(operation) }
    let description = api.description
    routes.fixed(Paths.apiDescription) { _ in description }

    let tokens = TokenAdminHandlers(services: services)
    routes.get(Paths.adminTokens, .needs(.manageTokens), tokens.listTokens)
    routes.get(Paths.adminTokenNew, .needs(.manageTokens), tokens.newToken)
    routes.post(Paths.adminTokens, .needs(.manageTokens), tokens.issueToken)
    routes.get(Paths.adminTokenRevocation, .needs(.manageTokens), tokens.confirmRevocation)
    routes.post(Paths.adminTokenRevocation, .needs(.manageTokens), tokens.revokeToken)
  }
}
