import Domain
import Web

extension Portal {
  /// What bureaus deliver: work lists, extracts of their registers, and regular exchange.
  static func addDeliveries(_ services: Services, to routes: inout RouteTable) {
    let lists = WorkListHandlers(services: services)
    let files = DeliveryHandlers.uploadLimits
    routes.get(Paths.deskWorkLists, .needs(.answerChecks), lists.showWorkLists)
    routes.post(Paths.deskWorkLists, .needs(.answerChecks), lists.downloadWorkList)
    routes.upload(
      Paths.deskWorkListReturns, .needs(.answerChecks), limits: files, lists.returnWorkList)

    let deliveries = DeliveryHandlers(services: services)
    routes.get(Paths.deskDeliveries, .needs(.viewReviews), deliveries.listDeliveries)
    routes.get(Paths.deskDeliveryNew, .needs(.answerChecks), deliveries.newDelivery)
    routes.upload(
      Paths.deskDeliveries, .needs(.answerChecks), limits: files, deliveries.createDelivery)
    routes.get(Paths.deskDelivery, .needs(.viewReviews), deliveries.showDelivery)
    routes.get(Paths.deskDeliveryProblems, .needs(.viewReviews), deliveries.listProblems)
    routes.get(Paths.deskDeliveryChanges, .needs(.viewReviews), deliveries.listChanges)
    routes.post(
      Paths.deskDeliveryConfirmation, .needs(.answerChecks), deliveries.confirmDelivery)
    routes.post(
      Paths.deskDeliveryCancellation, .needs(.answerChecks), deliveries.cancelDelivery)
    routes.post(Paths.deskDeliveryAssessment, .needs(.answerChecks), deliveries.assessDelivery)

    let matches = DeliveryMatchHandlers(services: services)
    routes.get(Paths.deskDeliveryMatches, .needs(.viewReviews), matches.showMatches)
    routes.post(Paths.deskDeliveryMatchDecision, .needs(.answerChecks), matches.decideMatch)

    let exchange = ExchangeHandlers(services: services)
    routes.get(Paths.deskExchange, .needs(.viewReviews), exchange.showExchange)
    routes.get(Paths.deskExchangeSchedule, .needs(.runReviews), exchange.editSchedule)
    routes.post(Paths.deskExchangeSchedule, .needs(.runReviews), exchange.changeSchedule)
    routes.get(Paths.deskDeliveryDifferences, .needs(.viewReviews), exchange.listDifferences)
  }
}
