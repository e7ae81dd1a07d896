import Domain
import Ground
import HTML
import Pages
import Web

/// The homes that somebody chose, and to whom they are given.
struct RosterChoicePage: Sendable {
  /// How many of a filter are shown.
  private static let shown = 50

  let homes: [RosterLine]
  let isWholeFilter: Bool
  let teams: [VisitTeam]
  /// The form that came back.
  let answered: FormChecker?
  /// Those that others have changed since they were chosen.
  let overtaken: Set<RosterEntryID>

  func html(csrf: String) -> HTML {
    conflict + list + (homes.isEmpty ? HTML() : form(csrf: csrf))
  }

  private var conflict: HTML {
    guard !overtaken.isEmpty else { return HTML() }
    let items = homes.filter { overtaken.contains($0.id) }.prefix(Self.shown).map { one -> HTML in
      "<li>\(one.estate) \(one.place)：\(one.state.title)，\(one.team ?? "还没有分派")</li>"
    }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，所选的家庭已有变化，一户也没有分派。</strong></p>
      \(if: !items.isEmpty, "<ul>\(items)</ul>")
      <p>下面是它们现在的情况，请核对后再提交一次。</p>
      """)
  }

  private var list: HTML {
    let title = isWholeFilter ? "筛选出的 \(grouped(homes.count)) 户" : "所选的 \(grouped(homes.count)) 户"
    let rest = max(0, homes.count - Self.shown)
    return panel(
      title,
      dataTable(
        caption: title,
        columns: [
          Column<RosterLine>("房号", text: \.place), Column("项目", text: \.estate),
          Column("乡镇", text: \.township), Column("家庭编号", text: \.householdNumber),
          Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
          Column("现在的小组", text: { $0.team ?? "还没有分派" }),
        ], rows: Array(homes.prefix(Self.shown)), link: { Paths.deskRosterEntry.link($0.id) },
        empty: emptyState(
          "没有选择家庭", hint: "在走访名单里勾选要分派的家庭。",
          action: buttonLink("回到走访名单", Paths.deskRoster.link, isPrimary: false)))
        + (rest > 0 ? "<p>这里列出前 \(Self.shown) 户，还有 \(grouped(rest)) 户也在其中。</p>" : HTML()))
  }

  private func form(csrf: String) -> HTML {
    let view = answered.map { FormView($0) } ?? FormView()
    let options =
      teams.map(\.option) + [(ChosenTeam.nobodyText, "收回，等待分派")]
    return panel(
      "分派",
      (teams.isEmpty ? noTeams : HTML())
        + view.form(
          action: Paths.deskRosterChoice.link, csrf: csrf, button: "分派",
          RosterSelection(homes.map(\.seen), isWholeFilter: isWholeFilter).hidden
            + view.select("team", "小组", options: options)))
  }

  private var noTeams: HTML {
    notice(
      .info,
      "<p>还没有走访小组。<a href=\"\(path: Paths.deskVisitTeamNew.link)\">先建立小组</a>，再分派。</p>")
  }
}
