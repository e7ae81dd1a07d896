import Domain
import Ground
import HTML
import Pages
import Register
import Web

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

/// The history of imports, with the templates.
struct ImportListPage {
  static let perPage = 50

  let imports: [ImportRecord]
  let hasMore: Bool
  let isFirst: Bool

  var html: HTML { templates + history + pages }

  private var templates: HTML {
    let links = RegisterSheet.allCases.map { kind -> HTML in
      """
      <li><a href="\(path: Paths.importTemplate(kind).link)">\(kind.title)模板</a>\
      <span class="hint">\(kind.explanation)</span></li>
      """
    }
    return panel(
      "模板", actions: buttonLink("导入表格", Paths.deskImportNew.link),
      """
      <p>按项目、房源、家庭与成员、租约的先后导入。可以下载模板填写，也可以直接上传现有的表格：列的先后不限，常见的列名都认得。</p>
      <ul class="template-list">\(links)</ul>
      """)
  }

  private var history: HTML {
    panel(
      "历次导入",
      dataTable(
        caption: "历次导入", columns: Self.columns, rows: imports,
        link: { Paths.deskImport.link($0.id) },
        empty: emptyState(
          "还没有导入过", hint: "上传一张表格，先看检查结果，再决定写不写入。",
          action: buttonLink("导入表格", Paths.deskImportNew.link))))
  }

  static var columns: [Column<ImportRecord>] {
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

  private static func count(
    _ record: ImportRecord, _ count: KeyPath<ImportCounts, Int>
  ) -> Int? {
    record.state == .done ? record.counts?[keyPath: count] : nil
  }

  private var pages: HTML {
    guard let last = imports.last else { return HTML() }
    return pager(
      next: hasMore
        ? Paths.deskImports.link.query("before", last.id.description) : nil,
      previous: isFirst ? nil : Paths.deskImports.link, countText: "本页 \(imports.count) 次")
  }
}

/// Where a file is chosen.
struct ImportFormPage {
  let view: FormView
  let csrf: String

  var html: HTML {
    panel(
      "选择文件",
      view.form(
        action: Paths.deskImports.link, csrf: csrf, hasFiles: true, button: "上传并检查",
        view.radios(
          "kind", "表格种类",
          options: RegisterSheet.allCases.map { ($0.rawValue, "\($0.title)：\($0.explanation)") })
          + view.files(
            "file", "文件", accept: ".xlsx,.csv", multiple: false,
            hint: "XLSX 或 CSV，不超过 256 MB；带宏、带密码的不接收", required: true)))
  }
}
