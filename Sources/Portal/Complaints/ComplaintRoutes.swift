import Domain
import Files
package import Ground
package import Pages
package import Web

/// Complaints, from the public form to the last answer, and those that only inspectors see.
package struct ComplaintRoutes: Sendable {
  let services: Services
  let photos: PhotoCleaner
  let limits: FloodLimits
  let cases: ComplaintCasePart

  package init(
    services: Services, photos: PhotoCleaner, limits: FloodLimits, cases: ComplaintCasePart
  ) {
    self.services = services
    self.photos = photos
    self.limits = limits
    self.cases = cases
  }

  /// Registers them.
  package func add(to routes: inout RouteTable) {
    addPublicSide(to: &routes)
    addDesk(to: &routes)
    addOversight(to: &routes)
  }

  private func addPublicSide(to routes: inout RouteTable) {
    let complaints = ComplaintHandlers(services: services, photos: photos, limits: limits)
    let files = ComplaintPhotos.uploadLimits
    routes.get(Paths.complaintNew, .public, complaints.newComplaint)
    routes.upload(Paths.complaints, .public, limits: files, complaints.createComplaint)
    routes.get(Paths.complaintReceipt, .public, complaints.showReceipt)
    routes.get(Paths.receiptKey, .public, complaints.showReceiptKey)

    let track = ComplaintTrackHandlers(services: services, photos: photos, limits: limits)
    routes.get(Paths.complaintTrack, .public, track.showTracking)
    routes.post(Paths.complaintTrack, .public, track.openTracking)
    routes.post(Paths.complaintTrackExit, .public, track.closeTracking)
    routes.post(Paths.complaintTrackMessages, .public, track.postMessage)
    routes.upload(Paths.complaintTrackPhotos, .public, limits: files, track.addPhotos)
    routes.get(Paths.complaintTrackPhoto, .public, track.showPhoto)
  }

  private func addDesk(to routes: inout RouteTable) {
    let desk = ComplaintDeskHandlers(services: services, cases: cases)
    routes.get(Paths.deskComplaints, .needs(.viewComplaints), desk.listComplaints)
    routes.get(
      Paths.deskComplaint, .needs(.viewComplaints), desk.showComplaint,
      records: Look(.readComplaint, at: "complaints", in: services.databases))
    routes.get(Paths.deskComplaintPhoto, .needs(.viewComplaints), desk.showPhoto)
    routes.post(Paths.deskComplaintAcceptance, .needs(.handleComplaints), desk.acceptComplaint)
    routes.post(Paths.deskComplaintRefusal, .needs(.handleComplaints), desk.declineComplaint)
    routes.post(Paths.deskComplaintAssignment, .needs(.handleComplaints), desk.assignComplaint)
    routes.post(Paths.deskComplaintMessages, .needs(.handleComplaints), desk.postMessage)
    routes.post(Paths.deskComplaintResult, .needs(.finishComplaints), desk.finishComplaint)
    routes.post(Paths.deskComplaintReopening, .needs(.handleComplaints), desk.reopenComplaint)

    let intake = ComplaintIntakeHandlers(services: services, photos: photos)
    routes.get(Paths.deskComplaintNew, .needs(.handleComplaints), intake.newComplaint)
    routes.upload(
      Paths.deskComplaints, .needs(.handleComplaints), limits: ComplaintPhotos.uploadLimits,
      intake.createComplaint)
    routes.get(Paths.deskComplaintReceipt, .needs(.handleComplaints), intake.showReceipt)
  }

  private func addOversight(to routes: inout RouteTable) {
    let misconduct = MisconductHandlers(services: services)
    routes.get(Paths.oversightComplaints, .needs(.viewMisconduct), misconduct.listComplaints)
    routes.get(Paths.oversightComplaint, .needs(.viewMisconduct), misconduct.showComplaint)
    routes.get(Paths.oversightComplaintPhoto, .needs(.viewMisconduct), misconduct.showPhoto)
  }
}
