import Domain
import HTML
import Pages
import Register
import Reviews
import Spreadsheet

/// What the matching of a delivery found and what it answers.
struct DeliveryResultPanels {
  let page: DeliveryShowPage

  private var record: DeliveryRecord { page.record }

  var html: HTML {
    guard record.rowCount != nil, !record.isBusy, record.state != .cancelled else { return HTML() }
    if record.state == .failed { return causePanel + problemPanel }
    return rowPanel + answerPanel + causePanel + problemPanel + changePanel
  }

  private var rowPanel: HTML {
    let rows = record.rowCount ?? 0
    let bad = record.badRows ?? 0
    var cards = [
      figureCard(
        record.way == .workList ? "填写了" : "比中", value: grouped(record.matchedRows ?? 0),
        denominator: "共 \(grouped(rows)) 行",
        note: record.way == .workList ? nil : "在保家庭成员的内容")
    ]
    if record.way == .workList {
      cards.append(
        figureCard(
          "没有填写", value: grouped(record.skippedHouseholds ?? 0), denominator: "户", note: "仍是待核查"))
    } else {
      cards.append(
        figureCard(
          "其他人", value: grouped(record.otherRows ?? 0), denominator: "行", note: "不是在保家庭成员，没有保存"))
    }
    cards.append(
      figureCard(
        "有问题", value: grouped(bad), denominator: "行", kind: bad > 0 ? .alert : .neutral))
    if record.way != .workList, let open = record.skippedHouseholds, open > 0 {
      cards.append(
        figureCard(
          "没有读全", value: grouped(open), denominator: "户", note: "有一行读不出，仍是待核查", kind: .warn))
    }
    if let undecided = record.undecidedRows, undecided > 0 {
      cards.append(
        figureCard(
          "待认定", value: grouped(page.undecided), denominator: "共 \(grouped(undecided)) 行",
          note: "没有身份证号", kind: page.undecided > 0 ? .warn : .neutral,
          link: Paths.deskDeliveryMatches.link(record.id)))
    }
    return panel("行", actions: differencesLink, figureCards(cards))
  }

  private var differencesLink: HTML {
    guard record.way == .extract || record.way == .api else { return HTML() }
    return buttonLink(
      "与上一次报送比较", Paths.deskDeliveryDifferences.link(record.id), isPrimary: false)
  }

  private var answerPanel: HTML {
    guard let new = record.answersNew, let same = record.answersSame,
      let changed = record.answersChanged
    else { return HTML() }
    let isDone = record.state == .done
    var cards = [
      figureCard(isDone ? "新答复" : "将新答复", value: grouped(new), denominator: "户"),
      figureCard("与已有的相同", value: grouped(same), denominator: "户"),
      figureCard(
        "与以前不同", value: grouped(changed), denominator: "户", kind: changed > 0 ? .warn : .neutral),
    ]
    if let outside = record.answersOutside, outside > 0 {
      cards.append(
        figureCard("不在本轮范围", value: grouped(outside), denominator: "户", note: "不写入"))
    }
    if let unauthorised = record.answersUnauthorised, unauthorised > 0 {
      cards.append(
        figureCard(
          "没有授权书", value: grouped(unauthorised), denominator: "户", note: "本县规定不得核对，没有写入",
          kind: .alert, link: Paths.deskAuthorisations.link))
    }
    return panel(isDone ? "答复" : "确认后的答复", figureCards(cards))
  }

  private var causePanel: HTML {
    guard !page.causes.isEmpty else { return HTML() }
    return panel(
      "问题按原因",
      problemCauses(page.causes) { cause in
        Paths.deskDeliveryProblems.link(record.id).query("cause", cause.code)
      })
  }

  private var problemPanel: HTML {
    guard !page.problems.isEmpty else { return HTML() }
    let all = page.causes.reduce(0) { $0 + $1.problems }
    return panel(
      "问题逐行",
      problemTable(page.problems)
        + more(all, page.problems.count, Paths.deskDeliveryProblems.link(record.id)))
  }

  private var changePanel: HTML {
    guard !page.changes.isEmpty else { return HTML() }
    return panel(
      "与以前答复的差异",
      changesTable(page.changes)
        + more(
          max(record.answersChanged ?? 0, page.changes.count), page.changes.count,
          Paths.deskDeliveryChanges.link(record.id)))
  }

  private func more(_ all: Int, _ shown: Int, _ link: Link) -> HTML {
    guard all > shown else { return HTML() }
    return "<p>这里列出 \(shown) 处，共 \(grouped(all)) 处。<a href=\"\(path: link)\">查看清单</a></p>"
  }
}

var deliveryChangeColumns: [Column<DeliveryChange>] {
  [
    Column("家庭编号") { change in
      "<a href=\"\(path: Paths.deskHousehold.link(change.household))\">\(change.number)</a>"
    } export: {
      .text($0.number)
    },
    Column("以前的答复", text: \.before.title),
    Column("这次", text: { $0.before == $0.after ? "\($0.after.title)，内容不同" : $0.after.title }),
    Column("以前答复的人", text: \.beforeBy),
    Column("以前答复的日期", day: \.beforeOn),
  ]
}

/// What the bureau said before beside what it says now.
func changesTable(_ changes: [DeliveryChange]) -> HTML {
  dataTable(
    caption: "与以前答复的差异", columns: deliveryChangeColumns, rows: changes,
    empty: emptyState("没有差异", hint: "这次报送与本单位以前的答复一致，或者以前没有答复过。"))
}
