import Domain
import Foundation
import Pages

/// The body of `/progress.json`: the figures of the progress page as data.
///
/// ```json
/// { "county": "清流县", "isDemo": false,
///   "release": {                              // absent before the first publication
///     "cutoffAt": "2021-08-16T09:00:00+08:00", "publishedAt": "2021-08-16T15:20:00+08:00",
///     "campaign": { "title", "documentNumber", "clearBy": "2021-08-25", "stage": "自查自纠阶段",
///       "stages": [ { "title", "startsOn", "endsOn" } ] },
///     "figures": {
///       "below": 5,                           // counts of 1..<5 are not shown
///       "complaintsReceived": 31, "complaintsInTime": 30,
///       "total": { "homes", "households", "reviewed", "visited", "found", "cleared", "remaining",
///         "byNature": { "purchased_home", "over_limit", "sublet", "lent", "vacant", "arrears",
///                       "deceit" } },
///       "estates": [ { "estate": 1, "name": "…", "counts": { as total } } ] } } }
/// ```
/// A count is a number, or the text `"<5"` where it is smaller than `below`, or `"*"` where it is
/// withheld because a hidden one could be worked out from it.
struct ProgressData: Encodable {
  struct Release: Encodable {
    let cutoffAt: String
    let publishedAt: String
    let campaign: ReleasedCampaign
    let figures: PublishedFigures
  }

  let county: String
  let isDemo: Bool
  let release: Release?

  init(_ progress: PublicProgress, site: SiteSettings) {
    county = site.countyName
    isDemo = site.isDemo
    release = progress.release.map { release in
      Release(
        cutoffAt: ShanghaiTime.isoText(release.cutoffAt),
        publishedAt: ShanghaiTime.isoText(release.publishedAt),
        campaign: release.content.campaign, figures: release.content.figures)
    }
  }

  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array((try? encoder.encode(self)) ?? Data("{}".utf8))
  }
}
