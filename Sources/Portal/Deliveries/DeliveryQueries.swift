package import Domain
import Foundation
import Ground
package import Postgres
import Web

/// A delivery as lists and its page show it.
package struct DeliveryRecord: RowDecodable {
  package let id: DeliveryID
  let area: AreaCode
  package let round: ReviewRoundID?
  let roundTitle: String?
  /// Since when its round takes no answers any more.
  let roundClosedOn: Day?
  package let type: CheckType
  package let way: DeliveryWay
  package let state: DeliveryState
  package let asOf: Day
  package let isComplete: Bool
  let accountName: String
  let deliveredAt: Date
  let fileName: String?
  let fileSize: Int?
  let fileHash: [UInt8]?
  package let phase: String?
  package let rowsDone: Int
  let rowsExpected: Int?
  package let message: String?
  package let rowCount: Int?
  package let matchedRows: Int?
  package let otherRows: Int?
  package let badRows: Int?
  package let undecidedRows: Int?
  let skippedHouseholds: Int?
  package let answersNew: Int?
  package let answersSame: Int?
  package let answersChanged: Int?
  let answersOutside: Int?
  let answersUnexplained: Int?
  let answersUnauthorised: Int?
  let reason: String?
  let previous: DeliveryID?
  let confirmedByName: String?
  let confirmedAt: Date?
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    round = try row("round_id")
    roundTitle = try row("round_title")
    roundClosedOn = try row("round_closed_on")
    type = try row("check_type")
    way = try row("way")
    state = try row("state")
    asOf = try row("as_of")
    isComplete = try row("is_complete")
    accountName = try row("account_name")
    deliveredAt = try row("delivered_at")
    fileName = try row("file_name")
    fileSize = try row("file_size")
    fileHash = try row("file_hash")
    phase = try row("phase")
    rowsDone = try row("rows_done")
    rowsExpected = try row("rows_expected")
    message = try row("message")
    rowCount = try row("row_count")
    matchedRows = try row("matched_rows")
    otherRows = try row("other_rows")
    badRows = try row("bad_rows")
    undecidedRows = try row("undecided_rows")
    skippedHouseholds = try row("skipped_households")
    answersNew = try row("answers_new")
    answersSame = try row("answers_same")
    answersChanged = try row("answers_changed")
    answersOutside = try row("answers_outside")
    answersUnexplained = try row("answers_unexplained")
    answersUnauthorised = try row("answers_unauthorised")
    reason = try row("reason")
    previous = try row("previous_id")
    confirmedByName = try row("confirmed_by_name")
    confirmedAt = try row("confirmed_at")
    version = try row("version")
  }

  /// What works on a delivery.
  static let jobs: [any JobKind.Type] = [
    DeliveryMatchJob.self, DeliveryAssessJob.self, DeliveryCommitJob.self,
  ]

  static let columns: SQL = """
    d.id, d.area, d.round_id, r.title AS round_title, r.closed_on AS round_closed_on, d.check_type, d.way, d.state, d.as_of,
    d.is_complete, d.account_name, d.delivered_at, d.file_name, d.file_size, d.file_hash,
    CASE WHEN d.state IN ('matching', 'committing')
      THEN coalesce(\(jobColumn("phase", of: jobs, "d.id")), '排队') END AS phase,
    coalesce(\(jobColumn("done", of: jobs, "d.id")), d.row_count, 0) AS rows_done,
    \(jobColumn("expected", of: jobs, "d.id")) AS rows_expected, d.message, d.row_count, d.matched_rows, d.other_rows, d.bad_rows,
    d.undecided_rows, d.skipped_households, d.answers_new, d.answers_same, d.answers_changed,
    d.answers_outside, d.answers_unexplained, d.answers_unauthorised, d.reason, d.previous_id, d.confirmed_by_name,
    d.confirmed_at, d.version
    """

  /// Whether the portal has something to do, so that the page is looked at again soon.
  var isBusy: Bool { state == .matching || state == .committing }

  package func isOwn(_ principal: Principal) -> Bool {
    principal.may(.answerChecks) && principal.role.bureau == type.bureau
      && principal.area.contains(area)
  }

  /// What only the bureau may do that owes the check.
  func demandOwner(_ principal: Principal) throws {
    guard isOwn(principal) else { throw WebError.forbidden }
  }
}

package func deliveryRecord(_ id: DeliveryID) -> Query<DeliveryRecord> {
  Query(
    """
    SELECT \(DeliveryRecord.columns) FROM deliveries d
    LEFT JOIN review_rounds r ON r.id = d.round_id WHERE d.id = \(id)
    """)
}
