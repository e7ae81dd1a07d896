package import Campaigns
import Domain
import Pages
import Postgres

extension CampaignCases {
  /// As the problem list has it: a case that is not finished goes on in the next campaign, where it stands and with
  /// the deadline that it had.
  package static let ofProblemList = CampaignCases(
    open: { tx, campaign in
      try tx.one(
        Query<Int>(
          """
          SELECT count(*) FROM cases
          WHERE campaign_id = \(campaign) AND state = ANY(\(list: unfinished))
          """))
    },
    carryOver: { tx, campaign, editor in
      try tx.execute(
        """
        WITH moved AS (
          UPDATE cases c SET campaign_id = n.id, version = c.version + 1
          FROM campaigns g JOIN campaigns n ON n.area = g.area
          WHERE n.id = \(campaign) AND g.id = c.campaign_id AND g.ended_on IS NOT NULL
            AND c.state = ANY(\(list: unfinished))
          RETURNING c.id, c.area, c.state)
        INSERT INTO case_events (area, case_id, at, account_name, action, from_state, to_state)
        SELECT area, id, \(editor.now), \(editor.principal.displayName),
          \(CaseEventLine.carryOver), state, state
        FROM moved ORDER BY id
        """)
    })

  private static let unfinished = CaseState.allCases.filter { !CaseWorkflow.isFinal($0) }
}
