import Domain
import Ground
package import HTML
import Pages
import Register
import Web

/// One contest: the answer, what the household says, and what was decided.
struct ContestPage: Sendable {
  let contest: Contest
  let statement: String
  /// What is contested, in force or not.
  let answer: HouseholdAnswers.Answer?
  let names: [PersonID: String]
  let principal: Principal
  let view: FormView
  let refusal: String?

  func html(csrf: String) -> HTML {
    """
    \(view.summary)\(ifLet: refusal, { notice(.alert, "<p>\($0)</p>") })\
    \(panel("异议", definitionList(facts)))\
    \(ifLet: answer, { panel("有异议的答复", definitionList(said($0))) })\(decision(csrf: csrf))
    """
  }

  private var facts: [(String, HTML)] {
    var facts: [(String, HTML)] = [
      ("状态", tag(contest.stateTitle, contest.tagKind)),
      (
        "家庭",
        "<a href=\"\(path: Paths.deskHousehold.link(contest.household))\">\(contest.householdNumber)</a>"
      ),
      ("提出", "\(contest.saidBy)，\(contest.saidOn.chinese)"), ("说了什么", "\(statement)"),
      ("记录", "\(contest.recordedByName) \(tableTime(contest.recordedAt))"),
    ]
    if let name = contest.decidedByName, let at = contest.decidedAt {
      facts.append(("决定", "\(name) \(tableTime(at))"))
      facts.append(("理由", "\(contest.reason ?? "")"))
    }
    return facts
  }

  private func said(_ answer: HouseholdAnswers.Answer) -> [(String, HTML)] {
    [
      ("核查事项", "\(answer.line.type.title)（\(answer.line.type.bureau.title)）"),
      ("结果", "\(answer.line.result.title)"), ("内容", answer.words(names)),
      ("数据截至", "\(answer.line.asOf.iso)"), ("来源", answer.source),
    ]
  }

  private func decision(csrf: String) -> HTML {
    guard contest.isOpen else { return HTML() }
    guard contest.mayDecide(principal) else {
      let words =
        contest.isTheirs(principal)
        ? "须由另一人决定：记录异议的人不能自己决定。"
        : "等待\(contest.type.bureau.title)或县住建局负责人决定；决定以前不能列入问题清单。"
      return notice(.info, "<p>\(words)</p>")
    }
    return panel(
      "决定",
      "<p>采纳异议的，这次答复不再有效，以前的答复恢复，没有的变为待核查；由它产生的疑点随之消除。历史都保留。</p>\n"
        + view.form(
          action: Paths.deskContest.link(contest.id), csrf: csrf, button: "决定",
          view.radios(
            "outcome", "决定", options: ContestOutcome.allCases.map { ($0.rawValue, $0.title) })
            + view.textarea("reason", "理由", rows: 3, hint: "核实了什么，依据是什么", maxlength: 500)))
  }
}

extension Contest {
  var tagKind: TagKind {
    switch outcome {
    case nil: .warn
    case .upheld: .neutral
    case .setAside: .ok
    }
  }
}

/// The contests of a household in a table.
package func contestTable(_ contests: [Contest]) -> HTML {
  dataTable(
    caption: "异议",
    columns: [
      Column<Contest>("核查事项") { "\($0.type.title)" },
      Column("提出") { "\($0.saidBy)，\($0.saidOn.iso)" },
      Column("状态") { tag($0.stateTitle, $0.tagKind) },
      Column("记录") { "\($0.recordedByName)" }, Column("决定") { "\($0.decidedByName ?? "—")" },
      Column("理由") { "\($0.reason ?? "—")" },
    ], rows: contests, link: { Paths.deskContest.link($0.id) }, empty: HTML())
}
