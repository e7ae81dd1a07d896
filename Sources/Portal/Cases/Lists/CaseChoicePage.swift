import Domain
import Ground
import HTML
import Pages
import Register
import Web

/// The cases that somebody chose, and what may be done with all of them at once.
struct CaseChoicePage: Sendable {
  /// How many of a filter are shown.
  private static let shown = 50

  let cases: [ChosenCase]
  let isWholeFilter: Bool
  let colleagues: [Colleague]
  let today: Day
  /// The form that came back.
  let answered: (task: CaseTask, checker: FormChecker)?
  /// Those that others have changed since they were chosen.
  let overtaken: Set<CaseID>

  func html(csrf: String) -> HTML {
    conflict + list
      + (cases.isEmpty ? HTML() : assignment(csrf: csrf) + noticeForm(csrf: csrf))
  }

  private var conflict: HTML {
    guard !overtaken.isEmpty else { return HTML() }
    let items = cases.filter { overtaken.contains($0.line.id) }.prefix(Self.shown).map {
      one -> HTML in
      "<li><a href=\"\(path: Paths.deskCase.link(one.line.id))\">\(one.line.number)</a>：现在是“\(one.line.state.title)”</li>"
    }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，所选的问题已有变化，一件也没有处理。</strong></p>
      \(if: !items.isEmpty, "<ul>\(items)</ul>")
      <p>下面是它们现在的情况，请核对后再提交一次。</p>
      """)
  }

  private var list: HTML {
    let title =
      isWholeFilter ? "筛选出的 \(grouped(cases.count)) 件问题" : "所选的 \(grouped(cases.count)) 件问题"
    let rest = max(0, cases.count - Self.shown)
    return panel(
      title,
      dataTable(
        caption: title, columns: columns, rows: Array(cases.prefix(Self.shown)),
        link: { Paths.deskCase.link($0.line.id) },
        empty: emptyState(
          "没有选择问题", hint: "在问题清单里勾选要处理的问题。",
          action: buttonLink("回到问题清单", Paths.deskCases.link, isPrimary: false)))
        + (rest > 0 ? "<p>这里列出前 \(Self.shown) 件，还有 \(grouped(rest)) 件也在其中。</p>" : HTML()))
  }

  private var columns: [Column<ChosenCase>] {
    [
      Column("编号") { "\($0.line.number)" },
      Column("房号") { one in
        "\(one.line.estate) \(homeText(building: one.line.building, unit: one.line.unit, room: one.line.room))"
      },
      Column("承租人") { tenantText($0.line) }, Column("退出性质") { tag($0.line.nature.markedTitle) },
      Column("处理途径") { "\($0.route?.title ?? "未定")" },
      Column("状态") { tag($0.line.state.title, $0.line.state.tagKind) },
      Column("经办人") { "\($0.line.assignee ?? "—")" },
      Column("送达告知") { one in one.obstacle(to: .notice).map { "\($0)" } ?? tag("可以", .ok) },
    ]
  }

  private func may(_ task: CaseTask) -> [ChosenCase] {
    cases.filter { $0.obstacle(to: task) == nil }
  }

  private func view(_ task: CaseTask) -> FormView {
    let prefix = task == .assignment ? "assignment-" : "notice-"
    guard let answered, answered.task == task else { return FormView(idPrefix: prefix) }
    return FormView(answered.checker, idPrefix: prefix)
  }

  /// All of them, those that cannot be done too: they are said when they are left.
  private var chosen: HTML {
    CaseSelection(cases.map(\.seen), isWholeFilter: isWholeFilter).hidden
  }

  private func left(_ view: FormView) -> HTML {
    view.radios(
      "left", "有办不了的", options: [("some", "能办的照办，办不了的留下"), ("none", "一件也不办")],
      value: "some")
  }

  private func assignment(csrf: String) -> HTML {
    let (view, count) = (view(.assignment), may(.assignment).count)
    guard count > 0 else { return HTML() }
    return panel(
      "交办",
      view.form(
        action: Paths.deskCaseAssignments.link, csrf: csrf, button: "交办 \(grouped(count)) 件",
        chosen
          + view.select("assignee", "交给谁办", options: colleagues.map(\.option)) + left(view)))
  }

  private func noticeForm(csrf: String) -> HTML {
    let able = may(.notice)
    let routes = Set(able.compactMap(\.route))
    guard let route = routes.first else {
      return notice(.info, "<p>所选的问题现在都不能送达告知，原因写在上面的表里。</p>")
    }
    guard routes.count == 1 else {
      return notice(
        .warn, "<p>所选的问题处理途径不同，告知的内容不一样，不能一起送达。请回到清单，按处理途径筛选后再选。</p>")
    }
    let view = view(.notice)
    let fields = noticeFields(route).map { stepField($0, .of(.sublet), view, today: today) }
    return panel(
      "送达告知",
      """
      <p>\(route.title)：\(grouped(able.count)) 件可以送达告知，每一件记入自己的办理经过。</p>
      """
        + view.form(
          action: Paths.deskCaseNotices.link, csrf: csrf,
          button: "给 \(grouped(able.count)) 件送达告知",
          chosen + "<input type=\"hidden\" name=\"route\" value=\"\(route.rawValue)\">\n"
            + fields.joined() + left(view)))
  }
}
