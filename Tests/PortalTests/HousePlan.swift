/// The rooms as `Package.swift` declares them, in their order: an arrow points to a room that stands before.
struct HousePlan {
  /// What every room stands on, whether it imports it or not.
  static let floors: Set = ["Ground", "Pages"]

  var rooms: [String] = []
  var dependencies: [String: [String]] = [:]

  init() throws {
    let package = try SourceTree.text("Package.swift")
    for declared in package.matches(of: /(?s)\n    room\(\s*"(\w+)",(.*?)\),(?=\n    \S)/) {
      let list = String(declared.2)
      add(String(declared.1), list)
    }
    let roof = try Regex(#"(?s)name: "Portal",(.*?)path: "Sources/Portal/Roof""#)
    if let found = package.firstMatch(of: roof)?[1].substring { add("Roof", String(found)) }
  }

  private mutating func add(_ room: String, _ list: String) {
    let named = list.matches(of: /"(\w+)"/).map { String($0.1) }
    rooms.append(room)
    dependencies[room] = named + (list.contains("floors") ? Array(Self.floors) : [])
  }
}

/// Which room writes which table. Others call its functions.
enum TableOwners {
  /// Whoever fills an empty database, and so writes what every room owns.
  static let strangers: Set = ["Demo"]

  static let all: [String: [String]] = Dictionary(
    uniqueKeysWithValues: owned.flatMap { rooms, tables in tables.map { ($0, rooms) } })

  private static let owned: KeyValuePairs<[String], [String]> = [
    ["Ground"]: ["jobs", "job_schedules", "audit_events"],
    ["Files"]: ["files"],
    ["FindingLedger"]: ["findings", "finding_events"],
    ["Accounts"]: ["accounts", "account_passwords", "api_tokens", "sessions", "sign_in_failures"],
    ["Counties"]: ["areas", "site_settings", "setup_links"],
    ["Clocks"]: ["clock_settings", "holiday_years", "calendar_feeds"],
    ["Campaigns"]: ["campaigns", "campaign_stages", "campaign_events", "milestones"],
    ["Register"]: [
      "person_name_grams", "reveals",
      // A trigger writes these.
      "register_changes",
    ],
    // The register has two hands: a person edits a row, an import writes many rows in one statement that joins
    // them with its staging table. Both go through the same checks of the database and the same history.
    ["Register", "Imports"]: [
      "estates", "homes", "households", "persons", "leases", "name_backlog",
    ],
    ["Imports"]: [
      "imports", "import_causes", "import_changes", "import_chunks", "import_problems",
    ],
    ["Reviews"]: [
      "review_rounds", "review_households", "review_dues", "review_progress", "checks",
      "withdrawn_checks", "repeated_answers", "contests", "vacancy_reasons", "authorisations",
      "authorisation_settings",
    ],
    ["Visits"]: [
      "visit_rosters", "visit_teams", "roster_entries", "visits", "visit_events", "visit_marks",
      "home_watches", "patrols", "repair_notes", "repair_events", "visit_phone_keys",
      "visit_progress", "visit_days",
    ],
    // A bureau's answers: Reviews writes what is in force, Deliveries what a file brings on its way there.
    ["Reviews", "Deliveries"]: ["deliveries", "check_records"],
    ["Deliveries"]: [
      "delivery_answers", "delivery_changes", "delivery_matches", "delivery_problems",
      "exchange_schedules", "delivery_withdrawals", "match_decisions",
    ],
    ["Complaints"]: [
      "complaints", "complaint_events", "complaint_identities", "complaint_messages",
      "report_settlings",
    ],
    ["Counter"]: ["counter_checks"],
    ["Findings"]: ["rule_runs", "thresholds"],
    ["Cases"]: [
      "cases", "case_events", "case_findings", "case_proposals", "exit_grounds", "case_settings",
      "case_entries", "case_instalments", "complaint_households", "case_complaints",
      "document_templates", "document_offices", "document_drafts", "document_numbers",
      "case_documents", "case_document_voids", "document_services", "document_service_files",
    ],
    ["Figures"]: ["releases"],
    ["API"]: ["api_requests"],
  ]
}
