import Domain
package import Ground
package import Pages
package import Reviews
package import Web

/// What bureaus deliver: work lists, extracts of their registers, and regular exchange.
package struct DeliveryRoutes: Sendable {
  let services: Services
  let jobs: JobRunner
  let deliveryDone: DeliveryDone

  package init(services: Services, jobs: JobRunner, deliveryDone: @escaping DeliveryDone) {
    self.services = services
    self.jobs = jobs
    self.deliveryDone = deliveryDone
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let lists = WorkListHandlers(services: services, jobs: jobs)
    let files = DeliveryHandlers.uploadLimits
    routes.get(Paths.deskWorkLists, .needs(.answerChecks), lists.showWorkLists)
    routes.post(Paths.deskWorkLists, .needs(.answerChecks), lists.downloadWorkList)
    routes.upload(
      Paths.deskWorkListReturns, .needs(.answerChecks), limits: files, lists.returnWorkList)

    let handlers = DeliveryHandlers(services: services, jobs: jobs)
    routes.get(Paths.deskDeliveries, .needs(.viewReviews), handlers.listDeliveries)
    routes.get(Paths.deskDeliveryNew, .needs(.answerChecks), handlers.newDelivery)
    routes.upload(
      Paths.deskDeliveries, .needs(.answerChecks), limits: files, handlers.createDelivery)
    routes.get(Paths.deskDelivery, .needs(.viewReviews), handlers.showDelivery)
    routes.get(Paths.deskDeliveryProblems, .needs(.viewReviews), handlers.listProblems)
    routes.get(Paths.deskDeliveryChanges, .needs(.viewReviews), handlers.listChanges)
    routes.post(
      Paths.deskDeliveryConfirmation, .needs(.answerChecks), handlers.confirmDelivery)
    routes.post(
      Paths.deskDeliveryCancellation, .needs(.answerChecks), handlers.cancelDelivery)
    routes.post(Paths.deskDeliveryAssessment, .needs(.answerChecks), handlers.assessDelivery)

    let withdrawals = WithdrawalHandlers(services: services, deliveryDone: deliveryDone)
    routes.get(Paths.deskDeliveryWithdrawal, .needs(.viewReviews), withdrawals.showWithdrawal)
    routes.post(Paths.deskDeliveryWithdrawal, .needs(.answerChecks), withdrawals.askWithdrawal)
    routes.post(
      Paths.deskDeliveryWithdrawalDecision, .needs(.approveWithdrawals),
      withdrawals.decideWithdrawal)

    let matches = DeliveryMatchHandlers(services: services, jobs: jobs)
    routes.get(
      Paths.deskDeliveryMatches, .needs(.viewReviews), matches.showMatches,
      records: Look(.viewMatch, at: "deliveries", in: services.databases))
    routes.post(Paths.deskDeliveryMatches, .needs(.answerChecks), matches.decideMatches)
    routes.post(
      Paths.deskDeliveryMatchRevocation, .needs(.answerChecks), matches.revokeMatch)

    let exchange = ExchangeHandlers(services: services)
    routes.get(Paths.deskExchange, .needs(.viewReviews), exchange.showExchange)
    routes.form(Paths.deskExchangeSchedule, .needs(.runReviews), exchangeSchedule(services))
    routes.get(
      Paths.deskDeliveryDifferences, .needs(.viewReviews), exchange.listDifferences,
      records: Look(.viewDeliveryValues, at: "deliveries", in: services.databases))
  }
}
