import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// A case with its ledger, as its forms are drawn with.
struct LedgerSeen: Sendable {
  let worked: WorkedCase
  let ledger: CaseLedger
}

extension Transaction {
  func ledgerSeen(_ id: CaseID) throws -> LedgerSeen {
    LedgerSeen(worked: try workedCase(id), ledger: try caseLedger(id))
  }
}

private func moneyCrumbs(_ seen: EditSeen<CaseID, LedgerSeen>) -> [(String, Link)] {
  caseCrumbs(seen.worked.record) + [("账目", Paths.deskCaseMoney.link(seen.id))]
}

/// `/desk/cases/:id/money/entry`: something owed, something paid, or a correction.
func caseEntryOfMoneyForm(_ services: Services) -> EditForm<CaseID, LedgerSeen, TypedEntry, Void> {
  EditForm(
    services, load: { tx, id, _ in try tx.ledgerSeen(id) },
    history: { _, seen in .ofCase(seen.worked) },
    page: { seen, frame in
      let view = frame.view
      return EditPage(
        title: "记一笔账", lead: caseLead(seen.worked.record), breadcrumbs: moneyCrumbs(seen),
        panel(
          "记一笔账",
          frame.form(
            action: Paths.deskCaseEntry.link(seen.id), button: "记账",
            view.radios(
              "kind", "种类", options: LedgerEntry.Kind.allCases.map { ($0.rawValue, $0.title) })
              + view.select(
                "item", "款项", options: LedgerItem.allCases.map { ($0.rawValue, $0.title) })
              + view.input(
                "amount", "金额（元）", hint: "更正减少应收的，前面写减号", maxlength: 20)
              + view.input("on_day", "日期", type: .date, value: seen.asked.today.iso)
              + view.input(
                "note", "说明", hint: "凭证号、所属期间；更正的写明更正哪一笔、为什么", maxlength: 300))))
    },
    read: { checker, seen in
      let kind = checker.choice("kind", "种类", of: LedgerEntry.Kind.self)
      let item = checker.choice("item", "款项", of: LedgerItem.self)
      let day = checker.pastDay("on_day", "日期", today: seen.asked.today)
      let note = checker.column("note", "说明", max: 300)
      let amount =
        kind == .correction
        ? checker.correction("amount", "金额") : checker.money("amount", "金额", most: Money.most)
      if let amount, amount == .zero { checker.fail("amount", "金额不能是 0") }
      if let note, note.count < 2 { checker.fail("note", "说明至少写两个字") }
      guard checker.isValid, let kind, let item, let day, let note, let amount else { return nil }
      return TypedEntry(kind: kind, item: item, amount: amount, day: day, note: note)
    },
    write: { tx, typed, edit in try tx.caseWriting(edit, StepValues()).enter(typed, tx) },
    done: { _, typed, id in
      (Paths.deskCaseMoney.link(id), "已记账：\(typed.kind.title) \(typed.amount.grouped) 元。")
    })
}

extension FormChecker {
  /// A sum with its sign.
  fileprivate mutating func correction(_ field: String, _ label: String) -> Hundredths? {
    let most = Money.most
    return hundredths(field, label, in: (Hundredths.zero - most)...most)
  }
}

/// `/desk/cases/:id/money/market-rent`: market rent from a day through another, as one charge.
func marketRentForm(_ services: Services) -> EditForm<CaseID, LedgerSeen, MarketRent, Void> {
  EditForm(
    services, load: { tx, id, _ in try tx.ledgerSeen(id) },
    history: { _, seen in .ofCase(seen.worked) },
    page: { seen, frame in
      let view = frame.view
      let from = seen.worked.dates[.marketRentFrom] ?? seen.worked.dates[.discovered]
      return EditPage(
        title: "计算市场租金", lead: caseLead(seen.worked.record), breadcrumbs: moneyCrumbs(seen),
        notice(
          .info,
          "<p>整月按月租金计；不满一月的，按那一个月的天数折算，四舍五入到分。已经按合同租金交的，另记收款。</p>")
          + panel(
            "市场租金",
            frame.form(
              action: Paths.deskCaseMarketRent.link(seen.id), button: "计算并记入应收",
              view.input("monthly", "每月市场租金（元）", maxlength: 20)
                + view.input(
                  "from", "从哪一天起", type: .date, value: from?.iso, hint: "违规之日，或者搬迁期满的第二天")
                + view.input("through", "到哪一天为止", type: .date, value: seen.asked.today.iso))))
    },
    read: { checker, seen in
      let monthly = checker.money("monthly", "每月市场租金", most: Hundredths(count: 99_999_99))
      let from = checker.day("from", "从哪一天起", in: CaseStepRules.days)
      let through = checker.day("through", "到哪一天为止", in: CaseStepRules.days)
      guard let monthly, let from, let through else { return nil }
      guard monthly > .zero, let rent = MarketRent(monthly: monthly, from: from, through: through),
        rent.amount > .zero, rent.amount <= Money.most
      else {
        checker.fail("through", "到哪一天为止不能早于从哪一天起，租金要大于 0")
        return nil
      }
      return rent
    },
    write: { tx, rent, edit in
      try tx.caseWriting(edit, StepValues()).enter(
        TypedEntry(
          kind: .charge, item: .marketRent, amount: rent.amount, day: edit.editor.today,
          note: rent.explanation), tx)
    },
    done: { _, rent, id in
      (Paths.deskCaseMoney.link(id), "已记入应收市场租金 \(rent.amount.grouped) 元。")
    })
}

struct TypedInstalments: Sendable {
  let plan: InstalmentPlan
  let agreedOn: Day
}

/// `/desk/cases/:id/money/instalments`: what is owed, in equal parts a month apart (《行政强制法》 42).
func instalmentForm(
  _ services: Services
) -> EditForm<CaseID, LedgerSeen, TypedInstalments, Void> {
  EditForm(
    services, load: { tx, id, _ in try tx.ledgerSeen(id) },
    history: { _, seen in .ofCase(seen.worked) },
    page: { seen, frame in
      let (view, owed) = (frame.view, seen.ledger.ledger.balance(on: seen.asked.today))
      let body: HTML =
        owed > .zero
        ? frame.form(
          action: Paths.deskCaseInstalments.link(seen.id), button: "保存计划",
          view.input("total", "分期付清的金额（元）", value: owed.text, maxlength: 20)
            + view.input("parts", "分几期", type: .number, hint: "每月一期，最多 60 期")
            + view.input("first", "第一期的日期", type: .date)
            + view.input("agreed_on", "签订日期", type: .date, value: seen.asked.today.iso))
        : emptyState("现在没有欠款", hint: "先记入应收，再定分期计划。")
      return EditPage(
        title: "分期计划", lead: caseLead(seen.worked.record), breadcrumbs: moneyCrumbs(seen),
        panel("分期计划", body))
    },
    read: { checker, seen in
      let owed = seen.ledger.ledger.balance(on: seen.asked.today)
      let total = checker.money("total", "金额", most: Money.most)
      if let total, total > owed { checker.fail("total", "现在欠 \(owed.grouped) 元，分期的金额不能多于欠款") }
      let parts = checker.integer("parts", "期数", in: 1...InstalmentPlan.most)
      let first = checker.day("first", "第一期的日期", in: CaseStepRules.days)
      let agreed = checker.pastDay("agreed_on", "签订日期", today: seen.asked.today)
      guard checker.isValid, let total, let parts, let first, let agreed else { return nil }
      guard first >= agreed else {
        checker.fail("first", "第一期不能早于签订日期")
        return nil
      }
      do {
        return TypedInstalments(
          plan: try InstalmentPlan(total: total, parts: parts, from: first), agreedOn: agreed)
      } catch {
        checker.fail("parts", "\(error)")
        return nil
      }
    },
    write: { tx, typed, edit in
      try tx.caseWriting(edit, StepValues()).agree(typed.plan, on: typed.agreedOn, tx)
    },
    done: { _, _, id in (Paths.deskCaseMoney.link(id), "已保存分期计划。") })
}
