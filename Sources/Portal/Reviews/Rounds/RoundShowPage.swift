import Domain
import HTML
import Pages

/// How far a round is: by bureau, check, township and estate.
struct RoundShowPage: Sendable {
  /// Estates shown at once; those with most to answer come first where there are more.
  static let estatesShown = 60

  let progress: RoundProgress
  let estates: [EstateCounts]
  /// The township whose estates are shown; nil for all.
  let township: AreaCode?
  /// Households of which not every grown member has given an authorisation.
  let unauthorised: Int
  let mayCheckWithout: Bool
  let principal: Principal
  let today: Day

  private var round: ReviewRound { progress.round }

  var lead: String {
    let end = round.closedOn.map { "，\($0.chinese)结束" } ?? ""
    return "\(round.areaName) · \(round.campaignTitle) · \(round.openedOn.chinese)开始\(end) · "
      + "名单 \(grouped(progress.households)) 户"
  }

  var actions: HTML {
    let exports = exportLinks(
      Paths.deskReview.link(round.id).query("township", township?.rawValue))
    guard principal.may(.runReviews), round.isOpen else { return exports }
    return exports + buttonLink("修改期限", Paths.deskReviewDues.link(round.id), isPrimary: false)
      + buttonLink("结束本轮", Paths.deskReviewClosing.link(round.id), isPrimary: false)
  }

  var html: HTML {
    standing + authorisations
      + panel("各单位", bar + bureauTable) + panel("核查事项", checkTable)
      + panel("各乡镇", townshipTable) + panel(estateTitle, estateNote + estateTable)
  }

  private var standing: HTML {
    if let closedOn = round.closedOn {
      return notice(
        (round.openChecksAtClose ?? 0) > 0 ? .warn : .neutral,
        """
        <p>\(round.closedByName ?? "") 于 \(closedOn.chinese) 结束了这一轮，不再接收答复。\
        \(if: (round.openChecksAtClose ?? 0) > 0, "结束时还有 \(grouped(round.openChecksAtClose ?? 0)) 项没有答复。")</p>\
        \(ifLet: round.closedReason, { "<p>原因：\($0)</p>" })
        """)
    }
    let late = progress.lateBureaus(on: today)
    guard !late.isEmpty else { return HTML() }
    let words = late.map { bureau in
      "\(bureau.bureau.title)逾期 \(bureau.daysLate(on: today) ?? 0) 天，"
        + "还有 \(grouped(bureau.counts.open)) 项没有答复"
    }
    return notice(.alert, "<p><strong>\(words.joined(separator: "；"))。</strong></p>")
  }

  private var authorisations: HTML {
    guard unauthorised > 0 else { return HTML() }
    let rule = mayCheckWithout ? "本县规定可以核对，请补签" : "本县规定不得核对收入和资产"
    return notice(
      mayCheckWithout ? .warn : .alert,
      """
      <p>\(grouped(unauthorised)) 户没有全部成年成员的有效授权书，\(rule)。\
      <a href="\(path: Paths.deskAuthorisations.link)">查看名单</a></p>
      """)
  }

  private var bar: HTML {
    progressBar("答复", value: progress.total.answered, of: progress.total.owed, unit: "项")
  }

  // MARK: Bureaus and checks

  private var bureauTable: HTML {
    dataTable(
      caption: "各单位",
      columns: [
        Column("单位") { "\($0.bureau.title)" }, Column("期限") { "\($0.dueOn?.iso ?? "—")" },
        Column("情况") { [today] in tag($0.standing(on: today).0, $0.standing(on: today).1) },
        Column("应答复", numeric: true) { "\(grouped($0.counts.owed))" },
        Column("已答复", numeric: true) { "\(grouped($0.counts.answered))" },
        Column("进度", numeric: true) { "\(shareText($0.counts))" },
        Column("待答复", numeric: true) { "\(grouped($0.counts.open))" },
        Column("有情况", numeric: true) { "\(grouped($0.counts.hit))" },
      ], rows: progress.bureaus, empty: HTML())
  }

  private var checkTable: HTML {
    dataTable(
      caption: "核查事项",
      columns: [
        Column<CheckType>("核查事项") { "\($0.title)" }, Column("单位") { "\($0.bureau.title)" },
        Column("应答复", numeric: true) { "\(grouped(progress[$0].owed))" },
        Column("无异常", numeric: true) { "\(grouped(progress[$0].clear))" },
        Column("有情况", numeric: true) { count(progress[$0].hit, $0, .hit) },
        Column("查无此人", numeric: true) { "\(grouped(progress[$0].notFound))" },
        Column("待答复", numeric: true) { count(progress[$0].open, $0, .open) },
      ], rows: CheckType.owed, empty: HTML())
  }

  /// A number that leads to the households behind it.
  private func count(_ count: Int, _ type: CheckType, _ state: CheckListState) -> HTML {
    guard count > 0 else { return "0" }
    let link = checksLink(round.id, type.bureau, type, state: state, for: principal)
    return "<a href=\"\(path: link)\">\(grouped(count))</a>"
  }
}
