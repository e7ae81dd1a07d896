import Domain
import HTML

// The problem list (问题清单).
extension Paths {
  static let deskCases = PagePath("/desk/cases")
  static let deskCase = PagePathOf<CaseID>("/desk/cases/:id")
}
