import Domain
import Findings
import Pages
import Web

extension CaseRoutes {
  /// The list as a board, and what is done with several cases at once.
  func addWorkLists(to routes: inout RouteTable) {
    let board = CaseBoardHandlers(services: services, estates: estates)
    routes.get(Paths.deskCaseBoard, .needs(.viewCases), board.showBoard)

    let choices = CaseChoiceHandlers(services: services, estates: estates)
    let look = Look(.viewCase, at: "cases", in: services.databases) { request in
      let ids = request.query.all("case").compactMap { CaseID($0)?.description }
      return ids.isEmpty ? nil : ["cases": ids.joined(separator: ",")]
    }
    routes.get(Paths.deskCaseChoice, .needs(.workCases), choices.showChoice, records: look)
    routes.get(Paths.deskCaseAll, .needs(.workCases), choices.showAll, records: look)
    routes.post(
      Paths.deskCaseAssignments, .needs(.workCases), bodyLimit: findingSelectionBytes,
      choices.assignCases)
    routes.post(
      Paths.deskCaseNotices, .needs(.workCases), bodyLimit: findingSelectionBytes,
      choices.serveNotices)
  }

  /// Complaints on which cases rest.
  func addComplaints(to routes: inout RouteTable) {
    routes.form(
      Paths.deskComplaintHousehold, .needs(.handleComplaints), complaintHouseholdForm(services))
    routes.form(
      Paths.deskComplaintUnlinking, .needs(.handleComplaints), complaintUnlinkingForm(services))
    routes.form(Paths.deskComplaintCase, .needs(.workCases), complaintCaseForm(services))
  }

  /// 应退未退整改情况表.
  func addAnnex(to routes: inout RouteTable) {
    let annex = AnnexHandlers(services: services, estates: estates)
    routes.get(Paths.deskAnnex, .needs(.viewCases), annex.showAnnex)
    routes.get(Paths.deskAnnexPrint, .needs(.viewCases), annex.printAnnex)
  }
}
