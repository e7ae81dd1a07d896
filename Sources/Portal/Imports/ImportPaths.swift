import Domain
package import HTML
package import Pages
import Register

extension Paths {
  package static let deskImports = PagePath("/desk/imports")
  package static let deskImportNew = PagePath("/desk/imports/new")
  static let deskImport = PagePathOf<ImportID>("/desk/imports/:id")
  static let deskImportProblems = PagePathOf<ImportID>("/desk/imports/:id/problems")
  static let deskImportChanges = PagePathOf<ImportID>("/desk/imports/:id/changes")
  static let deskImportMarked = PagePathOf<ImportID>("/desk/imports/:id/marked")
  static let deskImportCheck = PagePathOf<ImportID>("/desk/imports/:id/check")
  static let deskImportConfirmation = PagePathOf<ImportID>("/desk/imports/:id/confirmation")
  static let deskImportCancellation = PagePathOf<ImportID>("/desk/imports/:id/cancellation")
  static let deskImportUndo = PagePathOf<ImportID>("/desk/imports/:id/undo")

  /// The workbook that people fill in.
  static func importTemplate(_ kind: RegisterSheet) -> PagePath {
    switch kind {
    case .estates: PagePath("/desk/import-templates/estates")
    case .homes: PagePath("/desk/import-templates/homes")
    case .households: PagePath("/desk/import-templates/households")
    case .leases: PagePath("/desk/import-templates/leases")
    }
  }
}
