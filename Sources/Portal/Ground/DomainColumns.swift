public import Domain
public import Postgres

// How the domain's values stand in columns: enumerations and ids as their raw values, days as ISO
// dates. One line each; a type that is stored is listed here.

extension AreaCode: PostgresEncodable, PostgresDecodable {}
extension Role: PostgresEncodable, PostgresDecodable {}
extension EstateOwnership: PostgresEncodable, PostgresDecodable {}
extension CampaignScope: PostgresEncodable, PostgresDecodable {}
extension HomeState: PostgresEncodable, PostgresDecodable {}
extension HouseholdCategory: PostgresEncodable, PostgresDecodable {}
extension ExitNature: PostgresEncodable, PostgresDecodable {}
extension CaseState: PostgresEncodable, PostgresDecodable {}
extension CaseAction: PostgresEncodable, PostgresDecodable {}
extension CaseRoute: PostgresEncodable, PostgresDecodable {}
extension DocumentKind: PostgresEncodable, PostgresDecodable {}
extension ServiceManner: PostgresEncodable, PostgresDecodable {}
extension ServiceOutcome: PostgresEncodable, PostgresDecodable {}
extension CaseSource: PostgresEncodable, PostgresDecodable {}
extension LedgerEntry.Kind: PostgresEncodable, PostgresDecodable {}
extension LedgerItem: PostgresEncodable, PostgresDecodable {}
extension ComplaintKind: PostgresEncodable, PostgresDecodable {}
extension ComplaintState: PostgresEncodable, PostgresDecodable {}
extension CheckResult: PostgresEncodable, PostgresDecodable {}
extension ContestOutcome: PostgresEncodable, PostgresDecodable {}
extension Bureau: PostgresEncodable, PostgresDecodable {}
extension DeliveryWay: PostgresEncodable, PostgresDecodable {}
extension DeliveryState: PostgresEncodable, PostgresDecodable {}
extension ThresholdKind: PostgresEncodable, PostgresDecodable {}
extension ClockCode: PostgresEncodable, PostgresDecodable {}
extension TermUnit: PostgresEncodable, PostgresDecodable {}
extension CounterPurpose: PostgresEncodable, PostgresDecodable {}
extension ExchangeInterval: PostgresEncodable, PostgresDecodable {}
extension CheckType: PostgresEncodable, PostgresDecodable {}
extension VisitUse: PostgresEncodable, PostgresDecodable {}
extension VacancyReason: PostgresEncodable, PostgresDecodable {}
extension VisitMet: PostgresEncodable, PostgresDecodable {}
extension LeaseState: PostgresEncodable, PostgresDecodable {}
extension Relation: PostgresEncodable, PostgresDecodable {}
extension MaritalStatus: PostgresEncodable, PostgresDecodable {}
extension LeftReason: PostgresEncodable, PostgresDecodable {}
extension FindingRule: PostgresEncodable, PostgresDecodable {}
extension FindingState: PostgresEncodable, PostgresDecodable {}
extension FindingAction: PostgresEncodable, PostgresDecodable {}
extension ReleaseState: PostgresEncodable, PostgresDecodable {}
extension ImportState: PostgresEncodable, PostgresDecodable {}
extension ComplaintChannel: PostgresEncodable, PostgresDecodable {}
extension VisitSlot: PostgresEncodable, PostgresDecodable {}
extension VisitState: PostgresEncodable, PostgresDecodable {}
extension VisitMark: PostgresEncodable, PostgresDecodable {}
extension RosterState: PostgresEncodable, PostgresDecodable {}
extension RiskSignal: PostgresEncodable, PostgresDecodable {}
extension WatchReason: PostgresEncodable, PostgresDecodable {}
extension PatrolSignal: PostgresEncodable, PostgresDecodable {}
extension RepairKind: PostgresEncodable, PostgresDecodable {}
extension RepairState: PostgresEncodable, PostgresDecodable {}
extension FileKind: PostgresEncodable, PostgresDecodable {}
extension FileRetention: PostgresEncodable, PostgresDecodable {}

extension AccountID: PostgresEncodable, PostgresDecodable {}
extension EstateID: PostgresEncodable, PostgresDecodable {}
extension HomeID: PostgresEncodable, PostgresDecodable {}
extension HouseholdID: PostgresEncodable, PostgresDecodable {}
extension LeaseID: PostgresEncodable, PostgresDecodable {}
extension ImportID: PostgresEncodable, PostgresDecodable {}
extension FindingID: PostgresEncodable, PostgresDecodable {}
extension VisitID: PostgresEncodable, PostgresDecodable {}
extension VisitRosterID: PostgresEncodable, PostgresDecodable {}
extension RosterEntryID: PostgresEncodable, PostgresDecodable {}
extension VisitTeamID: PostgresEncodable, PostgresDecodable {}
extension HomeWatchID: PostgresEncodable, PostgresDecodable {}
extension PatrolID: PostgresEncodable, PostgresDecodable {}
extension RepairID: PostgresEncodable, PostgresDecodable {}
extension CampaignID: PostgresEncodable, PostgresDecodable {}
extension MilestoneID: PostgresEncodable, PostgresDecodable {}
extension CaseID: PostgresEncodable, PostgresDecodable {}
extension DocumentDraftID: PostgresEncodable, PostgresDecodable {}
extension CaseDocumentID: PostgresEncodable, PostgresDecodable {}
extension DocumentServiceID: PostgresEncodable, PostgresDecodable {}
extension CaseProposalID: PostgresEncodable, PostgresDecodable {}
extension ComplaintID: PostgresEncodable, PostgresDecodable {}
extension ReleaseID: PostgresEncodable, PostgresDecodable {}
extension PersonID: PostgresEncodable, PostgresDecodable {}
extension FileID: PostgresEncodable, PostgresDecodable {}
extension MessageID: PostgresEncodable, PostgresDecodable {}
extension AuditEventID: PostgresEncodable, PostgresDecodable {}

extension ReviewRoundID: PostgresEncodable, PostgresDecodable {}
extension CheckID: PostgresEncodable, PostgresDecodable {}
extension DeliveryID: PostgresEncodable, PostgresDecodable {}
extension DeliveryMatchID: PostgresEncodable, PostgresDecodable {}
extension VacancyReasonID: PostgresEncodable, PostgresDecodable {}
extension AuthorisationID: PostgresEncodable, PostgresDecodable {}
extension ContestID: PostgresEncodable, PostgresDecodable {}
extension DeliveryWithdrawalID: PostgresEncodable, PostgresDecodable {}
extension MatchDecisionID: PostgresEncodable, PostgresDecodable {}
extension ExchangeScheduleID: PostgresEncodable, PostgresDecodable {}
extension RuleRunID: PostgresEncodable, PostgresDecodable {}
extension JobID: PostgresEncodable, PostgresDecodable {}
extension CounterCheckID: PostgresEncodable, PostgresDecodable {}
extension APITokenID: PostgresEncodable, PostgresDecodable {}

extension Day: PostgresEncodable, PostgresDecodable {
  public var postgresParameter: Parameter { .text(iso) }
  public static var postgresTypeName: String { "date" }
  public init?(postgresText: PostgresText) { self.init(iso: postgresText.string) }
}

// As text both ways: the exact digits of `numeric`.
extension Hundredths: PostgresEncodable, PostgresDecodable {
  public var postgresParameter: Parameter { .text(text) }
  public static var postgresTypeName: String { "numeric" }
  public init?(postgresText: PostgresText) { self.init(postgresText.string) }
}

extension CopyFields {
  /// `text`, and domains over it.
  public mutating func append<Value: RawRepresentable<String>>(_ value: Value?) {
    append(value?.rawValue)
  }

  /// `bigint`.
  public mutating func append<ID: RawRepresentable<Int64>>(_ id: ID?) { append(id?.rawValue) }

  /// `date`.
  public mutating func append(_ day: Day?) { append(date: day?.number) }

  /// `numeric` with two places after the point.
  public mutating func append(_ amount: Hundredths?) { append(hundredths: amount?.count) }
}
