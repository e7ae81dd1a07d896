import Foundation
import Testing

@testable import Domain

/// The lists of today's schema name the same values as the types here.
@Suite struct StoredValueTests {
  static let schema = Result {
    try String(
      contentsOf: URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "sql/schema.sql"), encoding: .utf8)
  }

  /// The values between quotes in what the pattern finds.
  static func values(_ pattern: String) throws -> Set<String> {
    let list = try #require(try schema.get().firstMatch(of: try Regex(pattern)), "\(pattern)")
    return Set(
      try schema.get()[list.range].matches(of: #/'(\w+)'/#).map { String($0.output.1) })
  }

  @Test(
    arguments: [
      ("accounts_role", Role.allCases.map(\.rawValue)),
      ("estates_ownership", EstateOwnership.allCases.map(\.rawValue)),
      ("campaigns_scope", CampaignScope.allCases.map(\.rawValue)),
      ("households_category", HouseholdCategory.allCases.map(\.rawValue)),
      ("persons_relation", Relation.allCases.map(\.rawValue)),
      ("persons_marital_status", MaritalStatus.allCases.map(\.rawValue)),
      ("visits_met", VisitMet.allCases.map(\.rawValue)),
      ("visits_home_use", VisitUse.allCases.map(\.rawValue)),
      ("visits_slot", VisitSlot.allCases.map(\.rawValue)),
      ("visits_state", VisitState.allCases.map(\.rawValue)),
      ("visits_empty_reason", VacancyReason.allCases.map(\.rawValue)),
      ("visit_marks_mark", VisitMark.allCases.map(\.rawValue)),
      ("visit_days_slot", VisitSlot.allCases.map(\.rawValue)),
      ("roster_entries_state", RosterState.allCases.map(\.rawValue)),
      ("roster_entries_slot", VisitSlot.allCases.map(\.rawValue)),
      ("home_watches_reason", WatchReason.allCases.map(\.rawValue)),
      ("home_watches_slot", VisitSlot.allCases.map(\.rawValue)),
      ("patrols_signal", PatrolSignal.allCases.map(\.rawValue)),
      ("repair_notes_kind", RepairKind.allCases.map(\.rawValue)),
      ("repair_notes_state", RepairState.allCases.map(\.rawValue)),
      ("cases_state", CaseState.allCases.map(\.rawValue)),
      ("document_templates_kind", DocumentKind.allCases.map(\.rawValue)),
      ("document_drafts_kind", DocumentKind.allCases.map(\.rawValue)),
      ("case_documents_kind", DocumentKind.allCases.map(\.rawValue)),
      ("document_services_manner", ServiceManner.allCases.map(\.rawValue)),
      ("document_services_outcome", ServiceOutcome.allCases.map(\.rawValue)),
      ("deliveries_state", DeliveryState.allCases.map(\.rawValue)),
      ("contests_outcome", ContestOutcome.allCases.map(\.rawValue)),
      ("findings_state", FindingState.allCases.map(\.rawValue)),
      ("finding_events_action", FindingAction.allCases.map(\.rawValue)),
      ("complaints_kind", ComplaintKind.allCases.map(\.rawValue)),
      ("complaints_channel", ComplaintChannel.allCases.map(\.rawValue)),
      ("complaints_state", ComplaintState.allCases.map(\.rawValue)),
      ("files_kind", FileKind.allCases.map(\.rawValue)),
      ("files_retention", FileRetention.allCases.map(\.rawValue)),
      ("releases_state", ReleaseState.allCases.map(\.rawValue)),
      ("clock_settings_code", ClockCode.allCases.map(\.rawValue)),
      ("clock_settings_unit", TermUnit.allCases.map(\.rawValue)),
    ])
  func aColumnHoldsTheValuesOfItsType(column: String, values: [String]) throws {
    #expect(try Self.values("CONSTRAINT \(column)_check CHECK [^\n]*") == Set(values))
  }

  @Test(
    arguments: [
      ("bureau", Bureau.allCases.map(\.rawValue)),
      ("check_result", CheckResult.allCases.filter { $0 != .pending }.map(\.rawValue)),
      ("finding_rule", FindingRule.allCases.map(\.rawValue)),
      ("exit_nature", ExitNature.allCases.map(\.rawValue)),
      ("vacancy_reason", VacancyReason.allCases.map(\.rawValue)),
    ])
  func aDomainHoldsTheValuesOfItsType(domain: String, values: [String]) throws {
    #expect(try Self.values("CREATE DOMAIN public.\(domain) [^;]*;") == Set(values))
  }

  @Test(arguments: [("check_types", CheckType.allCases), ("owed_check_types", CheckType.owed)])
  func theChecksOfTheDatabaseAreThoseOfTheType(function: String, checks: [CheckType]) throws {
    let stored = try Self.values(
      "CREATE FUNCTION public.\(function)\\(\\)[^$]*\\$\\$[^$]*\\$\\$")
    #expect(stored == Set(checks.map(\.rawValue)))
  }

  @Test func everyCheckHasOneRowOfTheTable() {
    #expect(CheckDefinition.table.map(\.type) == CheckType.allCases)
    for type in CheckType.allCases {
      let names = type.fields.map(\.name)
      #expect(Set(names).count == names.count && type.fields.contains { $0.isRequired }, "\(type)")
    }
  }

  @Test func everyBureauOwesItsChecks() {
    #expect(Bureau.civilAffairs.checks == [.marriage, .income, .assets])
    #expect(Bureau.publicSecurity.checks == [.vehicles, .householdRegistration])
    #expect(Bureau.housing.checks == [.signedContracts, .otherHousing, .rentArrears, .utilities])
    // 四部门十项.
    #expect(Bureau.allCases.count == 4 && Bureau.allCases.flatMap(\.checks).count == 10)
    #expect(Bureau.allCases.flatMap(\.sources).count == CheckType.allCases.count)
    let extracts = CheckType.allCases.filter { !$0.isOwed }
    #expect(extracts.count == 6 && extracts.allSatisfy { $0.bureau == .housing })
  }
}
