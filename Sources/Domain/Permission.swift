/// One thing that a route, or a step of a workflow, asks of whoever calls it.
///
/// Names are `view…`, `reveal…` and `export…` for reading, and another verb for everything that changes
/// data. Who holds which
/// is said once, in ``Role/permissions``.
public enum Permission: String, CaseIterable, Codable, Hashable, Sendable {
  /// The staff home page `/desk`.
  case viewDesk = "view_desk"
  /// The campaign: its stages, milestones and owing units.
  case viewCampaign = "view_campaign"
  /// Make a campaign, correct its plan, tick its milestones off, end it.
  case planCampaign = "plan_campaign"
  /// Estates and their homes; no names.
  case viewEstates = "view_estates"
  /// Homes with who lives in them, households, members and leases; ID numbers and phones masked.
  case viewHouseholds = "view_households"
  /// The names of those who live there whole, on the pages of one household, finding or case, whose every showing
  /// is recorded; for who works the household. Lists mask them all the same, but for the homes that somebody takes along
  /// on a phone to visit them: those are sealed there, and taking them along is recorded.
  case viewNames = "view_names"
  /// Create, change, move, split, merge and end what the register holds.
  case editRegister = "edit_register"
  /// Bring workbooks into the register, and take an import back.
  case importRegister = "import_register"
  /// See one ID number or phone whole, with a reason that is kept.
  case revealPersonalData = "reveal_personal_data"
  /// See who saw which numbers whole, and why.
  case viewReveals = "view_reveals"
  /// Take lists out with whole ID numbers and phones, with a reason that is kept.
  case exportPersonalData = "export_personal_data"
  /// Review rounds, how far they are, and what bureaus answered and delivered.
  case viewReviews = "view_reviews"
  /// Open and close review rounds, say by when bureaus answer and how often they deliver.
  case runReviews = "run_reviews"
  /// Answer the checks of one's own bureau, one by one or by file; take its work lists out.
  case answerChecks = "answer_checks"
  /// Decide whether a delivery is withdrawn that somebody else asks to withdraw; ask it of any bureau's.
  case approveWithdrawals = "approve_withdrawals"
  /// Findings with their evidence.
  case viewFindings = "view_findings"
  /// Run the rules, dismiss findings and confirm them into cases.
  case workFindings = "work_findings"
  /// Set the county's lines of income and assets.
  case setThresholds = "set_thresholds"
  /// Confirm or correct for the county the terms of the clocks of cases.
  case setClocks = "set_clocks"
  /// Ask at the counter whether somebody is a protected tenant.
  case askCounter = "ask_counter"
  /// Release a person whom the counter has asked about.
  case releaseCounter = "release_counter"
  /// Cases with their household (names and numbers masked) and history.
  case viewCases = "view_cases"
  /// The scans and photos of a case; for who works it or decides on it.
  case viewCaseFiles = "view_case_files"
  /// Write what was done or seen into the history of a case, and have cases given to one.
  case noteCases = "note_cases"
  /// Propose that a case is verified, unfounded or closed, and take every step that one person may.
  case workCases = "work_cases"
  /// Approve what somebody else proposed on a case, and reopen a case.
  case approveCases = "approve_cases"
  /// Take part in a step of a case that one proposes and another approves: approve or decline it, review its law,
  /// take it away.
  case handleProposals = "handle_proposals"
  /// Confirm for the county which legal way each ground goes, and whether decisions are reviewed.
  case setExitGrounds = "set_exit_grounds"
  /// The roster of homes to visit, visits with what they tell, watches, patrols and repair notes.
  case viewVisits = "view_visits"
  /// Make the county's roster and bring it up to date.
  case makeRoster = "make_roster"
  /// Make teams, and say which homes each goes to.
  case planVisits = "plan_visits"
  /// Write visits and patrols, confirm and explain them, say that one was a mistake.
  case recordVisits = "record_visits"
  /// Look visits over: accept one, or send it back with a question.
  case reviewVisits = "review_visits"
  /// Put a home on watch, and end a watch.
  case watchHomes = "watch_homes"
  /// Work off what is broken in homes, as their owner.
  case workRepairs = "work_repairs"
  /// Read complaints other than those of misconduct.
  case viewComplaints = "view_complaints"
  /// Accept or decline complaints, answer, assign and reopen them; never those of misconduct.
  case handleComplaints = "handle_complaints"
  /// Finish complaints with a result; never those of misconduct.
  case finishComplaints = "finish_complaints"
  /// Read complaints of staff misconduct. Inspectors only.
  case viewMisconduct = "view_misconduct"
  /// The current figures before they are released, without names.
  case viewProgressFigures = "view_progress_figures"
  /// Freeze figures into a release that waits for its publication.
  case prepareRelease = "prepare_release"
  /// Publish a release that somebody else prepared.
  case publishRelease = "publish_release"
  /// The dashboards under `/oversight`.
  case viewOversight = "view_oversight"
  /// The administrators' home page `/admin`.
  case viewAdmin = "view_admin"
  /// Issue and revoke the tokens of other systems.
  case manageTokens = "manage_tokens"
  /// Create accounts with their role and area, correct and disable them; never an administrator's.
  case manageAccounts = "manage_accounts"
  /// Add and rename the areas of one's county or city, and say what its pages carry at their foot.
  case manageAreas = "manage_areas"
  /// Enter which days of a year are off and which weekend days are worked.
  case manageHolidays = "manage_holidays"
  /// Give an account its role and area.
  case grantRoles = "grant_roles"
  /// Lift lockouts, set the password policy.
  case manageSecurity = "manage_security"
  /// Read the audit log.
  case viewAudit = "view_audit"

  /// Whether it lets its holder change data.
  ///
  /// A session, and the record that somebody looked, are written for every reader and need no permission.
  public var writes: Bool {
    switch self {
    case .viewDesk, .viewCampaign, .viewEstates, .viewHouseholds, .viewNames, .revealPersonalData,
      .viewReveals, .exportPersonalData, .viewReviews, .viewFindings, .viewCases, .viewCaseFiles,
      .viewVisits, .viewComplaints, .viewMisconduct,
      .viewProgressFigures, .viewOversight, .viewAdmin, .viewAudit:
      false
    case .planCampaign, .editRegister, .importRegister, .runReviews, .answerChecks,
      .approveWithdrawals, .workFindings, .setThresholds, .setClocks,
      .askCounter, .releaseCounter, .manageTokens, .noteCases, .workCases, .approveCases,
      .handleProposals, .setExitGrounds, .makeRoster, .planVisits, .recordVisits, .reviewVisits,
      .watchHomes, .workRepairs, .handleComplaints, .finishComplaints, .prepareRelease,
      .publishRelease, .manageAccounts, .manageAreas, .manageHolidays, .grantRoles,
      .manageSecurity:
      true
    }
  }

  /// Whether it touches business data (the register, cases, complaints, figures).
  /// The three administrators hold none of these.
  public var isBusiness: Bool {
    switch self {
    case .viewAdmin, .manageTokens, .manageAccounts, .manageAreas, .manageHolidays, .grantRoles,
      .manageSecurity, .viewAudit:
      false
    case .viewDesk, .viewCampaign, .planCampaign, .viewEstates, .viewHouseholds, .viewNames,
      .editRegister,
      .importRegister, .revealPersonalData, .viewReveals, .exportPersonalData, .viewReviews,
      .runReviews,
      .answerChecks, .approveWithdrawals,
      .viewFindings, .workFindings, .setThresholds, .setClocks, .askCounter, .releaseCounter,
      .viewCases, .viewCaseFiles, .noteCases, .workCases, .approveCases, .handleProposals,
      .setExitGrounds, .viewVisits, .makeRoster, .planVisits, .recordVisits, .reviewVisits,
      .watchHomes, .workRepairs, .viewComplaints, .handleComplaints, .finishComplaints,
      .viewMisconduct, .viewProgressFigures, .prepareRelease, .publishRelease, .viewOversight:
      true
    }
  }
}
