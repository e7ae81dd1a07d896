import Domain
import Foundation
import Ground
import HTML
import Pages
import Postgres
import Web

/// `/admin/holidays/new`: a year is announced by pasting its notice, or corrected.
struct HolidayForm: Sendable {
  let services: Services

  var form: EditForm<Void, [AnnouncedYear], TypedHolidays, Void> {
    EditForm(
      services,
      load: { tx, _, asked in try tx.all(announcedYears(for: asked.principal.area)) },
      page: { seen, frame in
        EditPage(
          title: "登记放假安排", lead: "粘贴国务院办公厅通知的正文，门户从中读出放假和调休上班的日子。",
          breadcrumbs: holidayCrumbs,
          panel("登记放假安排", holidayFields(seen, frame)))
      },
      read: { checker, _ in
        let head = checker.holidayHead()
        guard let text = checker.paragraph("text", "通知正文", max: 8000), let head else {
          return nil
        }
        return checker.holidays(HolidayNotice(text, year: head.year), head, "text")
      },
      write: { tx, typed, edit in try tx.announce(typed, by: edit.editor) },
      done: { _, typed, _ in
        (
          Paths.adminHolidays.link.query("year", String(typed.days.year)),
          "已登记 \(typed.days.year) 年：放假 \(typed.days.daysOff.count) 天，调休上班 \(typed.days.workdays.count) 天。"
        )
      })
  }
}

private func holidayFields(
  _ seen: EditSeen<Void, [AnnouncedYear]>, _ frame: EditFrame
) -> HTML {
  let asked = seen.asked.query["year"].flatMap { Int($0) }
  let shown = asked.flatMap { year in holding(seen.model).first { $0.year == year } }
  let latest = seen.model.map(\.id).max() ?? 0
  let known = frame.answer.isOvertaken ? nil : seen.asked.fields?["seen"].flatMap { Int64($0) }
  return frame.form(
    action: Paths.adminHolidayNew.link, button: "检查并登记",
    """
    <input type="hidden" name="seen" value="\(known ?? latest)">
    \(holidayHead(frame.view, year: asked, document: shown?.days.document))\
    \(frame.view.textarea(
      "text", "通知正文", rows: 14, value: shown?.days.lines,
      hint: "如“七、国庆节：10月1日至7日放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。”也可以一行一天，如“2021-10-09 上班”",
      maxlength: 8000))
    """)
}

/// The fields that say of which year, by which document.
func holidayHead(_ view: FormView, year: Int?, document: String?) -> HTML {
  view.input(
    "year", "年度", value: year.map { String($0) }, hint: "通知安排的是哪一年，如 2027", maxlength: 4,
    inputmode: "numeric")
    + view.input(
      "document", "通知文号", value: document, hint: "如 国办发明电〔2025〕7号", maxlength: 200,
      autocomplete: "off")
}

extension FormChecker {
  /// The year and its document.
  mutating func holidayHead() -> (year: Int, document: String)? {
    let year = integer("year", "年度", in: HolidayYear.years)
    let document = column("document", "通知文号", max: 200)
    if let document, document.unicodeScalars.count < 2 {
      fail("document", "请写明通知的文号，例如 国办发明电〔2025〕7号")
      return nil
    }
    guard let year, let document else { return nil }
    return (year, document)
  }

  /// What a notice says, or what is wrong with it at the field that it stands in.
  mutating func holidays(
    _ notice: HolidayNotice, _ head: (year: Int, document: String), _ field: String
  ) -> TypedHolidays? {
    guard let days = notice.announced(by: head.document) else {
      fail(field, notice.problems.joined(separator: "；"))
      return nil
    }
    return TypedHolidays(days: days, seen: fields["seen"].flatMap { Int64($0) } ?? 0)
  }
}
