import Accounts
import Cases
import Complaints
import Counter
import Counties
import Domain
import Figures
import Findings
import Ground
import Pages
import Register
import Reviews

/// What a running portal is made of: what every room works with, and what one room or another works with
/// besides.
package struct PortalServices: Sendable {
  let base: Services
  let releases: ReleaseCache
  let photos: PhotoCleaner
  let passwords: PasswordHasher
  let passwordPolicy: PasswordPolicy
  let figures: DeskFigures
  let estates: EstateOverview
  let caseCounts: CaseCounts
  let householdCounts: HouseholdCounts
  let counter: CounterDesk
  let tokens: PortalTokenStore
  let jobs: JobRunner
  let rules: RulesAfterDelivery
  let limits: FloodLimits
  let codes: AreaCatalogue
  /// What people type into their browsers; nil where it is not known.
  let address: String?

  var databases: Databases { base.databases }
  var keys: KeyRing { base.keys }
  var site: SiteStore { base.site }

  /// What follows when answers about some households have left force.
  var answersChanged: AnswersChanged {
    { [rules] in await rules.answersChanged(of: $0, by: $1) }
  }

  /// What follows when an answer has come into force that no job of deliveries brought.
  var deliveryDone: DeliveryDone {
    { [rules, jobs] in
      await rules.deliveryDone($0, by: $1)
      await jobs.wake()
    }
  }
}
