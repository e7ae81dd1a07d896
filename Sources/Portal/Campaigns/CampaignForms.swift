import Domain
import HTML
import Pages
import Postgres
import Web

/// Campaigns are made and their plans corrected.
struct CampaignForms: Sendable {
  let services: Services
  let cases: CampaignCases

  static let taken: TakenValues = [
    "campaigns_area_document_number_key": ("document_number", "这个文号已经有一次行动，请核对文号"),
    "campaigns_one_runs": ("title", "这个县已有一次进行中的行动，先结束它，再建立或恢复另一次"),
  ]

  /// What a new campaign may be copied from.
  struct Sources: Sendable {
    let county: AreaCode?
    let running: Campaign?
    let earlier: [Campaign]
    let openCases: Int
    let today: Day
  }

  /// `/desk/campaign/new`
  var opening: EditForm<Void, Sources, TypedOpening, OpenedCampaign> {
    EditForm(
      services, isLong: true, taken: Self.taken,
      load: { tx, _, asked in
        let county = asked.principal.area.level == .county ? asked.principal.area : nil
        let all = try tx.all(campaigns(for: asked.principal.area)).filter { $0.area == county }
        return Sources(
          county: county, running: all.first { $0.endedOn == nil }, earlier: all,
          openCases: try all.map { try cases.open(tx, $0.id) }.reduce(0, +), today: asked.today)
      },
      page: { seen, frame in
        EditPage(
          title: "建立行动", lead: "从通知的方案或以前的行动开始，日期随第一天平移，建立后都可以再改。",
          breadcrumbs: [("行动方案", Paths.deskCampaign.link)],
          panel("建立行动", openingBody(seen.model, frame)))
      },
      read: { checker, seen in TypedOpening(&checker, seen.model) },
      write: { tx, typed, edit in
        try tx.openCampaign(typed, by: edit.editor, carryingOver: cases.carryOver)
      },
      done: { opened, typed, _ in
        (
          Paths.deskCampaignEdit.link(opened.id),
          "已建立“\(typed.title)”\(opened.carriedOver > 0 ? "，转入未销号的问题 \(opened.carriedOver) 件" : "")。"
            + "请核对各阶段的日期。"
        )
      })
  }

  /// `/desk/campaign/:id/edit`
  var change: EditForm<CampaignID, CampaignPlan, TypedCampaign, Void> {
    EditForm(
      services, taken: Self.taken, load: { tx, id, _ in try tx.plan(try tx.found(campaign(id))) },
      history: { id, plan in .campaign(id, version: plan.campaign.version) },
      page: { plan, frame in
        EditPage(
          title: "修改方案", lead: plan.campaign.title, breadcrumbs: campaignCrumbs(plan.campaign),
          panel(
            "方案",
            plan.campaign.endedOn == nil
              ? frame.form(
                action: Paths.deskCampaignEdit.link(plan.id), button: "保存",
                campaignFields(frame.view, plan.model))
              : emptyState("行动已经结束，方案不能再改", hint: "结束有误的，先恢复行动。")))
      },
      read: { checker, plan in TypedCampaign(&checker, stageRows: stageRows(plan.model)) },
      write: { tx, typed, edit in
        try tx.changeCampaign(edit.id, to: typed, version: edit.version, by: edit.editor)
      },
      done: { _, _, id in (Paths.deskCampaign.link, "方案已保存。") })
  }
}

func campaignCrumbs(_ campaign: Campaign) -> [(String, Link)] {
  [("行动方案", Paths.deskCampaign.link), (campaign.title, Paths.deskCampaignShow.link(campaign.id))]
}

// MARK: - Opening

private func openingBody(_ seen: CampaignForms.Sources, _ frame: EditFrame) -> HTML {
  guard seen.county != nil else {
    return emptyState("行动由县里建立", hint: "请用县住建局的账号办理。")
  }
  if let running = seen.running {
    return emptyState(
      "“\(running.title)”还在进行", hint: "一个县同时只有一次行动。先结束它，未销号的问题会转入下一次。",
      action: buttonLink("查看行动方案", Paths.deskCampaign.link, isPrimary: false))
  }
  let notice = CampaignTemplate2021.template
  let view = frame.view
  let sources =
    [(TypedOpening.notice, "通知的方案（\(notice.documentNumber)）")]
    + seen.earlier.map { ($0.id.description, "“\($0.title)”（\($0.documentNumber)）") }
  return frame.form(
    action: Paths.deskCampaignNew.link, button: "建立",
    view.radios("source", "从哪里开始", options: sources, value: sources.first?.0)
      + view.input("title", "名称", value: notice.title, maxlength: 100)
      + view.input("document_number", "文号", hint: "如 \(notice.documentNumber)", maxlength: 60)
      + view.input(
        "starts_on", "第一阶段的第一天", type: .date, value: seen.today.iso,
        hint: "其余阶段、任务和清退期限按同样的间隔排出，下一步逐项核对。")
      + (seen.openCases > 0
        ? "<p class=\"hint\">以前的行动里未销号的 \(seen.openCases) 件问题转入这次行动。</p>\n" : HTML()))
}

/// What the form of a new campaign brings.
struct TypedOpening: Sendable {
  static let notice = "notice"

  let county: AreaCode
  /// The campaign whose plan is copied; nil for the notice's.
  let copied: CampaignID?
  let title: String
  let documentNumber: String
  let startsOn: Day

  init?(_ checker: inout FormChecker, _ seen: CampaignForms.Sources) {
    let sources = [Self.notice] + seen.earlier.map(\.id.description)
    let source = checker.choice("source", "从哪里开始", among: sources)
    let title = checker.column("title", "名称", max: 100)
    let number = checker.column("document_number", "文号", max: 60)
    let startsOn = checker.campaignDay("starts_on", "第一阶段的第一天")
    if seen.county == nil { checker.fail("title", "行动由县里建立，请用县住建局的账号办理") }
    guard let county = seen.county, let source, let title, let number, let startsOn else {
      return nil
    }
    self.county = county
    copied = CampaignID(source)
    self.title = title
    documentNumber = number
    self.startsOn = startsOn
  }
}

extension FormChecker {
  /// A day that a plan may name.
  mutating func campaignDay(_ field: String, _ label: String, required: Bool = true) -> Day? {
    if !required, (fields[field] ?? "").isEmpty { return nil }
    guard let day = day(field, label) else { return nil }
    guard (2000...2100).contains(day.year) else {
      fail(field, "\(label)应在 2000 年到 2100 年之间，请核对年份")
      return nil
    }
    return day
  }
}
