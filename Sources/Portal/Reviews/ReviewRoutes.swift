import Domain
package import Pages
package import Register
package import Web

/// The review: rounds, how far they are, and answering one by one.
package struct ReviewRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let deliveryDone: DeliveryDone

  package init(services: Services, estates: EstateOverview, deliveryDone: @escaping DeliveryDone) {
    self.services = services
    self.estates = estates
    self.deliveryDone = deliveryDone
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let rounds = RoundHandlers(services: services)
    routes.get(Paths.deskReviews, .needs(.viewReviews), rounds.listRounds)
    routes.get(Paths.deskReview, .needs(.viewReviews), rounds.showRound)

    let opening = RoundOpeningHandlers(services: services, estates: estates)
    routes.get(Paths.deskReviewNew, .needs(.runReviews), opening.newRound)
    routes.post(Paths.deskReviews, .needs(.runReviews), opening.createRound)

    routes.form(Paths.deskReviewDues, .needs(.runReviews), roundDues(services))
    routes.form(Paths.deskReviewClosing, .needs(.runReviews), roundClosing(services))

    let checks = CheckListHandlers(services: services, estates: estates)
    routes.get(Paths.deskReviewChecks, .needs(.viewReviews), checks.listChecksOfRound)
    routes.get(Paths.deskChecks, .needs(.answerChecks), checks.listOwnChecks)

    let answers = CheckAnswerHandlers(services: services, deliveryDone: deliveryDone)
    routes.get(Paths.deskCheck, .needs(.answerChecks), answers.showCheck)
    routes.post(Paths.deskCheck, .needs(.answerChecks), answers.answerCheck)
  }
}
