import Domain
package import HTML
package import Pages

// What bureaus deliver: work lists, extracts of their registers, and regular exchange (数据报送).
extension Paths {
  package static let deskWorkLists = PagePath("/desk/work-lists")
  static let deskWorkListReturns = PagePath("/desk/work-lists/returns")
  package static let deskDeliveries = PagePath("/desk/deliveries")
  static let deskDeliveryNew = PagePath("/desk/deliveries/new")
  static let deskDelivery = PagePathOf<DeliveryID>("/desk/deliveries/:id")
  static let deskDeliveryProblems = PagePathOf<DeliveryID>("/desk/deliveries/:id/problems")
  static let deskDeliveryChanges = PagePathOf<DeliveryID>("/desk/deliveries/:id/changes")
  static let deskDeliveryDifferences = PagePathOf<DeliveryID>("/desk/deliveries/:id/differences")
  static let deskDeliveryMatches = PagePathOf<DeliveryID>("/desk/deliveries/:id/matches")
  static let deskDeliveryConfirmation = PagePathOf<DeliveryID>("/desk/deliveries/:id/confirmation")
  static let deskDeliveryCancellation = PagePathOf<DeliveryID>("/desk/deliveries/:id/cancellation")
  static let deskDeliveryAssessment = PagePathOf<DeliveryID>("/desk/deliveries/:id/assessment")
  static let deskDeliveryWithdrawal = PagePathOf<DeliveryID>("/desk/deliveries/:id/withdrawal")
  static let deskDeliveryWithdrawalDecision = PagePathOf<DeliveryID>(
    "/desk/deliveries/:id/withdrawal/decision")
  static let deskDeliveryMatchRevocation = PagePathOf<DeliveryID>(
    "/desk/deliveries/:id/matches/revocation")
  package static let deskExchange = PagePath("/desk/exchange")
  static let deskExchangeSchedule = PagePath("/desk/exchange/schedule")
}
