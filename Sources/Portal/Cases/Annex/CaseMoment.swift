import Campaigns
import Domain
import Ground
import Postgres

/// The moment at which cases (`c`) are looked at: now, or as they stood when a day that is over had ended.
struct CaseMoment: Hashable, Sendable {
  let day: Day
  let isPast: Bool

  /// - Parameter day: nil means now, as does today.
  init(_ day: Day?, today: Day) {
    self.day = day ?? today
    isPast = self.day < today
  }

  /// Where a case stood; NULL where it was not in the list yet.
  var state: SQL { isPast ? past("v.to_state") : "c.state" }

  var plannedOn: SQL {
    isPast ? past("(v.details ->> 'planned_on')::date", ofPlan: true) : "c.planned_on"
  }

  var measures: SQL { isPast ? past("v.details ->> 'measures'", ofPlan: true) : "c.measures" }

  private func past(_ value: SQL, ofPlan isPlan: Bool = false) -> SQL {
    let plan: SQL = isPlan ? "AND v.action = \(CaseNote.plan.rawValue)" : .empty
    return """
      (SELECT \(value) FROM case_events v
        WHERE v.case_id = c.id AND v.at < \(ShanghaiTime.date(on: day + 1)) \(plan)
        ORDER BY v.id DESC LIMIT 1)
      """
  }

  /// The condition that a case belonged to the campaign that ran then: one that is over keeps what it finished, and what
  /// it left goes on in the next.
  private var belongsThen: SQL {
    """
    c.campaign_id = ANY(ARRAY(
      SELECT x.id FROM campaigns x
      WHERE x.ended_on IS NULL OR x.ended_on >= \(day)
        OR NOT EXISTS (SELECT FROM campaigns y WHERE y.area = x.area AND y.id > x.id)))
    """
  }

  /// The condition that the annex may list a case: one of its natures, of the campaign.
  var isListed: SQL { "c.nature = ANY(\(list: ExitNature.annexed)) AND \(belongsThen)" }

  /// The condition that the campaign looks at the home of a case, or of several together (`c`).
  static let isInHomeOfCampaign: SQL = """
    EXISTS (
      SELECT FROM estates b WHERE b.id = c.estate_id AND \(isInCampaign(estate: "b", area: "b.area")))
    """

  /// The condition that a case counts in a number of the annex.
  func counts(in part: AnnexPart) -> SQL {
    "\(isListed) AND \(Self.isInHomeOfCampaign) AND \(state) = ANY(\(list: part.states))"
  }
}
