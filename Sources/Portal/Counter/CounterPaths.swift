import Domain
import HTML

// The counter: questions and hits (窗口核查).
extension Paths {
  static let deskCounter = PagePath("/desk/counter")
  static let deskCounterHits = PagePath("/desk/counter/hits")
  static let deskCounterFiling = PagePathOf<CounterCheckID>("/desk/counter/:id/filing")
  static let deskCounterRelease = PagePathOf<CounterCheckID>("/desk/counter/:id/release")
}
