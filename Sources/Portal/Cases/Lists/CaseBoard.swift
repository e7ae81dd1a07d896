import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A column of the board: a state, how many cases are in it, and the first of them.
struct BoardColumn: Sendable {
  let state: CaseState
  let count: Int
  let lines: [CaseLine]
}

/// `/desk/cases/board`: the problem list by states, those first whose due day is nearest.
struct CaseBoardHandlers: Sendable {
  /// The cards of a column; the rest stands in the list.
  private static let shown = 6

  let services: Services
  let estates: EstateOverview

  func showBoard(_ request: WebRequest) async throws -> WebResponse {
    let choices = try await estates.choices(for: try request.principal, at: request.now)
    let asked = try ListRequest<CaseFilter>(request, among: choices)
    let columns = try await services.databases.read(as: asked.principal) { tx in
      try Self.states(asked.filter).map { state in
        var list = CaseList(asked: asked, isByDueDay: true)
        list.asked.filter.state = state
        let lines = try tx.all(list.lines(limit: Self.shown))
        return BoardColumn(
          state: state, count: lines.count < Self.shown ? lines.count : try tx.count(list),
          lines: lines)
      }
    }
    return try await services.deskPage(
      request, title: "问题（整改）清单", lead: "按状态看：每一列是一种状态，期限近的在前。",
      actions: buttonLink(SoundAnnex.shortTitle, Paths.deskAnnex.link, isPrimary: false),
      CaseBoardPage(asked: asked, columns: columns).html)
  }

  /// One, where the filter says it; those that owe something, and those that do not where they are asked for.
  private static func states(_ filter: CaseFilter) -> [CaseState] {
    if let state = filter.state { return [state] }
    return switch filter.standing {
    case .closed: CaseState.ended
    case nil, .open: CaseState.allCases.filter { !$0.isClosed }
    }
  }
}

/// The board: on a wide screen its columns stand side by side, on a phone one below the other.
struct CaseBoardPage: Sendable {
  let asked: ListRequest<CaseFilter>
  let columns: [BoardColumn]

  var html: HTML { CaseView.board.tabs(asked.filter) + asked.bar + board }

  private var board: HTML {
    let filled = columns.filter { $0.count > 0 }
    guard !filled.isEmpty else {
      return emptyState(
        "没有符合条件的问题", hint: "换一个筛选条件，或清除筛选查看全部。",
        action: buttonLink("查看全部", Paths.deskCaseBoard.link, isPrimary: false))
    }
    return """
      <div class="board" tabindex="0" role="region" aria-label="问题按状态">
      \(filled.map(column))</div>

      """
  }

  private func column(_ column: BoardColumn) -> HTML {
    var filter = asked.filter
    filter.state = column.state
    let rest = column.count - column.lines.count
    return """
      <section class="board-column" aria-label="\(column.state.title)">
      <h2>\(tag(column.state.title, column.state.tagKind)) \
      <a href="\(path: filter.link)">\(CappedCount(counted: column.count).text) 件</a></h2>
      <ul class="board-cards">\(column.lines.map(card))</ul>
      \(if: rest > 0, "<p><a href=\"\(path: filter.link)\">还有 \(CappedCount(counted: rest).text) 件</a></p>")
      </section>

      """
  }

  private func card(_ line: CaseLine) -> HTML {
    """
    <li><a class="board-card" href="\(path: Paths.deskCase.link(line.id))">\
    <strong>\(line.number)</strong> <span>\(line.estate) \
    \(homeText(building: line.building, unit: line.unit, room: line.room))</span> \
    <span>\(tenantText(line)) · \(line.nature.markedTitle)</span> \
    <span>\(dueText(line.dueOn, state: line.state, today: asked.today))</span> \
    <span class="hint">\(line.assignee.map { "经办：\($0)" } ?? "还没有交办")</span></a></li>

    """
  }
}
