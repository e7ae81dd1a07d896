// R1 to R3: homes, income, assets and vehicles.
extension HouseholdEvidence {
  /// R1: a member owns or has signed for another home; each home is a finding of its own.
  ///
  /// Source: 《公共租赁住房管理办法》 art. 31 (三) and the annex of 清建〔2021〕35号, ①A 购置房产.
  func otherHomes() -> [RuleFinding] {
    let housing = records(.otherHousing).filter { $0.record[.kind] != Self.publicRental }
    return homes(records(.registeredProperty), .registeredProperty, "名下有住房")
      + homes(records(.signedContracts), .signedContracts, "已签购房合同")
      + homes(housing, .otherHousing, "名下有保障性住房")
  }

  private func homes(_ records: [PersonRecord], _ type: CheckType, _ claim: String) -> [RuleFinding]
  {
    Dictionary(grouping: records) { $0.record.homeSubject }.map { subject, found in
      // A home that two members own together is one home.
      let details = found.map(\.record.sentence).min() ?? ""
      return RuleFinding(
        rule: .otherHome, subject: subject,
        explanation: "\(type.title)：\(owners(found))\(claim)，\(details)。\(doubt(found))",
        nature: .purchasedHome, types: [type])
    }
  }

  /// A home of public protection is no property; a second one is a contradiction (R8).
  static let publicRental = "public_rental"

  /// R2: income per head and month above the county's line, compared without rounding.
  func income() -> RuleFinding? {
    guard let line = lines[.incomePerHead], !facts.members.isEmpty else { return nil }
    let sum = yearlyIncome
    let months = 12 * facts.members.count
    guard sum.count > line.amount.count * months else { return nil }
    // Rounded up, so that it never reads as if it were the line itself.
    let perHead = Hundredths(count: (sum.count + months - 1) / months)
    return RuleFinding(
      rule: .income, subject: "income",
      explanation: """
        人均月收入 \(perHead.grouped) 元，超过 \(line.amount.grouped) 元\(line.source)。\
        家庭年收入合计 \(sum.grouped) 元，家庭成员 \(facts.members.count) 人。\
        \(doubt(records(.income)))
        """, nature: .overLimit, types: [.income])
  }

  /// Of each person the latest year that is told; what names no year is added.
  private var yearlyIncome: Hundredths {
    let found = records(.income)
    var latest: [PersonID?: Int] = [:]
    for record in found {
      guard let year = record.record.whole(.year) else { continue }
      latest[record.person] = max(latest[record.person] ?? year, year)
    }
    return found.reduce(.zero) { sum, record in
      let year = record.record.whole(.year)
      guard year == nil || year == latest[record.person] else { return sum }
      return sum + (record.record.hundredths(.amount) ?? .zero)
    }
  }

  /// R3: the assets of the household above the line.
  func assets() -> RuleFinding? {
    guard let line = lines[.householdAssets] else { return nil }
    let sum = records(.assets).reduce(Hundredths.zero) {
      $0 + ($1.record.hundredths(.amount) ?? .zero)
    }
    guard sum > line.amount else { return nil }
    return RuleFinding(
      rule: .assets, subject: "assets",
      explanation: """
        家庭资产合计 \(sum.grouped) 元，超过 \(line.amount.grouped) 元\(line.source)。\
        \(doubt(records(.assets)))
        """,
      nature: .overLimit, types: [.assets])
  }

  /// R3: the vehicles of the household together above the line; one that is told twice counts once.
  func vehicles() -> RuleFinding? {
    guard let line = lines[.vehicleValue] else { return nil }
    var values: [String: Hundredths] = [:]
    for found in records(.vehicles) {
      let plate = compacted(found.record[.plate] ?? "").uppercased()
      let value = found.record.hundredths(.value) ?? .zero
      values[plate] = max(values[plate] ?? value, value)
    }
    let sum = values.values.reduce(.zero, +)
    guard sum > line.amount else { return nil }
    let each = values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.grouped) 元" }
    return RuleFinding(
      rule: .assets, subject: "vehicles",
      explanation: """
        车辆价值合计 \(sum.grouped) 元，超过 \(line.amount.grouped) 元\(line.source)。\
        车辆 \(each.count) 辆：\(each.joined(separator: "、"))。\(doubt(records(.vehicles)))
        """, nature: .overLimit, types: [.vehicles])
  }
}

extension CheckRecord {
  /// What tells one home from another: its certificate, its contract or its address, however they
  /// were typed.
  var homeSubject: String {
    let key =
      switch type {
      case .registeredProperty: self[.certificate]
      case .signedContracts: self[.contractNumber]
      default: "\(self[.kind] ?? ""):\(self[.address] ?? "")"
      }
    return "\(type.rawValue):\(compacted(key ?? "").uppercased())"
  }
}
