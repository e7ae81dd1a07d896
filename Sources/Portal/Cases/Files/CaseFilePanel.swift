import Domain
import Files
import Ground
import HTML
import Pages
import Postgres
import Web

/// The scans and photos of a case, on its page and below the form for more.
struct CaseFilePanel: Sendable {
  let id: CaseID
  let files: [ListedFile]
  let mayAdd: Bool
  let mayRemove: Bool

  var html: HTML {
    let (shown, removed) = files.reduce(into: ([ListedFile](), [ListedFile]())) {
      if $1.removal == nil { $0.0.append($1) } else { $0.1.append($1) }
    }
    let list: HTML =
      shown.isEmpty
      ? emptyState("还没有材料", hint: "证据、送达回证、授权书、现场照片等扫描件和照片放在这里。")
      : "<ul class=\"file-list\">\(shown.map(item).joined())</ul>\n"
    return panel(
      "材料",
      actions: mayAdd
        ? buttonLink("上传材料", Paths.deskCaseFiles.link(id), isPrimary: false) : HTML(),
      """
      <div id="case-files">\(list)\(if: !removed.isEmpty, gone(removed))\
      <p class="hint">\(FileRetention.case.rule)。打开材料会记入审计日志。</p></div>
      """)
  }

  private func item(_ file: ListedFile) -> HTML {
    let link = Paths.deskCaseFile.link(file.id)
    return """
      <li>\(preview(file, link))
      <div><p class="file-title">\(title(file, link))</p>
      <p class="hint">\(file.kind.title) · \(size(file.bytes)) · \(file.uploadedBy) \(tableTime(file.uploadedAt))\
      \(if: mayRemove, remove(file))</p></div></li>

      """
  }

  private func remove(_ file: ListedFile) -> HTML {
    """
     · <a href="\(path: Paths.deskCaseFileRemoval.link(file.id))" aria-label="移除\(file.title)">移除</a>
    """
  }

  private func title(_ file: ListedFile, _ link: Link) -> HTML {
    switch file.state {
    case .clean: "<a href=\"\(path: link)\">\(file.title)</a>"
    case .waiting: "\(file.title) \(tag("处理中", .neutral))"
    case .unreadable(let refusal):
      "\(file.title) \(tag("不能用", .alert))<br>这个文件\(refusal.message)"
    }
  }

  private func preview(_ file: ListedFile, _ link: Link) -> HTML {
    guard file.hasThumbnail else {
      return
        "<span class=\"file-mark\" aria-hidden=\"true\">\(file.type == .pdf ? "PDF" : "图")</span>"
    }
    // Whoever listens to the page has the title beside it.
    return """
      <a href="\(path: link)" tabindex="-1" aria-hidden="true"><img alt="" loading="lazy" \
      src="\(path: Paths.deskCaseThumbnail.link(file.id))"></a>
      """
  }

  private func gone(_ removed: [ListedFile]) -> HTML {
    let items = removed.map { file -> HTML in
      "<li>\(file.kind.title)“\(file.title)”：\(ifLet: file.removal, { "\(removalText($0))" })</li>"
    }
    return
      "<details><summary>移除的材料（\(removed.count)）</summary><ul>\(items.joined())</ul></details>\n"
  }

  private func size(_ bytes: Int) -> String {
    bytes >= 1 << 20
      ? "\(bytes >> 20).\((bytes & 0xFFFFF) * 10 >> 20) MB" : "\(max(1, bytes >> 10)) KB"
  }
}

func removalText(_ removal: ListedFile.Removal) -> String {
  "已由 \(removal.by) 于 \(ShanghaiTime.dateTimeText(removal.at)) 移除，原因：\(removal.reason)"
}

extension Transaction {
  /// - Returns: nil for who does not see the files of cases.
  func caseFilePanel(
    _ id: CaseID, for principal: Principal, isOnForm: Bool = false
  ) throws -> CaseFilePanel? {
    guard principal.may(.viewCaseFiles) else { return nil }
    return CaseFilePanel(
      id: id, files: try all(files(of: .case(id))), mayAdd: !isOnForm && principal.may(.noteCases),
      mayRemove: principal.may(.workCases))
  }
}

/// Where files are sent in.
func caseFileForm(_ id: CaseID, _ view: FormView, csrf: String) -> HTML {
  let intake = CaseFileHandlers.intake
  return panel(
    "选择文件",
    view.form(
      action: Paths.deskCaseFiles.link(id), csrf: csrf, hasFiles: true, button: "上传",
      view.select(
        "kind", "材料类型", options: FileKind.allCases.map { ($0.rawValue, $0.title) }, prompt: "请选择")
        + view.input(
          "title", "标题", hint: "不填就用文件名；请不要写身份证号", required: false, maxlength: 80)
        + view.files(
          intake.field, "文件", accept: intake.accept,
          hint: intake.hint + "照片会去掉拍摄地点、时间等信息后给人看，原件加密保存。", required: true)))
}
