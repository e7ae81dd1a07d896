import Domain
package import Ground

extension AuditAction {
  static let createComplaint = AuditAction("complaint.create", "收到举报")
  static let listComplaints = AuditAction("complaint.list", "查看举报清单")
  package static let readComplaint = AuditAction("complaint.read", "查看举报")
  static let readComplaintPhoto = AuditAction("complaint.read_photo", "查看举报照片")
  static let assignComplaint = AuditAction("complaint.assign", "交办举报")
  static let addComplaintMessage = AuditAction(
    "complaint.add_message", "给举报人留言", formerly: "complaint.message")
  static let addComplaintPhotos = AuditAction(
    "complaint.add_photos", "补充举报照片", formerly: "complaint.photos")

  /// Every action of this room.
  package static let ofComplaints: [AuditAction] =
    [
      createComplaint, listComplaints, readComplaint, readComplaintPhoto, assignComplaint,
      addComplaintMessage, addComplaintPhotos,
    ] + ComplaintAction.allCases.map(\.audited)
}

extension ComplaintAction {
  /// The step in the audit log.
  var audited: AuditAction { AuditAction("complaint.\(rawValue)", "\(title)举报") }
}
