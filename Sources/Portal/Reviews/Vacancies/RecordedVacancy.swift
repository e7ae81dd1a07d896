package import Domain
import Foundation
import Ground
package import HTML
import Pages
package import Postgres

/// Why a household's home stands empty, as somebody recorded it with its proof.
package struct RecordedVacancy: RowDecodable {
  package let id: VacancyReasonID
  package let household: HouseholdID
  package let facts: VacancyFacts
  let proof: String
  let recordedByName: String
  let recordedAt: Date
  let revokedReason: String?
  let revokedByName: String?

  package init(_ row: Row) throws {
    id = try row("id")
    household = try row("household_id")
    facts = VacancyFacts(
      reason: try row("reason"), from: try row("from_on"), until: try row("until_on"))
    proof = try row("proof")
    recordedByName = try row("recorded_by_name")
    recordedAt = try row("recorded_at")
    revokedReason = try row("revoked_reason")
    revokedByName = try row("revoked_by_name")
  }

  /// Whether it holds.
  package var stands: Bool { revokedReason == nil }

  var period: String { "\(facts.from.iso) 至 \(facts.until?.iso ?? "现在")" }
}

/// Of some households, the newest first.
package func recordedVacancies(of households: [HouseholdID]) -> Query<RecordedVacancy> {
  Query(
    """
    SELECT id, household_id, reason, from_on, until_on, proof, recorded_by_name, recorded_at,
      revoked_reason, revoked_by_name
    FROM vacancy_reasons WHERE household_id = ANY(\(list: households)) ORDER BY id DESC
    """)
}

/// What is recorded of a household, and where more is.
package func vacancyPanel(
  _ vacancies: [RecordedVacancy], of household: HouseholdID, mayRecord: Bool
) -> HTML {
  guard !vacancies.isEmpty || mayRecord else { return HTML() }
  let link = Paths.deskHouseholdVacancy.link(household)
  return panel(
    "空置原因", actions: mayRecord ? buttonLink("登记空置原因", link, isPrimary: false) : HTML(),
    dataTable(
      caption: "空置原因",
      columns: [
        Column<RecordedVacancy>("原因") { "\($0.facts.reason.title)" },
        Column("期间") { "\($0.period)" }, Column("证明") { "\($0.proof)" },
        Column("登记") { "\($0.recordedByName) \(tableTime($0.recordedAt))" },
        Column("状态") { one in
          one.revokedReason.map { reason -> HTML in
            "\(tag("已取消", .neutral)) \(one.revokedByName ?? "")：\(reason)"
          } ?? tag("有效", .ok)
        },
        Column("办理") { one in
          mayRecord && one.stands
            ? """
            <a href="\(path: Paths.deskVacancyRevocation.link(one.id))">取消\
            <span class="visually-hidden">：\(one.facts.reason.title)</span></a>
            """ : ""
        },
      ], rows: vacancies, empty: emptyState("没有登记过空置原因")))
}
