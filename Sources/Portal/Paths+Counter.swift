import Domain
import HTML

// The counter: questions, hits, and who asks.
extension Paths {
  static let deskCounter = PagePath("/desk/counter")
  static let deskCounterHits = PagePath("/desk/counter/hits")
  static let deskCounterFiling = PagePathOf<CounterCheckID>("/desk/counter/:id/filing")
  static let deskCounterRelease = PagePathOf<CounterCheckID>("/desk/counter/:id/release")
  static let adminAuditCounter = PagePath("/admin/audit/counter")
}
