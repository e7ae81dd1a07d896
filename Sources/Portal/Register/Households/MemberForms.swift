import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// Members come, are corrected, leave and come back.
struct MemberForms: Sendable {
  let services: Services

  /// What the pages about one person are drawn with.
  struct Seen: Sendable {
    let person: MaskedPerson
    let household: HouseholdDetail
    /// The other members.
    let others: [MaskedPerson]

    var isApplicant: Bool { person.person.relation == .applicant }
    var lead: String { "\(person.name) · \(person.person.relation.title)" }
  }

  /// `/desk/households/:id/members/new`
  var addition: EditForm<HouseholdID, HouseholdDetail, TypedPerson, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister,
      load: { tx, id, _ in try tx.found(householdDetail(id)) },
      page: { household, frame in
        EditPage(
          title: "增加成员", lead: "家庭编号 \(household.number)",
          breadcrumbs: householdCrumbs(household.model),
          panel(
            "成员",
            frame.form(
              action: Paths.deskHouseholdMembers.link(household.id), button: "增加",
              personFields(frame.view, nil, isApplicant: false))))
      },
      read: { checker, _ in TypedPerson(&checker, relation: nil) },
      write: { tx, typed, edit in try tx.addMember(typed, to: edit.id, by: edit.editor) },
      done: { made, _, id in (Paths.deskHousehold.link(id), "已增加成员。\(made.warning)") })
  }

  /// `/desk/persons/:id/edit`
  var change: EditForm<PersonID, Seen, TypedPerson, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister, load: load, history: history,
      page: { seen, frame in
        EditPage(
          title: "修改成员", lead: seen.lead, breadcrumbs: householdCrumbs(seen.household),
          panel(
            "成员",
            frame.form(
              action: Paths.deskPerson.link(seen.id), button: "保存",
              personFields(frame.view, seen.person, isApplicant: seen.isApplicant))))
      },
      read: { checker, seen in
        TypedPerson(
          &checker, relation: seen.isApplicant ? .applicant : nil, correcting: true)
      },
      write: { tx, typed, edit in
        try tx.changeMember(edit.id, to: typed, version: edit.version, by: edit.editor)
      },
      done: { made, _, _ in
        (Paths.deskHousehold.link(made.household), "已保存。\(made.warning)")
      })
  }

  @Sendable func load(_ tx: Transaction, _ id: PersonID, _ asked: EditRequest) throws -> Seen {
    let (found, keys) = (try tx.found(person(id)), services.keys)
    let household = try tx.found(householdDetail(found.household))
    let others = try tx.all(persons(of: household.id)).filter { $0.isPresent && $0.id != id }
    return Seen(
      person: MaskedPerson(found, keys: keys), household: household,
      others: others.map { MaskedPerson($0, keys: keys) })
  }

  @Sendable func history(_ id: PersonID, _ seen: Seen) -> EditHistory {
    EditHistory(.row(.persons, id.rawValue), version: seen.person.person.version)
  }
}
