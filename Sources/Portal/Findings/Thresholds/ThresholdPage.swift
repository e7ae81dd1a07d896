import Domain
import HTML
import Pages
import Reviews
import Spreadsheet
import Web

/// The lines of one year: in force, as a form for who may change them, and their history.
struct ThresholdPage: Sendable {
  let year: Int
  let years: [Int]
  let lines: [Threshold]
  /// The lines of the latest year before, where this one has none yet.
  let earlier: [Threshold]
  let changes: [ThresholdChange]
  let mayChange: Bool
  let view: FormView
  /// The lines that somebody else has set meanwhile.
  let overtaken: [ThresholdKind]

  func html(csrf: String) -> HTML {
    filter + conflict + standing
      + (mayChange ? panel("\(year) 年的标准", form(csrf: csrf)) : panel("\(year) 年的标准", table))
      + panel("变更记录", history)
  }

  private var filter: HTML {
    filterBar(action: Paths.deskThresholds.link) {
      filterSelect(
        "year", label: "年度", options: years.map { (String($0), "\($0) 年") },
        selected: String(year), any: "今年")
    }
  }

  // MARK: What holds

  private var standing: HTML {
    if lines.isEmpty {
      guard let before = earlier.first?.year else {
        return notice(.warn, "<p>还没有设置任何标准：R2、R3、R6、R7 要有标准才能判断。</p>")
      }
      return notice(
        .info,
        """
        <p>\(year) 年还没有设置标准，规则仍按 \(before) 年的标准判断。\
        \(if: mayChange, "下面已填上 \(before) 年的标准，核对、修改后保存，就成为 \(year) 年的标准。")</p>
        """)
    }
    let missing = ThresholdKind.allCases.filter { kind in !lines.contains { $0.kind == kind } }
    guard !missing.isEmpty else { return HTML() }
    return notice(
      .warn,
      "<p>还没有设置：\(missing.map(\.title).joined(separator: "、"))。没有标准的，规则不作判断。</p>")
  }

  private func line(_ kind: ThresholdKind, in lines: [Threshold]) -> Threshold? {
    lines.first { $0.kind == kind }
  }

  private var table: HTML {
    dataTable(
      caption: "\(year) 年的标准",
      columns: [
        Column("标准") { "\($0.title)" },
        Column("数值", numeric: true) { "\(line($0, in: lines)?.text ?? "未设置")" },
        Column("依据文件") { "\(line($0, in: lines)?.document ?? "—")" },
        Column("设置人") { "\(line($0, in: lines)?.setByName ?? "—")" },
        Column("设置时间") {
          "\(line($0, in: lines).map { ShanghaiTime.dateTimeText($0.setAt) } ?? "—")"
        },
      ], rows: ThresholdKind.allCases, empty: HTML())
  }

  // MARK: Changing it

  private func form(csrf: String) -> HTML {
    view.form(
      action: Paths.deskThresholds.link, csrf: csrf, button: "保存",
      "<input type=\"hidden\" name=\"year\" value=\"\(year)\">\n"
        + ThresholdKind.allCases.map(fields).joined())
  }

  private func fields(_ kind: ThresholdKind) -> HTML {
    let shown = line(kind, in: lines) ?? line(kind, in: earlier)
    let amount = shown.map { kind.isWhole ? String($0.amount.count / 100) : $0.amount.text }
    let sequence = line(kind, in: lines)?.sequence ?? 0
    return """
      <input type="hidden" name="\(kind.sequenceField)" value="\(sequence)">
      \(view.input(
        kind.amountField, "\(kind.title)（\(kind.unit)）", value: amount, hint: kind.hint,
        required: false, inputmode: kind.isWhole ? "numeric" : "decimal"))\
      \(view.input(
        kind.documentField, "\(kind.title)的依据文件", value: shown?.document,
        hint: "文件名称和文号", required: false, maxlength: 200))
      """
  }

  private var conflict: HTML {
    guard !overtaken.isEmpty else { return HTML() }
    let items = overtaken.compactMap { kind in changes.first { $0.after.kind == kind } }.map {
      change -> HTML in
      """
      <li>\(change.after.kind.title)：\(change.beforeText ?? "未设置") → \(change.after.text)\
      （依据：\(change.after.document)），\(change.after.setByName) \
      \(ShanghaiTime.dateTimeText(change.after.setAt)) 设置</li>
      """
    }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，别人已设置了下面的标准，您填写的内容还没有保存。</strong></p>
      <ul>\(items)</ul>
      <p>您填写的内容都在下面，请对照核对，再保存一次。</p>
      """)
  }

  // MARK: History

  private var history: HTML {
    dataTable(
      caption: "变更记录", columns: Self.historyColumns, rows: changes,
      empty: emptyState("\(year) 年还没有设置过标准"))
  }

  static var historyColumns: [Column<ThresholdChange>] {
    [
      Column("标准", text: { $0.after.kind.title }),
      Column("原来", text: \.beforeText),
      Column("改为", text: { $0.after.text }),
      Column("原依据文件", text: \.beforeDocument),
      Column("依据文件", text: { $0.after.document }),
      Column("设置人", text: { $0.after.setByName }),
      Column("设置时间", text: { ShanghaiTime.dateTimeText($0.after.setAt) }),
    ]
  }
}
