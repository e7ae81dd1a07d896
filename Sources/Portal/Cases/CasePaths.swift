package import Domain
package import HTML
package import Pages

// The problem list (问题清单).
extension Paths {
  package static let deskCases = PagePath("/desk/cases")
  package static let deskCase = PagePathOf<CaseID>("/desk/cases/:id")
}
