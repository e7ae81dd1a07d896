import Domain
import HTML
import Pages
import Register
import Spreadsheet
import Web

/// One import: how far it is, what was found, what it would do, and what may be done with it.
struct ImportShowPage {
  static let problemsShown = 20
  static let changesShown = 20

  let record: ImportRecord
  let causes: [ListedCause]
  let problems: [ListedProblem]
  /// Up to one more than are shown.
  let changes: [ImportChange]
  /// The same file, sent before.
  let earlier: ImportRecord?
  let refusal: String?

  func html(csrf: String) -> HTML {
    """
    \(ifLet: refusal, { notice(.alert, "<p>\($0)</p>") })\
    \(ifLet: record.message, { notice(record.state == .failed ? .alert : .warn, "<p>\($0)</p>") })\
    \(earlierNotice)\(progressPanel(csrf: csrf))\(ImportResultPanels(page: self).html)\
    \(decision(csrf: csrf))\(facts)
    """
  }

  private var earlierNotice: HTML {
    guard let earlier, record.state == .repeated || record.state.isBusy || record.state == .checked
    else { return HTML() }
    return notice(
      .warn,
      """
      <p>同一个文件在 \(ShanghaiTime.dateTimeText(earlier.uploadedAt)) 由\(earlier.uploadedByName)上传过：\
      <a href="\(path: Paths.deskImport.link(earlier.id))">导入 \(earlier.id.description)</a>（\(earlier.state.title)）。</p>
      """)
  }

  // MARK: While it runs

  private func progressPanel(csrf: String) -> HTML {
    guard record.state.isBusy else { return HTML() }
    return """
      <div id="import-progress" data-refresh="1000">
      <noscript><meta http-equiv="refresh" content="3"></noscript>
      \(panel(record.state.title, progressBody + cancelForm(csrf: csrf)))</div>

      """
  }

  private var progressBody: HTML {
    let phase = record.phase ?? "排队"
    guard record.rowsDone > 0 else { return "<p>\(phase)……</p>\(refreshLink)" }
    guard let expected = record.rowsExpected, expected > 0 else {
      return "<p>\(phase)，已读 \(grouped(record.rowsDone)) 行</p>\(refreshLink)"
    }
    return progressBar(phase, value: record.rowsDone, of: expected, unit: "行") + refreshLink
  }

  private var refreshLink: HTML {
    """
    <p class="hint">页面会自己更新，可以离开，检查和写入照常进行。\
    <a href="\(path: Paths.deskImport.link(record.id))">刷新</a></p>
    """
  }

  private func cancelForm(csrf: String) -> HTML {
    guard record.state.mayBeCancelled else { return HTML() }
    return """
      <form method="post" action="\(path: Paths.deskImportCancellation.link(record.id))">
      \(FormView.csrf(csrf))
      <div class="form-actions">\
      <button class="button button-secondary" type="submit">取消导入</button></div></form>
      """
  }

  // MARK: What may be done

  private func decision(csrf: String) -> HTML {
    switch record.state {
    case .repeated:
      panel(
        "这个文件上传过",
        """
        <p>内容没有变化的行不会改动登记。仍要检查，还是放弃？</p>
        <form method="post" action="\(path: Paths.deskImportCheck.link(record.id))">
        \(FormView.csrf(csrf))
        <div class="form-actions"><button class="button" type="submit">仍要检查</button></div></form>
        \(cancelForm(csrf: csrf))
        """)
    case .checked: hiddenChoice(csrf: csrf) + confirmation(csrf: csrf)
    case .done:
      panel(
        "撤销",
        """
        <p>在导入的内容上还没有别的登记之前，可以整次撤销。</p>
        <p>\(buttonLink("撤销这次导入", Paths.deskImportUndo.link(record.id), isPrimary: false))</p>
        """)
    default: HTML()
    }
  }

  /// What nobody sees is not taken, or left, before somebody has said so.
  private func hiddenChoice(csrf: String) -> HTML {
    guard record.hiddenRows > 0, record.hasFile else { return HTML() }
    let count = grouped(record.hiddenRows)
    let (now, choice, button) =
      record.takesHidden
      ? ("隐藏的 \(count) 行已一起检查，写入时一起导入。", "left", "不要隐藏的内容，重新检查")
      : ("文件里有 \(count) 行是隐藏的（隐藏的工作表、隐藏或筛选掉的行），没有检查，也不会导入。", "taken", "连同隐藏的内容重新检查")
    return panel(
      "隐藏的内容",
      """
      <p>\(now)</p>
      <form method="post" action="\(path: Paths.deskImportCheck.link(record.id))">
      \(FormView.csrf(csrf))
      <input type="hidden" name="hidden" value="\(choice)">
      <div class="form-actions"><button class="button button-secondary" type="submit">\(button)</button></div></form>
      """)
  }

  private func confirmation(csrf: String) -> HTML {
    let errors = record.errorCount ?? 0
    let good = (record.rowCount ?? 0) - (record.badRows ?? 0)
    let again: HTML = """
      <p>改好文件后再上传一次，这一次的可以取消。</p>
      <p>\(buttonLink("重新上传", Paths.deskImportNew.link, isPrimary: false))</p>
      """
    if errors > 0, good == 0 {
      return panel("确认", "<p>没有一行可以导入。</p>\(again)" + cancelForm(csrf: csrf))
    }
    return panel(
      "确认",
      """
      \(if: errors > 0, again)
      <form method="post" action="\(path: Paths.deskImportConfirmation.link(record.id))">
      \(FormView.csrf(csrf))
      <input type="hidden" name="version" value="\(record.version)">
      \(errors > 0 ? goodRowsButton(good) : wholeFileButton)</form>
      \(cancelForm(csrf: csrf))
      """)
  }

  private var wholeFileButton: HTML {
    """
    <p>写入是一次完成的：要么全部写入，要么一行不写。</p>
    <div class="form-actions"><button class="button" type="submit">写入登记</button></div>
    """
  }

  private func goodRowsButton(_ good: Int) -> HTML {
    let whole = record.kind == .households ? "；有问题的行所在的家庭整户不导入" : ""
    return """
      <input type="hidden" name="rows" value="good">
      <p>有问题的行不改好，整个文件不导入。也可以只导入没有问题的 \(grouped(good)) 行\(whole)，这个选择会记录在案。</p>
      <div class="form-actions">\
      <button class="button button-danger" type="submit">只导入没有问题的行</button></div>
      """
  }

  // MARK: Who and when

  private var facts: HTML {
    panel("登记", definitionList(uploadFacts + outcomeFacts))
  }

  private var uploadFacts: [(String, HTML)] {
    [
      ("种类", "\(record.kind.title)"), ("文件", "\(record.fileName)"),
      ("大小", "\(grouped(record.fileSize)) 字节"),
      ("SHA-256", "<code class=\"hash\">\(hexadecimal(record.fileHash))</code>"),
      ("上传", "\(record.uploadedByName) \(ShanghaiTime.dateTimeText(record.uploadedAt))"),
      ("来源", "\(record.isCommand ? "命令行" : "网页")"),
    ]
  }

  private var outcomeFacts: [(String, HTML)] {
    var facts: [(String, HTML)] = []
    if let name = record.confirmedByName, let at = record.confirmedAt {
      facts.append(("确认", "\(name) \(ShanghaiTime.dateTimeText(at))"))
    }
    if let good = record.goodRowsOnly, record.confirmedAt != nil {
      facts.append(("范围", "\(good ? "只导入没有问题的行" : "全部")"))
    }
    if let at = record.finishedAt {
      facts.append((record.state == .cancelled ? "取消" : "写入", "\(ShanghaiTime.dateTimeText(at))"))
    }
    if let name = record.undoneByName, let reason = record.undoReason {
      let at = record.undoneAt.map { " " + ShanghaiTime.dateTimeText($0) } ?? ""
      facts.append(("撤销", "\(name)\(at)，\(reason)"))
    }
    return facts
  }
}
