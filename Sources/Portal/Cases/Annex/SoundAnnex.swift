import Domain
import HTML
import Pages
import Spreadsheet

/// An annex whose numbers agree: what is printed and handed in is drawn from nothing else.
struct SoundAnnex: Sendable {
  static let title = "公租房承租人应退未退整改情况表"

  static let shortTitle = "应退未退情况表"

  let table: AnnexTable
  /// 填报单位.
  let unit: String
  /// 填报时间.
  let filledOn: Day
  /// The day whose end the numbers show, where it is past.
  let until: Day?

  /// Where the numbers disagree. An annex that was handed in so could not be taken back.
  struct Unsound: Error {
    let problems: [String]
  }

  /// - Throws: ``Unsound``.
  init(_ table: AnnexTable, unit: String, filledOn: Day, until: Day?) throws {
    let problems = table.problems
    guard problems.isEmpty else { throw Unsound(problems: problems) }
    self.table = table
    self.unit = unit
    self.filledOn = filledOn
    self.until = until
  }

  static let natureHeading = "退出性质（①不再符合公租房配租条件，A.购置房产，B.收入资产超标；②转租；③出借）"

  private var unitText: String { "填报单位（加盖公章）：\(unit)" }

  private var timeText: String {
    "填报时间：\(filledOn.chinese)" + (until.map { "（数据截至\($0.chinese)）" } ?? "")
  }

  // MARK: On paper

  var html: HTML {
    """
    <div class="sheet-meta"><span>\(unitText)</span><span>\(timeText)</span></div>
    <table class="annex-sheet">\(annexHead)
    <tbody>
    \(table.rows.enumerated().map(line))\(totals.map { name, counts in total(name, counts) })</tbody></table>

    """
  }

  private func line(_ place: Int, _ row: AnnexRow) -> HTML {
    """
    <tr><td class="keep">\(place + 1)</td><td class="keep">\(row.county)</td><td>\(row.estateName)</td>\
    <td class="keep">\(row.nature.markedTitle)</td><td class="num">\(row.counts.found)</td>\
    <td class="num">\(row.counts.cleared)</td><td>\(row.remainingText)</td><td>\(row.plannedText)</td></tr>

    """
  }

  private func total(_ name: String, _ counts: AnnexCounts) -> HTML {
    """
    <tr><th scope="row" colspan="4">\(name)</th><td class="num">\(counts.found)</td>\
    <td class="num">\(counts.cleared)</td><td>剩余 \(counts.remaining) 户</td><td></td></tr>

    """
  }

  private var totals: [(String, AnnexCounts)] {
    table.natureTotals.map { ("\($0.nature.markedTitle)小计", $0.counts) } + [("合计", table.total)]
  }

  // MARK: As a workbook

  var sheet: ReportSheet {
    ReportSheet(
      title: Self.title,
      line: [
        ReportSheet.Span(unitText, columns: 0...3), ReportSheet.Span(timeText, columns: 4...7),
      ],
      heading: [
        ReportSheet.Span("序号", rows: 0...1, column: 0),
        ReportSheet.Span("县市", rows: 0...1, column: 1),
        ReportSheet.Span("应退未退公租房项目名称", rows: 0...1, column: 2),
        ReportSheet.Span(Self.natureHeading, rows: 0...1, column: 3),
        ReportSheet.Span("共涉及应清退家庭户数", rows: 0...1, column: 4),
        ReportSheet.Span("已清退家庭户数", rows: 0...1, column: 5),
        ReportSheet.Span("剩余未清退的", columns: 6...7),
        ReportSheet.Span("整改措施和进度", rows: 1...1, column: 6),
        ReportSheet.Span("计划完成时间", rows: 1...1, column: 7),
      ],
      columns: [
        ReportSheet.Column(width: 6), ReportSheet.Column(width: 10),
        ReportSheet.Column(width: 24, isCentred: false), ReportSheet.Column(width: 26),
        ReportSheet.Column(width: 12), ReportSheet.Column(width: 12),
        ReportSheet.Column(width: 48, isCentred: false), ReportSheet.Column(width: 18),
      ],
      rows: table.rows.enumerated().map { place, row in
        [
          .number(Double(place + 1)), .text(row.county), .text(row.estateName),
          .text(row.nature.markedTitle), .number(Double(row.counts.found)),
          .number(Double(row.counts.cleared)), .text(row.remainingText), .text(row.plannedText),
        ]
      },
      totals: totals.map { name, counts in
        [
          .empty, .empty, .text(name), .empty, .number(Double(counts.found)),
          .number(Double(counts.cleared)), .text("剩余 \(counts.remaining) 户"), .empty,
        ]
      })
  }
}

extension AnnexTable {
  /// The natures that occur, with what is counted of each.
  var natureTotals: [(nature: ExitNature, counts: AnnexCounts)] {
    ExitNature.annexed.compactMap { nature in byNature[nature].map { (nature, $0) } }
  }
}

extension AnnexRow {
  /// How many remain, and what is done about them.
  var remainingText: String {
    guard counts.remaining > 0 else { return "已全部清退" }
    let measures = measuresText
    return "剩余 \(counts.remaining) 户" + (measures.isEmpty ? "" : "：\(measures)")
  }
}

/// The heading of the notice's form: the last two columns are both of what remains.
let annexHead: HTML = """
  <thead><tr><th scope="col" rowspan="2">序号</th><th scope="col" rowspan="2">县市</th>\
  <th scope="col" rowspan="2" class="long">应退未退公租房项目名称</th>\
  <th scope="col" rowspan="2" class="annex-nature">\(SoundAnnex.natureHeading)</th>\
  <th scope="col" rowspan="2" class="long">共涉及应清退家庭户数</th>\
  <th scope="col" rowspan="2" class="long">已清退家庭户数</th><th scope="colgroup" colspan="2">剩余未清退的</th></tr>\
  <tr><th scope="col">整改措施和进度</th><th scope="col">计划完成时间</th></tr></thead>
  """
