import Domain
import Foundation
import Ground
import Pages
import Postgres
import Register

/// What the portal knows of a case for its documents.
struct DocumentFacts: Sendable {
  let worked: WorkedCase
  let detail: CaseDetail
  let members: [HouseholdMember]
  let lease: CaseLease?
  let estateAddress: String
  let office: DocumentOffice
  /// Documents of the case that hold.
  let issued: [IssuedLine]
  let keys: KeyRing

  /// What stands in the fields of a kind before anybody types.
  func values(for kind: DocumentKind) -> [DocumentPlaceholder: String] {
    var values = office.values.merging(whose) { _, own in own }
      .merging(trail) { _, own in own }
    values[.partyID] = partyID(whole: kind.form.needsWholeNumber)
    values[.basis] = basis(for: kind)
    if kind == .returnOrder || kind == .notice {
      values[.remedies] =
        said(.decide, "remedies").flatMap { $0.contains("日") && $0.contains("月") ? $0 : nil }
          ?? """
          不服本决定的，可以自收到本决定书之日起六十日内向\(office.reviewOrgan)申请行政复议，\
          或者自收到本决定书之日起六个月内向人民法院提起行政诉讼。
          """
    }
    if kind == .demand, worked.record.route != .civil {
      // What it demands is the decision.
      (values[.noticed], values[.noticeNumber]) = (nil, nil)
    }
    if values[.manner] == nil {
      values[.manner] = "搬离住房，结清租金和水、电、燃气等费用，到本机关办理房屋交验手续，交还钥匙。"
    }
    return values.filter { !$0.value.isEmpty }
  }

  /// The number of the one who signed the lease.
  func partyID(whole isWhole: Bool) -> String {
    guard let applicant,
      let number = try? keys.openText(applicant.idNumberSealed, for: .personIDNumber)
    else { return "" }
    return isWhole ? number : Masking.maskedResidentID(number)
  }

  private var applicant: HouseholdMember? {
    members.first { $0.relation == .applicant } ?? members.first
  }

  private var home: String {
    let line = detail.line
    return estateAddress + line.estate
      + homeText(building: line.building, unit: line.unit, room: line.room)
  }

  private var whose: [DocumentPlaceholder: String] {
    [
      .party: applicant?.name ?? "", .partyAddress: home, .home: home, .estate: detail.line.estate,
      .members: members.filter { $0.relation != .applicant }.map(\.name).joined(separator: "、"),
      .floorArea: "\(detail.floorArea)平方米", .contract: lease?.contractNumber ?? "",
      .leaseTerm: lease.map { "\($0.startsOn.chinese)至\($0.endsOn.chinese)" } ?? "",
      .rent: lease.map { "\($0.monthlyRent)元" } ?? "", .caseNumber: detail.line.number,
      .nature: detail.line.nature.title,
      .object: "坐落于\(home)的公共租赁住房一套，建筑面积\(detail.floorArea)平方米。",
    ]
  }

  private func basis(for kind: DocumentKind) -> String {
    let ground = worked.ground
    let parts = [ground.articles, worked.record.localRule ?? ground.localRule]
    return said(.decide, "basis") ?? parts.filter { !$0.isEmpty }.joined(separator: "、")
  }

  private var trail: [DocumentPlaceholder: String] {
    let dates: [(DocumentPlaceholder, CaseDate)] = [
      (.discovered, .discovered), (.noticed, .noticed), (.decided, .decided),
      (.decisionServed, .decisionServed), (.demanded, .demanded),
    ]
    var values: [DocumentPlaceholder: String] = [:]
    for (place, date) in dates { values[place] = worked.dates[date]?.chinese }
    values[.facts] = said(.decide, "facts") ?? said(.verify, "facts")
    values[.hearing] = hearing
    values[.noticeNumber] = said(.serveNotice, "document") ?? number(of: [.notice, .leaveNotice])
    values[.decisionNumber] = said(.decide, "document") ?? number(of: [.returnOrder])
    values[.demandNumber] = said(.demand, "document") ?? number(of: [.demand])
    values[.court] = said(.applyToCourt, "court") ?? said(.sue, "court") ?? office.court
    values[.outcome] = said(.vacate, "facts") ?? said(.correct, "facts")
    return values
  }

  private func number(of kinds: [DocumentKind]) -> String? {
    issued.last { kinds.contains($0.kind) && !$0.isVoid }?.number
  }

  private var hearing: String? {
    guard let how = said(.hear, "hearing") else { return nil }
    let words =
      CaseStepTable.known(.hear).first { $0.name == "hearing" }?.text(how) ?? ""
    let statement = said(.hear, "statement") ?? ""
    let day = worked.dates[.heard].map { "于\($0.chinese)" } ?? ""
    return "当事人\(day)\(words)。" + statement
  }

  /// What the last step of a kind said, of those that hold.
  private func said(_ action: CaseAction, _ field: String) -> String? {
    worked.course.entries.last { $0.action == action }?
      .values(of: worked.record.id, keys: keys)[field]
  }
}

extension Transaction {
  func documentFacts(_ worked: WorkedCase, keys: KeyRing) throws -> DocumentFacts {
    let detail = try found(caseDetail(worked.record.id))
    let county = worked.record.area.county ?? worked.record.area
    return DocumentFacts(
      worked: worked, detail: detail, members: try all(householdMembers(detail.household)),
      lease: try first(caseLease(household: detail.household, home: detail.home)),
      estateAddress: try first(
        Query<String>("SELECT address FROM estates WHERE id = \(detail.estate)")) ?? "",
      office: try documentOffice(of: county), issued: try all(issuedLines(of: worked.record.id)),
      keys: keys)
  }
}
