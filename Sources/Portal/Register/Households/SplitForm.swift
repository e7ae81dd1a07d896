import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Some members of a household become a household of their own.
struct SplitForm: Sendable {
  let services: Services

  struct Seen: Sendable {
    let household: HouseholdDetail
    let members: [MaskedPerson]
  }

  /// `/desk/households/:id/split`
  var form: EditForm<HouseholdID, Seen, TypedSplit, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, _ in
        Seen(
          household: try tx.found(householdDetail(id)),
          members: try tx.all(persons(of: id)).filter(\.isPresent)
            .map { MaskedPerson($0, keys: services.keys) })
      },
      history: { id, seen in EditHistory(.household(id), version: seen.household.version) },
      page: page,
      read: { checker, seen in
        TypedSplit(&checker, members: seen.members, today: seen.asked.today)
      },
      write: { tx, typed, edit in
        try tx.splitHousehold(edit.id, typed, version: edit.version, by: edit.editor)
      },
      done: { made, _, _ in
        (Paths.deskHousehold.link(made.household), "已分户，这是新的家庭。\(made.warning)")
      })
  }

  @Sendable private func page(
    _ seen: EditSeen<HouseholdID, Seen>, _ frame: EditFrame
  ) -> EditPage {
    let body =
      seen.members.count < 2
      ? emptyState("这个家庭只有一人，不能分户")
      : frame.form(
        action: Paths.deskHouseholdSplit.link(seen.id), button: "分户",
        fields(frame.view, seen.model, today: seen.asked.today))
    return EditPage(
      title: "分户", lead: "家庭编号 \(seen.household.number)：选出分出去的人，其余的人和租约留在原家庭。",
      breadcrumbs: householdCrumbs(seen.household), panel("分户", body))
  }

  private func fields(_ view: FormView, _ seen: Seen, today: Day) -> HTML {
    let people = seen.members.map { member in
      view.select(
        TypedSplit.field(member.person.id),
        "\(member.name)（\(member.person.relation.title)，\(member.idNumber)）",
        options: Relation.allCases.map { relation in
          (
            relation.rawValue,
            relation == .applicant ? "分出，做新家庭的申请人" : "分出，是新申请人的\(relation.title)"
          )
        }, prompt: "留在原家庭", required: false)
    }
    return "<h3>谁分出去</h3>\n" + people.joined() + "<h3>新的家庭</h3>\n"
      + categoryField(view, seen.household.category)
      + view.input(
        "number", "新家庭的编号", hint: "留空由系统编号。", required: false, maxlength: 40)
      + view.input("day", "分户日期", type: .date, value: today.iso, hint: "不能晚于今天。")
      + view.select(
        "successor", "留下的家庭的新申请人",
        options: seen.members.filter { $0.person.relation != .applicant }.map {
          ($0.person.id.description, $0.name)
        }, prompt: "申请人不变", hint: "只在原申请人分出去时选择。", required: false)
  }
}

extension TypedSplit {
  static func field(_ person: PersonID) -> String { "person_\(person)" }

  init?(_ checker: inout FormChecker, members: [MaskedPerson], today: Day) {
    var leaving: [PersonID: Relation] = [:]
    for member in members {
      let id = member.person.id
      let relation: Relation? = checker.choice(
        Self.field(id), "去向", required: false)
      if let relation { leaving[id] = relation }
    }
    if let first = members.first {
      let field = Self.field(first.person.id)
      switch leaving.values.count(where: { $0 == .applicant }) {
      case 1: break
      case 0: checker.fail(field, "请选出分出去的人，其中一人做新家庭的申请人")
      default: checker.fail(field, "新家庭只能有一位申请人，请核对")
      }
    }
    let category: HouseholdCategory? = checker.choice("category", "保障类别")
    let number = checker.householdNumber()
    let day = checker.pastDay("day", "分户日期", today: today)
    successor = checker.value(
      "successor", "新的申请人", required: false, message: "请选择新的申请人"
    ) { PersonID($0) }
    guard checker.isValid, let category, let day else { return nil }
    self.leaving = leaving
    self.category = category
    self.number = number
    self.day = day
  }
}
