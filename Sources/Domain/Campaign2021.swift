/// Somebody who owes a milestone or a report. The raw value is the text stored in SQL.
public enum OwingUnit: String, CaseIterable, Codable, Hashable, Sendable {
  case housing
  case civilAffairs = "civil_affairs"
  case naturalResources = "natural_resources"
  case publicSecurity = "public_security"
  /// Every township with public rental homes.
  case townships

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .housing: Bureau.housing.title
    case .civilAffairs: Bureau.civilAffairs.title
    case .naturalResources: Bureau.naturalResources.title
    case .publicSecurity: Bureau.publicSecurity.title
    case .townships: "各有关乡镇"
    }
  }
}

/// A stage of a campaign; stages may overlap.
public struct CampaignStage: Hashable, Codable, Sendable {
  public let title: String
  public let startsOn: Day
  /// The last day.
  public let endsOn: Day

  public init(title: String, startsOn: Day, endsOn: Day) {
    self.title = title
    self.startsOn = startsOn
    self.endsOn = endsOn
  }
}

/// Something that units owe by a day.
public struct CampaignMilestone: Hashable, Codable, Sendable {
  public let title: String
  public let dueOn: Day
  public let owedBy: [OwingUnit]

  public init(title: String, dueOn: Day, owedBy: [OwingUnit]) {
    self.title = title
    self.dueOn = dueOn
    self.owedBy = owedBy
  }
}

/// The plan of a campaign (整治行动), from which a county starts its own.
public struct CampaignTemplate: Hashable, Codable, Sendable {
  public let title: String
  public let documentNumber: String
  public let issuedOn: Day
  /// By this day every household that may not stay has left.
  public let clearBy: Day
  public let stages: [CampaignStage]
  public let milestones: [CampaignMilestone]

  public init(
    title: String, documentNumber: String, issuedOn: Day, clearBy: Day, stages: [CampaignStage],
    milestones: [CampaignMilestone]
  ) {
    self.title = title
    self.documentNumber = documentNumber
    self.issuedOn = issuedOn
    self.clearBy = clearBy
    self.stages = stages
    self.milestones = milestones
  }

  /// The stages that run on a day, in their order; none before the first and after the last.
  public func stages(on day: Day) -> [CampaignStage] {
    stages.filter { $0.startsOn <= day && day <= $0.endsOn }
  }

  /// The same plan, every day of it later by so many days (earlier when negative).
  ///
  /// - Parameter documentNumber: of the document that orders it; the same when not said.
  public func moved(by days: Int, documentNumber: String? = nil) -> CampaignTemplate {
    CampaignTemplate(
      title: title, documentNumber: documentNumber ?? self.documentNumber,
      issuedOn: issuedOn + days, clearBy: clearBy + days,
      stages: stages.map {
        CampaignStage(title: $0.title, startsOn: $0.startsOn + days, endsOn: $0.endsOn + days)
      },
      milestones: milestones.map {
        CampaignMilestone(title: $0.title, dueOn: $0.dueOn + days, owedBy: $0.owedBy)
      })
  }
}

/// The plan of 2021. Source: 清建〔2021〕35号, parts two (二) and three.
public enum CampaignTemplate2021 {
  public static let template = CampaignTemplate(
    title: "公租房租后管理点题整治", documentNumber: "清建〔2021〕35号", issuedOn: day(6, 11),
    clearBy: day(8, 25), stages: stages, milestones: milestones)

  /// 6月初 is taken to end when the plan was issued.
  static let stages = [
    CampaignStage(title: "方案制定阶段", startsOn: day(6, 1), endsOn: day(6, 11)),
    CampaignStage(title: "自查自纠阶段", startsOn: day(6, 11), endsOn: day(8, 31)),
    CampaignStage(title: "抽查核实阶段", startsOn: day(7, 1), endsOn: day(8, 31)),
    CampaignStage(title: "验收巩固阶段", startsOn: day(9, 1), endsOn: day(9, 30)),
  ]

  static let milestones = [
    CampaignMilestone(title: "梳理现行公租房合同并上报", dueOn: day(6, 15), owedBy: [.housing]),
    CampaignMilestone(title: "试运行公租房信息系统", dueOn: day(7, 31), owedBy: [.housing]),
    CampaignMilestone(
      title: "清退不符合承租资格的对象，查处转租出借", dueOn: day(8, 25), owedBy: [.housing, .townships]),
    CampaignMilestone(
      title: "完成资格复核和入户走访", dueOn: day(8, 31), owedBy: OwingUnit.allCases),
    CampaignMilestone(title: "完成实地抽查核实", dueOn: day(8, 31), owedBy: [.housing]),
    CampaignMilestone(
      title: "出台公租房租后管理长效制度", dueOn: day(8, 31),
      owedBy: [.housing, .civilAffairs, .naturalResources, .publicSecurity]),
    CampaignMilestone(
      title: "形成问题（整改）清单、制度清单、成果清单，上报总结报告", dueOn: day(9, 30), owedBy: [.housing]),
  ]

  private static func day(_ month: Int, _ day: Int) -> Day {
    Day.first(ofMonth: month, year: 2021) + (day - 1)
  }
}
