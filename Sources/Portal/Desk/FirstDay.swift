import Campaigns
import Domain
import Findings
import HTML
import Imports
import Pages
import Postgres
import Reviews

/// What an area has of what its first findings need. Read from the tables themselves: there is no mark that
/// could say otherwise.
struct FirstDay: RowDecodable {
  private let done: Set<FirstDayStep>
  /// The bureaus of which nobody has signed in yet.
  private let away: [Bureau]
  /// The bureaus that have not answered anything yet.
  private let silent: [Bureau]

  init(_ row: Row) throws {
    var done: Set<FirstDayStep> = []
    for step in FirstDayStep.allCases where !step.isOfBureaus {
      if try row(step.rawValue, as: Bool.self) { done.insert(step) }
    }
    let answered = Set(try row("answered", as: [CheckType].self).map(\.bureau))
    silent = Bureau.allCases.filter { !answered.contains($0) }
    if silent.isEmpty { done.insert(.answers) }
    let present = Set(try row("present", as: [Role].self).compactMap(\.bureau))
    away = Bureau.allCases.filter { !present.contains($0) }
    if away.isEmpty { done.insert(.invited) }
    self.done = done
  }

  private var isOver: Bool { done.count == FirstDayStep.allCases.count }

  /// The steps, for who may take one of them, until all are taken.
  func html(for principal: Principal) -> HTML {
    guard !isOver, FirstDayStep.isShown(to: principal) else { return HTML() }
    let steps = FirstDayStep.allCases
    return panel(
      "第一天：做完 \(steps.count { done.contains($0) }) / \(steps.count) 步",
      "<p>按顺序做，做完一步自动打勾；全部做完，这张清单就不再显示。</p>"
        + dataTable(
          caption: "第一天要做的事",
          columns: [
            Column<FirstDayStep>("步骤") { title($0, principal) },
            Column("情况") { standing($0, principal) },
            Column("说明") { "\(hint($0))" },
          ], rows: steps, empty: HTML()))
  }

  private func hint(_ step: FirstDayStep) -> String {
    let (missing, words) = step == .invited ? (away, "还没有登录过") : (silent, "还没有答复")
    guard step.isOfBureaus, !missing.isEmpty else { return step.hint }
    return step.hint + "\(words)：\(missing.map(\.title).joined(separator: "、"))。"
  }

  /// Leads to its page, for who may take it.
  private func title(_ step: FirstDayStep, _ principal: Principal) -> HTML {
    let title: HTML = "\(step.place). \(step.title)"
    guard !done.contains(step), principal.may(step.permission) else { return title }
    return "<a href=\"\(path: step.link)\">\(title)</a>"
  }

  private func standing(_ step: FirstDayStep, _ principal: Principal) -> HTML {
    guard !done.contains(step) else { return tag("✓ 已完成", .ok) }
    guard principal.may(step.permission) else {
      return "由\(Role.holding(step.permission).map(\.title).joined(separator: "或"))办理"
    }
    return tag("未完成", .warn)
  }
}

/// A step of an empty county on its way to its first findings, in their order.
enum FirstDayStep: String, CaseIterable, Sendable {
  case estates
  case homes
  case households
  case leases
  case thresholds
  case campaign
  case round
  case invited
  case answers

  /// Whether it is others who take it.
  var isOfBureaus: Bool { self == .invited || self == .answers }

  static func isShown(to principal: Principal) -> Bool {
    allCases.contains { principal.may($0.permission) }
  }

  var place: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  var title: String {
    switch self {
    case .estates: "导入项目"
    case .homes: "导入房源"
    case .households: "导入保障家庭"
    case .leases: "导入租约"
    case .thresholds: "设置认定标准"
    case .campaign: "登记整治行动"
    case .round: "开始一轮复核"
    case .invited: "请各单位登录"
    case .answers: "请各单位答复"
    }
  }

  var hint: String {
    switch self {
    case .estates: "先有项目，房源才有归属。"
    case .homes: "每套房一行，项目名称与上一步一致。"
    case .households: "每个成员一行，申请人在前。"
    case .leases: "一份合同一行，把家庭和房源连起来。"
    case .thresholds: "收入、资产、车辆、空置、欠租的标准和依据文件。"
    case .campaign: "按方案登记标题、文号、阶段和清退期限。"
    case .round: "冻结要查的家庭名单，定下各单位的答复期限。"
    case .invited: "告诉各单位经办人地址和期限；没有账号的，请系统管理员建立，把首次登录单交给本人。"
    case .answers: "各单位登录后下载核查清单、上传数据或逐户答复。"
    }
  }

  var permission: Permission {
    switch self {
    case .estates, .homes, .households, .leases: .importRegister
    case .thresholds: .setThresholds
    case .campaign: .planCampaign
    case .round, .invited, .answers: .runReviews
    }
  }

  var link: Link {
    switch self {
    case .estates, .homes, .households, .leases:
      Paths.deskImportNew.link.query("kind", rawValue)
    case .thresholds: Paths.deskThresholds.link
    case .campaign: Paths.deskCampaignNew.link
    case .round: Paths.deskReviewNew.link
    case .invited, .answers: Paths.deskReviews.link
    }
  }
}

/// What somebody's area has; row-level security leaves other counties out.
let firstDay: Query<FirstDay> = Query(
  """
  SELECT EXISTS (SELECT FROM estates) AS estates, EXISTS (SELECT FROM homes) AS homes,
    EXISTS (SELECT FROM households) AS households, EXISTS (SELECT FROM leases) AS leases,
    EXISTS (SELECT FROM thresholds) AS thresholds, EXISTS (SELECT FROM campaigns) AS campaign,
    EXISTS (SELECT FROM review_rounds) AS round,
    ARRAY(
      SELECT DISTINCT role FROM accounts WHERE disabled_at IS NULL AND NOT must_change_password)
      AS present,
    ARRAY(
      SELECT t.type FROM unnest(\(list: CheckType.owed)::text[]) AS t (type)
      WHERE EXISTS (SELECT FROM deliveries d WHERE d.check_type = t.type AND d.state = 'done'))
      AS answered
  """)
