import Domain
import Ground
import HTML
import Pages
import Register
import Reviews
import Spreadsheet
import Web

/// One source with what is expected of it, if anything is.
struct ExchangeLine: Sendable {
  let type: CheckType
  let schedule: ExchangeSchedule?
}

/// All sources: how often, what came last, what is late.
struct ExchangePage {
  let lines: [ExchangeLine]
  let today: Day
  let mayEdit: Bool

  var html: HTML {
    let late = lines.filter { $0.schedule?.daysLate(on: today) != nil }
    let warning: HTML =
      late.isEmpty
      ? HTML() : notice(.alert, "<p>晚了：\(late.map(\.type.title).joined(separator: "、"))</p>")
    return warning
      + dataTable(
        caption: "定期交换", columns: Self.columns(today: today) + (mayEdit ? [Self.edit] : []),
        rows: lines, empty: HTML())
  }

  static func columns(today: Day) -> [Column<ExchangeLine>] {
    [
      Column("登记数据", text: \.type.registerTitle),
      Column("报送单位", text: \.type.bureau.title),
      Column("周期", text: { $0.schedule?.text }),
      Column("上一次报送") { line in
        guard let schedule = line.schedule, let last = schedule.lastDelivery else { return "—" }
        return """
          <a href="\(path: Paths.deskDelivery.link(last))">\(schedule.lastOn?.iso ?? "")</a>
          """
      } export: { line in
        line.schedule?.lastOn.map { Cell.day($0) } ?? .empty
      },
      Column("数据截止", day: { $0.schedule?.lastAsOf }),
      Column("下次截止", day: { $0.schedule?.nextDue(after: today) }),
      Column("情况", tag: { standing($0, today) }),
    ]
  }

  private static func standing(_ line: ExchangeLine, _ today: Day) -> (String, TagKind)? {
    guard let schedule = line.schedule else { return ("没有约定", .neutral) }
    if let days = schedule.daysLate(on: today) { return ("晚了 \(days) 天", .alert) }
    if schedule.lastDue(on: today) == today { return ("今天截止", .warn) }
    return schedule.lastDelivery == nil ? ("还没有到期", .neutral) : ("按时", .ok)
  }

  private static var edit: Column<ExchangeLine> {
    Column("操作") { line in
      let link = Paths.deskExchangeSchedule.link.query("type", line.type.rawValue)
      return """
        <a href="\(path: link)">约定<span class="visually-hidden">：\(line.type.title)</span></a>
        """
    }
  }
}

/// Where a schedule is set.
struct ScheduleFormPage {
  let type: CheckType
  let schedule: ExchangeSchedule?
  let answer: FormAnswer

  func html(csrf: String) -> HTML {
    let view = answer.view
    return conflict
      + panel(
        "约定",
        view.form(
          action: Paths.deskExchangeSchedule.link, csrf: csrf, button: "保存",
          """
          <input type="hidden" name="type" value="\(type.rawValue)">
          <input type="hidden" name="version" value="\(schedule?.version ?? 0)">
          \(view.radios(
            "every", "报送周期",
            options: ExchangeInterval.allCases.map { ($0.rawValue, $0.title) } + [("never", "不定期")],
            value: schedule?.every.rawValue ?? "never"))\
          \(view.input(
            "due_day", "截止日", value: schedule.map { String($0.dueDay) },
            hint: "每周报送的填 1 至 7（星期一为 1）；每月报送的填 1 至 28", required: false, maxlength: 2,
            inputmode: "numeric"))
          """))
  }

  private var conflict: HTML {
    guard answer.isOvertaken else { return HTML() }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，别人改过这项约定：现在是“\(schedule?.text ?? "不定期")”。</strong>您填写的还没有保存，请核对后再提交。</p>
      """)
  }
}

/// What has changed since the delivery before.
struct DifferencePage {
  let head: DeliveryHead
  let record: DeliveryRecord
  let previous: DeliveryRecord?
  let page: ListLines<DeliveryDifference>
  let keys: KeyRing

  var html: HTML {
    guard let previous else {
      return emptyState("没有可以比较的", hint: "这是这项登记数据第一次报送，下一次报送时就能看出变化。")
    }
    let range: HTML =
      head.isComplete ? HTML() : "这次不是全量数据，只比较它提到的家庭。"
    return """
      <p>与<a href="\(path: Paths.deskDelivery.link(previous.id))">\(previous.asOf.chinese)的数据</a>比较。\(range)</p>

      """ + table + pages
  }

  private var table: HTML {
    dataTable(
      caption: "与上一次报送的差异", columns: Self.columns(keys),
      rows: page.lines,
      link: { Paths.deskHousehold.link($0.household) },
      empty: emptyState("没有变化", hint: "两次报送说的是同样的内容。"))
  }

  static func columns(_ keys: KeyRing) -> [Column<DeliveryDifference>] {
    [
      Column("家庭编号", text: \.householdNumber),
      Column("乡镇", text: \.township),
      Column("姓名", text: { $0.name.map { Masking.maskedName($0) } }),
      Column("关系", text: \.relation?.title),
      Column("变化", tag: { ($0.change.title, $0.change == .added ? .warn : .neutral) }),
      Column(
        "内容",
        text: { difference in
          let record = (try? difference.record.open(keys)) ?? nil
          return record?.shown.map { "\($0.title) \($0.text)" }.joined(separator: "，")
        }),
    ]
  }

  private var pages: HTML {
    page.pager(
      differenceOrder, Paths.deskDeliveryDifferences.link(record.id),
      countText: "本页 \(page.lines.count) 项")
  }
}
