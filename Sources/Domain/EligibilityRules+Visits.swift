// R5, R6 and R8 by what was seen on visits (入户走访).
extension HouseholdEvidence {
  /// R5: somebody else lives there, and pays (转租) or does not (出借). One visit that says so is enough; what a later one
  /// says beside it is a contradiction, which a person decides.
  ///
  /// Source: 《公共租赁住房管理办法》 art. 27 (一): 转借、转租或者擅自调换所承租公共租赁住房.
  func occupantIsNotTenant() -> [RuleFinding] {
    [VisitUse.sublet, .lent].compactMap { use in
      let seen = facts.visits.filter { $0.use == use }.sorted { $0.visitedOn < $1.visitedOn }
      guard !seen.isEmpty else { return nil }
      return RuleFinding(
        rule: .occupantIsNotTenant, subject: "use:\(use.rawValue)",
        explanation: """
          入户走访发现住的人不是承租人：\(seen.map(\.visitedOn.chinese).joined(separator: "、"))\
          走访登记为“\(use.title)”。
          """, nature: use == .sublet ? .sublet : .lent, types: [], visits: seen.compactMap(\.id))
    }
  }

  /// R6: empty on every visit over so many months, or empty since a day so long ago, and no reason recorded for it.
  ///
  /// Source: 《公共租赁住房管理办法》 art. 27 (五): 无正当理由连续6个月以上闲置.
  func emptyByVisits() -> RuleFinding? {
    guard let needed = lines[.emptyMonths],
      let last = facts.visits.max(by: { $0.visitedOn < $1.visitedOn }), last.use == .empty,
      let since = emptySince(last)
    else { return nil }
    // Whole months that passed since; what is rounded down is never held against anybody.
    let months =
      monthNumber(last.visitedOn) - monthNumber(since)
      - (last.visitedOn.day < since.day ? 1 : 0)
    guard months > 0, months * 100 >= needed.amount.count,
      !facts.vacancies.contains(where: {
        $0.from <= last.visitedOn && $0.until.map { $0 >= since } ?? true
      })
    else { return nil }
    return RuleFinding(
      rule: .empty, subject: "empty_seen",
      explanation: """
        入户走访发现自\(since.chinese)起空置，至\(last.visitedOn.chinese)满 \(months) 个月，达到 \
        \(plainCount(needed.amount)) 个月\(sources([needed]))，没有登记的正当理由。
        """, nature: .vacant, types: [],
      visits: facts.visits.filter { $0.use == .empty }.compactMap(\.id))
  }

  /// Since when it is known to be empty: what the last visit was told, or the first of the visits in a row that saw it.
  private func emptySince(_ last: VisitFacts) -> Day? {
    let other = facts.visits.filter { $0.use != .empty }.map(\.visitedOn).max()
    let told = facts.visits.filter { $0.use == .empty }.flatMap { [$0.emptySince, $0.visitedOn] }
    return told.compactMap(\.self).filter { day in other.map { $0 < day } ?? true }.min()
  }

  /// R8: one visit saw somebody else living there, and another the tenant.
  func visitsAtOdds() -> [Contradiction.Case] {
    let others = facts.visits.filter { $0.use == .sublet || $0.use == .lent }
    let own = facts.visits.filter { $0.use == .tenant }
    guard let other = others.max(by: { $0.visitedOn < $1.visitedOn }),
      let tenant = own.max(by: { $0.visitedOn < $1.visitedOn })
    else { return [] }
    return [
      Contradiction.Case(
        subject: "visits_at_odds",
        explanation: """
          \(other.visitedOn.chinese)入户走访为“\(other.use.title)”，\(tenant.visitedOn.chinese)入户走访为\
          “\(tenant.use.title)”。
          """, visits: (others + own).compactMap(\.id))
    ]
  }

  /// R8: the tenant lives there as the last visit says, and water and power were near nothing for as long as R6 asks, up
  /// to the month of the visit or the last one known before it.
  func livedInButUnused() -> [Contradiction.Case] {
    guard let power = lines[.electricity], let water = lines[.water],
      let needed = lines[.emptyMonths],
      let last = facts.visits.max(by: { $0.visitedOn < $1.visitedOn }), last.use == .tenant
    else { return [] }
    let use = monthlyUse
    guard let newest = use.keys.filter({ $0 <= monthNumber(last.visitedOn) }).max() else {
      return []
    }
    var first = newest
    func isUnused(_ month: Int) -> Bool {
      use[month].map { $0.power <= power.amount && $0.water <= water.amount } ?? false
    }
    guard isUnused(newest) else { return [] }
    while isUnused(first - 1) { first -= 1 }
    guard (newest - first + 1) * 100 >= needed.amount.count else { return [] }
    return [
      Contradiction.Case(
        subject: "lived_in_but_unused",
        explanation: """
          \(last.visitedOn.chinese)入户走访为“\(last.use.title)”，而\(chineseMonth(first))至\
          \(chineseMonth(newest))连续 \(newest - first + 1) 个月每月用电不超过 \(power.amount.grouped) 度、\
          用水不超过 \(water.amount.grouped) 吨\(sources([power, water]))。
          """, visits: [last.id].compactMap(\.self))
    ]
  }
}
