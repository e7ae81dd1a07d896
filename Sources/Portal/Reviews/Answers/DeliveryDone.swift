package import Domain

/// Called when a delivery has come into force, with the person for whom that was done.
package typealias DeliveryDone = @Sendable (DeliveryID, Principal) async -> Void

/// Called when answers about some households have left force, with the person who did that.
package typealias AnswersChanged = @Sendable ([HouseholdID], Principal) async -> Void
