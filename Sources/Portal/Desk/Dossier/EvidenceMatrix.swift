import Cases
import Domain
import Ground
import HTML
import Pages
import Register
import Reviews

// What the bureaus found: bureau × check × result × day × source, with what was said before.
extension DossierPage {
  var evidence: HTML {
    guard principal.may(.viewCases) else { return HTML() }
    let answered = CheckType.allCases.filter { dossier.answers.inForce($0) != nil }
    guard !answered.isEmpty else {
      return panel(
        "部门核查",
        emptyState("各单位还没有答复过这个家庭", hint: "资格复核或定期交换的答复会显示在这里。") + withdrawn)
    }
    return panel("部门核查", actions: contesting, contradictions + matrix + contested + withdrawn)
  }

  private var answers: HouseholdAnswers { dossier.answers }

  private var contradictions: HTML {
    let types = CheckType.allCases.filter { answers.inForce($0)?.contradicts == true }
    guard !types.isEmpty else { return HTML() }
    return notice(
      .alert,
      "<p>前后答复矛盾：\(types.map { "\($0.bureau.title)“\($0.title)”" }.joined(separator: "，"))，请看原因并核实。</p>"
    )
  }

  private var matrix: HTML {
    dataTable(
      caption: "部门核查",
      columns: [
        Column<CheckType>("核查事项") { "\($0.title)" }, Column("单位") { "\($0.bureau.title)" },
        Column("结果") { type in answers.inForce(type)?.tags ?? checkTag(.pending) },
        Column("内容") { type in
          answers.inForce(type).map { $0.words(dossier.names) + reason($0) } ?? "—"
        },
        Column("数据截至") { "\(answers.inForce($0)?.line.asOf.iso ?? "—")" },
        Column("来源") { type in answers.inForce(type)?.source ?? "—" },
        Column("答复时间") { type in
          "\(answers.inForce(type).map { tableTime($0.line.deliveredAt) } ?? "—")"
        },
        Column("此前的答复") { history($0) },
      ], rows: answers.shown, empty: HTML())
  }

  private var contesting: HTML {
    let hasHits = CheckType.allCases.contains { answers.inForce($0)?.line.result == .hit }
    guard principal.may(.answerChecks), hasHits else { return HTML() }
    return buttonLink(
      "记录异议", Paths.deskHouseholdContest.link(dossier.household.id), isPrimary: false)
  }

  /// What the household says against answers.
  private var contested: HTML {
    guard !dossier.contests.isEmpty else { return HTML() }
    return "<h3>异议</h3>\n" + contestTable(dossier.contests)
  }

  /// What was said and counts no more.
  private var withdrawn: HTML {
    guard !answers.withdrawn.isEmpty else { return HTML() }
    return "<h3>已撤回的答复</h3>\n"
      + dataTable(
        caption: "已撤回的答复",
        columns: [
          Column<HouseholdAnswers.Withdrawn>("核查事项") { "\($0.answer.line.type.title)" },
          Column("单位") { "\($0.answer.line.type.bureau.title)" },
          Column("结果") { checkTag($0.answer.line.result) },
          Column("内容") { $0.answer.words(dossier.names) },
          Column("数据截至") { "\($0.answer.line.asOf.iso)" }, Column("来源") { $0.answer.source },
          Column("撤回") { one in
            "<p>\(one.reason)</p><p>\(one.askedBy)申请，\(one.decidedBy)同意，\(tableTime(one.decidedAt))</p>"
          },
        ], rows: answers.withdrawn, empty: HTML())
  }

  private func reason(_ answer: HouseholdAnswers.Answer) -> HTML {
    "\(ifLet: answer.line.reason, { "<p>改答原因：\($0)</p>" })"
  }

  private func history(_ type: CheckType) -> HTML {
    let earlier = answers.earlier(type)
    guard !earlier.isEmpty else { return "—" }
    let events = earlier.map { answer in
      TimelineEvent(
        time: tableTime(answer.line.deliveredAt),
        title: "\(answer.line.result.title)（截至 \(answer.line.asOf.iso)）",
        detail: "<p>\(answer.line.roundTitle ?? "定期交换")</p>\(answer.values(dossier.names))"
          + reason(answer) + answer.source, kind: answer.line.result.word.1)
    }
    return """
      <details class="history"><summary>\(earlier.count) 次\
      <span class="visually-hidden">：\(type.title)</span></summary>
      \(timeline(events))</details>
      """
  }
}

extension DossierSheet {
  /// The same on paper: what counts, and below it what was said before.
  var evidence: HTML {
    let answers = dossier.answers
    let given = CheckType.allCases.filter { answers.inForce($0) != nil }
    guard !given.isEmpty else { return HTML() }
    let rows = answers.shown.map { type in
      row(type, answers.inForce(type), mark: answers.inForce(type)?.contradicts == true)
    }
    let earlier = CheckType.allCases.flatMap { type in
      answers.earlier(type).map { row(type, $0, mark: false) }
    }
    return """
      <h2>部门核查</h2>
      \(sheetTable(rows))\(if: !earlier.isEmpty, "<h3>此前的答复</h3>\n\(sheetTable(earlier))")
      """
  }

  private func sheetTable(_ rows: [HTML]) -> HTML {
    """
    <table class="sheet-events"><thead><tr>\
    \(["核查事项", "单位", "结果", "内容", "数据截至", "来源"], { "<th scope=\"col\">\($0)</th>" })</tr></thead>
    <tbody>\(rows)</tbody></table>

    """
  }

  private func row(
    _ type: CheckType, _ answer: HouseholdAnswers.Answer?, mark: Bool
  ) -> HTML {
    """
    <tr><td>\(type.title)</td><td>\(type.bureau.title)</td>\
    <td>\((answer?.line.result ?? .pending).title)\(if: mark, "（与此前答复矛盾）")</td>\
    <td>\(answer?.values(dossier.names))\
    \(ifLet: answer?.line.reason, { "<p>改答原因：\($0)</p>" })</td>\
    <td>\(answer?.line.asOf.iso ?? "—")</td><td>\(answer?.source)\
    \(ifLet: answer, { "<p>\(tableTime($0.line.deliveredAt))</p>" })</td></tr>

    """
  }
}
