import Domain
import Figures
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// The figures that are public now.
struct FigureAPI: Sendable {
  let services: Services

  var operations: [APIOperation] {
    [
      APIOperation(
        "readFigures", .get, Paths.apiFigures.pattern, needs: .viewProgressFigures,
        "已公布的数据", "令牌范围内各县现在公布的一期；太小的数不显示，写作 \"<5\"，能从别的数推出来的写作 \"*\"。",
        answers: [APIAnswer("各县的数据", Self.figures, example: Self.example)], readFigures)
    ]
  }

  private func readFigures(_ call: APICall) async throws -> WebResponse {
    let found = try await services.databases.read(as: call.principal) { tx in
      try tx.all(publishedFigures)
    }
    return .json(["counties": .array(found.map(\.json))])
  }

  private static let number = JSONSchema.either(APIParts.count, .text(1...12))

  private static let counts = JSONSchema.named(
    "Counts",
    .object([
      JSONProperty("homes", number, "房源"), JSONProperty("households", number, "在保家庭"),
      JSONProperty("reviewed", number, "已复核"), JSONProperty("visited", number, "已走访"),
      JSONProperty("found", number, "发现问题"), JSONProperty("cleared", number, "已清退"),
      JSONProperty("remaining", number, "剩余"),
      JSONProperty(
        "by_nature",
        .object(ExitNature.allCases.map { JSONProperty($0.rawValue, number, $0.title) }), "按退出性质"),
    ]))

  private static let figures = JSONSchema.object([
    JSONProperty(
      "counties",
      .array(
        .object([
          JSONProperty("area", .text(2...9), "区划代码"), JSONProperty("name", .text(1...100), "县"),
          JSONProperty("cutoff_at", APIParts.time, "数据截至"),
          JSONProperty("published_at", APIParts.time, "公布时间"),
          JSONProperty("below", APIParts.count, "小于它的数不显示"),
          JSONProperty("complaints_received", number, "收到举报"),
          JSONProperty("complaints_in_time", number, "按时答复"),
          JSONProperty("total", counts, "合计"),
          JSONProperty(
            "estates",
            .array(
              .object([
                JSONProperty("name", .text(1...100), "项目"), JSONProperty("counts", counts, "数据"),
              ]), count: 0...100_000), "各项目"),
        ]), count: 0...3_000), "各县")
  ])

  private static let exampleCounts: JSONValue = [
    "homes": 480, "households": 470, "reviewed": 300, "visited": 120, "found": 12, "cleared": 7,
    "remaining": "<5",
    "by_nature": [
      "purchased_home": 5, "over_limit": "*", "sublet": "<5", "lent": 0, "vacant": 0, "arrears": 0,
      "deceit": 0, "other": 0,
    ],
  ]

  private static let example: JSONValue = [
    "counties": [
      [
        "area": "350423", "name": "清流县", "cutoff_at": "2021-08-16T09:00:00+08:00",
        "published_at": "2021-08-16T15:20:00+08:00", "below": 5, "complaints_received": 31,
        "complaints_in_time": 30, "total": exampleCounts,
        "estates": [["name": "龙津小区", "counts": exampleCounts]],
      ]
    ]
  ]
}

/// What one county publishes now.
private struct CountyRelease: RowDecodable {
  let area: AreaCode
  let name: String
  let cutoffAt: Date
  let publishedAt: Date
  let figures: PublishedFigures

  init(_ row: Row) throws {
    area = try row("area")
    name = try row("name")
    cutoffAt = try row("cutoff_at")
    publishedAt = try row("published_at")
    figures = try ReleaseContent<PublishedFigures>(json: try row("public_figures")).figures
  }

  var json: JSONValue {
    [
      "area": .string(area.rawValue), "name": .string(name),
      "cutoff_at": .string(ShanghaiTime.isoText(cutoffAt)),
      "published_at": .string(ShanghaiTime.isoText(publishedAt)),
      "below": .integer(figures.below),
      "complaints_received": figures.complaintsReceived.json,
      "complaints_in_time": figures.complaintsInTime.json, "total": figures.total.json,
      "estates": .array(
        figures.estates.map { ["name": .string($0.name), "counts": $0.counts.json] }),
    ]
  }
}

private let publishedFigures: Query<CountyRelease> = Query(
  """
  SELECT DISTINCT ON (r.area) r.area, a.name, r.cutoff_at, r.published_at,
    r.public_figures::text AS public_figures
  FROM releases r JOIN areas a ON a.code = r.area
  WHERE r.state = 'published'
  ORDER BY r.area, r.published_at DESC, r.id DESC
  """)

extension PublishedCount {
  fileprivate var json: JSONValue { exactValue.map { .integer($0) } ?? .string(text) }
}

extension PublishedCounts {
  fileprivate var json: JSONValue {
    [
      "homes": homes.json, "households": households.json, "reviewed": reviewed.json,
      "visited": visited.json, "found": found.json, "cleared": cleared.json,
      "remaining": remaining.json,
      "by_nature": .object(ExitNature.allCases.map { .init($0.rawValue, self[$0].json) }),
    ]
  }
}
