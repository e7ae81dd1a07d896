import Campaigns
import Domain
import HTML
import Pages
import Register

/// 整治进展, for everybody: the stage, the figures with what they are a part of, and each estate.
struct ProgressPage {
  let progress: PublicProgress

  init(_ progress: PublicProgress) {
    self.progress = progress
  }

  var html: HTML {
    switch progress {
    case .unread:
      pageHeader("整治进展")
        + emptyState("数据暂时读取不到", hint: "系统正在恢复，请过几分钟再来看。")
    case .nothingPublished: nothingYet
    case .published(let release): page(release)
    }
  }

  private var nothingYet: HTML {
    pageHeader("整治进展")
      + emptyState(
        "尚未公布",
        hint: "第一次公布后，这里会显示：各公租房项目有多少套房、多少户在保家庭，复核和走访了多少户，"
          + "发现多少问题、清退了多少，收到多少举报、按时答复了多少。不公布任何人的姓名、住址和证件号码。",
        action: buttonLink("我要举报", Paths.complaintNew.link))
  }

  private func page(_ release: PublicRelease) -> HTML {
    let content = release.content
    let day = ShanghaiTime.day(of: release.cutoffAt)
    return pageHeader(
      "整治进展",
      lead: "数据截至 \(ShanghaiTime.dateTimeText(release.cutoffAt))，"
        + "公布于 \(ShanghaiTime.dateTimeText(release.publishedAt))")
        + """
        <h2>行动阶段</h2>
        <p>\(content.campaign.title)（\(content.campaign.documentNumber)），\
        当前阶段：<strong>\(content.campaign.stage)</strong>。\
        应于 \(content.campaign.clearBy.chinese) 前清退所有不符合条件的对象。</p>
        \(stageStepper(content.campaign.stages, on: day))
        <h2>总体情况</h2>
        \(cards(content.figures))
        \(ProgressCharts(figures: content.figures).html)
        <h2>各项目情况</h2>
        \(publishedTable(content.figures))
        \(legend(content.figures))
        """
  }

  private func cards(_ figures: PublishedFigures) -> HTML {
    let total = figures.total
    return figureCards([
      figureCard(
        "已复核", value: total.reviewed.shown, denominator: "/ \(total.households.shown) 户",
        note: "四部门十项核查全部答复"),
      figureCard(
        "已走访", value: total.visited.shown, denominator: "/ \(total.households.shown) 户",
        note: "入户见到人"),
      figureCard(
        "发现问题", value: total.found.shown, denominator: "/ \(total.households.shown) 户",
        note: "已核实"),
      figureCard(
        "已清退", value: total.cleared.shown, denominator: "/ \(total.found.shown) 件",
        note: "剩余 \(total.remaining.shown) 件", kind: .ok),
      figureCard(
        "举报按时答复", value: figures.complaintsInTime.shown,
        denominator: "/ \(figures.complaintsReceived.shown) 件", note: "收到的群众举报和建议"),
      figureCard(
        "公租房", value: total.homes.shown, denominator: "套，\(figures.estates.count) 个项目",
        note: "政府投资"),
    ])
  }

  private func legend(_ figures: PublishedFigures) -> HTML {
    """
    <p class="hint">「&lt;\(figures.below)」表示不到 \(figures.below) 的数，「*」表示为防止推算出这样的\
    小数而不显示的数；都是为了不让人认出具体的家庭。「已复核」指四部门的十项核查都有了答复，\
    「已清退」包括已腾退和已整改到位的。①A、①B、②、③是整治方案规定的退出性质。</p>
    <p><a href="\(path: Paths.progressData)">以数据文件（JSON）取得这些数字</a></p>
    """
  }
}

/// The two charts of the progress page.
struct ProgressCharts {
  let figures: PublishedFigures

  var html: HTML {
    "<div class=\"charts\">\(natures)\(shares)</div>\n"
  }

  private var natures: HTML {
    let title = "发现问题，按退出性质"
    let counts = ExitNature.allCases.map { ($0.markedTitle, figures.total[$0]) }
    guard !counts.allSatisfy(\.1.isHidden) else { return undrawn(title) }
    return barChart(title: title, unit: "件", bars: counts.map { ChartBar($0, $1.chartValue) })
  }

  /// A share of hidden counts would be a guess.
  private var shares: HTML {
    let title = "各项目发现的问题：已清退和剩余"
    let withProblems = figures.estates.filter { $0.counts.found != .exact(0) }
    let drawn = withProblems.filter { estate in
      !estate.counts.cleared.isHidden && !estate.counts.remaining.isHidden
    }
    guard !withProblems.isEmpty else { return HTML() }
    guard !drawn.isEmpty else { return undrawn(title) }
    return stackedBarChart(
      title: title + (drawn.count < withProblems.count ? "（数目太小的项目不画）" : ""), unit: "件",
      categories: drawn.map(\.name),
      series: [
        ChartSeries("已清退", drawn.map(\.counts.cleared.chartValue)),
        ChartSeries("剩余", drawn.map(\.counts.remaining.chartValue)),
      ], isShare: true)
  }

  private func undrawn(_ title: String) -> HTML {
    """
    <figure class="chart"><figcaption>\(title)</figcaption>\
    <p class="hint">数目都太小，画出来会让人认出具体的家庭，所以不画图；能公布的数字见下表。</p></figure>
    """
  }
}
