import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 处理依据: which way each ground goes in this county, and who confirmed it.
struct ExitGroundHandlers: Sendable {
  let services: Services

  /// `GET /desk/grounds`
  func showGrounds(_ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let county = try county(principal)
    let (history, settings) = try await services.databases.read(as: principal) { tx in
      (try tx.all(setGrounds(of: county)), try tx.all(caseSettings(of: county)))
    }
    return try await services.deskPage(
      request, title: "处理依据", lead: "每一种退出性质走什么途径、依据哪一条，由县法制机构确认。",
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)],
      groundsBody(history, settings, mayChange: principal.may(.setExitGrounds)))
  }
}

private func county(_ principal: Principal) throws -> AreaCode {
  guard let county = principal.area.county else {
    throw WebError.badRequest("处理依据是每个县自己的，请用县级账号查看。")
  }
  return county
}

private func groundsBody(
  _ history: [SetGround], _ settings: [CaseSettings], mayChange: Bool
) -> HTML {
  let holding = Dictionary(history.map { ($0.nature, $0) }) { first, _ in first }
  let table = dataTable(
    caption: "处理依据",
    columns: [
      Column<ExitNature>("退出性质") { "\($0.markedTitle)" },
      Column("处理途径") { "\((holding[$0]?.ground ?? .of($0)).route.title)" },
      Column("条文") { shown((holding[$0]?.ground ?? .of($0)).articles) },
      Column("地方规定或合同条款") { nature in
        let ground = holding[nature]?.ground ?? .of(nature)
        return ground.needsLocalRule ? tag("核实时须写明", .warn) : shown(ground.localRule)
      },
      Column("另外要求的材料") { nature in
        let lines = (holding[nature]?.evidence ?? StepEvidence()).lines
        return lines.isEmpty ? "—" : lines.map { "\($0)" as HTML }.joined(separator: "<br>")
      },
      Column("确认") { nature in
        holding[nature].map { "\($0.setByName)，\(ShanghaiTime.dateTimeText($0.setAt))" }
          ?? tag("还没有确认", .warn)
      },
    ], rows: ExitNature.allCases, link: { mayChange ? Paths.deskExitGround.link($0) : nil },
    empty: HTML())
  let changes = history.map { set in
    TimelineEvent(
      time: ShanghaiTime.dateTimeText(set.setAt), title: set.nature.markedTitle,
      actor: set.setByName,
      detail: """
        <p>\(set.route.title)；\(set.articles)；\(set.localRule)</p>\
        \(set.evidence.lines.map { "<p>\($0)</p>" as HTML }.joined())
        """)
  }
  let review = settings.first?.needsLegalReview == true
  return panel("各种退出性质", table)
    + panel(
      "书面决定",
      actions: mayChange ? buttonLink("修改", Paths.deskCaseSettings.link, isPrimary: false) : HTML(),
      "<p>\(review ? "书面决定批准以前，须由第三人法制审核。" : "书面决定由第二人批准，不另设法制审核。")</p>")
    + panel("确认记录", changes.isEmpty ? emptyState("还没有确认过，按门户自带的依据办理") : timeline(changes))
}

private func shown(_ text: String) -> HTML { text.isEmpty ? "—" : "\(text)" }

/// A ground with what holds for it.
struct HeldGround: Sendable {
  let county: AreaCode
  let ground: ExitGround
  let sequence: Int
}

struct TypedGround: Sendable {
  let route: CaseRoute
  let articles: String
  let localRule: String
  let evidence: StepEvidence
}

/// `/desk/grounds/:nature`
func exitGroundForm(_ services: Services) -> EditForm<ExitNature, HeldGround, TypedGround, Void> {
  EditForm(
    services, taken: ["exit_grounds_key": ("route", "别人刚刚确认过，请回到处理依据核对")],
    load: { tx, nature, asked in
      let county = try county(asked.principal)
      let held = try tx.all(setGrounds(of: county)).first { $0.nature == nature }
      return HeldGround(
        county: county, ground: held?.ground ?? .of(nature), sequence: held?.sequence ?? 0)
    },
    page: { seen, frame in
      EditPage(
        title: "确认处理依据", lead: seen.id.markedTitle,
        breadcrumbs: [("处理依据", Paths.deskExitGrounds.link)],
        panel(
          seen.id.markedTitle,
          frame.form(
            action: Paths.deskExitGround.link(seen.id), button: "确认",
            frame.view.radios(
              "route", "处理途径",
              options: CaseRoute.allCases.map { ($0.rawValue, "\($0.title)：\($0.way)") },
              value: seen.ground.route.rawValue)
              + frame.view.input(
                "articles", "条文", value: seen.ground.articles,
                hint: "例如 《公共租赁住房管理办法》第二十七条第一款第一项；没有直接写明的留空", required: false,
                maxlength: 200)
              + frame.view.input(
                "local_rule", "地方规定或合同条款", value: seen.ground.localRule,
                hint: "条文留空、这里也留空的，每件问题核实时须写明", required: false, maxlength: 200)
              + evidenceFields(seen.ground.evidence, frame.view))))
    },
    read: { checker, _ in
      let route = checker.choice("route", "处理途径", of: CaseRoute.self)
      let articles = checker.column("articles", "条文", max: 200, required: false) ?? ""
      let rule = checker.column("local_rule", "地方规定或合同条款", max: 200, required: false) ?? ""
      return route.map {
        TypedGround(
          route: $0, articles: articles, localRule: rule, evidence: checker.evidence())
      }
    },
    write: { tx, typed, edit in
      let (editor, county) = (edit.editor, try county(edit.editor.principal))
      let held = try tx.all(setGrounds(of: county)).first { $0.nature == edit.id }
      try tx.execute(
        """
        INSERT INTO exit_grounds (area, nature, sequence, route, articles, local_rule, evidence,
          set_by, set_by_name, set_at)
        VALUES (\(county), \(edit.id), \((held?.sequence ?? 0) + 1), \(typed.route),
          \(typed.articles), \(typed.localRule), \(list: typed.evidence.stored)::text[],
          \(editor.principal.accountID), \(editor.principal.displayName), \(editor.now))
        """)
      try tx.audit(
        AuditEvent(
          action: .setExitGround, entity: "exit_grounds", entityID: edit.id.rawValue,
          before: held.map {
            [
              "route": $0.route.rawValue, "articles": $0.articles, "local_rule": $0.localRule,
              "required_files": $0.evidence.lines.joined(separator: "；"),
            ]
          },
          after: [
            "route": typed.route.rawValue, "articles": typed.articles,
            "local_rule": typed.localRule,
            "required_files": typed.evidence.lines.joined(separator: "；"),
          ]), by: editor.origin)
    },
    done: { _, _, nature in (Paths.deskExitGrounds.link, "已确认“\(nature.markedTitle)”的处理依据。") })
}

/// What has to be in a case before each step, beside what the step asks for itself.
private func evidenceFields(_ held: StepEvidence, _ view: FormView) -> HTML {
  let groups = StepEvidence.steps.map { step in
    view.checkboxes(
      evidenceName(step), "“\(step.title)”以前",
      options: FileKind.allCases.map { ($0.rawValue, $0.title) },
      values: held[step].map(\.rawValue), required: false)
  }
  return """
    <details\(attribute: "open", if: !held.isEmpty)><summary>各步骤另外要求的材料</summary>
    <p class="hint">勾选的材料没有上传到案卷，就不能办这一步；步骤本身要填写的不在这里。</p>
    \(groups.joined())</details>

    """
}

private func evidenceName(_ step: CaseAction) -> String { "evidence_\(step.rawValue)" }

extension FormChecker {
  fileprivate func evidence() -> StepEvidence {
    StepEvidence(
      stored: StepEvidence.steps.flatMap { step in
        fields.all(evidenceName(step)).map { "\(step.rawValue):\($0)" }
      })
  }
}

/// `/desk/grounds/review`: whether decisions are reviewed by a third person.
func caseSettingsForm(_ services: Services) -> EditForm<Void, CaseSettings?, Bool, Void> {
  EditForm(
    services, taken: ["case_settings_key": ("needs_legal_review", "别人刚刚改过，请回到处理依据核对")],
    load: { tx, _, asked in try tx.first(caseSettings(of: try county(asked.principal))) },
    page: { seen, frame in
      EditPage(
        title: "书面决定的审核", lead: "书面决定批准以前，是否须由第三人法制审核。",
        breadcrumbs: [("处理依据", Paths.deskExitGrounds.link)],
        panel(
          "法制审核",
          frame.form(
            action: Paths.deskCaseSettings.link, button: "保存",
            frame.view.radios(
              "needs_legal_review", "书面决定",
              options: [("yes", "须由第三人法制审核，再由第二人批准"), ("no", "由第二人批准")],
              value: seen.model?.needsLegalReview == true ? "yes" : "no"))))
    },
    read: { checker, _ in
      checker.choice("needs_legal_review", "书面决定", among: ["yes", "no"]).map { $0 == "yes" }
    },
    write: { tx, needsReview, edit in
      let (editor, county) = (edit.editor, try county(edit.editor.principal))
      let held = try tx.first(caseSettings(of: county))
      try tx.execute(
        """
        INSERT INTO case_settings (area, sequence, needs_legal_review, set_by, set_by_name, set_at)
        VALUES (\(county), \((held?.sequence ?? 0) + 1), \(needsReview), \(editor.principal.accountID),
          \(editor.principal.displayName), \(editor.now))
        """)
      try tx.audit(
        AuditEvent(
          action: .setCaseSettings, entity: "case_settings",
          before: held.map { ["needs_legal_review": String($0.needsLegalReview)] },
          after: ["needs_legal_review": String(needsReview)]), by: editor.origin)
    },
    done: { _, _, _ in (Paths.deskExitGrounds.link, "已保存。") })
}
