import Domain
import HTML
import Pages

/// The two ways in which the problem list is looked at, narrowed to the same.
enum CaseView: CaseIterable {
  case table
  case board

  private var title: String {
    switch self {
    case .table: "表格"
    case .board: "看板"
    }
  }

  private func link(_ filter: CaseFilter) -> Link {
    switch self {
    case .table: filter.link
    case .board: filter.link(at: Paths.deskCaseBoard.link)
    }
  }

  /// From this one to the other.
  func tabs(_ filter: CaseFilter) -> HTML {
    let items = Self.allCases.map { view -> HTML in
      """
      <li><a href="\(path: view.link(filter))"\
      \(attribute: "aria-current", view == self ? "page" : nil)>\(view.title)</a></li>
      """
    }
    return "<nav class=\"tabs\" aria-label=\"显示方式\"><ul>\(items)</ul></nav>\n"
  }
}

// MARK: - Choosing several

extension CaseList {
  func body(_ page: ListPage<CaseList>) -> HTML {
    CaseView.table.tabs(asked.filter) + page.filters + choice(page) + page.pager
  }

  private func choice(_ page: ListPage<CaseList>) -> HTML {
    let isOffered =
      asked.principal.may(.workCases) && page.lines.lines.contains { !$0.state.isClosed }
    guard isOffered else { return page.table }
    let all: HTML =
      page.counted > 1
      ? "<p>\(buttonLink("处理筛选出的全部问题", asked.filter.link(at: Paths.deskCaseAll.link), isPrimary: false))</p>"
      : HTML()
    return """
      <form method="get" action="\(path: Paths.deskCaseChoice.link)">
      \(page.table(columns + [Self.checkbox]))
      <div class="form-actions"><button class="button" type="submit">处理所选的问题</button>\
      <span class="hint">一次可以选几件，一起交办，或者一起送达告知。</span></div>
      </form>
      \(all)

      """
  }

  private static var checkbox: Column<CaseLine> {
    Column("选择") { line -> HTML in
      guard !line.state.isClosed else { return HTML() }
      return """
        <input type="checkbox" name="case" value="\(line.id.description)" \
        aria-label="选择问题 \(line.number)">
        """
    }
  }
}
