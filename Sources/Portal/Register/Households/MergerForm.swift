import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A household goes over into another: first which, then what will happen, then it happens.
struct MergerForm: Sendable {
  let services: Services

  struct Seen: Sendable {
    let source: MergerSide
    let target: MergerSide?
    /// What was typed as the other household's number.
    let number: String?
  }

  /// `/desk/households/:id/merger`; `?target=…` is the number of the other household.
  var form: EditForm<HouseholdID, Seen, TypedMerger, HouseholdEdit> {
    EditForm(
      services, taken: takenInRegister, load: load,
      history: { id, seen in
        EditHistory(.household(id), version: seen.source.household.version)
      },
      page: { seen, frame in
        let page = MergerPage(
          source: seen.source, target: seen.target, number: seen.number, frame: frame,
          today: seen.asked.today)
        return EditPage(
          title: "并户", lead: "家庭 \(seen.source.household.number) 的人并入另一个家庭，本家庭只留历史。",
          breadcrumbs: householdCrumbs(seen.source.household), page.html)
      },
      read: { checker, seen in try checker.merger(seen.model, today: seen.asked.today) },
      write: { tx, typed, edit in
        try tx.mergeHousehold(edit.id, typed, version: edit.version, by: edit.editor)
      },
      done: { made, _, _ in
        (Paths.deskHousehold.link(made.household), "已并户。\(made.warning)")
      })
  }

  @Sendable private func load(
    _ tx: Transaction, _ id: HouseholdID, _ asked: EditRequest
  ) throws -> Seen {
    let household = try tx.found(householdDetail(id))
    let number =
      if let fields = asked.fields { fields["target"] } else { asked.query.trimmed("target") }
    let target = try number.flatMap { try tx.first(householdDetail(number: $0)) }
    return Seen(
      source: try tx.mergerSide(household, services.keys),
      target: try target.map { try tx.mergerSide($0, services.keys) }, number: number)
  }
}

/// One of the two households of a merger.
struct MergerSide: Sendable {
  let household: HouseholdDetail
  let members: [MaskedPerson]
  let lease: LeaseDetail?
}

extension Transaction {
  fileprivate func mergerSide(_ household: HouseholdDetail, _ keys: KeyRing) throws -> MergerSide {
    MergerSide(
      household: household,
      members: try all(persons(of: household.id)).filter(\.isPresent)
        .map { MaskedPerson($0, keys: keys) },
      lease: try all(leases(of: household.id)).first { $0.state == .running })
  }
}

extension FormChecker {
  fileprivate mutating func merger(_ seen: MergerForm.Seen, today: Day) throws -> TypedMerger? {
    guard let target = seen.target?.household,
      let targetVersion = fields.version("target_version")
    else { throw WebError.badRequest("页面内容不完整，请回到原来的页面重新操作。") }
    let day = pastDay("day", "并户日期", today: today)
    let reason = column("reason", "并户原因", max: 200)
    let relations = relations(of: seen.source.members)
    guard let day, let reason, let relations else { return nil }
    return TypedMerger(
      target: target.id, targetVersion: targetVersion, day: day, reason: reason,
      relations: relations)
  }

  /// How each member stands to the other applicant; nil when one is missing.
  fileprivate mutating func relations(of members: [MaskedPerson]) -> [PersonID: Relation]? {
    var relations: [PersonID: Relation] = [:]
    for member in members {
      let field = MergerPage.field(member.person.id)
      guard
        let relation = choice(
          field, "\(member.name)与申请人的关系", among: Relation.ofMembers.map(\.rawValue))
      else { continue }
      relations[member.person.id] = Relation(rawValue: relation)
    }
    return isValid ? relations : nil
  }
}
