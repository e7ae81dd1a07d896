import Domain
import HTML
import Pages
import Spreadsheet
import Web

/// The problems of an import, row by row.
struct ImportProblemsPage {
  static let perPage = 100

  let record: ImportRecord
  let causes: [ListedCause]
  let code: String?
  let isFirst: Bool
  /// Up to one more than a page.
  let found: [ListedProblem]

  private var link: Link { Paths.deskImportProblems.link(record.id) }

  var html: HTML { filters + problemTable(Array(found.prefix(Self.perPage))) + note + pages }

  private var filters: HTML {
    filterBar(action: link) {
      filterSelect(
        "cause", label: "原因",
        options: causes.map { ($0.code, "\($0.title)（\(grouped($0.problems))）") }, selected: code)
    }
  }

  private var all: Int {
    causes.filter { code == nil || $0.code == code }.reduce(0) { $0 + $1.problems }
  }

  private var note: HTML {
    guard all > ProblemLog.keptPerCause else { return HTML() }
    return """
      <p class="hint">共 \(grouped(all)) 处。每种原因逐行列出前 \(grouped(ProblemLog.keptPerCause)) 处，改好后再上传就能看到其余的。</p>
      """
  }

  private var pages: HTML {
    let filtered = link.query("cause", code)
    let last = found.prefix(Self.perPage).last
    return pager(
      next: found.count > Self.perPage
        ? last.map { filtered.query("after", String($0.position)) } : nil,
      previous: isFirst ? nil : filtered, countText: "共 \(grouped(all)) 处")
  }
}

/// Asks for the reason before an import is taken back, or says what stands in the way.
struct ImportUndoPage {
  let record: ImportRecord
  let reasons: [String]
  let view: FormView

  func html(csrf: String) -> HTML {
    let back = buttonLink("回到这次导入", Paths.deskImport.link(record.id), isPrimary: false)
    guard record.state == .done else {
      return notice(.neutral, "<p>这次导入现在是“\(record.state.title)”，没有可以撤销的内容。</p>") + back
    }
    guard reasons.isEmpty else {
      let items = reasons.map { reason -> HTML in "<li>\(reason)</li>" }
      return notice(.alert, "<p>不能撤销，在导入的内容上已经有了别的登记：</p><ul>\(items)</ul>") + back
    }
    return view.summary
      + confirmBox(
        title: "撤销导入 \(record.id)",
        consequence: """
          <p>删除这次导入新增的内容，被它改动的内容恢复原样。历次改动的记录保留。</p>
          """,
        action: Paths.deskImportUndo.link(record.id), csrf: csrf, confirm: "撤销",
        cancel: Paths.deskImport.link(record.id),
        fields: view.input("reason", "撤销原因", maxlength: 300))
  }
}
