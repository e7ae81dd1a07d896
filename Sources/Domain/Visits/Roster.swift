/// Where a home of the roster stands (入户核查名单库).
public enum RosterState: String, CaseIterable, Codable, Hashable, Sendable {
  case waiting
  /// Somebody was met there.
  case visited
  /// The lease has ended since: nobody needs to go any more.
  case gone

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .waiting: "待走访"
    case .visited: "已走访"
    case .gone: "租约已结束"
    }
  }
}

/// Evidence that a home may not be used as it should be. What points one way adds up, and sorts the roster.
public enum RiskSignal: String, CaseIterable, Codable, Hashable, Sendable {
  /// It is on watch.
  case watched
  /// A finding R5 is open.
  case occupant
  /// A finding R6 is open, or water and power answer with a hit.
  case unused
  /// A complaint of subletting, lending or an empty home was linked to the household.
  case complaint
  /// A patrol saw strangers or a listing.
  case patrol
  /// Vehicles answer with a hit.
  case vehicles
  /// Another finding is open.
  case finding
  /// Nobody was at home at an earlier visit.
  case absent

  /// How much it weighs.
  public var weight: Int {
    switch self {
    case .watched: 40
    case .occupant: 30
    case .unused, .complaint, .patrol: 20
    case .vehicles, .finding, .absent: 10
    }
  }

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .watched: "重点监控"
    case .occupant: "疑似转租出借"
    case .unused: "用水用电异常"
    case .complaint: "有群众举报"
    case .patrol: "巡查发现异常"
    case .vehicles: "车辆有情况"
    case .finding: "有其他疑点"
    case .absent: "曾无人在家"
    }
  }
}

/// Why a home is on watch (重点监控).
public enum WatchReason: String, CaseIterable, Codable, Hashable, Sendable {
  case sublet
  case empty
  case strangers
  case listing
  case utilities
  case vehicles
  case complaint
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .sublet: "疑似转租、出借"
    case .empty: "疑似长期空置"
    case .strangers: "有陌生人进出"
    case .listing: "网上或张贴招租"
    case .utilities: "用水用电异常"
    case .vehicles: "陌生车辆长期停放"
    case .complaint: "群众举报"
    case .other: "其他"
    }
  }
}

/// What was seen of a home on a patrol (巡查).
public enum PatrolSignal: String, CaseIterable, Codable, Hashable, Sendable {
  case nothing
  case strangers
  case listing
  case empty
  case vehicles
  case otherUse = "other_use"
  case damage
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .nothing: "未见异常"
    case .strangers: "有陌生人居住或进出"
    case .listing: "发现招租信息"
    case .empty: "像是无人居住"
    case .vehicles: "陌生车辆停放"
    case .otherUse: "改作他用（经营、仓储等）"
    case .damage: "房屋或设施损坏"
    case .other: "其他情况"
    }
  }

  /// Whether it points to a home that is not used as it should be.
  public var isSuspicious: Bool { [.strangers, .listing, .empty, .otherUse].contains(self) }
}

/// What a visit tells that names people, or may: sealed as one.
public struct VisitPersonal: Codable, Hashable, Sendable {
  /// Who lives there, and what they are to the tenant.
  public var occupants: String?
  /// What shows why the home stands empty.
  public var emptyProof: String?
  public var familyChange: String?
  public var workChange: String?
  /// What was changed in the home.
  public var decoration: String?
  /// Vehicles seen, with their plates.
  public var vehicles: String?
  public var notes: String?

  public init(
    occupants: String? = nil, emptyProof: String? = nil, familyChange: String? = nil,
    workChange: String? = nil, decoration: String? = nil, vehicles: String? = nil,
    notes: String? = nil
  ) {
    self.occupants = occupants
    self.emptyProof = emptyProof
    self.familyChange = familyChange
    self.workChange = workChange
    self.decoration = decoration
    self.vehicles = vehicles
    self.notes = notes
  }

  /// Whether it says nothing.
  public var isEmpty: Bool { self == VisitPersonal() }
}
