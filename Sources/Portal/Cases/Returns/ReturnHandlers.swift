import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// Homes that came back, and the sheet of each return (退房交验单).
struct ReturnHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  func listRecovered(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    return try await services.answer(
      request, RecoveredList(asked: try ListRequest(request, among: estates)))
  }

  /// `GET /desk/cases/:id/return`: filled in once the home is back; before that with places to write in.
  func printReturn(_ request: WebRequest, id: CaseID) async throws -> WebResponse {
    let principal = try request.principal
    let keys = services.keys
    let (worked, members, lease) = try await services.databases.read(as: principal) { tx in
      let worked = try tx.workedCase(id)
      return (
        worked, try tx.all(householdMembers(worked.record.household)),
        try tx.first(caseLease(household: worked.record.household, home: worked.record.home))
      )
    }
    let sheet = ReturnSheet(
      worked: worked, applicant: members.first?.name ?? "", lease: lease,
      values: worked.returned?.values(of: id, keys: keys))
    let site = services.site.settings(for: principal)
    return .page(
      PrintPage(
        title: "退房交验单", site: site, back: Paths.deskCase.link(id), body: sheet.html,
        sealedBy: site.bureaus.first, day: worked.dates[.vacated]?.chinese
      ).html)
  }
}

extension WorkedCase {
  /// The handing back that holds.
  var returned: CaseEvent? {
    dates[.vacated] == nil ? nil : events.last { $0.action == .vacate }
  }
}

/// 退房交验单 on paper.
struct ReturnSheet {
  let worked: WorkedCase
  let applicant: String
  let lease: CaseLease?
  /// Nil while the home is not back.
  let values: StepValues?

  var html: HTML {
    """
    <p class="sheet-meta"><span>问题编号：\(worked.record.number)</span>\
    <span>合同编号：\(lease?.contractNumber ?? "—")</span></p>
    \(definitionList([
      ("承租人", "\(applicant)"), ("房屋", "\(worked.record.estate) \(worked.record.place)"),
      ("押金", "\(lease.map { "\($0.deposit) 元" } ?? "—")"),
    ]))<div class="sheet-pairs">\(definitionList(HomeReturn.fields.map { ($0.title, shown($0)) }))</div>
    <div class="signatures"><p>交房人（签字）：</p><p>验收人（签字）：</p><p>日期：　　　年　　月　　日</p></div>
    """
  }

  private func shown(_ field: CaseField) -> HTML {
    guard let values else { return "　" }
    return "\(values[field.name].map(field.text) ?? "—")"
  }
}
