import Domain
import Foundation
package import Postgres

/// A release without its figures.
package struct ReleaseLine: RowDecodable {
  let id: ReleaseID
  let area: AreaCode
  let areaName: String
  let cutoffAt: Date
  let state: ReleaseState
  let preparedBy: AccountID
  let preparedByName: String
  let publishedByName: String?
  let publishedAt: Date?
  let version: Int

  package init(_ row: Row) throws {
    id = try row("id")
    area = try row("area")
    areaName = try row("area_name")
    cutoffAt = try row("cutoff_at")
    state = try row("state")
    preparedBy = try row("prepared_by")
    preparedByName = try row("prepared_by_name")
    publishedByName = try row("published_by_name")
    publishedAt = try row("published_at")
    version = try row("version")
  }
}

/// A release with what it says, in full and for the public.
struct Release: RowDecodable {
  let line: ReleaseLine
  let full: ReleaseContent<CountyFigures>
  let published: ReleaseContent<PublishedFigures>

  init(_ row: Row) throws {
    line = try ReleaseLine(row)
    full = try ReleaseContent(json: try row("figures"))
    published = try ReleaseContent(json: try row("public_figures"))
  }
}

private let lineColumns: SQL = """
  r.id, r.area, a.name AS area_name, r.cutoff_at, r.state, r.prepared_by, r.prepared_by_name,
  r.published_by_name, r.published_at, r.version
  """

/// The latest releases in scope, newest first.
package func releases(limit: Int = 50) -> Query<ReleaseLine> {
  Query(
    """
    SELECT \(lineColumns) FROM releases r JOIN areas a ON a.code = r.area
    ORDER BY r.id DESC LIMIT \(limit)
    """)
}

func release(_ id: ReleaseID) -> Query<Release> {
  Query(releaseSQL + " WHERE r.id = \(id)")
}

/// The release of an area that is public now; before a given one, the release that it follows.
func publishedRelease(of area: AreaCode, before id: ReleaseID? = nil) -> Query<Release> {
  Query(
    releaseSQL + """
       WHERE r.area = \(area) AND r.state = 'published' AND (\(optional: id)::bigint IS NULL OR r.id < \(optional: id))
      ORDER BY r.published_at DESC, r.id DESC LIMIT 1
      """)
}

private let releaseSQL: SQL = """
  SELECT \(lineColumns), r.figures::text AS figures, r.public_figures::text AS public_figures
  FROM releases r JOIN areas a ON a.code = r.area
  """

/// What the public login may read of the release that is public now.
struct PublicRelease: RowDecodable {
  let cutoffAt: Date
  let publishedAt: Date
  let content: ReleaseContent<PublishedFigures>

  init(_ row: Row) throws {
    cutoffAt = try row("cutoff_at")
    publishedAt = try row("published_at")
    content = try ReleaseContent(json: try row("public_figures"))
  }
}

func publicRelease(of area: AreaCode) -> Query<PublicRelease> {
  Query(
    """
    SELECT cutoff_at, published_at, public_figures::text AS public_figures FROM releases
    WHERE area = \(area) AND state = 'published'
    ORDER BY published_at DESC, id DESC LIMIT 1
    """)
}

func smallCountLimit(of area: AreaCode) -> Query<Int> {
  Query("SELECT small_count_below FROM site_settings WHERE area = \(area)")
}
