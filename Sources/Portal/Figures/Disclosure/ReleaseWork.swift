import Campaigns
import Domain
import Foundation
import Ground
import Postgres
import Register

/// Why a release was not made, published or discarded; the text says what to do.
enum ReleaseRefusal: Error, CustomStringConvertible {
  /// The role does not hold the permission.
  case notPermitted
  /// The account's area is not a county.
  case notACounty
  case noCampaign
  /// The figures contradict each other, at these places.
  case disagreement([String])
  /// Whoever prepared it may not publish it.
  case samePerson
  /// It has been published or discarded meanwhile.
  case notPrepared(ReleaseState)
  /// Newer figures are public already.
  case outdated

  var description: String {
    switch self {
    case .notPermitted: "这个账号没有公布数据的权限"
    case .notACounty: "数据按县公布，请用县级账号操作"
    case .noCampaign: "还没有整治行动，没有可以公布的数据"
    case .disagreement(let problems): "数字对不上，不能公布：" + problems.joined(separator: "；")
    case .samePerson: "须由另一人发布：准备数据的人不能自己发布"
    case .notPrepared(let state): "这一份\(state.title)，不能再操作"
    case .outdated: "已经公布了更新的数据，请作废这一份"
    }
  }
}

/// Making, publishing and discarding releases: the same rules for the pages and for the program.
struct ReleaseWork: Sendable {
  /// Where a notification says that another release is public.
  static let channel = "releases"

  let databases: Databases

  /// Freezes the figures of the actor's county as they are now.
  func prepare(as actor: Principal, by origin: AuditOrigin, at now: Date) async throws -> ReleaseID
  {
    guard actor.may(.prepareRelease) else { throw ReleaseRefusal.notPermitted }
    guard actor.area.level == .county else { throw ReleaseRefusal.notACounty }
    return try await databases.transaction(as: actor, isolation: .repeatableRead) { tx in
      let (full, published) = try contents(of: actor.area, today: ShanghaiTime.day(of: now), tx)
      let id = try tx.one(
        Query<ReleaseID>(
          """
          INSERT INTO releases (area, campaign_id, cutoff_at, figures, public_figures,
            prepared_by, prepared_by_name)
          VALUES (\(actor.area), \(full.campaign), \(now), \(full.content.json)::jsonb,
            \(published.json)::jsonb, \(actor.accountID), \(actor.displayName))
          RETURNING id
          """))
      try tx.audit(
        AuditEvent(
          action: .prepareRelease, entity: "releases", entityID: id.description,
          after: ["state": ReleaseState.prepared.rawValue]), by: origin)
      return id
    }
  }

  private func contents(
    of area: AreaCode, today: Day, _ tx: Transaction
  ) throws -> (
    full: (campaign: CampaignID, content: ReleaseContent<CountyFigures>),
    published: ReleaseContent<PublishedFigures>
  ) {
    guard let campaign = try tx.all(currentCampaigns(for: area)).first(where: { $0.area == area })
    else { throw ReleaseRefusal.noCampaign }
    let figures = try tx.figures(in: area, campaign: campaign.id, today: today)
    let problems = figures.crossFootProblems()
    guard problems.isEmpty else { throw ReleaseRefusal.disagreement(problems) }
    let released = ReleasedCampaign(
      campaign, stages: try tx.all(campaignStages(campaign.id)), on: today)
    let limit = try tx.first(smallCountLimit(of: area)) ?? 5
    return (
      (campaign.id, ReleaseContent(campaign: released, figures: figures)),
      ReleaseContent(
        campaign: released, figures: SmallCounts.suppress(figures, below: limit))
    )
  }

  /// Publishes what somebody else prepared, and tells every running portal.
  func publish(
    _ id: ReleaseID, as actor: Principal, by origin: AuditOrigin, at now: Date
  ) async throws {
    try await take(.publish, of: id, by: ActingPerson(actor, origin, at: now)) { tx, line in
      if let current = try tx.first(publishedRelease(of: line.area)),
        current.line.cutoffAt > line.cutoffAt
      {
        throw ReleaseRefusal.outdated
      }
      try tx.execute("SELECT pg_notify(\(Self.channel), \(id.description))")
      return """
        published_by = \(actor.accountID), published_by_name = \(actor.displayName),
        published_at = \(now)
        """
    }
  }

  /// Takes back what has not been published.
  func discard(
    _ id: ReleaseID, as actor: Principal, by origin: AuditOrigin, at now: Date
  ) async throws {
    try await take(.discard, of: id, by: ActingPerson(actor, origin, at: now)) { _, _ in .empty }
  }

  /// - Parameter changes: what else stands in the way; gives the columns that change beside the state.
  private func take(
    _ action: ReleaseAction, of id: ReleaseID, by actor: ActingPerson,
    _ changes: @escaping @Sendable (Transaction, ReleaseLine) throws -> SQL
  ) async throws {
    let transition = ReleaseWorkflow[.prepared, action]
    try await databases.transaction(as: actor.principal) { tx in
      let line = try waiting(id, tx)
      var step = StepTaking(
        transition, of: [SeenVersion(id, version: line.version)], in: Self.table,
        audit: AuditEvent(
          action: Self.audited(action), entity: "releases", entityID: line.id.description,
          before: ["state": line.state.rawValue], after: ["state": transition.to.rawValue]))
      step.firstPerson = line.preparedBy
      step.changes = try changes(tx, line)
      do {
        try tx.take(step, by: actor)
      } catch StepRefusal.notPermitted {
        throw ReleaseRefusal.notPermitted
      } catch StepRefusal.samePerson {
        throw ReleaseRefusal.samePerson
      }
    }
  }

  /// What becomes of a release stands in its row and in the audit log: it has no other history.
  private static let table = StepTable<ReleaseWorkflow, ReleaseID>("releases")

  private static func audited(_ action: ReleaseAction) -> AuditAction {
    switch action {
    case .publish: .publishRelease
    case .discard: .discardRelease
    }
  }

  private func waiting(_ id: ReleaseID, _ tx: Transaction) throws -> ReleaseLine {
    // The row is held, so that two people who press at once are told apart.
    _ = try tx.execute("SELECT FROM releases WHERE id = \(id) FOR UPDATE")
    let line = try tx.one(release(id)).line
    guard line.state == .prepared else { throw ReleaseRefusal.notPrepared(line.state) }
    return line
  }
}
