import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Spreadsheet
import Web

/// The register taken out in the sheets in which it comes in: masked for who may view it, whole for
/// the lead, who says why.
struct RegisterExportHandlers: Sendable {
  let services: Services

  /// `GET /desk/register/export`: the page, or one masked sheet.
  func showExport(_ request: WebRequest) async throws -> WebResponse {
    guard let sheet: RegisterSheet = try request.query.filterChoice("sheet") else {
      return try await page(request, FormView())
    }
    return try await export(sheet, try request.exportFormat ?? .xlsx, reason: nil, request)
  }

  /// `POST /desk/register/export`: one sheet with whole numbers.
  func exportWhole(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var form = FormChecker(fields)
    let sheet = form.choice("sheet", "登记表", of: RegisterSheet.self)
    let format = form.choice("format", "格式", of: ExportFormat.self)
    let reason = form.text("reason", "导出原因", max: 200, min: 4)
    guard let sheet, let format, let reason else {
      return try await page(request, FormView(form), status: .unprocessableContent)
    }
    return try await export(sheet, format, reason: reason, request)
  }

  private func page(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status = .ok
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: "导出登记表", lead: "与导入模板同样的列，可以在另一个县原样导入。",
      breadcrumbs: [householdsCrumb], status: status,
      RegisterExportPage(
        mayExportWhole: try request.principal.may(.exportPersonalData), csrf: request.csrf,
        view: view
      ).html)
  }

  /// - Parameter reason: nil for a masked sheet
  private func export(
    _ sheet: RegisterSheet, _ format: ExportFormat, reason: String?, _ request: WebRequest
  ) async throws -> WebResponse {
    let origin = try request.auditOrigin
    let confirmed = try request.confirmedPrincipal(
      orBackTo: reason == nil ? nil : Paths.deskRegisterExport.link)
    let principal = confirmed.principal
    let export = RegisterExport(
      sheet: sheet, isWhole: reason != nil, scope: principal.area, keys: services.keys)
    let kind = reason == nil ? "个人信息已隐去" : "含完整个人信息"
    let made =
      "\(principal.displayName)（\(principal.account)）于 \(tableTime(request.now)) 导出，\(kind)"
      + (reason.map { "，原因：\($0)" } ?? "")
    let file = try await services.databases.export(as: confirmed) { tx in
      var count = 0
      let file = try ExportFile.make(
        format, sheet: sheet.title, styles: export.styles,
        properties: DocumentProperties(
          title: sheet.title, author: principal.displayName, comments: made)
      ) { table in
        try table.title("\(sheet.title)（\(made)）")
        count = try export.write(to: table, tx)
      }
      var after = [
        "list": sheet.title, "format": format.title, "rows": String(count), "value": kind,
      ]
      after["reason"] = reason
      try tx.audit(
        AuditEvent(action: .exportRegister, entity: sheet.rawValue, after: after), by: origin)
      return file
    }
    let day = ShanghaiTime.day(of: request.now).iso
    return file.response(format, name: "\(sheet.title)-\(kind)-\(day)")
  }
}
