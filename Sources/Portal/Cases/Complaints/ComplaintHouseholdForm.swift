import Complaints
import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A complaint with the households that live where somebody looks.
struct ComplaintHouseholdSeen: Sendable {
  let complaint: ComplaintBrief
  let sought: SoughtPlace
  let estates: [EstateChoice]
  /// One more than are shown, where there are more; nil where nothing was said to look for.
  let found: [FoundHousehold]?
  let linked: Set<HouseholdID>
}

/// The households that are offered at once: more are to be looked for more closely.
private let mostFound = 30

/// `/desk/complaints/:id/household`: which household a complaint is about, by an address in words or by its place.
func complaintHouseholdForm(
  _ services: Services
) -> EditForm<ComplaintID, ComplaintHouseholdSeen, FoundHousehold, Void> {
  EditForm(
    services, taken: ["complaint_households_key": ("household", "别人刚刚关联了这一户，请回到举报页面核对")],
    load: { tx, id, asked in
      let complaint = try tx.found(complaintBrief(id))
      let sought = try complaint.sought(asked)
      let estates = try tx.estateChoices()
      return ComplaintHouseholdSeen(
        complaint: complaint, sought: sought, estates: estates,
        found: try households(at: sought, among: estates, limit: mostFound + 1).map {
          try tx.all($0)
        },
        linked: Set(try tx.linkedHouseholds(id).map(\.household.id)))
    },
    page: { seen, frame in
      EditPage(
        title: "查找家庭", lead: "举报 \(seen.complaint.number)：\(seen.complaint.address ?? "没有写地址")",
        breadcrumbs: complaintCrumbs(seen.complaint), findBody(seen, frame))
    },
    read: { checker, seen in
      let chosen = checker.value("household", "家庭", message: "请选择是哪一户") { HouseholdID($0) }
      let found = seen.found?.first { $0.id == chosen }
      if chosen != nil, found == nil { checker.fail("household", "这一户已经不在查找结果里，请重新查找") }
      if let found, seen.linked.contains(found.id) { checker.fail("household", "这一户已经关联过了") }
      return found
    },
    write: { tx, household, edit in try tx.link(edit.id, to: household, by: edit.editor) },
    done: { _, _, id in (Paths.deskComplaint.link(id), "已关联这一户，可以列入问题清单。") })
}

func complaintCrumbs(_ complaint: ComplaintBrief) -> [(String, Link)] {
  [
    ("投诉举报", Paths.deskComplaints.link),
    ("举报 \(complaint.number)", Paths.deskComplaint.link(complaint.id)),
  ]
}

extension ComplaintBrief {
  /// What is looked for: what was typed, or at first what the complaint says of its place.
  fileprivate func sought(_ asked: EditRequest) throws -> SoughtPlace {
    let typed = try SoughtPlace(asked.fields ?? asked.query)
    return typed.isEmpty ? SoughtPlace(words: address, estate: estate) : typed
  }
}

extension Transaction {
  fileprivate func link(
    _ complaint: ComplaintID, to household: FoundHousehold, by editor: Editor
  ) throws {
    _ = try found(complaintBrief(complaint))
    try execute(
      """
      INSERT INTO complaint_households (area, complaint_id, household_id, linked_by, linked_by_name,
        linked_at)
      VALUES (\(household.area), \(complaint), \(household.id), \(editor.principal.accountID),
        \(editor.principal.displayName), \(editor.now))
      """)
    try audit(
      AuditEvent(
        action: .linkHousehold, entity: "complaints", entityID: complaint.description,
        after: ["household": household.id.description]), by: editor.origin)
  }
}

// MARK: - Drawing

private func findBody(
  _ seen: EditSeen<ComplaintID, ComplaintHouseholdSeen>, _ frame: EditFrame
) -> HTML {
  search(seen, csrf: frame.csrf) + results(seen, frame)
}

private func search(
  _ seen: EditSeen<ComplaintID, ComplaintHouseholdSeen>, csrf: String
) -> HTML {
  let sought = seen.sought
  return filterBar(
    action: Paths.deskComplaintHousehold.link(seen.id),
    typed: ["words", "building", "unit", "room"], csrf: csrf
  ) {
    filterText("words", label: "地址", value: sought.words, hint: "例如 安居苑3栋1单元502")
      + filterSelect(
        "estate", label: "项目", options: seen.estates.map { ($0.id.description, $0.name) },
        selected: sought.estate?.description)
      + filterText("building", label: "楼栋", value: sought.building)
      + filterText("unit", label: "单元", value: sought.unit)
      + filterText("room", label: "房号", value: sought.room)
  }
}

private func results(
  _ seen: EditSeen<ComplaintID, ComplaintHouseholdSeen>, _ frame: EditFrame
) -> HTML {
  guard let found = seen.found else {
    return emptyState("还没有查找", hint: "写地址，或者选项目、楼栋和房号，再按“筛选”。")
  }
  let offered = found.filter { !seen.linked.contains($0.id) }
  guard !offered.isEmpty else {
    return frame.view.summary
      + emptyState(
        found.isEmpty ? "没有找到住在那里的家庭" : "查到的家庭都已关联",
        hint: "换一种写法：只选项目和楼栋，或者只写房号。只查得到现在在租的家庭。")
  }
  let more: HTML =
    found.count > mostFound ? notice(.info, "<p>查到的很多，只列出前 \(mostFound) 户，请写得更细。</p>") : HTML()
  return more
    + panel(
      "查到的家庭",
      frame.form(
        action: Paths.deskComplaintHousehold.link(seen.id), button: "关联这一户",
        kept(seen.sought)
          + frame.view.radios(
            "household", "举报说的是哪一户",
            options: offered.prefix(mostFound).map { ($0.id.description, $0.text) })))
}

/// What was looked for goes along, so that the page comes back as it was.
private func kept(_ sought: SoughtPlace) -> HTML {
  let values = [
    ("words", sought.words), ("estate", sought.estate?.description), ("building", sought.building),
    ("unit", sought.unit), ("room", sought.room),
  ]
  return values.compactMap { name, value in
    value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">\n" as HTML }
  }.joined()
}
