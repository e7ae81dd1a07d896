/// The work a person signs in to do. An account has exactly one role.
///
/// The raw value is the text stored in SQL. Source: 清建〔2021〕35号, part four (who does what), and
/// the separation of the three administrators (三员分立) of GB/T 22239 protection grade three.
public enum Role: String, CaseIterable, Codable, Hashable, Sendable {
  case housingOfficer = "housing_officer"
  case housingLead = "housing_lead"
  case civilAffairs = "civil_affairs"
  case naturalResources = "natural_resources"
  case publicSecurity = "public_security"
  case townOfficer = "town_officer"
  case counterClerk = "counter_clerk"
  case taskForce = "task_force"
  case inspector
  case cityViewer = "city_viewer"
  case systemAdmin = "system_admin"
  case securityAdmin = "security_admin"
  case auditAdmin = "audit_admin"

  /// Where a role lands after signing in.
  public enum Home: String, CaseIterable, Hashable, Sendable {
    /// `/desk`: staff who work on the county's data.
    case desk
    /// `/oversight`: the discipline commission, read-only.
    case oversight
    /// `/admin`: the three administrators, without business data.
    case admin
  }

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .housingOfficer: "县住建局经办"
    case .housingLead: "县住建局负责人"
    case .civilAffairs: "县民政局"
    case .naturalResources: "县自然资源局"
    case .publicSecurity: "县公安局"
    case .townOfficer: "乡镇"
    case .counterClerk: "房产交易/不动产登记窗口"
    case .taskForce: "工作专班"
    case .inspector: "县纪委监委、驻局纪检监察组"
    case .cityViewer: "市住建局"
    case .systemAdmin: "系统管理员"
    case .securityAdmin: "安全管理员"
    case .auditAdmin: "审计管理员"
    }
  }

  /// Other names of the role, as offices and scripts write them.
  public var otherNames: [String] {
    switch self {
    case .housingOfficer: ["住建局经办", "住建经办", "住建局"]
    case .housingLead: ["住建局负责人", "住建负责人"]
    case .civilAffairs: ["民政局", "民政"]
    case .naturalResources: ["自然资源局", "自然资源"]
    case .publicSecurity: ["公安局", "公安"]
    case .townOfficer: ["乡镇经办", "乡镇（街道）", "街道"]
    case .counterClerk: ["窗口", "登记窗口", "房产交易窗口", "不动产登记窗口"]
    case .taskForce: ["专班", "分管领导"]
    case .inspector: ["县纪委监委", "纪委监委", "纪委", "驻局纪检监察组"]
    case .cityViewer: ["市局"]
    case .systemAdmin: ["系统管理"]
    case .securityAdmin: ["安全保密管理员"]
    case .auditAdmin: ["安全审计员", "审计员"]
    }
  }

  /// The role that is called so: by its title, another of its names, or its code. Blanks do not count.
  public init?(named text: String) {
    let sought = text.filter { !$0.isWhitespace }
    let found = Self.allCases.first {
      $0.rawValue == sought || $0.title == sought || $0.otherNames.contains(sought)
    }
    guard let found else { return nil }
    self = found
  }

  /// The home page that belongs to the role.
  public var home: Home {
    switch self {
    case .inspector: .oversight
    case .systemAdmin, .securityAdmin, .auditAdmin: .admin
    case .housingOfficer, .housingLead, .civilAffairs, .naturalResources, .publicSecurity,
      .townOfficer, .counterClerk, .taskForce, .cityViewer:
      .desk
    }
  }

  /// Whether this is one of the three administrators (三员), who see no business data.
  public var isAdministrator: Bool { home == .admin }
}

extension Role {
  /// What this role may do. Which rows somebody sees is the area's matter, not this one's.
  public var permissions: Set<Permission> { Self.held[self] ?? [] }

  /// Asked many times a page, so put together once.
  private static let held = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.granted) })

  /// The one table of who may do what.
  private var granted: Set<Permission> {
    switch self {
    case .housingOfficer:
      [
        .viewDesk, .viewCampaign, .planCampaign, .viewEstates, .viewHouseholds, .viewNames,
        .editRegister,
        .importRegister, .revealPersonalData, .viewReviews, .runReviews, .answerChecks,
        .viewFindings, .workFindings,
        .releaseCounter, .viewCases, .viewCaseFiles, .noteCases, .workCases, .handleProposals,
        .viewVisits, .makeRoster, .planVisits, .recordVisits, .reviewVisits, .watchHomes,
        .workRepairs,
        .viewComplaints, .handleComplaints, .finishComplaints, .viewProgressFigures,
      ]
    case .housingLead:
      Role.housingOfficer.granted.union([
        .viewReveals, .exportPersonalData, .approveWithdrawals, .setThresholds, .setClocks,
        .approveCases, .setExitGrounds,
        .prepareRelease,
        .publishRelease,
      ])
    case .civilAffairs, .publicSecurity:
      // They look up what they are asked; who works a household goes there.
      Role.townOfficer.granted.subtracting([
        .viewNames, .viewCaseFiles, .noteCases, .viewVisits, .planVisits, .recordVisits,
        .watchHomes,
      ]).union([.answerChecks])
    case .naturalResources:
      // The registration counter is this bureau's.
      Role.civilAffairs.granted.union([.askCounter])
    case .townOfficer:
      [
        .viewDesk, .viewCampaign, .viewEstates, .viewHouseholds, .viewNames, .revealPersonalData,
        .viewReviews, .viewFindings, .viewCases, .viewCaseFiles, .noteCases, .viewVisits,
        .planVisits, .recordVisits, .watchHomes, .viewProgressFigures,
      ]
    case .counterClerk:
      [.viewDesk, .askCounter]
    case .taskForce:
      [
        .viewDesk, .viewCampaign, .viewEstates, .viewHouseholds, .revealPersonalData, .viewReveals,
        .viewReviews, .approveWithdrawals, .viewFindings, .viewCases, .viewCaseFiles, .approveCases,
        .handleProposals, .viewVisits, .viewComplaints,
        .viewProgressFigures, .publishRelease, .viewOversight,
      ]
    case .inspector:
      [.viewOversight, .viewMisconduct, .viewCampaign, .viewProgressFigures]
    case .cityViewer:
      [.viewDesk, .viewCampaign, .viewEstates, .viewProgressFigures]
    case .systemAdmin:
      [.viewAdmin, .manageAccounts, .manageAreas, .manageHolidays, .manageTokens]
    case .securityAdmin:
      [.viewAdmin, .grantRoles, .manageSecurity]
    case .auditAdmin:
      [.viewAdmin, .viewAudit]
    }
  }

  /// The roles that hold a permission, in the order of declaration.
  public static func holding(_ permission: Permission) -> [Role] {
    allCases.filter { $0.permissions.contains(permission) }
  }
}
