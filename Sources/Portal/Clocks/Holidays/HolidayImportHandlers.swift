import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Spreadsheet
import Web

/// `/admin/holidays/import`: a year from a workbook or a CSV file, one day a row.
struct HolidayImportHandlers: Sendable {
  static let limits = UploadLimits(files: 1, fileBytes: 2 << 20, excess: .report)

  let services: Services

  /// `GET /admin/holidays/import`
  func showImport(_ request: WebRequest) async throws -> WebResponse {
    _ = try request.confirmedPrincipal()
    return try await page(request, FormView(), [], status: .ok)
  }

  /// `GET /admin/holidays/template`
  func downloadTemplate(_ request: WebRequest) async throws -> WebResponse {
    try templateDownload(HolidayRow.map, named: "节假日导入模板")
  }

  /// `POST /admin/holidays/import`: the whole year, or nothing.
  func importHolidays(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    _ = try request.confirmedPrincipal(orBackTo: Paths.adminHolidayImport.link)
    var checker = FormChecker(upload.fields)
    upload.report(to: &checker, field: "file")
    let head = checker.holidayHead()
    guard let file = upload.files("file").first, let head, checker.isValid else {
      if upload.files("file").isEmpty, checker.errors["file"] == nil {
        checker.fail("file", "请选择要上传的文件")
      }
      return try await page(request, FormView(checker), [], status: .unprocessableContent)
    }
    var problems: [RowProblem] = []
    do {
      let sheet = try HolidaySheet(Workbook(path: file.path, fileName: file.declaredName))
      problems = sheet.problems
      if problems.isEmpty {
        let notice = HolidayNotice(days: sheet.days, year: head.year)
        if let typed = checker.holidays(notice, head, "file") {
          return try await announce(typed, checker, request)
        }
      } else {
        checker.fail("file", "有 \(problems.count) 处要改，没有登记；请改好后重新上传")
      }
    } catch let error as WorkbookError {
      checker.fail("file", error.description)
    }
    return try await page(request, FormView(checker), problems, status: .unprocessableContent)
  }

  private func announce(
    _ typed: TypedHolidays, _ checker: FormChecker, _ request: WebRequest
  ) async throws -> WebResponse {
    let result = try await services.edit(request, checker) { tx, editor in
      try tx.announce(typed, by: editor)
    }
    switch result {
    case .done:
      return .redirect(
        to: Paths.adminHolidays.link.query("year", String(typed.days.year)),
        flash:
          "已登记 \(typed.days.year) 年：放假 \(typed.days.daysOff.count) 天，调休上班 \(typed.days.workdays.count) 天。"
      )
    case .again(let answer):
      return try await page(
        request, answer.view, [], isOvertaken: answer.isOvertaken, status: answer.status)
    }
  }

  private func page(
    _ request: WebRequest, _ view: FormView, _ problems: [RowProblem], isOvertaken: Bool = false,
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    let years = try await services.databases.all(
      announcedYears(for: principal.area), as: principal)
    let conflict = notice(
      .alert, "<p><strong>您打开页面以后，别人已登记了这一年，您的文件还没有登记。</strong>请先到“节假日”核对，再上传一次。</p>")
    return try await services.deskPage(
      request, title: "从表格导入放假安排", lead: "一行一天；有一行不对，就全部不登记。", breadcrumbs: holidayCrumbs,
      status: status,
      (isOvertaken ? conflict : HTML())
        + (problems.isEmpty ? HTML() : panel("要改的行", rowProblemTable(problems)))
        + panel(
          "表格",
          actions: buttonLink("下载模板", Paths.adminHolidayTemplate.link, isPrimary: false),
          view.form(
            action: Paths.adminHolidayImport.link, csrf: request.csrf, hasFiles: true,
            button: "检查并登记",
            """
            <input type="hidden" name="seen" value="\(years.map(\.id).max() ?? 0)">
            \(holidayHead(view, year: nil, document: nil))\
            \(view.files(
              "file", "文件", accept: ".xlsx,.csv", multiple: false,
              hint: "XLSX 或 CSV：日期、安排（放假或上班）两列", required: true))
            """)))
  }
}
