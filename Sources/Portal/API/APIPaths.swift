import Domain
import HTML
import Pages

// The machine interface.
extension Paths {
  static let apiRounds = PagePath("/api/v1/rounds")
  static let apiRoundChecks = PagePathOf<ReviewRoundID>("/api/v1/rounds/:id/checks")
  static let apiRoundAnswers = PagePathOf<ReviewRoundID>("/api/v1/rounds/:id/answers")
  static let apiExtracts = PagePath("/api/v1/extracts")
  static let apiDelivery = PagePathOf<DeliveryID>("/api/v1/deliveries/:id")
  static let apiDeliveryConfirmation = PagePathOf<DeliveryID>("/api/v1/deliveries/:id/confirmation")
  static let apiDeliveryCancellation = PagePathOf<DeliveryID>("/api/v1/deliveries/:id/cancellation")
  static let apiCounterChecks = PagePath("/api/v1/counter-checks")
  static let apiCounterCheck = PagePathOf<String>("/api/v1/counter-checks/:reference")
  static let apiCounterFiling = PagePathOf<String>("/api/v1/counter-checks/:reference/filing")
  static let apiFigures = PagePath("/api/v1/figures")
}
