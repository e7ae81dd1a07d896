import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Visits
import Web

/// 问题（整改）清单: the list and one case.
struct CaseHandlers: Sendable {
  let services: Services
  let estates: EstateOverview
  let caseCounts: CaseCounts

  func listCases(_ request: WebRequest) async throws -> WebResponse {
    let estates = try await estates.choices(for: request.principal, at: request.now)
    let list = CaseList(asked: try ListRequest(request, among: estates))
    return try await services.answer(request, list, counted: { try await caseCounts.count(list) })
  }

  func showCase(_ request: WebRequest, id: CaseID) async throws -> WebResponse {
    let today = ShanghaiTime.day(of: request.now)
    let (principal, keys) = (try request.principal, services.keys)
    let page = try await services.databases.read(as: principal) { tx in
      guard let detail = try tx.first(caseDetail(id)) else { throw WebError.notFound }
      let worked = try tx.workedCase(id)
      return CaseShowPage(
        detail: detail, worked: worked, clocks: try tx.clocks(of: worked, on: today),
        principal: principal,
        keys: principal.may(.workCases) || principal.may(.approveCases) ? keys : nil,
        members: try tx.all(householdMembers(detail.household)).map {
          member($0, keys, showsName: principal.may(.viewNames))
        },
        lease: try tx.first(caseLease(household: detail.household, home: detail.home)),
        checks: try tx.all(householdChecks(detail.household, in: detail.campaign)),
        visits: try tx.all(householdVisits(of: detail.household, in: detail.campaign)),
        complaints: try tx.all(complaints(behind: id)),
        findings: principal.may(.viewFindings) ? try tx.caseFindings(id, keys: keys) : nil,
        documents: try tx.caseDocuments(id), files: try tx.caseFilePanel(id, for: principal),
        today: today)
    }
    return try await services.deskPage(
      request, title: "问题 \(page.detail.line.number)",
      lead: "\(page.detail.line.estate) · \(page.detail.line.nature.markedTitle) · "
        + page.detail.line.state.title,
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)], actions: page.actions, page.html)
  }
}

/// Numbers are opened to be masked, and what does not open is not shown.
private func member(
  _ member: HouseholdMember, _ keys: KeyRing, showsName: Bool
) -> CaseShowPage.Member {
  let idNumber = try? keys.openText(member.idNumberSealed, for: .personIDNumber)
  let phone = member.phoneSealed.map { sealed in
    (try? keys.openText(sealed, for: .personPhone)).map { Masking.maskedPhone($0) } ?? "无法显示"
  }
  return CaseShowPage.Member(
    name: showsName ? member.name : Masking.maskedName(member.name), relation: member.relation,
    idNumber: idNumber.map { Masking.maskedResidentID($0) } ?? "无法显示", phone: phone)
}
