import Domain
package import HTML
package import Pages

// The counter: questions and hits (窗口核查).
extension Paths {
  package static let deskCounter = PagePath("/desk/counter")
  package static let deskCounterHits = PagePath("/desk/counter/hits")
  static let deskCounterHitRelease = PagePath("/desk/counter/hits/release")
  static let deskCounterFiling = PagePathOf<CounterCheckID>("/desk/counter/:id/filing")
  static let deskCounterRelease = PagePathOf<CounterCheckID>("/desk/counter/:id/release")
}
