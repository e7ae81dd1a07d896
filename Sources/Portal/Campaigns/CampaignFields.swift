import Domain
import HTML
import Pages
import Web

/// What the form of a plan brings.
struct TypedCampaign: Sendable {
  let title: String
  let documentNumber: String
  let clearBy: Day
  let graceBy: Day?
  let scope: CampaignScope
  let stages: [CampaignStage]

  init?(_ checker: inout FormChecker, stageRows: Int) {
    let title = checker.column("title", "名称", max: 100)
    let number = checker.column("document_number", "文号", max: 60)
    let clearBy = checker.campaignDay("clear_by", "清退期限")
    let graceBy = checker.campaignDay("grace_by", "主动退出宽限至", required: false)
    if let graceBy, let clearBy, graceBy > clearBy {
      checker.fail("grace_by", "宽限日期不能晚于清退期限（\(clearBy.iso)）")
    }
    let scope = checker.choice("scope", "整治范围", of: CampaignScope.self)
    let stages = checker.stages(rows: stageRows)
    guard checker.isValid, let title, let number, let clearBy, let scope else { return nil }
    self.title = title
    documentNumber = number
    self.clearBy = clearBy
    self.graceBy = graceBy
    self.scope = scope
    self.stages = stages
  }

  var audited: [String: String] {
    var values = [
      "title": title, "document_number": documentNumber, "clear_by": clearBy.iso,
      "scope": scope.title, "stages": CampaignStage.words(stages),
    ]
    values["grace_by"] = graceBy?.iso
    return values
  }
}

extension CampaignStage {
  /// A list of stages in one line, for the log.
  static func words(_ stages: [CampaignStage]) -> String {
    stages.map { "\($0.title) \($0.startsOn.iso)—\($0.endsOn.iso)" }.joined(separator: "；")
  }
}

/// How many lines the form has for stages: those that are there, and some more.
func stageRows(_ plan: CampaignPlan) -> Int { plan.stages.count + 2 }

/// The fields of a plan.
func campaignFields(_ view: FormView, _ plan: CampaignPlan) -> HTML {
  let campaign = plan.campaign
  let overlap = overlapping(plan.stages) != nil
  return view.input("title", "名称", value: campaign.title, maxlength: 100)
    + view.input("document_number", "文号", value: campaign.documentNumber, maxlength: 60)
    + view.input("clear_by", "清退期限", type: .date, value: campaign.clearBy.iso)
    + view.input(
      "grace_by", "主动退出宽限至", type: .date, value: campaign.graceBy?.iso,
      hint: "在这一天以前主动退出的，按方案从宽处理。", required: false)
    + view.radios(
      "scope", "整治范围", options: CampaignScope.allCases.map { ($0.rawValue, $0.title) },
      value: campaign.scope.rawValue,
      hint: "复核名单、疑点和问题只涉及范围内、有履行中租约的家庭；正在进行的复核名单不变，已有的疑点到下一次运行规则时按新范围处理。")
    + (1...stageRows(plan)).map { stageFields(view, $0, plan.stages) }.joined()
    + view.checkbox(
      "overlap", "阶段可以同时进行", isChecked: overlap, hint: "通知的方案中，抽查核实与自查自纠同时进行。")
}

private func stageFields(_ view: FormView, _ number: Int, _ stages: [CampaignStage]) -> HTML {
  let stage = stages.indices.contains(number - 1) ? stages[number - 1] : nil
  return """
    <div class="field-row">\
    \(view.input("stage_title_\(number)", "阶段\(number)", value: stage?.title, required: false, maxlength: 40))\
    \(view.input("stage_from_\(number)", "开始", type: .date, value: stage?.startsOn.iso, required: false))\
    \(view.input("stage_to_\(number)", "结束", type: .date, value: stage?.endsOn.iso, required: false))\
    </div>

    """
}

/// Two stages that share a day; nil when none do.
private func overlapping(_ stages: [CampaignStage]) -> (CampaignStage, CampaignStage)? {
  // A stage may begin on the day that the one before it ends, as the notice's second does.
  for (place, stage) in stages.enumerated() {
    if let other = stages[(place + 1)...].first(where: {
      $0.startsOn < stage.endsOn && stage.startsOn < $0.endsOn
    }) {
      return (stage, other)
    }
  }
  return nil
}

extension FormChecker {
  /// The lines in which something stands, in the order of their days.
  fileprivate mutating func stages(rows: Int) -> [CampaignStage] {
    var stages: [CampaignStage] = []
    for number in 1...rows {
      let names = ["stage_title_\(number)", "stage_from_\(number)", "stage_to_\(number)"]
      guard names.contains(where: { !(fields[$0] ?? "").isEmpty }) else { continue }
      let title = column(names[0], "阶段\(number)的名称", max: 40)
      let from = campaignDay(names[1], "阶段\(number)的开始日期")
      let to = campaignDay(names[2], "阶段\(number)的结束日期")
      guard let title, let from, let to else { continue }
      if to < from { fail(names[2], "“\(title)”的结束日期早于开始日期（\(from.iso)），请核对") }
      if stages.contains(where: { $0.title == title }) {
        fail(names[0], "已有一个阶段叫“\(title)”，请换一个名称或并成一个")
      }
      stages.append(CampaignStage(title: title, startsOn: from, endsOn: to))
    }
    if stages.isEmpty, isValid { fail("stage_title_1", "至少要有一个阶段") }
    if isValid, !isChecked("overlap"), let (one, other) = overlapping(stages) {
      fail("overlap", "“\(one.title)”和“\(other.title)”的时间重叠：请改正日期；确实同时进行的，勾选“阶段可以同时进行”")
    }
    return stages.sorted { ($0.startsOn, $0.endsOn) < ($1.startsOn, $1.endsOn) }
  }
}
