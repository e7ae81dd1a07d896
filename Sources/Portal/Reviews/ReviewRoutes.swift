import Domain
import Ground
package import Pages
package import Register
package import Web

/// The review: rounds, how far they are, and answering one by one.
package struct ReviewRoutes: Sendable {
  let services: Services
  let estates: EstateOverview
  let deliveryDone: DeliveryDone
  let answersChanged: AnswersChanged

  package init(
    services: Services, estates: EstateOverview, deliveryDone: @escaping DeliveryDone,
    answersChanged: @escaping AnswersChanged
  ) {
    self.services = services
    self.estates = estates
    self.deliveryDone = deliveryDone
    self.answersChanged = answersChanged
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
    routes.get(
      Paths.deskCheck, .needs(.answerChecks), answers.showCheck,
      records: Look(.viewCheck, at: "households", in: services.databases))
    routes.post(Paths.deskCheck, .needs(.answerChecks), answers.answerCheck)

    let contests = ContestHandlers(services: services, answersChanged: answersChanged)
    routes.get(Paths.deskContests, .needs(.viewReviews), contests.listContests)
    routes.get(
      Paths.deskContest, .needs(.viewReviews), contests.showContest,
      records: Look(.viewContest, at: "contests", in: services.databases))
    routes.post(Paths.deskContest, .needs(.answerChecks), contests.decideContest)
    addAuthorisations(to: &routes)

    let vacancies = VacancyForms(services: services, answersChanged: answersChanged)
    let look = Look(.viewHousehold, at: "households", in: services.databases)
    routes.form(
      Paths.deskHouseholdVacancy, .needs(.workFindings), vacancies.recording, records: look)
    routes.form(
      Paths.deskVacancyRevocation, .needs(.workFindings), vacancies.revocation,
      records: Look(.viewHousehold, at: "vacancy_reasons", in: services.databases))
    routes.form(
      Paths.deskHouseholdContest, .needs(.answerChecks), contestRecording(services),
      records: look)
  }

  private func addAuthorisations(to routes: inout RouteTable) {
    let handlers = AuthorisationHandlers(services: services)
    let look = Look(.viewHousehold, at: "households", in: services.databases)
    routes.get(Paths.deskAuthorisations, .needs(.viewReviews), handlers.showAuthorisations)
    routes.upload(
      Paths.deskAuthorisations, .needs(.answerChecks),
      limits: AuthorisationHandlers.workbookLimits, handlers.importAuthorisations)
    routes.get(
      Paths.deskAuthorisationTemplate, .needs(.answerChecks), handlers.downloadTemplate)
    routes.post(
      Paths.deskAuthorisationSetting, .needs(.setThresholds), handlers.setAuthorisations)
    routes.get(
      Paths.deskAuthorisationScan, .needs(.viewHouseholds), handlers.downloadScan,
      records: Look(.viewScan, at: "authorisations", in: services.databases))
    routes.get(
      Paths.deskHouseholdAuthorisation, .needs(.answerChecks), handlers.showForm, records: look)
    routes.upload(
      Paths.deskHouseholdAuthorisation, .needs(.answerChecks),
      limits: AuthorisationHandlers.scanLimits, handlers.addAuthorisation)
  }
}
