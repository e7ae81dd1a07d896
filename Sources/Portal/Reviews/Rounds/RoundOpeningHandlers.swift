import Campaigns
import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A round is opened.
struct RoundOpeningHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/reviews/new`
  func newRound(_ request: WebRequest) async throws -> WebResponse {
    try await form(request).show(request, ())
  }

  /// `POST /desk/reviews`
  func createRound(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    try await form(request).submit(request, (), fields)
  }

  /// How many households there are is read beforehand: it is kept for all who ask.
  private func form(
    _ request: WebRequest
  ) async throws -> EditForm<Void, RoundForm, NewRound, OpenedRound> {
    let estates = try await estates.summaries(for: try request.principal, at: request.now)
    return EditForm(
      services, isLong: true,
      load: { tx, _, asked in
        RoundForm(
          campaigns: try tx.all(currentCampaigns(for: asked.principal.area))
            .filter { $0.endedOn == nil },
          areas: try tx.all(areaChoices(of: asked.principal.area)), estates: estates,
          today: asked.today)
      },
      page: { seen, frame in
        EditPage(
          title: "开始一轮复核", lead: "冻结要查的家庭名单，定下各单位答复的期限。",
          breadcrumbs: [("资格复核", Paths.deskReviews.link)], seen.model.html(frame))
      },
      read: { checker, seen in
        NewRound(&checker, today: seen.asked.today, principal: seen.asked.principal)
      },
      write: { tx, new, edit in try tx.openRound(new, by: edit.editor) },
      done: { opened, new, _ in
        let households = grouped(opened.households)
        return (
          Paths.deskReview.link(opened.id),
          opened.isRepeated
            ? "这一轮已经开始了，名单 \(households) 户。" : "已开始“\(new.title)”，冻结名单 \(households) 户。"
        )
      })
  }
}

/// An area of which a round may be.
struct AreaChoice: RowDecodable {
  let code: AreaCode
  let name: String

  init(_ row: Row) throws {
    code = try row("code")
    name = try row("name")
  }
}

/// An area and everything in it, from the whole to its parts.
func areaChoices(of area: AreaCode) -> Query<AreaChoice> {
  Query("SELECT code, name FROM areas WHERE code ^@ \(area)::text ORDER BY code")
}

/// The form that opens a round.
struct RoundForm: Sendable {
  let campaigns: [Campaign]
  let areas: [AreaChoice]
  let estates: [EstateSummary]
  let today: Day

  func html(_ frame: EditFrame) -> HTML {
    guard !campaigns.isEmpty else {
      return panel(
        "开始一轮复核",
        emptyState(
          "还没有进行中的整治行动", hint: "资格复核属于一次整治行动，请先建立行动方案。",
          action: buttonLink("建立行动", Paths.deskCampaignNew.link)))
    }
    let view = frame.view
    return panel(
      "开始一轮复核",
      frame.form(
        action: Paths.deskReviews.link, button: "冻结名单并开始",
        view.input("title", "名称", value: suggestedTitle, maxlength: 100)
          + view.select(
            "campaign", "行动", options: campaigns.map { ($0.id.description, $0.title) },
            value: campaigns.first?.id.description, prompt: campaigns.count == 1 ? nil : "请选择")
          + view.select(
            "area", "范围", options: areas.map { ($0.code.rawValue, "\($0.name)（\(size($0.code))）") },
            value: areas.first?.code.rawValue,
            prompt: nil, hint: "行动的整治范围内现在在租的家庭，都进入名单；以后搬入的不再加入。括号里是现在的户数。")
          + dueFields(view)
            + """
            <p class="hint" role="status" data-wait="正在冻结名单，请不要关闭页面">\
            几十万户的名单要几十秒，提交后请稍候，不要重复提交。</p>

            """))
  }

  private var suggestedTitle: String { "\(today.year)年\(today.month)月资格复核" }

  private func size(_ area: AreaCode) -> String {
    let looksAtAll = campaigns.contains { $0.scope == .all }
    let households = estates.filter {
      (looksAtAll || $0.ownership == .government) && area.contains($0.area)
    }.reduce(0) { $0 + $1.runningLeases }
    return "\(grouped(households)) 户"
  }

  private func dueFields(_ view: FormView) -> HTML {
    Bureau.allCases.map { bureau in
      view.input(
        bureau.dueField, "\(bureau.title)答复期限", type: .date, value: (today + 30).iso,
        hint: "要答复：\(bureau.checks.map(\.title).joined(separator: "、"))。")
    }.joined()
  }
}
