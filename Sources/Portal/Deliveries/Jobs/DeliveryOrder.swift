import Domain
import Ground

/// Something to be done with a delivery, apart from the page that asks for it.
struct DeliveryOrder: Sendable {
  enum Work: Sendable {
    /// The file stands at a path, and is removed when it is matched.
    case match(path: String, name: String, size: Int)
    /// Lay the answers beside those in force once more.
    case assess
    case commit(reason: String?)
  }

  let id: DeliveryID
  /// Tells this order from any other: the row of the delivery names it as long as it counts.
  let worker: String
  let actor: Principal
  let origin: AuditOrigin
  let work: Work
}
