import Domain
import HTML
import Pages
import Postgres
import Web

extension MemberForms {
  /// `/desk/persons/:id/leaving`
  var leaving: EditForm<PersonID, Seen, TypedLeaving, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister, load: load, history: history,
      page: { seen, frame in
        let body =
          seen.person.person.isPresent
          ? frame.form(
            action: Paths.deskPersonLeaving.link(seen.id), button: "登记离开",
            leavingFields(frame.view, seen.model, today: seen.asked.today))
          : emptyState("这位成员已经离开", hint: "如果登记错了，可以恢复。")
        return EditPage(
          title: "成员离开", lead: seen.lead, breadcrumbs: householdCrumbs(seen.household),
          panel("离开", body))
      },
      read: { checker, seen in checker.leaving(today: seen.asked.today) },
      write: { tx, typed, edit in
        try tx.memberLeaves(edit.id, typed, version: edit.version, by: edit.editor)
      },
      done: { made, typed, _ in
        let hint = typed.successor == nil ? "" : "请核对其他成员与新申请人的关系。"
        return (Paths.deskHousehold.link(made.household), "已登记成员离开。\(hint)")
      })
  }

  /// `/desk/persons/:id/return`
  var coming: EditForm<PersonID, Seen, Void, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister, load: load, history: history,
      page: { seen, frame in
        let person = seen.person.person
        let body =
          person.isPresent
          ? emptyState("这位成员没有离开")
          : frame.form(
            action: Paths.deskPersonReturn.link(seen.id), button: "恢复为在册成员",
            """
            <p>\(seen.person.name)于 \(person.leftOn?.chinese ?? "") 离开\
            （\(person.leftReason?.title ?? "")）。恢复后重新算作家庭成员，历史保留。</p>
            """)
        return EditPage(
          title: "恢复成员", lead: seen.lead, breadcrumbs: householdCrumbs(seen.household),
          panel("恢复", body))
      },
      read: { _, _ in () },
      write: { tx, _, edit in
        try tx.memberReturns(edit.id, version: edit.version, by: edit.editor)
      },
      done: { made, _, _ in
        (Paths.deskHousehold.link(made.household), "已恢复成员。\(made.warning)")
      })
  }

  private func leavingFields(_ view: FormView, _ seen: Seen, today: Day) -> HTML {
    let needsSuccessor = seen.isApplicant && !seen.others.isEmpty
    let successor =
      needsSuccessor
      ? view.select(
        "successor", "新的申请人",
        options: seen.others.map {
          ($0.person.id.description, "\($0.name)（\($0.person.relation.title)）")
        }, hint: "申请人离开后，由一位成员做新的申请人。")
      : HTML()
    return view.input(
      "left_on", "离开日期", type: .date, value: today.iso, hint: "不能晚于今天。")
      + view.select(
        "left_reason", "离开原因", options: LeftReason.byHand.map { ($0.rawValue, $0.title) },
        hint: "分出去另立家庭的请用“分户”。") + successor
  }
}

extension LeftReason {
  /// Those that somebody may choose; splitting and merging bring their own.
  static let byHand: [LeftReason] = [.died, .marriedOut, .movedOut, .other]
}

extension FormChecker {
  fileprivate mutating func leaving(today: Day) -> TypedLeaving? {
    let day = pastDay("left_on", "离开日期", today: today)
    let reason = choice("left_reason", "离开原因", among: LeftReason.byHand.map(\.rawValue))
      .flatMap { LeftReason(rawValue: $0) }
    let successor = value(
      "successor", "新的申请人", required: false, message: "请选择新的申请人"
    ) { PersonID($0) }
    guard let day, let reason else { return nil }
    return TypedLeaving(day: day, reason: reason, successor: successor)
  }
}
