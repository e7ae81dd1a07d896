// R4, R6 and R7: the family, an empty home, rent owed.
extension HouseholdEvidence {
  /// R4: a member is married, divorced or widowed otherwise than the register says. A status that the
  /// register does not know is no change.
  func marriageChanges() -> [RuleFinding] {
    latestRecords(.marriage).compactMap { member, record in
      guard let text = record[.status], let status = MaritalStatus(rawValue: text),
        member.maritalStatus != .unknown, status != member.maritalStatus
      else { return nil }
      let day = record.day(.changedOn).map { "（\($0.chinese)登记）" } ?? ""
      return RuleFinding(
        rule: .familyChanged, subject: "marriage:\(member.id)",
        explanation: """
          \(member.relation.title)的婚姻状况：公租房信息系统登记为“\(member.maritalStatus.title)”，\
          民政部门登记为“\(status.title)”\(day)。\(doubt(own(.marriage, member)))
          """, nature: nil, types: [.marriage])
    }
  }

  /// R4: a member died, moved away, or is registered outside the county although the register says
  /// inside. A death that the police and the list of deaths both know is one change.
  func registrationChanges() -> [RuleFinding] {
    let police = byMember(latestRecords(.householdRegistration))
    let deaths = byMember(latestRecords(.deaths))
    return facts.members.compactMap { member in
      let change = police[member.id].flatMap { registrationChange(member, $0) }
      let death = deaths[member.id].map { record in
        "列入死亡人员名单" + (record.day(.changedOn).map { "（\($0.chinese)死亡）" } ?? "")
      }
      guard change != nil || death != nil else { return nil }
      let types: [CheckType] =
        (change == nil ? [] : [.householdRegistration]) + (death == nil ? [] : [.deaths])
      return RuleFinding(
        rule: .familyChanged, subject: "registration:\(member.id)",
        explanation: """
          \(member.relation.title)\([change, death].compactMap(\.self).joined(separator: "，"))。\
          \(doubt(types.flatMap { own($0, member) }))
          """, nature: nil, types: types)
    }
  }

  private func registrationChange(_ member: MemberFacts, _ record: CheckRecord) -> String? {
    let day = record.day(.changedOn).map { "（\($0.chinese)）" } ?? ""
    let place = record[.registeredAt].flatMap { AreaCode($0) }
    switch record[.status] {
    case Registration.died: return "的户口已因死亡注销\(day)"
    case "moved_out": return "的户口已迁出\(day)" + (place.map { "，现户籍地 \($0)" } ?? "")
    default:
      guard let before = member.registeredAt, facts.county.contains(before), let place,
        !facts.county.contains(place)
      else { return nil }
      return "的户籍地为 \(place)，不在本县；公租房信息系统登记为 \(before)"
    }
  }

  /// R4: fewer members than when the lease began, as the register says: a death, a marriage, a move, a family
  /// that was split. Those who stay may go on with the lease (《民法典》 732); whether the conditions still hold
  /// for them is looked at again.
  func departures() -> [RuleFinding] {
    facts.departures.filter { $0.reason != .merged }.map { left in
      RuleFinding(
        rule: .familyChanged, subject: "left:\(left.id)",
        explanation: """
          家庭成员减少：公租房信息系统登记\(left.relation.title)已于\(left.leftOn.chinese)离开\
          （\(left.reason.title)），请重新核对保障条件。
          """, nature: nil, types: [])
    }
  }

  /// R6: so many months in a row without use, by water and power alike. The longest stretch counts,
  /// the latest of equals. A month for which a reason is recorded with its proof is none of them.
  ///
  /// Source: 《公共租赁住房管理办法》 art. 27 (五): 无正当理由连续6个月以上闲置.
  func emptyHome() -> RuleFinding? {
    guard let power = lines[.electricity], let water = lines[.water],
      let needed = lines[.emptyMonths], let stretch = longestUnused(power.amount, water.amount),
      stretch.count > 0, stretch.count * 100 >= needed.amount.count
    else { return nil }
    let (first, last) = (stretch.lowerBound, stretch.upperBound - 1)
    return RuleFinding(
      rule: .empty, subject: "empty",
      explanation: """
        \(chineseMonth(first))至\(chineseMonth(last))连续 \(stretch.count) 个月每月用电不超过 \
        \(power.amount.grouped) 度、用水不超过 \(water.amount.grouped) 吨，达到 \
        \(plainCount(needed.amount)) 个月\(sources([power, water, needed]))。\
        \(doubt(records(.utilities)))
        """, nature: .vacant, types: [.utilities])
  }

  private func longestUnused(_ power: Hundredths, _ water: Hundredths) -> Range<Int>? {
    let unused = monthlyUse.filter { month, use in
      use.power <= power && use.water <= water
        && !facts.vacancies.contains { $0.excuses(month: month) }
    }
    var longest: Range<Int>?
    for month in unused.keys where unused[month - 1] == nil {
      var stretch = month..<month + 1
      while unused[stretch.upperBound] != nil { stretch = month..<stretch.upperBound + 1 }
      if (stretch.count, month) > (longest?.count ?? 0, longest?.lowerBound ?? 0) {
        longest = stretch
      }
    }
    return longest
  }

  /// What was used in each month (counted from year 0); two meters add up.
  var monthlyUse: [Int: (power: Hundredths, water: Hundredths)] {
    var use: [Int: (power: Hundredths, water: Hundredths)] = [:]
    for found in records(.utilities) {
      guard let first = found.record[.month].flatMap({ Day(iso: "\($0)-01") }) else { continue }
      let before = use[monthNumber(first)] ?? (.zero, .zero)
      use[monthNumber(first)] = (
        before.power + (found.record.hundredths(.electricity) ?? .zero),
        before.water + (found.record.hundredths(.water) ?? .zero)
      )
    }
    return use
  }

  /// R7: rent owed for so many months in all.
  ///
  /// Source: 《公共租赁住房管理办法》 art. 29: 累计6个月以上拖欠租金.
  func arrears() -> RuleFinding? {
    guard let line = lines[.arrearsMonths] else { return nil }
    let found = records(.rentArrears)
    let months = found.reduce(0) { $0 + ($1.record.whole(.months) ?? 0) }
    guard months > 0, months * 100 >= line.amount.count else { return nil }
    let owed = found.reduce(Hundredths.zero) { $0 + ($1.record.hundredths(.amount) ?? .zero) }
    return RuleFinding(
      rule: .arrears, subject: "arrears",
      explanation: """
        累计欠租 \(months) 个月，共 \(owed.grouped) 元，达到 \(plainCount(line.amount)) 个月\(line.source)。\
        \(doubt(found))
        """, nature: .arrears, types: [.rentArrears])
  }
}

/// Months since year 0.
func monthNumber(_ day: Day) -> Int { day.year * 12 + day.month - 1 }

/// `2021年7月`.
func chineseMonth(_ number: Int) -> String { "\(number / 12)年\(number % 12 + 1)月" }

/// A number of months as people write it: `6`, or `6.50` where it is no whole one.
func plainCount(_ amount: Hundredths) -> String {
  amount.count % 100 == 0 ? String(amount.count / 100) : amount.text
}
