package import Domain
package import HTML
package import Pages

// The visits (入户走访).
extension Paths {
  package static let deskVisits = PagePath("/desk/visits")
  package static let deskVisit = PagePathOf<VisitID>("/desk/visits/:id")
  static let deskVisitStep = PagePathOf<VisitID>("/desk/visits/:id/steps")
  static let deskVisitConfirmation = PagePathOf<VisitID>("/desk/visits/:id/confirmation")
  static let deskVisitPhotos = PagePathOf<VisitID>("/desk/visits/:id/photos")
  static let deskVisitFile = PagePathOf<FileID>("/desk/visit-files/:id")
  static let deskVisitThumbnail = PagePathOf<FileID>("/desk/visit-files/:id/thumbnail")

  // The roster (入户核查名单库), who goes where, and how far it is.
  package static let deskRoster = PagePath("/desk/visits/roster")
  static let deskRosterMaking = PagePath("/desk/visits/roster/making")
  static let deskRosterChoice = PagePath("/desk/visits/roster/choice")
  static let deskRosterWhole = PagePath("/desk/visits/roster/all")
  static let deskRosterAssignment = PagePath("/desk/visits/roster/assignment")
  static let deskRosterSheets = PagePath("/desk/visits/sheets")
  static let deskVisitTeams = PagePath("/desk/visits/teams")
  static let deskVisitTeamNew = PagePath("/desk/visits/teams/new")
  static let deskVisitTeam = PagePathOf<VisitTeamID>("/desk/visits/teams/:id")
  static let deskVisitTeamEnd = PagePathOf<VisitTeamID>("/desk/visits/teams/:id/end")
  package static let deskVisitCoverage = PagePath("/desk/visits/coverage")

  // One home of the roster: what is known of it, the form, the notice for its door.
  package static let deskRosterEntry = PagePathOf<RosterEntryID>("/desk/visits/homes/:id")
  static let deskVisitForm = PagePathOf<RosterEntryID>("/desk/visits/homes/:id/form")
  static let deskDoorNotice = PagePathOf<RosterEntryID>("/desk/visits/homes/:id/notice")

  // The phone: a page that opens without signal, and what it asks for.
  package static let visitPhone = PagePath("/desk/visits/phone")
  static let visitPhoneSession = PagePath("/desk/visits/phone/session")
  static let visitPhoneHomes = PagePath("/desk/visits/phone/homes")
  static let visitPhoneKey = PagePath("/desk/visits/phone/key")
  static let visitPhoneRecords = PagePath("/desk/visits/phone/records")
  static let visitPhonePhotos = PagePathOf<VisitID>("/desk/visits/phone/photos/:id")
  static let visitPhoneWorker = PagePath("/desk/visits/worker.js")

  // Homes on watch (重点监控), patrols (巡查), repairs (报修).
  package static let deskWatches = PagePath("/desk/visits/watches")
  static let deskHomeWatch = PagePathOf<HomeID>("/desk/homes/:id/watch")
  static let deskWatch = PagePathOf<HomeWatchID>("/desk/visits/watches/:id")
  static let deskWatchEnd = PagePathOf<HomeWatchID>("/desk/visits/watches/:id/end")
  package static let deskPatrols = PagePath("/desk/visits/patrols")
  static let deskHomePatrol = PagePathOf<HomeID>("/desk/homes/:id/patrol")
  static let deskPatrol = PagePathOf<PatrolID>("/desk/visits/patrols/:id")
  package static let deskRepairs = PagePath("/desk/visits/repairs")
  static let deskHomeRepair = PagePathOf<HomeID>("/desk/homes/:id/repair")
  static let deskRepair = PagePathOf<RepairID>("/desk/visits/repairs/:id")
  static let deskRepairStep = PagePathOf<RepairID>("/desk/visits/repairs/:id/steps")
}
