import Cases
import Complaints
import Domain
import Foundation
import HTML
import Pages
import Register
import Reviews
import Visits

extension Dossier {
  /// Everything in time order, the newest first.
  var events: [TimelineEvent] {
    let dated =
      changeEvents + leaseEvents + findingEvents + checkEvents + visitEvents + caseSteps
      + complaintEvents + [registered]
    return dated.enumerated()
      .sorted { ($0.element.at, -$0.offset) > ($1.element.at, -$1.offset) }
      .map(\.element.event)
  }

  private struct Dated {
    let at: Date
    let event: TimelineEvent

    init(_ at: Date, _ event: TimelineEvent) {
      self.at = at
      self.event = event
    }

    init(_ day: Day, _ title: String, _ detail: HTML, _ kind: TagKind = .neutral) {
      at = ShanghaiTime.date(on: day)
      event = TimelineEvent(time: day.chinese, title: title, detail: detail, kind: kind)
    }
  }

  private var changeEvents: [Dated] {
    ChangeOperation.grouped(changes).map { Dated($0.changes[0].at, $0.event) }
  }

  private var registered: Dated {
    Dated(
      household.createdAt,
      TimelineEvent(
        time: ShanghaiTime.dateTimeText(household.createdAt), title: "进入登记簿",
        detail: household.importID == nil ? HTML() : "<p>由导入登记</p>"))
  }

  private var leaseEvents: [Dated] {
    leases.flatMap { lease -> [Dated] in
      let link: HTML = """
        <p><a href="\(path: Paths.deskLease.link(lease.id))">\(lease.contractNumber)</a> \
        \(lease.estateName) \(lease.place)</p>
        """
      let end = lease.endedOn.map { day in
        Dated(
          day, "租约终止", link + "\(ifLet: lease.endedReason, { "<p>\($0)</p>" })", .neutral)
      }
      return [Dated(lease.startsOn, "起租", link, .ok)] + [end].compactMap { $0 }
    }
  }

  private var findingEvents: [Dated] {
    findings.map { finding in
      Dated(
        finding.foundAt,
        TimelineEvent(
          time: ShanghaiTime.dateTimeText(finding.foundAt), title: "疑点：\(finding.rule.title)",
          detail: "<p>\(finding.text)（\(finding.state.title)）</p>", kind: finding.state.tagKind))
    }
  }

  /// A bureau answers several checks on one day: one event. Answers that no longer count say so.
  private var checkEvents: [Dated] {
    struct Day: Hashable {
      let day: Domain.Day
      let bureau: Bureau
    }
    let days = Dictionary(grouping: answers.all) { answer in
      Day(day: ShanghaiTime.day(of: answer.line.deliveredAt), bureau: answer.line.type.bureau)
    }
    return days.sorted { $0.key.bureau.rawValue < $1.key.bureau.rawValue }.map { key, given in
      let words = given.map { answer -> HTML in
        let isOld = answers.inForce(answer.line.type)?.line.id != answer.line.id
        return "\(answer.line.type.title) \(checkTag(answer.line.result))\(if: isOld, "（后来改过）")"
      }
      return Dated(
        key.day, "\(key.bureau.title)核查", "<p>\(words.joined(separator: "，"))</p>",
        given.contains { $0.line.result == .hit } ? .alert : .neutral)
    }
  }

  private var visitEvents: [Dated] {
    visits.map { visit in
      let words: HTML =
        "见到：\(visit.met.title)\(ifLet: visit.use, { "；房屋使用：\($0.title)" })"
      let shown: HTML =
        maySeeVisits
        ? "<a href=\"\(path: Paths.deskVisit.link(visit.id))\">\(words)</a>" : words
      return Dated(
        visit.visitedOn, "入户走访", "<p>\(shown)</p>",
        visit.use == nil || visit.use == .tenant ? .neutral : .warn)
    }
  }

  private var caseSteps: [Dated] {
    caseEvents.map { step in
      Dated(
        step.event.at,
        TimelineEvent(
          time: ShanghaiTime.dateTimeText(step.event.at),
          title: "问题 \(step.number)：\(step.event.title)", actor: step.event.accountName,
          detail: "\(ifLet: step.event.note, { "<p>\($0)</p>" })", kind: step.event.to.tagKind))
    }
  }

  private var complaintEvents: [Dated] {
    complaints.map { complaint in
      Dated(
        complaint.receivedAt,
        TimelineEvent(
          time: ShanghaiTime.hourText(complaint.receivedAt), title: "收到举报（写到本房，可能有关）",
          detail: """
            <p><a href="\(path: Paths.deskComplaint.link(complaint.id))">\(complaint.number)</a> \
            \(complaint.kind.title) · \(complaint.state.title)</p>
            """, kind: .warn))
    }
  }
}
