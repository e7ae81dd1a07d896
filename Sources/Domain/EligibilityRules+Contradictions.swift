// R8: sources that contradict each other, row by row of Contradiction.table.
extension HouseholdEvidence {
  /// R8: what cannot all be true; a person decides what it means.
  func contradictions() -> [RuleFinding] {
    Contradiction.table.flatMap { row in
      row.cases(self).map { found in
        RuleFinding(
          rule: .contradiction, subject: found.subject, explanation: found.explanation, nature: nil,
          types: found.checks ?? row.checks, visits: found.visits)
      }
    }
  }

  // MARK: Of a household

  /// The same bureau has answered the same check differently in the same round.
  func changedAnswers() -> [Contradiction.Case] {
    CheckType.allCases.compactMap { type in
      guard let answer = facts.answers[type], let earlier = answer.earlierResult,
        earlier != answer.result
      else { return nil }
      return Contradiction.Case(
        subject: "answers:\(type.rawValue)",
        explanation: """
          \(type.bureau.title)对“\(type.title)”先后答复不一致：先答“\(earlier.title)”，\
          后答“\(answer.result.title)”。
          """, checks: [type])
    }
  }

  /// A second home of public protection (一户只能承租一套).
  func doubleProtection() -> [Contradiction.Case] {
    let found = records(.otherHousing).filter { $0.record[.kind] == Self.publicRental }
    return Dictionary(grouping: found) { $0.record.homeSubject }.map { subject, found in
      Contradiction.Case(
        subject: subject,
        explanation: """
          \(owners(found))还享受另一处公租房或廉租房：\(found.map(\.record.sentence).min() ?? "")。\
          \(doubt(found))
          """)
    }
  }

  /// The last visit found the home empty, and water or power was used in the month of the visit or, if
  /// that is not known yet, in the last month before it that is.
  func emptyButUsed() -> [Contradiction.Case] {
    guard let power = lines[.electricity], let water = lines[.water],
      let day = facts.visits.map(\.visitedOn).max()
    else { return [] }
    let last = facts.visits.filter { $0.visitedOn == day }
    let use = monthlyUse
    guard last.allSatisfy({ $0.use == .empty }),
      let month = use.keys.filter({ $0 <= monthNumber(day) }).max(), let used = use[month],
      used.power > power.amount || used.water > water.amount
    else { return [] }
    return [
      Contradiction.Case(
        subject: "empty_but_used",
        explanation: """
          \(day.chinese)入户走访为“空置”，\(chineseMonth(month))用电 \(used.power.grouped) 度、\
          用水 \(used.water.grouped) 吨，超过空置标准：用电 \(power.amount.grouped) 度、\
          用水 \(water.amount.grouped) 吨\(sources([power, water]))。
          """, visits: last.compactMap(\.id))
    ]
  }

  // MARK: Of a person

  /// The police say that somebody has died, and civil affairs that they were married after that day.
  func deadAndMarried() -> [Contradiction.Case] {
    guard let police = facts.answers[.householdRegistration], let civil = facts.answers[.marriage]
    else { return [] }
    let married = Set(
      latestRecords(.marriage).filter { $0.record[.status] == MaritalStatus.married.rawValue }
        .map(\.member.id))
    return latestRecords(.householdRegistration).compactMap { member, record in
      let died = record.day(.changedOn) ?? police.asOf
      guard record[.status] == Registration.died, married.contains(member.id), civil.asOf > died
      else { return nil }
      return Contradiction.Case(
        subject: "died_married:\(member.id)",
        explanation: """
          \(member.relation.title)：公安部门登记\(died.chinese)死亡注销，民政部门\
          \(civil.asOf.chinese)仍登记为“已婚”。
          """)
    }
  }

  /// One extract of the police has somebody both as dead and as living.
  func deadAndAlive() -> [Contradiction.Case] {
    let people = Dictionary(grouping: records(.householdRegistration)) { $0.person }
    return people.compactMap { person, found -> Contradiction.Case? in
      guard let member = member(person),
        let died = found.filter({ $0.record[.status] == Registration.died }).map(\.record.sentence)
          .min(),
        let lives = found.filter({ Registration.alive.contains($0.record[.status] ?? "") })
          .map(\.record.sentence).min()
      else { return nil }
      return Contradiction.Case(
        subject: "died_alive:\(member.id)",
        explanation: "\(member.relation.title)在公安部门的同一份数据里既有“\(died)”，又有“\(lives)”。")
    }
  }

  // MARK: Of a couple

  /// Civil affairs say that one of a couple is widowed, and the police that the other lives.
  func widowedOfTheLiving() -> [Contradiction.Case] {
    guard let police = facts.answers[.householdRegistration] else { return [] }
    let statuses = byMember(latestRecords(.marriage))
    let registered = byMember(latestRecords(.householdRegistration))
    return couples.flatMap { [($0, $1), ($1, $0)] }.compactMap { left, spouse in
      guard let marriage = statuses[left.id],
        marriage[.status] == MaritalStatus.widowed.rawValue,
        let status = registered[spouse.id]?[.status], Registration.alive.contains(status),
        // Who died after the police looked is no contradiction.
        marriage.day(.changedOn).map({ $0 <= police.asOf }) ?? true
      else { return nil }
      return Contradiction.Case(
        subject: "widowed_alive:\(spouse.id)",
        explanation: """
          \(left.relation.title)：民政部门登记为“丧偶”\
          \(marriage.day(.changedOn).map { "（\($0.chinese)）" } ?? "")；\(spouse.relation.title)：\
          公安部门\(police.asOf.chinese)登记的户籍未注销，仍在世。
          """)
    }
  }

  /// Civil affairs say that one of a couple is married, and the other divorced or never married.
  func coupleAtOdds() -> [Contradiction.Case] {
    let statuses = byMember(latestRecords(.marriage)).compactMapValues {
      $0[.status].flatMap { MaritalStatus(rawValue: $0) }
    }
    return couples.compactMap { first, second in
      guard let one = statuses[first.id], let other = statuses[second.id],
        Self.atOdds.contains([one, other])
      else { return nil }
      return Contradiction.Case(
        subject: "couple:\(second.id)",
        explanation: """
          夫妻双方的婚姻状况不一致：民政部门登记\(first.relation.title)为“\(one.title)”，\
          \(second.relation.title)为“\(other.title)”。
          """)
    }
  }

  private static let atOdds: [Set<MaritalStatus>] = [[.married, .divorced], [.married, .single]]

  /// The applicant with each spouse of the register.
  private var couples: [(MemberFacts, MemberFacts)] {
    let members = facts.members.sorted { $0.id < $1.id }
    guard let applicant = members.first(where: { $0.relation == .applicant }) else { return [] }
    return members.filter { $0.relation == .spouse }.map { (applicant, $0) }
  }

  func byMember(
    _ records: [(member: MemberFacts, record: CheckRecord)]
  ) -> [PersonID: CheckRecord] {
    Dictionary(records.map { ($0.member.id, $0.record) }) { first, _ in first }
  }
}

/// What the police say of somebody's household registration (户籍状态).
enum Registration {
  static let died = "died"
  static let alive: Set<String> = ["normal", "moved_out"]
}
