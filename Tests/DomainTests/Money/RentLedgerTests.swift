import Testing

@testable import Domain

private func yuan(_ text: String) -> Hundredths { Hundredths(text) ?? .zero }

private func entry(_ kind: LedgerEntry.Kind, _ amount: String, _ iso: String) throws -> LedgerEntry
{
  try #require(LedgerEntry(kind, yuan(amount), on: day(iso)))
}

@Suite struct RentLedgerTests {
  @Test func `what is owed is what fell due, less what was paid, put right by corrections`() throws
  {
    let ledger = RentLedger([
      try entry(.charge, "168.50", "2021-01-05"), try entry(.charge, "168.50", "2021-02-05"),
      try entry(.payment, "200", "2021-02-20"), try entry(.correction, "-8.50", "2021-03-01"),
    ])
    #expect(ledger.balance(on: day("2021-01-04")) == .zero)
    #expect(ledger.balance(on: day("2021-02-05")).text == "337.00")
    #expect(ledger.balance(on: day("2021-02-20")).text == "137.00")
    #expect(ledger.balance(on: day("2021-03-01")).text == "128.50")
    #expect(ledger.paid(through: day("2021-03-01")).text == "200.00")
  }

  @Test func `payments go to what fell due first, and what is left is aged`() throws {
    let ledger = RentLedger([
      try entry(.charge, "100", "2021-01-31"), try entry(.charge, "100", "2021-03-31"),
      try entry(.charge, "100", "2021-06-30"), try entry(.charge, "100", "2021-07-31"),
      try entry(.payment, "150", "2021-08-01"),
    ])
    let arrears = ledger.arrears(on: day("2021-08-25")).mapValues(\.text)
    #expect(arrears == [.toSixMonths: "50.00", .toThreeMonths: "100.00", .toOneMonth: "100.00"])
    #expect(ledger.owedSince(on: day("2021-08-25"))?.iso == "2021-03-31")
  }

  @Test(arguments: [
    ("2021-01-31", "2021-02-28", ArrearsAge.toOneMonth),
    ("2021-01-31", "2021-03-01", .toThreeMonths),
    ("2021-01-31", "2021-04-30", .toThreeMonths), ("2021-01-31", "2021-05-01", .toSixMonths),
    ("2021-01-31", "2021-07-31", .toSixMonths), ("2021-01-31", "2021-08-01", .older),
    ("2020-02-29", "2021-02-28", .older),
  ])
  func `debts age by the month`(due: String, today: String, age: ArrearsAge) {
    #expect(ArrearsAge(due: day(due), on: day(today)) == age)
  }

  @Test func `entries of nothing or with the wrong sign are none`() {
    #expect(LedgerEntry(.charge, .zero, on: day("2021-01-01")) == nil)
    #expect(LedgerEntry(.payment, yuan("-1"), on: day("2021-01-01")) == nil)
    #expect(LedgerEntry(.correction, .zero, on: day("2021-01-01")) == nil)
    #expect(LedgerEntry(.correction, yuan("-1"), on: day("2021-01-01")) != nil)
  }

  @Test func `arrears are what fell due before less every credit, whatever the entries`() {
    var random = SeededGenerator(seed: 29)
    for _ in 0..<2_000 {
      let entries = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ -> LedgerEntry? in
        let kind = LedgerEntry.Kind.allCases.randomElement(using: &random) ?? .charge
        let amount = Int.random(
          in: kind == .correction ? -5_000...5_000 : 1...20_000, using: &random)
        return LedgerEntry(
          kind, Hundredths(count: amount),
          on: Day(number: 18_600 + Int.random(in: 0..<400, using: &random)))
      }
      let today = Day(number: 18_600 + Int.random(in: 0..<400, using: &random))
      let ledger = RentLedger(entries)
      var (debts, credits) = (0, 0)
      for entry in entries {
        let owed = entry.kind == .payment ? -entry.amount.count : entry.amount.count
        if owed > 0, entry.day < today { debts += owed }
        if owed < 0, entry.day <= today { credits -= owed }
      }
      let aged = ledger.arrears(on: today).values.reduce(0) { $0 + $1.count }
      #expect(aged == max(0, debts - credits))
      #expect((ledger.owedSince(on: today) == nil) == (aged == 0))
    }
  }
}

@Suite struct MarketRentTests {
  @Test(arguments: [
    ("2021-03-05", "2021-08-25", 5, 21, 31, "3406.45"),
    ("2021-03-01", "2021-03-31", 1, 0, 30, "600.00"),
    ("2021-03-01", "2021-03-30", 0, 30, 31, "580.65"),
    ("2021-02-01", "2021-02-01", 0, 1, 28, "21.43"),
    ("2020-02-01", "2020-02-28", 0, 28, 29, "579.31"),
    ("2021-01-31", "2021-02-27", 1, 0, 31, "600.00"),
    ("2021-01-31", "2021-03-30", 2, 0, 30, "1200.00"),
    ("2020-02-29", "2021-02-27", 12, 0, 29, "7200.00"),
    ("2020-12-31", "2021-01-01", 0, 2, 31, "38.71"),
  ])
  func `whole months count the rent and days their part of the month they begin`(
    from: String, through: String, months: Int, days: Int, length: Int, amount: String
  ) throws {
    let rent = try #require(
      MarketRent(monthly: yuan("600"), from: day(from), through: day(through)))
    #expect(rent.months == months)
    #expect(rent.days == days)
    if days > 0 { #expect(rent.daysOfMonth == length) }
    #expect(rent.amount.text == amount)
  }

  @Test func `the sum says how it came about`() throws {
    let rent = try #require(
      MarketRent(monthly: yuan("600"), from: day("2021-03-05"), through: day("2021-08-25")))
    #expect(
      rent.explanation
        == "2021年3月5日至2021年8月25日，5 个月零 21 天：600.00 × 5 + 600.00 × 21 ÷ 31 = 3,406.45 元")
  }

  @Test func `a day longer never costs less, and never more than a month`() throws {
    var random = SeededGenerator(seed: 27)
    for _ in 0..<2_000 {
      let monthly = Hundredths(count: Int.random(in: 0...300_000, using: &random))
      let from = Day(number: 18_000 + Int.random(in: 0..<1_500, using: &random))
      let through = from + Int.random(in: 0..<800, using: &random)
      let rent = try #require(MarketRent(monthly: monthly, from: from, through: through))
      let longer = try #require(MarketRent(monthly: monthly, from: from, through: through + 1))
      #expect(longer.amount >= rent.amount)
      #expect(longer.amount - rent.amount <= monthly)
      #expect(rent.days >= 0 && rent.days < rent.daysOfMonth)
      #expect(from.adding(months: rent.months) + rent.days == through + 1)
    }
  }

  @Test func `there is no rent for days that end before they begin`() {
    #expect(
      MarketRent(monthly: yuan("600"), from: day("2021-03-05"), through: day("2021-03-04")) == nil)
    #expect(
      MarketRent(monthly: yuan("-1"), from: day("2021-03-05"), through: day("2021-03-05")) == nil)
  }
}

@Suite struct InstalmentPlanTests {
  @Test func `a sum is parted equally, and what does not divide is paid last`() throws {
    let plan = try InstalmentPlan(total: yuan("1000"), parts: 3, from: day("2021-08-31"))
    #expect(plan.instalments.map(\.amount.text) == ["333.33", "333.33", "333.34"])
    #expect(plan.instalments.map(\.due.iso) == ["2021-08-31", "2021-09-30", "2021-10-31"])
  }

  @Test func `every instalment says whether it was met, and when`() throws {
    let plan = try InstalmentPlan(total: yuan("900"), parts: 3, from: day("2021-06-30"))
    let payments = [
      try entry(.payment, "300", "2021-06-29"), try entry(.payment, "200", "2021-07-30"),
      try entry(.payment, "150", "2021-08-02"), try entry(.payment, "900", "2021-12-01"),
    ]
    #expect(
      plan.states(paid: payments, on: day("2021-08-25")) == [
        .met(on: day("2021-06-29"), isLate: false), .met(on: day("2021-08-02"), isLate: true),
        .open(missing: yuan("250")),
      ])
    #expect(
      plan.states(paid: payments, on: day("2021-08-31")).last == .overdue(missing: yuan("250")))
  }

  @Test(arguments: [
    ([], InstalmentProblem.none),
    ([("2021-01-01", "50"), ("2021-01-01", "50")], .outOfOrder(number: 2)),
    ([("2021-01-01", "0"), ("2021-02-01", "100")], .notPositive(number: 1)),
    (
      [("2021-01-01", "50"), ("2021-02-01", "49.99")],
      .sum(plan: Hundredths(count: 99_99), total: Hundredths(count: 100_00))
    ),
  ])
  func `a plan that does not add up is refused with words that say what to do`(
    parts: [(String, String)], problem: InstalmentProblem
  ) {
    #expect(throws: problem) {
      try InstalmentPlan(
        parts.map { Instalment(due: day($0.0), amount: yuan($0.1)) }, total: yuan("100"))
    }
    #expect(!problem.description.isEmpty)
  }

  @Test func `what is missing and what was paid make the whole`() throws {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<1_000 {
      let total = Hundredths(count: Int.random(in: 100...500_000, using: &random))
      let plan = try InstalmentPlan(
        total: total, parts: Int.random(in: 1...24, using: &random), from: day("2021-01-31"))
      let payments = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
        LedgerEntry(
          .payment, Hundredths(count: Int.random(in: 1...40_000, using: &random)),
          on: day("2021-01-31") + Int.random(in: 0..<700, using: &random))
      }
      let today = day("2021-01-31") + Int.random(in: 0..<700, using: &random)
      let missing = plan.states(paid: payments, on: today).reduce(0) { sum, state in
        switch state {
        case .met: sum
        case .overdue(let part), .open(let part): sum + part.count
        }
      }
      let paid = payments.filter { $0.day <= today }.reduce(0) { $0 + $1.amount.count }
      #expect(missing == max(0, total.count - paid))
    }
  }
}
