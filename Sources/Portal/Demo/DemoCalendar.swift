import Domain

/// The demo's days: they are written as days of the notice's own year, and moved so that the day of seeding is the
/// plan's 10 August, with the deadline a fortnight off, most of the work done, some of it late and some due.
struct DemoCalendar {
  /// What the day of seeding is in the notice's year.
  static let planDay = CampaignTemplate2021.template.clearBy - 15

  /// The day that the county is shown on.
  let asOf: Day
  private let days: Int

  init(asOf: Day) {
    self.asOf = asOf
    days = Self.planDay.days(until: asOf)
  }

  /// A day of the notice's year, moved with the plan.
  func moved(_ day: Day) -> Day { day + days }

  /// The notice's own plan, or the plan moved; another year's document is a made-up one.
  var plan: CampaignTemplate {
    let notice = CampaignTemplate2021.template
    return notice.moved(
      by: days,
      documentNumber: days == 0 ? nil : "清建〔\(moved(notice.issuedOn).year)〕演示35号")
  }
}
