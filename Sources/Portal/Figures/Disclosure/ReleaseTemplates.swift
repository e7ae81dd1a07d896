package import Domain
package import HTML
import Pages

extension ReleaseState {
  var tagKind: TagKind {
    switch self {
    case .prepared: .warn
    case .published: .ok
    case .discarded: .neutral
    }
  }
}

/// The releases of the area: what is public, what waits, and what has changed since.
struct DisclosurePage: Sendable {
  let lines: [ReleaseLine]
  let current: Release?
  /// The figures as they are now; nil where the account's area is no county.
  let now: CountyFigures?
  let mayPrepare: Bool

  func html(csrf: String) -> HTML {
    currentPanel + waitingPanel + changePanel + preparePanel(csrf: csrf) + historyPanel
  }

  private var currentPanel: HTML {
    guard let current else {
      return panel("现在公布的", emptyState("尚未公布", hint: "准备数据，再由另一人发布，公开页面才会有数字。"))
    }
    return panel(
      "现在公布的",
      actions: buttonLink("查看公开页面", Paths.progress.link, isPrimary: false),
      definitionList([
        ("数据截至", "\(ShanghaiTime.dateTimeText(current.line.cutoffAt))"),
        ("公布时间", "\(ifLet: current.line.publishedAt, { "\(ShanghaiTime.dateTimeText($0))" })"),
        ("准备人", "\(current.line.preparedByName)"),
        ("发布人", "\(optional: current.line.publishedByName)"),
      ]))
  }

  private var waitingPanel: HTML {
    let waiting = lines.filter { $0.state == .prepared }
    guard !waiting.isEmpty else { return HTML() }
    return panel("等待发布", releaseTable("等待发布的数据", waiting))
  }

  private var changePanel: HTML {
    guard let now else { return HTML() }
    let problems = now.crossFootProblems()
    let disagreement: HTML =
      "<p>现在的数字对不上，不能公布，请先核对：</p><ul>\(problems, { "<li>\($0)</li>" })</ul>"
    return panel(
      "上次公布以来的变化",
      (problems.isEmpty ? HTML() : notice(.alert, disagreement))
        + changeTable(from: current?.full.figures, to: now))
  }

  private func preparePanel(csrf: String) -> HTML {
    guard mayPrepare else { return HTML() }
    return panel(
      "准备新的数据",
      """
      <form method="post" action="\(path: Paths.deskReleases)">
      <input type="hidden" name="csrf" value="\(csrf)">
      <p>把现在的数字定格下来。公众要等另一人核对并发布后才看得到。</p>
      <div class="form-actions"><button class="button" type="submit">准备数据</button></div>
      </form>
      """)
  }

  private var historyPanel: HTML {
    panel(
      "历次数据",
      lines.isEmpty
        ? emptyState(
          "还没有准备过数据", hint: "公布由县住建局负责人准备、另一人发布。",
          action: buttonLink("查看公开页面", Paths.progress.link, isPrimary: false))
        : releaseTable("历次数据", lines))
  }
}

/// Releases as rows that lead to them.
package func releaseTable(_ caption: String, _ lines: [ReleaseLine]) -> HTML {
  dataTable(
    caption: caption,
    columns: [
      Column("数据截至") { "\(ShanghaiTime.dateTimeText($0.cutoffAt))" },
      Column("县") { "\($0.areaName)" },
      Column("状态") { tag($0.state.title, $0.state.tagKind) },
      Column("准备人") { "\($0.preparedByName)" },
      Column("发布人") { "\($0.publishedByName ?? "—")" },
      Column("公布时间") { "\($0.publishedAt.map { ShanghaiTime.dateTimeText($0) } ?? "—")" },
    ], rows: lines, link: { Paths.deskRelease.link($0.id) }, empty: emptyState("没有数据"))
}

/// What differs between two states of the figures, in all.
func changeTable(from old: CountyFigures?, to new: CountyFigures) -> HTML {
  struct Change {
    let name: String
    let old: Int?
    let new: Int
  }
  let before = old.map { countedFigures($0) }
  let rows = countedFigures(new).enumerated().map { index, figure in
    Change(name: figure.name, old: before?[index].value, new: figure.value)
  }
  return dataTable(
    caption: "数字变化",
    columns: [
      Column("数字") { "\($0.name)" },
      Column("上次公布", numeric: true) { "\($0.old.map { grouped($0) } ?? "—")" },
      Column("现在", numeric: true) { "\(grouped($0.new))" },
      Column("变化", numeric: true) { change in
        let difference = change.new - (change.old ?? change.new)
        return difference == 0 ? "—" : "\(difference > 0 ? "+" : "")\(grouped(difference))"
      },
    ], rows: rows, empty: HTML())
}

/// The figures of a county in all, in the order of the disclosure.
func countedFigures(_ figures: CountyFigures) -> [(name: String, value: Int)] {
  countedFigures(figures.total)
    + [("收到举报", figures.complaintsReceived), ("按时答复", figures.complaintsInTime)]
}

/// The figures of one place, in the order of the disclosure.
package func countedFigures(_ counts: FigureCounts) -> [(name: String, value: Int)] {
  [
    ("房源", counts.homes), ("在保家庭", counts.households), ("已复核", counts.reviewed),
    ("已走访", counts.visited), ("发现问题", counts.found),
  ] + ExitNature.allCases.map { ($0.markedTitle, counts.byNature[$0, default: 0]) } + [
    ("已清退", counts.cleared), ("剩余", counts.remaining),
  ]
}
