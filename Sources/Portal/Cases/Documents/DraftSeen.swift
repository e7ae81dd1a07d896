import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A draft with its case, as those pages have it that change it.
struct DraftSeen: Sendable {
  let draft: DocumentDraft
  let content: DraftContent
  let worked: WorkedCase
  let office: DocumentOffice

  var form: DocumentForm { draft.kind.form }

  /// What stands in the way of issuing it, in words.
  func obstacles(on today: Day) -> [String] {
    let record = worked.record
    let refusal = form.refusal(record.state, route: record.route, nature: record.nature)
    // Once the step is taken its rules were held.
    let step =
      record.state == .noticed ? form.step.map { worked.missing($0, on: today) } ?? [] : []
    return [refusal].compactMap(\.self) + step
      + form.missing(in: content.body, values: content.places)
  }

  func sheet(on today: Day, number: String = "（签发时编号）") -> DocumentSheet {
    DocumentSheet(
      kind: draft.kind, number: number, organ: office.organ, day: today.chinese, body: content.body,
      mark: "草稿")
  }

  var crumbs: [(String, Link)] { caseCrumbs(worked.record) }
}

extension Transaction {
  /// - Throws: `WebError.notFound` where there is none, or none any more.
  func draftSeen(_ id: DocumentDraftID, keys: KeyRing, isHeld: Bool = false) throws -> DraftSeen {
    let draft = try found(documentDraft(id, isHeld: isHeld))
    let county = draft.area.county ?? draft.area
    return DraftSeen(
      draft: draft, content: try draft.content(keys), worked: try workedCase(draft.caseID),
      office: try documentOffice(of: county))
  }
}

extension EditHistory {
  /// Of a draft: who changed it last is all that is kept.
  static func ofDraft(_ draft: DocumentDraft) -> EditHistory {
    EditHistory(
      version: draft.version,
      since: { tx, _ in
        guard let now = try tx.first(documentDraft(draft.id)) else { return [] }
        return [
          TimelineEvent(
            time: ShanghaiTime.dateTimeText(now.changedAt), title: "修改正文", actor: now.changedByName)
        ]
      })
  }
}
