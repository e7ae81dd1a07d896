import Domain
import HTML
import Pages
import Spreadsheet
import Web

/// The problems of a delivery, row by row.
struct DeliveryProblemsPage {
  static let perPage = 100

  let record: DeliveryRecord
  let causes: [ListedCause]
  let code: String?
  let isFirst: Bool
  /// Up to one more than a page.
  let found: [ListedProblem]

  private var link: Link { Paths.deskDeliveryProblems.link(record.id) }

  var html: HTML {
    filterBar(action: link) {
      filterSelect(
        "cause", label: "原因",
        options: causes.map { ($0.code, "\($0.title)（\(grouped($0.problems))）") }, selected: code)
    } + problemTable(Array(found.prefix(Self.perPage))) + pages
  }

  private var pages: HTML {
    let filtered = link.query("cause", code)
    let all = causes.filter { code == nil || $0.code == code }.reduce(0) { $0 + $1.problems }
    let last = found.prefix(Self.perPage).last
    return pager(
      next: found.count > Self.perPage
        ? last.map { filtered.query("after", String($0.position)) } : nil,
      previous: isFirst ? nil : filtered, countText: "共 \(grouped(all)) 处")
  }
}
