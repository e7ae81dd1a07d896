import Domain
import Ground
import HTML
import Pages
import Postgres
import Web

/// 账目: what is owed and paid on a case.
struct MoneyHandlers: Sendable {
  let services: Services

  func showMoney(_ request: WebRequest, id: CaseID) async throws -> WebResponse {
    let principal = try request.principal
    let seen = try await services.databases.read(as: principal) { tx in try tx.ledgerSeen(id) }
    let page = MoneyPage(
      id: id, ledger: seen.ledger, mayEnter: principal.may(.workCases),
      today: ShanghaiTime.day(of: request.now))
    return try await services.deskPage(
      request, title: "账目", lead: caseLead(seen.worked.record),
      breadcrumbs: caseCrumbs(seen.worked.record), actions: page.actions, page.html)
  }
}

struct MoneyPage {
  let id: CaseID
  let ledger: CaseLedger
  let mayEnter: Bool
  let today: Day

  var actions: HTML {
    guard mayEnter else { return HTML() }
    return buttonLink("记一笔账", Paths.deskCaseEntry.link(id))
      + buttonLink("计算市场租金", Paths.deskCaseMarketRent.link(id), isPrimary: false)
      + buttonLink("分期计划", Paths.deskCaseInstalments.link(id), isPrimary: false)
  }

  var html: HTML { panel("结余", balance) + plan + panel("明细", entries) }

  private var balance: HTML {
    let owed = ledger.ledger.balance(on: today)
    let arrears = ledger.ledger.arrears(on: today)
    let label = owed < .zero ? "多付" : "尚欠"
    var items: [(String, HTML)] = [
      (label, "<strong>\(owed.magnitude.grouped) 元</strong>（\(owed.magnitude.chineseMoney)）"),
      ("已收", "\(ledger.ledger.paid(through: today).grouped) 元"),
    ]
    items += ArrearsAge.allCases.compactMap { age in
      arrears[age].map { ("拖欠 \(age.title)", "\($0.grouped) 元") }
    }
    return definitionList(items)
  }

  private var plan: HTML {
    let states = ledger.instalmentStates(on: today)
    guard !states.isEmpty else { return HTML() }
    return panel(
      "分期计划",
      dataTable(
        caption: "分期计划",
        columns: [
          Column<(CaseInstalment, InstalmentState)>("到期") { "\($0.0.due.iso)" },
          Column("金额（元）", numeric: true) { "\($0.0.amount.grouped)" },
          Column("状态") { tag($0.1.title, $0.1.tagKind) },
        ], rows: states, empty: HTML()))
  }

  private var entries: HTML {
    dataTable(
      caption: "明细",
      columns: [
        Column<CaseEntry>("日期") { "\($0.day.iso)" },
        Column("种类") { tag($0.kind.title, $0.kind == .payment ? .ok : .info) },
        Column("款项") { "\($0.item.title)" },
        Column("金额（元）", numeric: true) { "\($0.amount.grouped)" },
        Column("说明") { "\($0.note)" },
        Column("记账") { "\($0.enteredByName)，\(ShanghaiTime.dateTimeText($0.enteredAt))" },
      ], rows: ledger.entries, empty: emptyState("还没有记账", hint: "应收、收款和更正都记在这里，记了就不能改，错了用更正。"))
  }
}

extension InstalmentState {
  fileprivate var tagKind: TagKind {
    switch self {
    case .met: .ok
    case .overdue: .alert
    case .open: .neutral
    }
  }
}
