import Campaigns
import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// What the page that asks before a roster is made is drawn with.
struct RosterToMake: Sendable {
  /// The campaign that runs in the county; nil where none does, or where somebody works above or below a county.
  let campaign: Campaign?
  let roster: VisitRoster?
  /// How many leases it would hold.
  let leases: Int

  /// What it is done to, in words.
  var verb: String { roster == nil ? "生成名单" : "更新名单" }
}

/// `/desk/visits/roster/making`
func rosterMakingForm(
  _ services: Services, jobs: JobRunner
) -> EditForm<Void, RosterToMake, Void, Bool> {
  EditForm(
    services,
    load: { tx, _, asked in
      guard asked.principal.area.level == .county else {
        return RosterToMake(campaign: nil, roster: nil, leases: 0)
      }
      let area = asked.principal.area
      return RosterToMake(
        campaign: try tx.all(currentCampaigns(for: area)).first { $0.endedOn == nil },
        roster: try tx.first(currentRosters(for: area)),
        leases: try tx.one(leasesToVisitCount(in: area)))
    },
    page: { seen, frame in
      EditPage(
        title: seen.verb, lead: seen.campaign?.title ?? "走访名单属于一次整治行动。",
        breadcrumbs: [("走访名单", Paths.deskRoster.link)],
        panel(seen.verb, rosterMakingBody(seen.model, frame)))
    },
    read: { _, _ in () },
    write: { tx, _, edit in try tx.askForRoster(by: edit.editor) },
    done: { isNew, _, _ in
      (Paths.deskRoster.link, isNew ? "已开始，名单会在后台生成。" : "名单正在生成，等它做完再更新下一次。")
    }, follow: { _, _ in await jobs.wake() })
}

private func rosterMakingBody(_ seen: RosterToMake, _ frame: EditFrame) -> HTML {
  guard let campaign = seen.campaign else {
    return emptyState(
      "现在没有进行中的整治行动", hint: "县住建局先建立行动方案，再生成走访名单。",
      action: buttonLink("行动方案", Paths.deskCampaign.link, isPrimary: false))
  }
  let text: HTML = """
    <p>\(campaign.areaName)\(campaign.scope.title)里，现有履行中的租约 \
    <strong>\(grouped(seen.leases))</strong> 份，每一份列为一户，按楼栋、楼层排好路线。</p>
    <p class="hint">\(seen.roster == nil ? "以后每天凌晨自动更新一次，也可以随时再更新：" : "更新时：")\
    新签的租约补入，已终止的标为“租约已结束”，搬到别处的跟着走，走访记录和分派都保留。</p>

    """
  return text + frame.form(action: Paths.deskRosterMaking.link, button: seen.verb, HTML())
}

extension Transaction {
  /// Enters the making of the roster of the county's campaign, and sees to it that it is brought up to date every night:
  /// two who ask at once get one.
  ///
  /// - Returns: false where it is being made already.
  func askForRoster(by editor: Editor) throws -> Bool {
    let (actor, now) = (editor.principal, editor.now)
    let campaign = try all(currentCampaigns(for: actor.area)).first { $0.endedOn == nil }
    guard actor.area.level == .county, let campaign else { throw WebError.notFound }
    // The row's lock is held until the job stands.
    let roster = try one(
      Query<VisitRosterID>(
        """
        INSERT INTO visit_rosters (area, campaign_id, made_by, made_by_name, made_at)
        VALUES (\(campaign.area), \(campaign.id), \(actor.accountID), \(actor.displayName), \(now))
        ON CONFLICT (campaign_id) DO UPDATE SET made_by_name = visit_rosters.made_by_name
        RETURNING id
        """))
    let isBusy = try one(
      Query<Bool>(
        """
        SELECT EXISTS (
          SELECT FROM jobs WHERE subject = \(roster) AND kind = \(RosterMakingJob.name)
            AND state IN ('waiting', 'running'))
        """))
    guard !isBusy else { return false }
    let expected = try one(leasesToVisitCount(in: campaign.area))
    try enter(
      NewJob(RosterMakingJob.self, of: roster, by: editor.origin), as: actor,
      in: actor.area)
    try schedule(RosterMakingJob.self, RosterMakingJob.nightly, as: actor, at: now)
    try audit(
      AuditEvent(
        action: .makeRoster, entity: "visit_rosters", entityID: roster.description,
        after: ["campaign": campaign.title, "households": String(expected)]), by: editor.origin)
    return true
  }
}
