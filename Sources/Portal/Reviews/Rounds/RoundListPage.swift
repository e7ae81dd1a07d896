import Domain
import HTML
import Pages

/// The list of rounds.
struct RoundListPage: Sendable {
  let page: ListLines<ReviewRound>
  let rounds: [RoundProgress]
  let today: Day
  let mayOpen: Bool

  var html: HTML { table + pages }

  private var table: HTML {
    dataTable(
      caption: "资格复核", columns: Self.columns(today: today), rows: rounds,
      link: { Paths.deskReview.link($0.round.id) },
      empty: emptyState(
        "还没有进行过资格复核",
        hint: mayOpen
          ? "开始一轮复核，冻结要查的家庭名单，各单位就能答复。" : "县住建局开始一轮复核后，进展会显示在这里。",
        action: mayOpen ? buttonLink("开始一轮复核", Paths.deskReviewNew.link) : HTML()))
  }

  static func columns(today: Day) -> [Column<RoundProgress>] {
    [
      Column("名称", text: \.round.title),
      Column("范围", text: \.round.areaName),
      Column("所属行动", text: \.round.campaignTitle),
      Column("开始日期", day: \.round.openedOn),
      Column("户数", number: \.households),
      Column("应答复", number: \.total.owed),
      Column("已答复", number: \.total.answered),
      Column("有情况", number: \.total.hit),
      Column("情况", tag: { $0.standing(on: today) }),
      Column("结束日期", day: \.round.closedOn),
    ]
  }

  private var pages: HTML {
    page.pager(
      roundOrder, Paths.deskReviews.link,
      countText: rounds.isEmpty ? nil : "本页 \(rounds.count) 轮")
  }
}
