import Domain
import HTML
import Pages
import Register
import Spreadsheet

/// What a check found and what a commit does, or did.
struct ImportResultPanels {
  let page: ImportShowPage

  private var record: ImportRecord { page.record }

  var html: HTML {
    guard record.rowCount != nil, !record.state.isBusy, record.state != .failed else {
      return HTML()
    }
    return countPanel + causePanel + problemPanel + changePanel
  }

  private var countPanel: HTML {
    guard let counts = record.counts else { return HTML() }
    let isDone = record.state == .done || record.state == .undone
    let unit = record.kind.unit
    let rows = record.rowCount ?? 0
    var cards = [
      figureCard(isDone ? "新增" : "将新增", value: grouped(counts.created), denominator: unit),
      figureCard(isDone ? "更新" : "将更新", value: grouped(counts.changed), denominator: unit),
      figureCard("没有变化", value: grouped(counts.unchanged), denominator: unit),
      figureCard(
        isDone ? "未导入" : "有问题", value: grouped(record.badRows ?? 0),
        denominator: "共 \(grouped(rows)) 行", kind: (record.badRows ?? 0) > 0 ? .alert : .neutral),
    ]
    if let members = counts.membersCreated {
      let changed = counts.membersChanged ?? 0
      cards.insert(
        figureCard(
          isDone ? "新增成员" : "将新增成员", value: grouped(members), denominator: "人",
          note: changed > 0 ? "另更新 \(grouped(changed)) 人" : nil), at: 2)
    }
    if let homes = counts.homesLeased, homes > 0 {
      cards.append(figureCard("改为已出租", value: grouped(homes), denominator: "套空置房源"))
    }
    if let findings = counts.findings, findings > 0 {
      cards.append(
        figureCard("一人两户", value: grouped(findings), denominator: "人", kind: .warn))
    }
    return panel(isDone ? "结果" : "写入后", figureCards(cards))
  }

  private var causePanel: HTML {
    guard !page.causes.isEmpty else {
      return record.state == .checked ? notice(.ok, "<p>没有发现问题。</p>") : HTML()
    }
    return panel(
      "问题按原因", actions: markedLink,
      problemCauses(page.causes) { cause in
        Paths.deskImportProblems.link(record.id).query("cause", cause.code)
      })
  }

  private var markedLink: HTML {
    guard record.hasFile else { return HTML() }
    return buttonLink("下载标出问题的表格", Paths.deskImportMarked.link(record.id), isPrimary: false)
  }

  private var problemPanel: HTML {
    guard !page.problems.isEmpty else { return HTML() }
    let all = (record.errorCount ?? 0) + (record.warningCount ?? 0)
    return panel(
      "问题逐行",
      problemTable(page.problems)
        + more(all, page.problems.count, Paths.deskImportProblems.link(record.id)))
  }

  private var changePanel: HTML {
    guard !page.changes.isEmpty else { return HTML() }
    let shown = page.changes.prefix(ImportShowPage.changesShown)
    let rest: HTML = """
      <p>这里只列出前 \(shown.count) 条。\
      <a href="\(path: Paths.deskImportChanges.link(record.id))">查看清单</a></p>
      """
    return panel(
      record.state == .checked ? "将改动登记里已有的内容" : "改动的内容",
      changeTable(Array(shown)) + (shown.count < page.changes.count ? rest : HTML()))
  }

  private func more(_ all: Int, _ shown: Int, _ link: Link) -> HTML {
    guard all > shown else { return HTML() }
    return "<p>这里列出 \(shown) 处，共 \(grouped(all)) 处。<a href=\"\(path: link)\">查看清单</a></p>"
  }
}

/// What the register holds beside what the file says.
func changeTable(_ changes: [ImportChange]) -> HTML {
  struct Line {
    let change: ImportChange
    let field: ImportChange.Field
  }
  let lines = changes.flatMap { change in change.fields.map { Line(change: change, field: $0) } }
  return dataTable(
    caption: "改动清单",
    columns: [
      Column("内容") { "\($0.change.subject)" },
      Column("位置") { line in
        let sheet = line.change.sheet
        return "\(sheet.isEmpty ? "" : sheet + " ")第 \(line.change.line) 行"
      },
      Column("项目") { "\($0.field.field)" },
      Column("现在") { "\($0.field.from.isEmpty ? "—" : $0.field.from)" },
      Column("改为") { "\($0.field.to.isEmpty ? "—" : $0.field.to)" },
    ], rows: lines, empty: emptyState("没有改动", hint: "登记里已有的内容与文件一致。"))
}
