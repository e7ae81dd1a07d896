package import Domain
package import Pages
package import Postgres

/// What becomes of the cases when one campaign follows another. The room of cases, which stands after this one,
/// says it; the roof brings it here.
package struct CampaignCases: Sendable {
  /// How many cases of a campaign are not finished.
  let open: @Sendable (Transaction, CampaignID) throws -> Int
  /// Takes the unfinished cases of the county's ended campaigns over into this one, and says how many.
  let carryOver: @Sendable (Transaction, CampaignID, Editor) throws -> Int

  package init(
    open: @escaping @Sendable (Transaction, CampaignID) throws -> Int,
    carryOver: @escaping @Sendable (Transaction, CampaignID, Editor) throws -> Int
  ) {
    self.open = open
    self.carryOver = carryOver
  }
}
