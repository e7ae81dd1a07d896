import Domain
import Ground
import HTML
import Pages

/// How a document was served, on its page.
struct ServicePanel {
  let document: IssuedDocument
  let entries: [ServiceEntry]
  /// For who took it; nil for who may not see that.
  let keys: KeyRing?
  let mayServe: Bool
  let maySeeFiles: Bool

  var html: HTML {
    let ladder = entries.ladder
    let button: HTML =
      mayServe && document.voided == nil
      ? buttonLink("登记送达", Paths.deskDocumentService.link(document.id)) : HTML()
    return panel("送达", actions: button, state(ladder) + table)
  }

  private func state(_ ladder: ServiceLadder) -> HTML {
    if let day = ladder.servedOn { return notice(.ok, "<p>\(day.chinese)视为送达。</p>") }
    guard document.voided == nil, let next = ladder.next else { return HTML() }
    return notice(.info, "<p>还没有送达。下一步：\(next.title)（《民事诉讼法》\(next.rule)）。</p>")
  }

  private var table: HTML {
    dataTable(
      caption: "送达",
      columns: [
        Column<ServiceEntry>("日期") { "\($0.attempt.day.iso)" },
        Column("方式") { "\($0.attempt.manner.title)" },
        Column("结果") { entry in
          entry.isReplaced
            ? tag("已更正", .neutral)
            : tag(entry.attempt.outcome.title, entry.countsOn == nil ? .warn : .ok)
        },
        Column("送达人") { "\($0.servedBy)" },
        Column("收件人和见证人") { who($0) },
        Column("凭据") { entry in
          "\([entry.carrier, entry.proof].compactMap(\.self).joined(separator: "；"))" + files(entry)
        },
        Column("登记") { "\($0.recordedByName)，\(ShanghaiTime.dateTimeText($0.recordedAt))" },
      ], rows: entries, empty: emptyState("还没有送达记录"))
  }

  private func files(_ entry: ServiceEntry) -> HTML {
    guard !entry.files.isEmpty else { return HTML() }
    guard maySeeFiles else { return "<br>附件 \(entry.files.count) 个" }
    return entry.files.map { file -> HTML in
      guard let link = file.link else { return "<br>\(file.title)（已移除）" }
      return "<br><a href=\"\(path: link)\">\(file.title)</a>"
    }.joined()
  }

  private func who(_ entry: ServiceEntry) -> HTML {
    let persons = entry.persons(of: document.caseID, keys: keys)
    let parts = [
      persons.receiver.map { "收件：\($0)" + (persons.relation.map { "（\($0)）" } ?? "") },
      persons.witness.map { "见证：\($0)" }, persons.place.map { "地点：\($0)" }, persons.note,
    ].compactMap(\.self)
    return parts.isEmpty ? "—" : "\(parts.joined(separator: "；"))"
  }
}
