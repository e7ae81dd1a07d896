import Domain
import Files
import Ground
import HTML
import Pages
import Postgres
import Web

/// Complaints of staff misconduct, for inspectors alone. They read and change nothing; that they
/// looked is itself recorded.
struct MisconductHandlers: Sendable {
  let services: Services

  func listComplaints(_ request: WebRequest) async throws -> WebResponse {
    try await services.answer(request, MisconductList(asked: ListRequest(request)))
  }

  func showComplaint(_ request: WebRequest, _ id: ComplaintID) async throws -> WebResponse {
    let origin = try request.auditOrigin
    let page = try await services.databases.transaction(as: try request.principal) { tx in
      guard let detail = try tx.first(complaintDetail(id)), detail.kind.isForInspectorsOnly
      else { throw WebError.notFound }
      try tx.audit(
        AuditEvent(action: .readComplaint, entity: "complaints", entityID: id.description),
        by: origin)
      return MisconductShowPage(
        detail: detail, photos: try tx.all(photos(of: id)),
        messages: try tx.all(complaintMessages(of: id)))
    }
    return try await services.deskPage(
      request, title: "举报 \(page.detail.number)",
      lead: complaintPlace(estate: page.detail.estate, address: page.detail.address),
      breadcrumbs: [("违规违纪举报", Paths.oversightComplaints.link)], page.html)
  }

  func showPhoto(_ request: WebRequest, _ id: FileID) async throws -> WebResponse {
    let (keys, origin) = (services.keys, try request.auditOrigin)
    let jpeg = try await services.databases.transaction(as: try request.principal) {
      tx -> [UInt8]? in
      guard let complaint = try tx.first(misconduct(with: id)) else { return nil }
      try tx.audit(
        AuditEvent(
          action: .readComplaintPhoto, entity: "complaints", entityID: complaint.description),
        by: origin)
      return try tx.cleanPhoto(id, keys: keys)
    }
    guard let jpeg else { throw WebError.notFound }
    return .picture(jpeg)
  }
}

/// The complaint of misconduct that the photo belongs to.
private func misconduct(with photo: FileID) -> Query<ComplaintID> {
  Query(
    """
    SELECT c.id FROM files p JOIN complaints c ON c.id = p.complaint_id
    WHERE p.id = \(photo) AND c.kind = 'misconduct'
    """)
}

/// One complaint, as inspectors see it.
struct MisconductShowPage {
  let detail: ComplaintDetail
  let photos: [StoredFile]
  let messages: [ComplaintMessage]

  var html: HTML {
    let added =
      messages.isEmpty
      ? "<p class=\"hint\">举报人没有补充。</p>" : messageList(messages, forCitizen: false)
    return """
      \(notice(.neutral, "<p>您查看这件举报已经记入审计日志。</p>"))\
      \(panel("举报内容", complaintContent(detail, photos: photos) {
        Paths.oversightComplaintPhoto.link($0)
      }))\
      \(panel("举报人的补充", added))
      """
  }
}
