// R9 and R10: how the home was got, and by whom.
extension HouseholdEvidence {
  /// R9: another home was there already when the home was got, and was not told of. What was sold since was there all
  /// the same. Another home of public protection is none of it: that is a contradiction (R8). Who is married to the
  /// applicant only since then told nobody anything.
  ///
  /// Source: 《公共租赁住房管理办法》 art. 35: 以欺骗等不正当手段，登记为轮候对象或者承租公共租赁住房.
  func deceit() -> [RuleFinding] {
    guard let first = facts.firstLease else { return [] }
    let housing = told(.otherHousing).filter { $0.record[.kind] != Self.publicRental }
    return hidden(told(.registeredProperty), .registeredProperty, .registeredOn, "登记住房", first)
      + hidden(told(.signedContracts), .signedContracts, .signedOn, "签订购房合同", first)
      + hidden(housing, .otherHousing, .since, "取得保障性住房", first)
  }

  private func hidden(
    _ records: [PersonRecord], _ type: CheckType, _ name: CheckFieldName, _ act: String,
    _ first: Day
  ) -> [RuleFinding] {
    let were = records.filter { found in
      guard let day = found.record.day(name), day < first, !found.record.isPast(on: first) else {
        return false
      }
      return member(found.person)?.relation != .spouse || !marriedSince(first)
    }
    return Dictionary(grouping: were) { $0.record.homeSubject }.compactMap { subject, found in
      guard let day = found.compactMap({ $0.record.day(name) }).min() else { return nil }
      return RuleFinding(
        rule: .deceit, subject: subject,
        explanation: """
          \(type.title)：\(owners(found))于\(day.chinese)\(act)，早于登记的第一份租约起租日\
          \(first.chinese)，申请时可能没有如实申报。\(found.map(\.record.sentence).min() ?? "")。\
          申请时已如实申报，或此前已承租、这份租约只是续签的，请排除。\(doubt(found))
          """, nature: .deceit, types: [type])
    }
  }

  /// Whether the applicant's marriage is younger than the lease, as civil affairs say.
  private func marriedSince(_ day: Day) -> Bool {
    latestRecords(.marriage).contains { member, record in
      [.applicant, .spouse].contains(member.relation)
        && record[.status] == MaritalStatus.married.rawValue
        && record.day(.changedOn).map { $0 > day } ?? false
    }
  }

  /// R10: a member is on the public payroll.
  func onPayroll() -> [RuleFinding] {
    Dictionary(grouping: records(.payroll)) { $0.person }.map { person, found in
      RuleFinding(
        rule: .notAllocated, subject: "on_payroll:\(person.map(\.description) ?? "")",
        explanation: """
          \(owners(found))在财政供养人员名单里：\
          \(found.map(\.record.sentence).sorted().joined(separator: "；"))。请重新核对保障条件。\
          \(doubt(found))
          """, nature: nil, types: [.payroll])
    }
  }

  /// R10: a complete list of homes allocated names nobody of the household. One that is older than the lease says
  /// nothing of it.
  func neverAllocated() -> RuleFinding? {
    guard let answer = facts.answers[.allocationList], answer.result == .hit,
      records(.allocationList).isEmpty, facts.firstLease.map({ $0 <= answer.asOf }) ?? true
    else { return nil }
    return RuleFinding(
      rule: .notAllocated, subject: "not_allocated",
      explanation: """
        截至\(answer.asOf.chinese)的配租名单里没有这个家庭的任何一名成员，请核对现在居住的家庭是否经过配租。
        """, nature: nil, types: [.allocationList])
  }
}
