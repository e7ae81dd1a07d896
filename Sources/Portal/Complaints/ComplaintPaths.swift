package import Domain
package import HTML
package import Pages

// Complaints: the public form and follow-up, the desk, the inspectors (投诉举报).
extension Paths {
  static let complaints = PagePath("/complaints")
  static let complaintReceipt = PagePath("/complaints/receipt")
  static let complaintTrackMessages = PagePath("/complaints/track/messages")
  static let complaintTrackPhotos = PagePath("/complaints/track/photos")
  static let complaintTrackPhoto = PagePathOf<FileID>("/complaints/track/photos/:id")
  static let complaintTrackExit = PagePath("/complaints/track/exit")
  static let receiptKey = PagePath("/receipt-key.pem")
  package static let deskComplaints = PagePath("/desk/complaints")
  static let deskComplaintNew = PagePath("/desk/complaints/new")
  static let deskComplaintReceipt = PagePath("/desk/complaints/receipt")
  package static let deskComplaint = PagePathOf<ComplaintID>("/desk/complaints/:id")
  static let deskComplaintPhoto = PagePathOf<FileID>("/desk/complaint-photos/:id")
  static let deskComplaintAcceptance = PagePathOf<ComplaintID>("/desk/complaints/:id/acceptance")
  static let deskComplaintRefusal = PagePathOf<ComplaintID>("/desk/complaints/:id/refusal")
  static let deskComplaintAssignment = PagePathOf<ComplaintID>("/desk/complaints/:id/assignment")
  static let deskComplaintMessages = PagePathOf<ComplaintID>("/desk/complaints/:id/messages")
  static let deskComplaintResult = PagePathOf<ComplaintID>("/desk/complaints/:id/result")
  static let deskComplaintReopening = PagePathOf<ComplaintID>("/desk/complaints/:id/reopening")
  package static let oversightComplaints = PagePath("/oversight/complaints")
  static let oversightComplaint = PagePathOf<ComplaintID>("/oversight/complaints/:id")
  static let oversightComplaintPhoto = PagePathOf<FileID>(
    "/oversight/complaint-photos/:id")
}
