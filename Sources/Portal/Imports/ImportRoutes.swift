import Domain
package import Ground
package import Pages
import Register
package import Web

/// Workbooks of the register.
package struct ImportRoutes: Sendable {
  let services: Services
  let jobs: JobRunner

  package init(services: Services, jobs: JobRunner) {
    self.services = services
    self.jobs = jobs
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    let handlers = ImportHandlers(services: services, jobs: jobs)
    routes.get(Paths.deskImports, .needs(.importRegister), handlers.listImports)
    routes.get(Paths.deskImportNew, .needs(.importRegister), handlers.newImport)
    routes.upload(
      Paths.deskImports, .needs(.importRegister), limits: ImportHandlers.uploadLimits,
      handlers.createImport)
    routes.get(Paths.deskImport, .needs(.importRegister), handlers.showImport)
    routes.get(Paths.deskImportProblems, .needs(.importRegister), handlers.listProblems)
    routes.get(Paths.deskImportChanges, .needs(.importRegister), handlers.listChanges)
    routes.get(Paths.deskImportMarked, .needs(.importRegister), handlers.downloadMarked)
    routes.post(Paths.deskImportCheck, .needs(.importRegister), handlers.checkAgain)
    routes.post(Paths.deskImportConfirmation, .needs(.importRegister), handlers.confirmImport)
    routes.post(Paths.deskImportCancellation, .needs(.importRegister), handlers.cancelImport)
    routes.get(Paths.deskImportUndo, .needs(.importRegister), handlers.askUndo)
    routes.post(Paths.deskImportUndo, .needs(.importRegister), handlers.undoImport)
    for kind in RegisterSheet.allCases {
      routes.get(
        Paths.importTemplate(kind), .needs(.importRegister), handlers.downloadTemplate(kind))
    }
  }
}
