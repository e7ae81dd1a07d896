import Domain
import Postgres
import TestSupport

@testable import Ground

extension RegisterFixture {
  /// Opens a round of the county's campaign over every household that is registered.
  @discardableResult
  func openRound(_ title: String = "夏季复核") async throws -> ReviewRoundID {
    try await site.owner.transaction { tx in
      let campaign = try tx.one(
        Query<Int64>(
          """
          INSERT INTO campaigns (area, title, document_number, clear_by)
          VALUES ('350423', '整治', '清建〔2021〕35号', '2021-08-25') RETURNING id
          """))
      let round = try tx.one(
        Query<ReviewRoundID>(
          """
          INSERT INTO review_rounds (area, campaign_id, title, opened_on)
          VALUES ('350423', \(campaign), \(title), '2021-06-15') RETURNING id
          """))
      try tx.execute(
        """
        INSERT INTO review_households (round_id, household_id, area)
        SELECT \(round), id, area FROM households
        """)
      try tx.execute("SELECT count_review_progress(\(round))")
      return round
    }
  }
}
