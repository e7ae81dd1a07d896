import Domain
import Ground
import HTML
import Pages
import Postgres
import Register
import Web

/// A household with what of its answers may be contested.
struct ContestableHousehold: Sendable {
  let household: HouseholdDetail
  let members: [MaskedPerson]
  /// Answers in force that found something.
  let hits: [HouseholdAnswers.Answer]
}

/// `/desk/households/:id/contest?check=…`: what a household says against an answer is recorded.
func contestRecording(
  _ services: Services
) -> EditForm<HouseholdID, ContestableHousehold, TypedContest, ContestID> {
  EditForm(
    services, taken: ["contests_open_key": ("check", "这一项已经有一条等待决定的异议，请先看那一条")],
    load: { tx, id, _ in
      guard let household = try tx.first(householdDetail(id)) else { throw WebError.notFound }
      let answers = try tx.answers(of: id, keys: services.keys)
      return ContestableHousehold(
        household: household,
        members: try tx.all(persons(of: id)).filter(\.isPresent).map {
          MaskedPerson($0, keys: services.keys)
        },
        hits: CheckType.allCases.compactMap { answers.inForce($0) }.filter {
          $0.line.result == .hit
        })
    },
    page: { seen, frame in
      EditPage(
        title: "记录异议", lead: "家庭编号 \(seen.household.number)",
        breadcrumbs: [
          ("保障家庭", Paths.deskHouseholds.link),
          (seen.household.number, Paths.deskHousehold.link(seen.id)),
        ], contestForm(seen, frame))
    },
    read: { checker, seen in checker.contest(seen) },
    write: { tx, typed, edit in
      let answers = try tx.answers(of: edit.id, keys: edit.editor.keys)
      guard let answer = answers.inForce(typed.type), answer.line.result == .hit else {
        throw EditProblem.field("check", "这一项的答复刚刚变了，请核对")
      }
      do {
        return try tx.recordContest(typed, of: edit.id, against: answer.line, by: edit.editor)
      } catch is ContestOvertaken {
        throw EditProblem.field("check", "这一项的答复刚刚变了，请核对")
      }
    },
    done: { id, _, _ in (Paths.deskContest.link(id), "已记录异议，等待另一人决定；决定以前不能列入问题清单。") })
}

private func contestForm(
  _ seen: EditSeen<HouseholdID, ContestableHousehold>, _ frame: EditFrame
) -> HTML {
  guard !seen.hits.isEmpty else {
    return emptyState("没有可以提异议的核查结果", hint: "只有结果为“有情况”的答复可以提异议。")
  }
  let view = frame.view
  let names = Dictionary(seen.members.map { ($0.person.id, $0.name) }) { first, _ in first }
  return panel(
    "有情况的答复",
    dataTable(
      caption: "有情况的答复",
      columns: [
        Column<HouseholdAnswers.Answer>("核查事项") { "\($0.line.type.title)" },
        Column("单位") { "\($0.line.type.bureau.title)" }, Column("内容") { $0.words(names) },
        Column("数据截至") { "\($0.line.asOf.iso)" }, Column("来源") { $0.source },
      ], rows: seen.hits, empty: HTML()))
    + panel(
      "异议",
      frame.form(
        action: Paths.deskHouseholdContest.link(seen.id), button: "记录异议",
        view.radios(
          "check", "对哪一项有异议",
          options: seen.hits.map {
            ($0.line.type.rawValue, "\($0.line.type.title)（\($0.line.type.bureau.title)）")
          }, value: seen.asked.query["check"])
          + view.select(
            "person", "谁提出的",
            options: seen.members.map {
              ($0.person.id.description, "\($0.name)（\($0.person.relation.title)）")
            } + [("other", "他人代为提出")])
          + view.input(
            "said_on", "提出日期", type: .date, value: seen.asked.today.iso, hint: "不能晚于今天。")
          + view.textarea(
            "statement", "说了什么", rows: 5, hint: "照当事人的话记，连同交来的材料名称；加密保存。", maxlength: 1000)))
}

extension FormChecker {
  fileprivate mutating func contest(
    _ seen: EditSeen<HouseholdID, ContestableHousehold>
  ) -> TypedContest? {
    let type = choice("check", "对哪一项有异议", among: seen.hits.map(\.line.type.rawValue))
      .flatMap { CheckType(rawValue: $0) }
    let person = choice(
      "person", "谁提出的", among: seen.members.map(\.person.id.description) + ["other"])
    let day = day("said_on", "提出日期")
    if let day, day > seen.asked.today { fail("said_on", "提出日期在今天之后，请核对") }
    let statement = paragraph("statement", "说了什么", max: 1000, min: 2)
    guard let type, let person, let day, let statement else { return nil }
    return TypedContest(
      type: type, person: PersonID(person), saidOn: day, statement: statement)
  }
}
