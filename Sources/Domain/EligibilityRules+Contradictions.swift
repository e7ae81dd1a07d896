// R8: sources that contradict each other.
extension HouseholdEvidence {
  /// R8: what cannot all be true; a person decides what it means.
  ///
  /// Source: the domain's rule that a contradiction blocks closing until somebody has decided.
  func contradictions() -> [RuleFinding] {
    doubleProtection() + changedAnswers() + deadAndMarried()
      + [contractWithoutRegistration(), emptyButUsed()].compactMap(\.self)
  }

  /// A second home of public protection (一户只能承租一套).
  private func doubleProtection() -> [RuleFinding] {
    let found = records(.otherHousing).filter { $0.record[.kind] == Self.publicRental }
    return Dictionary(grouping: found) { $0.record.homeSubject }.map { subject, found in
      contradiction(
        subject,
        "\(owners(found))还享受另一处公租房或廉租房：\(found.map(\.record.sentence).min() ?? "")。",
        [.otherHousing])
    }
  }

  /// The same bureau has answered the same check differently in the same round.
  private func changedAnswers() -> [RuleFinding] {
    CheckType.allCases.compactMap { type in
      guard let answer = facts.answers[type], let earlier = answer.earlierResult,
        earlier != answer.result
      else { return nil }
      return contradiction(
        "answers:\(type.rawValue)",
        """
        \(type.bureau.title)对“\(type.title)”先后答复不一致：先答“\(earlier.title)”，\
        后答“\(answer.result.title)”。
        """, [type])
    }
  }

  /// A purchase contract is signed, and the register of property says that there is none.
  private func contractWithoutRegistration() -> RuleFinding? {
    guard facts.answers[.registeredProperty]?.result == .clear,
      facts.answers[.signedContracts]?.result == .hit
    else { return nil }
    let contracts = Set(records(.signedContracts).compactMap { $0.record[.contractNumber] })
      .sorted()
    guard !contracts.isEmpty else { return nil }
    return contradiction(
      "contract_without_registration",
      "有网签购房合同（\(contracts.joined(separator: "、"))），不动产登记答复为“无异常”。",
      [.signedContracts, .registeredProperty])
  }

  /// The police say that somebody has died, and civil affairs that they were married after that day.
  private func deadAndMarried() -> [RuleFinding] {
    guard let police = facts.answers[.householdRegistration], let civil = facts.answers[.marriage]
    else { return [] }
    let married = Set(
      latestRecords(.marriage).filter { $0.record[.status] == MaritalStatus.married.rawValue }
        .map(\.member.id))
    return latestRecords(.householdRegistration).compactMap { member, record in
      let died = record.day(.changedOn) ?? police.asOf
      guard record[.status] == "died", married.contains(member.id), civil.asOf > died else {
        return nil
      }
      return contradiction(
        "died_married:\(member.id)",
        """
        \(member.relation.title)：公安部门登记\(died.chinese)死亡注销，民政部门\
        \(civil.asOf.chinese)仍登记为“已婚”。
        """, [.householdRegistration, .marriage])
    }
  }

  /// The last visit found the home empty, and water or power was used in the month of the visit or, if
  /// that is not known yet, in the last month before it that is.
  private func emptyButUsed() -> RuleFinding? {
    guard let power = lines[.electricity], let water = lines[.water],
      let day = facts.visits.map(\.visitedOn).max()
    else { return nil }
    let last = facts.visits.filter { $0.visitedOn == day }
    let use = monthlyUse
    guard last.allSatisfy({ $0.use == .empty }),
      let month = use.keys.filter({ $0 <= monthNumber(day) }).max(), let used = use[month],
      used.power > power.amount || used.water > water.amount
    else { return nil }
    return contradiction(
      "empty_but_used",
      """
      \(day.chinese)入户走访为“空置”，\(chineseMonth(month))用电 \(used.power.grouped) 度、\
      用水 \(used.water.grouped) 吨，超过空置标准：用电 \(power.amount.grouped) 度、\
      用水 \(water.amount.grouped) 吨\(sources([power, water]))。
      """, [.utilities])
  }

  private func contradiction(
    _ subject: String, _ explanation: String, _ types: [CheckType]
  ) -> RuleFinding {
    RuleFinding(
      rule: .contradiction, subject: subject, explanation: explanation, nature: nil, types: types)
  }
}
