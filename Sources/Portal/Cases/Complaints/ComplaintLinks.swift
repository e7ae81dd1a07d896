package import Complaints
import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Register

/// A household that an officer found a complaint to be about.
struct LinkedHousehold: Sendable {
  let household: FoundHousehold
  let linkedByName: String
  let linkedAt: Date
}

/// A case that rests on a complaint: where it stands.
struct CaseOfComplaint: RowDecodable, Sendable {
  let id: CaseID
  let number: String
  let nature: ExitNature
  let state: CaseState

  init(_ row: Row) throws {
    id = try row("id")
    number = try row("number")
    nature = try row("nature")
    state = try row("state")
  }
}

func cases(of complaint: ComplaintID) -> Query<CaseOfComplaint> {
  Query(
    """
    SELECT c.id, c.number, c.nature, c.state FROM case_complaints l JOIN cases c ON c.id = l.case_id
    WHERE l.complaint_id = \(complaint) ORDER BY c.id
    """)
}

extension Transaction {
  /// Those that hold, the first link first.
  func linkedHouseholds(_ complaint: ComplaintID) throws -> [LinkedHousehold] {
    let links = try all(
      Query(
        """
        SELECT household_id, linked_by_name, linked_at FROM complaint_households
        WHERE complaint_id = \(complaint) AND removed_at IS NULL ORDER BY id
        """
      ) { row in
        (
          id: try row("household_id", as: HouseholdID.self),
          name: try row("linked_by_name", as: String.self), at: try row("linked_at", as: Date.self)
        )
      })
    guard !links.isEmpty else { return [] }
    let found = Dictionary(
      try all(foundHouseholds(links.map(\.id))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    return links.compactMap { link in
      found[link.id].map {
        LinkedHousehold(household: $0, linkedByName: link.name, linkedAt: link.at)
      }
    }
  }
}

extension ComplaintCasePart {
  /// The households that a complaint is about, and how the cases that follow from it stand: their state alone.
  package static let ofProblemList = ComplaintCasePart { tx, complaint, principal in
    let page = ComplaintCasesPanel(
      complaint: complaint, households: try tx.linkedHouseholds(complaint.id),
      cases: principal.may(.viewCases) ? try tx.all(Cases.cases(of: complaint.id)) : [],
      principal: principal)
    return page.html
  }
}

/// On the page of a complaint.
struct ComplaintCasesPanel: Sendable {
  let complaint: ComplaintBrief
  let households: [LinkedHousehold]
  let cases: [CaseOfComplaint]
  let principal: Principal

  /// A suggestion is about nobody.
  private var isOffered: Bool { complaint.kind != .suggestion && principal.may(.handleComplaints) }

  var html: HTML {
    guard isOffered || !households.isEmpty || !cases.isEmpty else { return HTML() }
    return panel("涉及的家庭和问题", actions: actions, householdTable + caseTable)
  }

  private var actions: HTML {
    guard isOffered else { return HTML() }
    let find = buttonLink(
      "查找家庭", Paths.deskComplaintHousehold.link(complaint.id), isPrimary: households.isEmpty)
    guard !households.isEmpty else { return find }
    let list: HTML =
      principal.may(.workCases)
      ? buttonLink("列入问题清单", Paths.deskComplaintCase.link(complaint.id), isPrimary: cases.isEmpty)
      : HTML()
    return list + find
      + buttonLink("取消关联", Paths.deskComplaintUnlinking.link(complaint.id), isPrimary: false)
  }

  private var householdTable: HTML {
    dataTable(
      caption: "涉及的家庭",
      columns: [
        Column<LinkedHousehold>("家庭") { "\($0.household.text)" },
        Column("关联人") { "\($0.linkedByName)" }, Column("关联时间") { "\(tableTime($0.linkedAt))" },
      ], rows: households, link: { Paths.deskHousehold.link($0.household.id) },
      empty: emptyState("还没有关联家庭", hint: "按地址找到这件举报说的是哪一户，再列入问题清单。"))
  }

  private var caseTable: HTML {
    dataTable(
      caption: "由此办理的问题",
      columns: [
        Column<CaseOfComplaint>("问题") { "\($0.number)" },
        Column("退出性质") { tag($0.nature.markedTitle) },
        Column("办理情况") { tag($0.state.title, $0.state.tagKind) },
      ], rows: cases, link: { Paths.deskCase.link($0.id) }, empty: HTML())
  }
}

/// A complaint that stands behind a case: that it does, and for who may read complaints its number.
struct ComplaintBehind: RowDecodable, Sendable {
  let id: ComplaintID
  /// Nil where the complaint is out of the reader's sight.
  let number: String?

  init(_ row: Row) throws {
    id = try row("complaint_id")
    number = try row("number")
  }
}

func complaints(behind id: CaseID) -> Query<ComplaintBehind> {
  Query(
    """
    SELECT l.complaint_id, c.number FROM case_complaints l
    LEFT JOIN complaints c ON c.id = l.complaint_id
    WHERE l.case_id = \(id) ORDER BY l.linked_at, l.complaint_id
    """)
}

/// Not what complaints say, nor who says it.
func complaintsBehindText(_ complaints: [ComplaintBehind], for principal: Principal) -> HTML {
  guard !complaints.isEmpty else { return "—" }
  guard principal.may(.viewComplaints) else { return "有 \(complaints.count) 件投诉举报" }
  return complaints.map { complaint -> HTML in
    guard let number = complaint.number else { return "1 件投诉举报" }
    return "<a href=\"\(path: Paths.deskComplaint.link(complaint.id))\">\(number)</a>"
  }.joined(separator: "、")
}
