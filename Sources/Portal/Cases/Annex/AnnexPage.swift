import Domain
import HTML
import Pages

/// The annex on the screen: its numbers open to their cases.
struct AnnexPage: Sendable {
  let asked: ListRequest<AnnexFilter>
  let table: AnnexTable

  /// Nothing is printed or taken out while the numbers disagree.
  var actions: HTML {
    guard table.problems.isEmpty else { return HTML() }
    let link = asked.filter.link(at: Paths.deskAnnexPrint.link)
    return buttonLink("打印", link, isPrimary: false)
      + buttonLink("导出 XLSX", asked.filter.link.query("format", "xlsx"), isPrimary: false)
  }

  var lead: String {
    let day = asked.moment.day.chinese
    return asked.moment.isPast ? "数据截至\(day)结束时。" : "数据截至现在（\(day)）。"
  }

  var html: HTML { asked.bar + problems + content + words }

  private var problems: HTML { annexProblems(table.problems) }

  private var content: HTML {
    guard !table.rows.isEmpty else {
      return emptyState(
        "没有应清退的家庭", hint: "核实以后的问题列在这里；换一个范围或截止日期，或到问题清单查看。",
        action: buttonLink("问题（整改）清单", Paths.deskCases.link, isPrimary: false))
    }
    return """
      <div class="table-box" tabindex="0" role="region" aria-label="\(SoundAnnex.title)">
      <table class="data-table annex-table"><caption class="visually-hidden">\(SoundAnnex.title)</caption>
      \(annexHead)
      <tbody>
      \(table.rows.enumerated().map(line))</tbody>
      <tfoot>\(table.natureTotals.map { nature, counts in
        total("\(nature.markedTitle)小计", counts, nature)
      })\(total("合计", table.total, nil))</tfoot></table></div>

      """
  }

  private func line(_ place: Int, _ row: AnnexRow) -> HTML {
    """
    <tr><td>\(place + 1)</td><td class="keep">\(row.county)</td><th scope="row">\(row.estateName)</th>\
    <td class="keep">\(row.nature.markedTitle)</td>\
    <td class="num">\(number(row.counts.found, asked.cases(.found, of: row)))</td>\
    <td class="num">\(number(row.counts.cleared, asked.cases(.cleared, of: row)))</td>\
    <td>\(remaining(row))</td><td>\(row.plannedText)</td></tr>

    """
  }

  private func remaining(_ row: AnnexRow) -> HTML {
    guard row.counts.remaining > 0 else { return "已全部清退" }
    let measures = row.measuresText
    return """
      \(left(row.counts, asked.cases(.remaining, of: row)))\
      \(if: !measures.isEmpty, "：\(measures)")
      """
  }

  private func total(_ name: String, _ counts: AnnexCounts, _ nature: ExitNature?) -> HTML {
    """
    <tr><th scope="row" colspan="4">\(name)</th>\
    <td class="num">\(number(counts.found, asked.cases(.found, nature)))</td>\
    <td class="num">\(number(counts.cleared, asked.cases(.cleared, nature)))</td>\
    <td>\(left(counts, asked.cases(.remaining, nature)))</td><td></td></tr>
    """
  }

  private func left(_ counts: AnnexCounts, _ link: Link) -> HTML {
    guard counts.remaining > 0 else { return "剩余 0 户" }
    return "<a href=\"\(path: link)\">剩余 \(grouped(counts.remaining)) 户</a>"
  }

  private func number(_ count: Int, _ link: Link) -> HTML {
    count > 0 ? "<a href=\"\(path: link)\">\(grouped(count))</a>" : "0"
  }

  private var words: HTML {
    """
    <p class="hint">按清建〔2021〕35号附件列出：一行是一个项目的一种退出性质；一户有两种性质的，各计一次。\
    已核实的问题计入应清退，已清退、已整改、已销号的计入已清退；认定不属实和撤案的不计。\
    措施和计划完成时间在每件问题的“经办人和计划”里填写。</p>

    """
  }
}

/// Says where the numbers disagree.
func annexProblems(_ problems: [String]) -> HTML {
  guard !problems.isEmpty else { return HTML() }
  return notice(
    .alert,
    """
    <p><strong>情况表的数字对不上，不能打印，也不能导出：</strong></p>
    <ul>\(problems.prefix(20), { "<li>\($0)</li>" })</ul>
    <p>请把这一页的内容告诉系统管理员，查明以后再报送。</p>
    """)
}
