import Domain
import HTML
import Pages
import Postgres
import Web

/// A source, and how often it is expected.
struct ExpectedSource: Sendable {
  let type: CheckType
  let schedule: ExchangeSchedule?
}

/// `/desk/exchange/schedule`: how often a source delivers, set or changed; `?type=…` says which. The form
/// carries the version of a schedule that may not be there yet, 0 then.
func exchangeSchedule(
  _ services: Services
) -> EditForm<Void, ExpectedSource, TypedSchedule, Void> {
  EditForm(
    services,
    load: { tx, _, asked in
      let type = try asked.sourceType
      return ExpectedSource(
        type: type,
        schedule: try tx.first(exchangeSchedules(in: asked.principal.area, type: type)))
    },
    page: { source, frame in
      let page = ScheduleFormPage(
        type: source.type, schedule: source.schedule, answer: frame.answer)
      return EditPage(
        title: "定期交换：\(source.type.title)", lead: "由\(source.type.bureau.title)报送。",
        breadcrumbs: [("定期交换", Paths.deskExchange.link)], page.html(csrf: frame.csrf))
    },
    read: { checker, source in
      checker.schedule(of: source.type)
    },
    write: { tx, typed, edit in
      try tx.setSchedule(typed, by: edit.editor)
    },
    done: { _, typed, _ in
      (
        Paths.deskExchange.link,
        "\(typed.type.title)：\(typed.every?.text(typed.dueDay) ?? "不再定期报送")。"
      )
    })
}

extension EditRequest {
  /// Which source the form is about: as it says when it comes back, as its address says before.
  fileprivate var sourceType: CheckType {
    get throws {
      guard let fields else { return try query.filterChoice("type") ?? .marriage }
      var checker = FormChecker(fields)
      guard let type = checker.choice("type", "核查项目", of: CheckType.self) else {
        throw WebError.badRequest("页面内容不完整，请回到原来的页面重新操作。")
      }
      return type
    }
  }
}

extension FormChecker {
  /// How often, and on which day; nil with a message where that is wrong.
  fileprivate mutating func schedule(of type: CheckType) -> TypedSchedule? {
    let version = fields.version() ?? 0
    let every = choice(
      "every", "报送周期", among: ExchangeInterval.allCases.map(\.rawValue) + ["never"])
    guard let every else { return nil }
    guard let interval = ExchangeInterval(rawValue: every) else {
      return TypedSchedule(type: type, every: nil, dueDay: 1, version: version)
    }
    let days = interval == .week ? 1...7 : 1...28
    let label = interval == .week ? "截止日（每周几，1 至 7）" : "截止日（每月几日，1 至 28）"
    return integer("due_day", label, in: days).map {
      TypedSchedule(type: type, every: interval, dueDay: $0, version: version)
    }
  }
}
