/// An estate (项目).
public struct EstateID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A home (房源).
public struct HomeID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A household (保障家庭).
public struct HouseholdID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A person of a household.
public struct PersonID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A lease (租约).
public struct LeaseID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A workbook or CSV file that was sent in for the register (导入).
public struct ImportID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A finding about a household (疑点).
public struct FindingID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A campaign (整治行动).
public struct CampaignID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Something that units owe a campaign by a day (任务节点).
public struct MilestoneID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A review round (资格复核).
public struct ReviewRoundID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A bureau's check of a household.
public struct CheckID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A visit to a home (入户走访).
public struct VisitID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A roster of homes to visit (入户核查名单库).
public struct VisitRosterID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A home on a roster.
public struct RosterEntryID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Two who visit together (走访小组).
public struct VisitTeamID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A watch over a home (重点监控).
public struct HomeWatchID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What was seen of a home on a patrol (巡查).
public struct PatrolID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A note of what is broken in a home (报修).
public struct RepairID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A case (问题清单的一项).
public struct CaseID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A step of a case that somebody proposes to another.
public struct CaseProposalID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A step in a case's history.
public struct CaseEventID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A document of a case that is being written.
public struct DocumentDraftID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A document of a case that was issued (文书).
public struct CaseDocumentID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An attempt to serve a document (送达).
public struct DocumentServiceID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A complaint (投诉举报).
public struct ComplaintID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A message on a complaint.
public struct MessageID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A photo or scan, of a complaint, a case or what else has some.
public struct FileID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An account.
public struct AccountID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A release of figures (公布).
public struct ReleaseID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A news post.
public struct NewsID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An entry of the audit log.
public struct AuditEventID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An arrival of evidence: an answer, a work list, an extract (报送).
public struct DeliveryID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A row of a delivery without an ID number that a person decides on.
public struct DeliveryMatchID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Somebody asks that a delivery is withdrawn (撤回).
public struct DeliveryWithdrawalID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What was decided on a row without an ID number, for the deliveries to come.
public struct MatchDecisionID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A household's contest of what a bureau found (异议).
public struct ContestID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Why a home stands empty, as it was recorded.
public struct VacancyReasonID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A signed authorisation (授权书).
public struct AuthorisationID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// How often a source is expected (定期交换).
public struct ExchangeScheduleID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One run of the rules over the households of an area.
public struct RuleRunID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A piece of work that takes longer than a page waits.
public struct JobID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A question at the counter (窗口核查).
public struct CounterCheckID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A token with which another system calls.
public struct APITokenID: RecordID {
  public let rawValue: Int64
  public init(rawValue: Int64) { self.rawValue = rawValue }
}
