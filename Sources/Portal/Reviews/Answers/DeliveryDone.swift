package import Domain

/// Called when a delivery has come into force, with the person for whom that was done.
package typealias DeliveryDone = @Sendable (DeliveryID, Principal) async -> Void
