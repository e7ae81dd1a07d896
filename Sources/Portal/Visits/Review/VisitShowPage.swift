import Domain
import Files
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// Everything about one visit that the desk sees.
struct VisitSeen: Sendable {
  let visit: VisitDetail
  let personal: VisitPersonal
  let marks: [MarkedVisit]
  let photos: [ListedFile]
  let repairs: [RepairLine]
  let events: [StepEvent]
}

extension Transaction {
  func visitSeen(_ id: VisitID, keys: KeyRing) throws -> VisitSeen {
    guard let visit = try first(visitDetail(id)) else { throw WebError.notFound }
    return VisitSeen(
      visit: visit, personal: try visit.personal(keys), marks: try all(visitMarks(of: id)),
      photos: try all(files(of: .visit(id))), repairs: try all(repairs(of: id)),
      events: try all(visitSteps.events(of: id)))
  }
}

/// The page of one visit.
struct VisitShowPage {
  let seen: VisitSeen
  let principal: Principal
  let csrf: String
  let failed: (VisitAction, FormChecker)?

  private var visit: VisitDetail { seen.visit }

  var html: HTML {
    """
    \(marks)\(panel("走访情况", definitionList(facts + personalFacts)))\
    \(panel("照片", photos))\(repairs)\(steps)\
    \(panel("经过", timeline([recorded] + seen.events.map(visitTimelineEvent))))
    """
  }

  private var marks: HTML {
    guard !seen.marks.isEmpty else { return HTML() }
    let items = seen.marks.map { item -> HTML in
      "<li>\(tag(item.mark.title, .warn)) \(optional: item.details)</li>\n"
    }
    return notice(
      .warn, "<p>这些情况请审核时看一看，不表示走访有问题：</p><ul>\n\(items.joined())</ul>")
  }

  private var facts: [(String, HTML)] {
    let present: [(String, HTML?)] = [
      ("房屋", visit.home.map { _ in place }),
      (
        "家庭",
        """
        <a href="\(path: Paths.deskHousehold.link(visit.household))">\(visit.householdNumber)</a> \
        \(Masking.maskedName(visit.applicant ?? ""))
        """
      ),
      ("走访时间", "\(time)\(ifLet: visit.slot, { " · \($0.title)" })"),
      ("走访人", "\(visitors)"),
      ("见到", "\(visit.met.title)\(if: visit.isIDChecked == true, " · 已查看身份证件")"),
      ("使用情况", visit.use.map { tag($0.title, $0.tagKind) }),
      ("居住人数", visit.occupants.map { "\($0) 人" }),
      ("从哪天起空置", visit.emptySince.map { "\($0.chinese)" }),
      ("空置原因", visit.emptyReason.map { "\($0.title)" }),
      ("表具读数", meters),
      ("装修", visit.isRedecorated == true ? "有改动" : nil),
      ("现场办结", settled),
      ("录音录像编号", visit.recordingNumber.map { "\($0)" }),
      ("填写地点", visit.isLocated ? "已记录（大约位置，只用于核对）" : nil),
    ]
    return present.compactMap { label, value in value.map { (label, $0) } }
  }

  private var place: HTML {
    guard let entry = visit.entry else {
      return visit.home.map {
        "<a href=\"\(path: Paths.deskHome.link($0))\">\(visit.place)</a>"
      } ?? "\(visit.place)"
    }
    return "<a href=\"\(path: Paths.deskRosterEntry.link(entry))\">\(visit.place)</a>"
  }

  private var time: String {
    visit.visitedAt.map(ShanghaiTime.dateTimeText) ?? visit.visitedOn.chinese
  }

  private var visitors: HTML {
    guard let first = visit.recordedByName else { return "—" }
    let confirmed: HTML =
      visit.second == nil
      ? HTML() : visit.confirmedAt == nil ? " " + tag("待确认", .warn) : " " + tag("已确认", .ok)
    return "\(first)\(ifLet: visit.secondName, { "、\($0)" })\(confirmed)"
  }

  private var meters: HTML? {
    let readings = [
      ("水", visit.water, "吨"), ("电", visit.electricity, "度"), ("燃气", visit.gas, "m³"),
    ]
    .compactMap { name, value, unit in value.map { "\(name) \($0.text) \(unit)" } }
    return readings.isEmpty ? nil : "\(readings.joined(separator: "，"))"
  }

  private var settled: HTML? {
    var words: [String] = []
    if visit.renews == true { words.append("同意续租") }
    if let arrears = visit.arrears, let day = visit.arrearsBy {
      words.append("承诺 \(day.chinese)前交清欠租 \(arrears.grouped) 元")
    }
    return words.isEmpty ? nil : "\(words.joined(separator: "；"))"
  }

  private var personalFacts: [(String, HTML)] {
    let told = seen.personal
    return [
      ("实际居住人", told.occupants), ("空置原因的证明", told.emptyProof), ("家庭变化", told.familyChange),
      ("工作变化", told.workChange), ("装修改动", told.decoration), ("看到的车辆", told.vehicles),
      ("备注", told.notes),
    ].compactMap { label, text in text.map { (label, "<span class=\"typed-text\">\($0)</span>") } }
  }

  private var repairs: HTML {
    seen.repairs.isEmpty
      ? HTML() : panel("报修", "<ul>\(seen.repairs.map(\.item).joined())</ul>")
  }

  private var recorded: TimelineEvent {
    TimelineEvent(
      time: visit.recordedAt.map(ShanghaiTime.dateTimeText) ?? visit.visitedOn.chinese,
      title: "登记走访", actor: visit.recordedByName)
  }

  // MARK: Photos

  private var photos: HTML {
    let waits: HTML =
      visit.photosMissing > 0
      ? notice(.warn, "<p>手机上拍了 \(visit.photosTaken) 张，还有 \(visit.photosMissing) 张没有送达。</p>")
      : HTML()
    let grid: HTML =
      seen.photos.isEmpty
      ? emptyState("没有照片") : "<ul class=\"file-list\">\(seen.photos.map(photo).joined())</ul>\n"
    return waits + grid + upload
  }

  private func photo(_ file: ListedFile) -> HTML {
    let link = Paths.deskVisitFile.link(file.id)
    let picture: HTML =
      file.hasThumbnail
      ? """
      <a href="\(path: link)" tabindex="-1" aria-hidden="true"><img alt="" loading="lazy" \
      src="\(path: Paths.deskVisitThumbnail.link(file.id))"></a>
      """ : "<span class=\"file-mark\" aria-hidden=\"true\">图</span>"
    return """
      <li>\(picture)<div><p class="file-title"><a href="\(path: link)">\(file.title)</a></p>
      <p class="hint">\(file.uploadedBy) \(tableTime(file.uploadedAt))</p></div></li>

      """
  }

  private var upload: HTML {
    guard principal.may(.recordVisits), visit.state != .void else { return HTML() }
    let view = FormView(idPrefix: "photos-")
    return view.form(
      action: Paths.deskVisitPhotos.link(visit.id), csrf: csrf, hasFiles: true, button: "补传照片",
      view.files(
        VisitPhotos.field, "补传照片", accept: VisitPhotos.intake.accept, hint: VisitPhotos.intake.hint)
    )
  }

  // MARK: Steps

  private var steps: HTML {
    let offered = VisitWorkflow.offered(from: visit.state, of: (), to: principal)
      .filter { $0.isFor(principal, visit) }
    let all = (mayConfirm ? [confirmation] : []) + offered.map(stepForm)
    return all.isEmpty ? HTML() : panel("审核", all.joined())
  }

  private var mayConfirm: Bool {
    visit.second == principal.accountID && visit.confirmedAt == nil && visit.state != .void
      && principal.may(.recordVisits)
  }

  private var confirmation: HTML {
    FormView(idPrefix: "confirm-").form(
      action: Paths.deskVisitConfirmation.link(visit.id), csrf: csrf, button: "确认：我参加了，情况属实",
      hidden)
  }

  private var hidden: HTML {
    """
    <input type="hidden" name="version" value="\(visit.version)">
    <input type="hidden" name="from" value="\(visit.state.rawValue)">

    """
  }

  private func stepForm(_ transition: VisitTransition) -> HTML {
    let prefix = "\(transition.action.rawValue)-"
    let view =
      failed.flatMap { action, checker in
        action == transition.action ? FormView(checker, idPrefix: prefix) : nil
      } ?? FormView(idPrefix: prefix)
    let text = transition.requiredText.map { view.textarea("text", $0, rows: 2, maxlength: 1_000) }
    return view.form(
      action: Paths.deskVisitStep.link(visit.id), csrf: csrf, button: transition.action.title,
      """
      \(hidden)<input type="hidden" name="action" value="\(transition.action.rawValue)">
      \(text ?? HTML())
      """)
  }
}
