import Domain
import Ground
import HTML
import Pages
import Postgres
import Register

extension ImportState {
  var tagKind: TagKind {
    switch self {
    case .repeated, .checked: .warn
    case .failed: .alert
    case .done: .ok
    case .cancelled, .undone: .neutral
    case .uploaded, .checking, .confirmed, .committing, .undoAsked, .undoing: .info
    }
  }
}

struct ImportFilter: ListFilter {
  static var list: Link { Paths.deskImports.link }
}

/// 导入: the history of imports, the newest first, with the templates.
struct ImportList: RecordList {
  var asked: ListRequest<ImportFilter>

  let title = "导入"
  let lead = "把现有的表格导入登记：先检查，再确认，要么全部写入，要么一行不写。"
  let caption = "历次导入"
  let sheetTitle = "历次导入"
  let entity = "imports"
  let unit = "次"

  let order = ListOrder<ImportRecord>.descending(
    .key("i.id", \.id), paging: .onward("before", toFirst: true))
  let tables: SQL = "imports i"
  let counting = ListCounting.notAtAll

  func query(_ part: ListPart) -> SQL { "SELECT \(ImportRecord.columns) FROM \(part.rows)" }

  var columns: [Column<ImportRecord>] {
    [
      Column("编号", text: \.id.description),
      Column("种类", text: \.kind.title),
      Column("文件", text: \.fileName),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("行数", number: \.rowCount),
      Column("新增", number: { count($0, \.created) }),
      Column("更新", number: { count($0, \.changed) }),
      Column("未导入", number: { $0.state == .done ? $0.badRows ?? 0 : nil }),
      Column("上传人", text: \.uploadedByName),
      Column("上传时间", text: { tableTime($0.uploadedAt) }),
    ]
  }

  private func count(_ record: ImportRecord, _ count: KeyPath<ImportCounts, Int>) -> Int? {
    record.state == .done ? record.counts?[keyPath: count] : nil
  }

  func link(_ record: ImportRecord) -> Link? { Paths.deskImport.link(record.id) }

  private var entry: HTML { buttonLink("导入表格", Paths.deskImportNew.link) }

  var empty: HTML { emptyState("还没有导入过", hint: "上传一张表格，先看检查结果，再决定写不写入。", action: entry) }

  func body(_ page: ListPage<ImportList>) -> HTML {
    templates + panel("历次导入", page.table) + page.pager
  }

  private var templates: HTML {
    let links = RegisterSheet.allCases.map { kind -> HTML in
      """
      <li><a href="\(path: Paths.importTemplate(kind).link)">\(kind.title)模板</a>\
      <span class="hint">\(kind.explanation)</span></li>
      """
    }
    return panel(
      "模板", actions: entry,
      """
      <p>按项目、房源、家庭与成员、租约的先后导入。可以下载模板填写，也可以直接上传现有的表格：列的先后不限，常见的列名都认得。</p>
      <ul class="template-list">\(links)</ul>
      """)
  }
}
