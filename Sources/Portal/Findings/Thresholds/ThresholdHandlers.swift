import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Web

/// 认定标准: the lines of a county and year with their documents, and every change of them.
struct ThresholdHandlers: Sendable {
  let services: Services

  /// `GET /desk/thresholds`; `?year=…` for another year than this one.
  func showThresholds(_ request: WebRequest) async throws -> WebResponse {
    let year = try year(request)
    let county = try county(request)
    if let format = try request.exportFormat {
      let list = ListExport(
        "认定标准", of: "thresholds", columns: { ThresholdPage.historyColumns },
        query: thresholdChanges(of: county, year: year))
      return try await services.export(list, as: format, request)
    }
    return try await page(request, year, FormView(), status: .ok)
  }

  /// `POST /desk/thresholds`
  func setThresholds(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    guard let form = ThresholdForm(&checker) else {
      let year = fields["year"].flatMap { Int($0) }.flatMap {
        ThresholdForm.years.contains($0) ? $0 : nil
      }
      return try await page(
        request, year ?? ShanghaiTime.day(of: request.now).year, FormView(checker),
        status: .unprocessableContent)
    }
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    let (county, now) = (try county(request), request.now)
    do {
      let count = try await services.databases.transaction(as: principal) { tx in
        try tx.setThresholds(form, of: county, by: origin, principal, at: now)
      }
      let done = count == 0 ? "没有改动。" : "已设置 \(form.year) 年的 \(count) 项标准。要按新标准查找疑点，请运行规则。"
      return .redirect(
        to: Paths.deskThresholds.link.query("year", String(form.year)), flash: done)
    } catch let overtaken as ThresholdsOvertaken {
      return try await page(
        request, form.year, FormView(checker), overtaken: overtaken.kinds, status: .conflict)
    }
  }

  private func page(
    _ request: WebRequest, _ year: Int, _ view: FormView, overtaken: [ThresholdKind] = [],
    status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    let county = try county(request)
    let thisYear = ShanghaiTime.day(of: request.now).year
    let mayChange = principal.may(.setThresholds)
    let page = try await services.databases.read(as: principal) { tx in
      let lines = try tx.all(thresholds(of: county, year: year))
      let earlier = lines.isEmpty ? try tx.one(yearOfLines(of: county, upTo: year)) : nil
      return ThresholdPage(
        year: year, years: Self.years(try tx.all(yearsWithLines(of: county)), thisYear, year),
        lines: lines,
        earlier: try earlier.map { try tx.all(thresholds(of: county, year: $0)) } ?? [],
        changes: try tx.all(thresholdChanges(of: county, year: year)), mayChange: mayChange,
        view: view, overtaken: overtaken)
    }
    return try await services.deskPage(
      request, title: "认定标准", lead: "收入、资产、车辆、空置、欠租，超过多少算疑点，依据哪份文件。",
      breadcrumbs: [("疑点", Paths.deskFindings.link)], status: status,
      actions: exportLinks(Paths.deskThresholds.link.query("year", String(year))),
      page.html(csrf: request.csrf))
  }

  /// Those with lines, this one, the next, and the one that is shown.
  private static func years(_ withLines: [Int], _ thisYear: Int, _ shown: Int) -> [Int] {
    Set(withLines + [thisYear, thisYear + 1, shown]).sorted(by: >)
  }

  private func year(_ request: WebRequest) throws -> Int {
    guard let text = request.query["year"], !text.isEmpty else {
      return ShanghaiTime.day(of: request.now).year
    }
    guard let year = Int(text), ThresholdForm.years.contains(year) else {
      throw WebError.badRequest("网址里的年度不对，请回到“认定标准”重新选择。")
    }
    return year
  }

  private func county(_ request: WebRequest) throws -> AreaCode {
    guard let county = try request.principal.area.county else {
      throw WebError.badRequest("认定标准是每个县自己的，请用县级账号查看。")
    }
    return county
  }
}
