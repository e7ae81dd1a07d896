import Complaints
import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A complaint about to become a case, or part of one.
struct ComplaintCaseSeen: Sendable {
  let complaint: ComplaintBrief
  let linked: [LinkedHousehold]
  /// The household of which it is to be; nil while several are linked and none is chosen.
  let chosen: LinkedHousehold?
  let entry: CaseEntrySeen?
  /// Cases that rest on it already.
  let behind: Set<CaseID>

  /// Those that it may become part of.
  var joinable: [(id: CaseID, number: String, nature: ExitNature, state: CaseState)] {
    entry?.running.filter { !behind.contains($0.id) } ?? []
  }
}

struct TypedComplaintCase: Sendable {
  enum Way: Sendable {
    case opening(ExitNature, facts: String)
    case joining(CaseID, facts: String?)
  }

  let household: HouseholdID
  let way: Way
}

private let opening = "new"

/// `/desk/complaints/:id/case?household=…`: a case is opened from a complaint, or the complaint joins one that runs.
func complaintCaseForm(
  _ services: Services
) -> EditForm<ComplaintID, ComplaintCaseSeen, TypedComplaintCase, CaseID> {
  EditForm(
    services, taken: ["case_complaints_key": ("target", "这件举报刚刚已经并入这件问题，请回到举报页面核对")],
    load: { tx, id, asked in
      try tx.complaintCase(
        id,
        household: (asked.fields?["household"] ?? asked.query["household"]).flatMap {
          HouseholdID($0)
        })
    },
    page: { seen, frame in
      EditPage(
        title: "由举报列入问题清单", lead: "举报 \(seen.complaint.number) · \(seen.complaint.kind.title)",
        breadcrumbs: complaintCrumbs(seen.complaint), caseBody(seen, frame))
    },
    read: { checker, seen in
      guard let household = seen.chosen?.household.id else {
        checker.fail("household", "请先选择是哪一户")
        return nil
      }
      return checker.complaintCase(seen.model).map {
        TypedComplaintCase(household: household, way: $0)
      }
    },
    write: { tx, typed, edit in try tx.write(typed.way, of: edit, household: typed.household) },
    done: { id, typed, _ in
      switch typed.way {
      case .opening: (Paths.deskCase.link(id), "已列入问题清单，下一步核实。")
      case .joining: (Paths.deskCase.link(id), "已并入这件问题。")
      }
    })
}

extension Transaction {
  func complaintCase(
    _ id: ComplaintID, household: HouseholdID?
  ) throws -> ComplaintCaseSeen {
    let complaint = try found(complaintBrief(id))
    let linked = try linkedHouseholds(id)
    let chosen =
      linked.first { $0.household.id == household } ?? (linked.count == 1 ? linked.first : nil)
    return ComplaintCaseSeen(
      complaint: complaint, linked: linked, chosen: chosen,
      entry: try chosen.map { try caseEntry($0.household.id) },
      behind: Set(try all(cases(of: id)).map(\.id)))
  }
}

// MARK: - Reading

extension FormChecker {
  fileprivate mutating func complaintCase(_ seen: ComplaintCaseSeen) -> TypedComplaintCase.Way? {
    guard let entry = seen.entry else { return nil }
    let target = choice(
      "target", "怎样办", among: [opening] + seen.joinable.map(\.id.description))
    let facts = paragraph(
      "facts", "核实的情况", max: 1000, min: 5, required: target != nil && target == opening)
    if let target, target != opening {
      return isValid ? CaseID(target).map { .joining($0, facts: facts) } : nil
    }
    if let problem = entry.problem { fail("target", problem.message.text) }
    let nature = choice("nature", "退出性质", of: ExitNature.self)
    if let nature, let known = entry.running.first(where: { $0.nature == nature }) {
      fail("nature", "这一家的“\(nature.title)”已在办理（\(known.number)），请并入那件问题")
    }
    guard isValid, let nature, let facts else { return nil }
    return .opening(nature, facts: facts)
  }
}

// MARK: - Drawing

private func caseBody(
  _ seen: EditSeen<ComplaintID, ComplaintCaseSeen>, _ frame: EditFrame
) -> HTML {
  guard !seen.linked.isEmpty else {
    return emptyState(
      "还没有关联家庭", hint: "先按地址找到这件举报说的是哪一户。",
      action: buttonLink("查找家庭", Paths.deskComplaintHousehold.link(seen.id)))
  }
  guard let chosen = seen.chosen, let entry = seen.entry else {
    let links = seen.linked.map { one -> HTML in
      let link = Paths.deskComplaintCase.link(seen.id)
        .query("household", one.household.id.description)
      return "<li><a href=\"\(path: link)\">\(one.household.text)</a></li>"
    }
    return panel("先选是哪一户", "<ul>\(links)</ul>\n")
  }
  let problem = entry.problem.map { notice(.warn, "<p>\($0.message.text)。</p>") } ?? HTML()
  guard entry.problem == nil || !seen.model.joinable.isEmpty else { return problem }
  return problem + panel("家庭", "<p>\(chosen.household.text)</p>\n")
    + form(seen, chosen, entry, frame)
}

private func form(
  _ seen: EditSeen<ComplaintID, ComplaintCaseSeen>, _ chosen: LinkedHousehold,
  _ entry: CaseEntrySeen, _ frame: EditFrame
) -> HTML {
  let view = frame.view
  let nature = seen.complaint.kind.nature
  let joinable = seen.model.joinable
  let likely = joinable.first { $0.nature == nature }?.id.description ?? opening
  return panel(
    "列入问题清单",
    frame.form(
      action: Paths.deskComplaintCase.link(seen.id), button: "保存",
      "<input type=\"hidden\" name=\"household\" value=\"\(chosen.household.id.description)\">\n"
        + view.radios(
          "target", "怎样办",
          options: [(opening, "新列一件问题")]
            + joinable.map {
              ($0.id.description, "并入 \($0.number)（\($0.nature.markedTitle) · \($0.state.title)）")
            }, value: likely)
        + view.select(
          "nature", "退出性质", options: ExitNature.allCases.map { ($0.rawValue, $0.markedTitle) },
          value: nature?.rawValue, hint: "新列的才用选", required: false)
        + view.textarea(
          "facts", "核实的情况", rows: 4,
          hint: "新列的必须写：什么时候、谁去看的，看到了什么。加密保存，只有经办能看。不要写举报人是谁，也不要照抄举报内容",
          required: false, maxlength: 1000)))
}

extension ComplaintKind {
  /// The nature of a case that such a complaint most often leads to.
  fileprivate var nature: ExitNature? {
    switch self {
    case .sublet: .sublet
    case .lent: .lent
    case .vacant: .vacant
    case .ineligible, .misconduct, .suggestion, .other: nil
    }
  }
}
