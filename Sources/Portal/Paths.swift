import Domain
import HTML

/// Every address of the portal, once. Routes are registered with these and links are made from
/// them, so that the two cannot part.
enum Paths {
  static let home = PagePath("/")
  static let progress = PagePath("/progress")
  static let progressData = PagePath("/progress.json")
  static let complaintNew = PagePath("/complaints/new")
  static let complaints = PagePath("/complaints")
  static let complaintReceipt = PagePath("/complaints/receipt")
  static let complaintTrack = PagePath("/complaints/track")
  static let complaintTrackMessages = PagePath("/complaints/track/messages")
  static let complaintTrackPhotos = PagePath("/complaints/track/photos")
  static let complaintTrackPhoto = PagePathOf<PhotoID>("/complaints/track/photos/:id")
  static let complaintTrackExit = PagePath("/complaints/track/exit")
  static let receiptKey = PagePath("/receipt-key.pem")

  static let login = PagePath("/login")
  static let logout = PagePath("/logout")
  static let password = PagePath("/account/password")

  static let desk = PagePath("/desk")
  static let deskEstates = PagePath("/desk/estates")
  static let deskEstate = PagePathOf<EstateID>("/desk/estates/:id")
  static let deskHouseholds = PagePath("/desk/households")
  static let deskHouseholdSearch = PagePath("/desk/households/search")
  static let deskHousehold = PagePathOf<HouseholdID>("/desk/households/:id")
  static let deskHomes = PagePath("/desk/homes")
  static let deskLeases = PagePath("/desk/leases")
  static let deskRegisterExport = PagePath("/desk/register/export")
  static let deskPersonReveal = PagePathOf<PersonID>("/desk/persons/:id/reveal")
  static let deskCases = PagePath("/desk/cases")
  static let deskCase = PagePathOf<CaseID>("/desk/cases/:id")
  static let deskCampaign = PagePath("/desk/campaign")
  static let deskComplaints = PagePath("/desk/complaints")
  static let deskComplaintNew = PagePath("/desk/complaints/new")
  static let deskComplaintReceipt = PagePath("/desk/complaints/receipt")
  static let deskComplaint = PagePathOf<ComplaintID>("/desk/complaints/:id")
  static let deskComplaintPhoto = PagePathOf<PhotoID>("/desk/complaint-photos/:id")
  static let deskComplaintAcceptance = PagePathOf<ComplaintID>("/desk/complaints/:id/acceptance")
  static let deskComplaintRefusal = PagePathOf<ComplaintID>("/desk/complaints/:id/refusal")
  static let deskComplaintAssignment = PagePathOf<ComplaintID>("/desk/complaints/:id/assignment")
  static let deskComplaintMessages = PagePathOf<ComplaintID>("/desk/complaints/:id/messages")
  static let deskComplaintResult = PagePathOf<ComplaintID>("/desk/complaints/:id/result")
  static let deskComplaintReopening = PagePathOf<ComplaintID>("/desk/complaints/:id/reopening")
  static let deskDisclosure = PagePath("/desk/disclosure")
  static let deskReleases = PagePath("/desk/disclosure/releases")
  static let deskRelease = PagePathOf<ReleaseID>("/desk/disclosure/releases/:id")
  static let deskReleasePublication = PagePathOf<ReleaseID>(
    "/desk/disclosure/releases/:id/publication")
  static let deskReleaseDiscard = PagePathOf<ReleaseID>("/desk/disclosure/releases/:id/discard")

  static let oversight = PagePath("/oversight")
  static let oversightComplaints = PagePath("/oversight/complaints")
  static let oversightComplaint = PagePathOf<ComplaintID>("/oversight/complaints/:id")
  static let oversightComplaintPhoto = PagePathOf<PhotoID>(
    "/oversight/complaint-photos/:id")

  static let admin = PagePath("/admin")
  static let adminAccounts = PagePath("/admin/accounts")
  static let adminAccountDisabling = PagePathOf<AccountID>("/admin/accounts/:id/disabling")
  static let adminAccountEnabling = PagePathOf<AccountID>("/admin/accounts/:id/enabling")
  static let adminAccountPassword = PagePathOf<AccountID>("/admin/accounts/:id/password")
  static let adminSecurity = PagePath("/admin/security")
  static let adminSessionsEnd = PagePathOf<AccountID>("/admin/security/:id/sessions-end")
  static let adminUnlock = PagePathOf<AccountID>("/admin/security/:id/unlock")
  static let adminAudit = PagePath("/admin/audit")
  static let adminAuditEvent = PagePathOf<AuditEventID>("/admin/audit/:id")

  static let health = PagePath("/healthz")
  static let ready = PagePath("/readyz")
}
