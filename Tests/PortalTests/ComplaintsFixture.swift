import Crypto
import Domain
import Foundation
import Logging
import Postgres
import TestSupport
import Testing
import Web

@testable import Complaints
@testable import Files
@testable import Ground

/// A county with one estate, an officer and an inspector, and somebody who reports.
struct ComplaintsFixture: Sendable {
  /// 2021-08-01 14:40:00 in China.
  static let now = Date(timeIntervalSince1970: 1_627_800_000)

  let test: TestDatabase
  let owner: Database
  let databases: Databases
  let keys: KeyRing
  let estate: EstateID
  let area: AreaCode
  let officer: Principal
  let inspector: Principal

  init() async throws {
    test = try await TestDatabase.portal()
    owner = test.database(as: .owner)
    databases = Databases(
      staff: test.database(as: .staff), publicSide: test.database(as: .publicSide, workers: 4),
      inspector: test.database(as: .inspector))
    keys = try KeyRing(KeyFile.generate())
    area = try #require(AreaCode("350423"))
    (estate, officer, inspector) = try await owner.transaction { [area] tx in
      try tx.execute(
        "INSERT INTO areas (code, name) VALUES ('350423', '清流县'), ('350423100', '龙津镇')")
      let estate = try tx.one(
        Query<EstateID>(
          """
          INSERT INTO estates (area, name, address, ownership)
          VALUES ('350423100', '龙津小区', '龙津路1号', 'government') RETURNING id
          """))
      func account(_ name: String, _ role: Role) throws -> Principal {
        let id = try tx.one(
          Query<AccountID>(
            """
            INSERT INTO accounts (account, display_name, role, area)
            VALUES (\(name), \(role.title), \(role), \(area)) RETURNING id
            """))
        return Principal(
          accountID: id, account: name, displayName: role.title, role: role, area: area)
      }
      return (
        estate, try account("zhujian", .housingOfficer), try account("jiwei", .inspector)
      )
    }
  }

  func filing(
    _ kind: ComplaintKind = .sublet, _ description: String = "三栋二单元有人转租，月租八百元。",
    submission: Submission = Submission(), identity: ComplainantIdentity? = nil,
    photos: SentFiles = .none
  ) -> ComplaintFiling {
    ComplaintFiling(
      kind: kind, channel: .web, estate: estate, address: "3栋2单元", description: description,
      identity: identity, photos: photos, submission: submission, area: area)
  }

  /// Files as a citizen does.
  @discardableResult
  func file(_ filing: ComplaintFiling) async throws -> FilingOutcome {
    let keys = keys
    let code = try keys.followUpCode(of: filing.submission)
    return try await databases.transactionAsCitizen(followUp: keys.hash(code)) { tx in
      try tx.file(
        filing, keys: keys, at: Self.now, by: .citizen(area: filing.area, at: Self.now))
    }
  }

  /// What whoever holds the code of this form sees.
  func tracked(_ submission: Submission) async throws -> TrackedComplaint? {
    let hash = keys.hash(try keys.followUpCode(of: submission))
    return try await databases.readAsCitizen(followUp: hash) {
      try $0.first(trackedComplaint(hash))
    }
  }

  func receipt(_ submission: Submission) async throws -> ComplaintReceipt? {
    let (code, hash) = (try keys.followUpCode(of: submission), keys.hash(submission))
    return try await databases.readAsCitizen(followUp: keys.hash(code)) {
      try $0.first(receiptOfForm(hash))
    }
  }

  /// A complaint that is there already.
  func complaint(_ kind: ComplaintKind = .sublet) async throws -> TrackedComplaint {
    let filing = filing(kind)
    try await file(filing)
    return try #require(try await tracked(filing.submission))
  }

  func count(_ table: StaticString) async throws -> Int {
    try await owner.read { try $0.one(Query("SELECT count(*) FROM \(raw: table)")) }
  }

  /// A step that the officer takes.
  func take(
    _ action: ComplaintAction, _ complaint: ComplaintID, from state: ComplaintState,
    version: Int, text: String? = nil
  ) async throws -> TakenStep {
    let step = try #require(
      ComplaintWorkflow.transition(from: state, action: action, of: .sublet))
    let change = ComplaintChange(
      complaint: complaint, version: version, kind: .step(step, text: text))
    let actor = ActingPerson(
      officer, .staff(officer, address: "", reference: "TEST", at: Self.now), at: Self.now)
    do {
      try await databases.transaction(as: actor.principal) { tx in try tx.apply(change, by: actor) }
      return TakenStep()
    } catch let late as StepOvertaken {
      return TakenStep(stepsMissed: late.since.map(\.action))
    }
  }
}

/// What became of a step.
struct TakenStep {
  /// Those that others took since; nil when it was done.
  var stepsMissed: [String]?
  var isDone: Bool { stepsMissed == nil }
}
