package import Domain
package import HTML
package import Pages

// The review: its rounds, and the checks that bureaus answer one by one (资格复核).
extension Paths {
  package static let deskReviews = PagePath("/desk/reviews")
  package static let deskReviewNew = PagePath("/desk/reviews/new")
  package static let deskReview = PagePathOf<ReviewRoundID>("/desk/reviews/:id")
  static let deskReviewChecks = PagePathOf<ReviewRoundID>("/desk/reviews/:id/checks")
  static let deskReviewDues = PagePathOf<ReviewRoundID>("/desk/reviews/:id/dues")
  static let deskReviewClosing = PagePathOf<ReviewRoundID>("/desk/reviews/:id/closing")
  package static let deskContests = PagePath("/desk/contests")
  package static let deskContest = PagePathOf<ContestID>("/desk/contests/:id")
  /// Which check is contested is said by the query item `check`.
  package static let deskHouseholdContest = PagePathOf<HouseholdID>("/desk/households/:id/contest")
  package static let deskAuthorisations = PagePath("/desk/authorisations")
  static let deskAuthorisationTemplate = PagePath("/desk/authorisations/template")
  static let deskAuthorisationSetting = PagePath("/desk/authorisations/setting")
  static let deskAuthorisationScan = PagePathOf<AuthorisationID>("/desk/authorisations/:id/scan")
  static let deskHouseholdAuthorisation = PagePathOf<HouseholdID>(
    "/desk/households/:id/authorisation")
  static let deskHouseholdVacancy = PagePathOf<HouseholdID>("/desk/households/:id/vacancy")
  static let deskVacancyRevocation = PagePathOf<VacancyReasonID>("/desk/vacancies/:id/revocation")
  package static let deskChecks = PagePath("/desk/checks")
  /// A household of the round that runs; which check of it is said by the query item `check`.
  static let deskCheck = PagePathOf<HouseholdID>("/desk/checks/:id")
}
