package import Domain
import Ground
import HTML
package import Pages
import Register

/// Households by one check of a bureau.
struct CheckListPage: Sendable {
  let round: ReviewRound
  let bureau: Bureau
  let queue: CheckQueue
  let place: CheckFilter.Place
  /// How many of each check of the bureau are in the chosen state, within the filter.
  let counts: [CheckType: Int]
  let page: ListLines<CheckListLine>
  let estates: [EstateChoice]
  /// Other rounds that run.
  let others: [ReviewRound]
  let principal: Principal
  let csrf: String

  private var filter: CheckFilter {
    var filter = queue.filter
    filter.type = queue.type
    return filter
  }

  private var isOwn: Bool { if case .own = place { true } else { false } }
  private var mayAnswer: Bool { isOwn && round.isOpen }
  var link: Link { filter.link(place) }

  var title: String { isOwn ? "逐户答复" : "\(bureau.title)的核查" }

  var lead: String {
    let due = round.dues[bureau].map { "，答复期限 \($0.chinese)" } ?? ""
    return "\(round.title)（\(round.areaName)）\(due)。"
  }

  var breadcrumbs: [(String, Link)] {
    isOwn
      ? []
      : [("资格复核", Paths.deskReviews.link), (round.title, Paths.deskReview.link(round.id))]
  }

  var html: HTML { closed + otherRounds + start + kinds + filters + table + pages }

  private var closed: HTML {
    round.isOpen ? HTML() : notice(.neutral, "<p>这一轮已经结束，不再接收答复。</p>")
  }

  private var otherRounds: HTML {
    guard !others.isEmpty else { return HTML() }
    let links = others.map { other -> HTML in
      "<a href=\"\(path: CheckFilter().link(.own(round: other.id)))\">\(other.title)（\(other.areaName)）</a>"
    }
    return "<p>另有进行中的复核：\(links.joined(separator: "，"))</p>\n"
  }

  /// The first of the list, one key away.
  private var start: HTML {
    guard mayAnswer, filter.state == .open, let first = page.lines.first else { return HTML() }
    return """
      <p class="queue-start"><a class="button" href="\(path: answerLink(first))" accesskey="s">\
      从第一户开始答复</a> <span class="hint">保存后自动转到下一户，只用键盘就能答完。</span></p>

      """
  }

  /// The bureau's checks side by side, each with how many there are.
  private var kinds: HTML {
    let items = bureau.checks.map { type -> HTML in
      var other = filter
      other.type = type
      return """
        <li><a href="\(path: other.link(place))"\
        \(attribute: "aria-current", type == queue.type ? "page" : nil)>\(type.title)\
        <span class="tab-count">\(grouped(counts[type] ?? 0))</span></a></li>
        """
    }
    return "<nav class=\"tabs\" aria-label=\"核查事项\"><ul>\(items)</ul></nav>\n"
  }

  private var filters: HTML {
    filterBar(
      action: isOwn ? Paths.deskChecks.link : Paths.deskReviewChecks.link(round.id),
      typed: ["number"], csrf: csrf
    ) {
      filterHidden(isOwn ? ("round", round.id.description) : nil)
        + filterHidden(("check", queue.type.rawValue))
        + filterText("number", label: "家庭编号", value: filter.number)
        + filterSelect(
          "township", label: "乡镇", options: estates.townships,
          selected: filter.township?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterSelect(
          "state", label: "状态",
          options: [CheckListState.answered, .hit].map { ($0.rawValue, $0.title) },
          selected: filter.state.rawValue, any: CheckListState.open.title)
    }
  }

  private var table: HTML {
    dataTable(
      caption: "\(queue.type.title)核查", columns: Self.columns, rows: page.lines,
      link: { line in
        isOwn ? answerLink(line) : Paths.deskHousehold.link(line.household)
      }, empty: nothing)
  }

  private func answerLink(_ line: CheckListLine) -> Link {
    Paths.deskCheck.link(line.household).query("check", queue.type.rawValue)
      .query("round", round.id.description).query("township", filter.township?.rawValue)
      .query("estate", filter.estate?.description)
  }

  private var nothing: HTML {
    let isNarrowed = filter.township != nil || filter.estate != nil || filter.number != nil
    guard filter.state == .open, !isNarrowed else {
      var all = CheckFilter()
      all.type = queue.type
      if !isOwn { all.bureau = bureau }
      return emptyState(
        "没有符合条件的家庭", hint: "换一个筛选条件，或清除筛选查看待答复的家庭。",
        action: buttonLink("查看待答复的家庭", all.link(place), isPrimary: false))
    }
    let other = bureau.checks.first { $0 != queue.type && (counts[$0] ?? 0) > 0 }
    return emptyState(
      "“\(queue.type.title)”已经全部答复",
      hint: other == nil ? "本单位在这一轮没有待答复的核查了。" : "还有别的核查待答复。",
      action: other.map { type in
        var next = filter
        next.type = type
        return buttonLink("答复“\(type.title)”", next.link(place), isPrimary: false)
      } ?? HTML())
  }

  static var columns: [Column<CheckListLine>] {
    [
      Column("家庭编号", text: \.number),
      Column("申请人", text: { $0.applicant.map { Masking.maskedName($0) } }),
      Column("项目", text: \.estate),
      Column("房号", text: { $0.place.isEmpty ? nil : $0.place }),
      Column("乡镇", text: \.township),
      Column("结果", tag: { ($0.result ?? .pending).word }),
      Column("数据截至", day: \.asOf),
      Column("答复方式", text: \.way?.title),
      Column("答复人", text: \.accountName),
      Column("答复时间", text: { $0.deliveredAt.map { tableTime($0) } }),
    ]
  }

  private var pages: HTML {
    guard let first = page.lines.first, let last = page.lines.last else { return HTML() }
    let count = filter.number == nil ? queue.count : page.lines.count
    return pager(
      next: page.hasNext ? link.query("after", last.position.text) : nil,
      previous: page.hasPrevious ? link.query("before", first.position.text) : nil,
      countText: "共 \(grouped(count)) 户，本页 \(page.lines.count) 户")
  }
}

extension CheckResult {
  /// The answer as a word on its ground.
  package var word: (String, TagKind) {
    switch self {
    case .pending: (title, .neutral)
    case .clear: (title, .ok)
    case .hit: (title, .alert)
    case .notFound: (title, .warn)
    }
  }
}
