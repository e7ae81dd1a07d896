import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Register
import Web

/// 应退未退整改情况表: on the screen, on paper, and as a workbook.
struct AnnexHandlers: Sendable {
  let services: Services
  let estates: EstateOverview

  /// `GET /desk/annex?area=&estate=&until=`
  func showAnnex(_ request: WebRequest) async throws -> WebResponse {
    let asked = try await asked(request)
    if let problem = asked.problem { return try await refuse(request, asked, problem) }
    if let format = try request.exportFormat {
      guard format == .xlsx else { throw WebError.badRequest("情况表只能导出为 XLSX。") }
      return try await export(request, asked)
    }
    let table = try await services.databases.read(as: asked.principal) { try $0.annex(asked) }
    let page = AnnexPage(asked: asked, table: table)
    return try await services.deskPage(
      request, title: SoundAnnex.title, lead: page.lead,
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)], actions: page.actions, page.html)
  }

  /// `GET /desk/annex/print`
  func printAnnex(_ request: WebRequest) async throws -> WebResponse {
    let asked = try await asked(request)
    if let problem = asked.problem { return try await refuse(request, asked, problem) }
    let table = try await services.databases.read(as: asked.principal) { try $0.annex(asked) }
    let annex = try soundly { try sound(table, asked) }
    return .page(
      PrintPage(
        title: SoundAnnex.title, site: services.site.settings(for: asked.principal),
        back: asked.filter.link, body: annex.html, isWide: true
      ).html)
  }

  private func export(
    _ request: WebRequest, _ asked: ListRequest<AnnexFilter>
  ) async throws -> WebResponse {
    do {
      return try await services.export(form: SoundAnnex.shortTitle, of: "cases", request) { tx in
        let annex = try sound(try tx.annex(asked), asked)
        return (annex.sheet, annex.table.rows.count)
      }
    } catch let unsound as SoundAnnex.Unsound {
      throw WebError.conflict(annexProblems(unsound.problems))
    }
  }

  private func soundly(_ make: () throws -> SoundAnnex) throws -> SoundAnnex {
    do {
      return try make()
    } catch let unsound as SoundAnnex.Unsound {
      throw WebError.conflict(annexProblems(unsound.problems))
    }
  }

  private func sound(_ table: AnnexTable, _ asked: ListRequest<AnnexFilter>) throws -> SoundAnnex {
    try SoundAnnex(
      table, unit: unit(asked), filledOn: asked.today,
      until: asked.moment.isPast ? asked.moment.day : nil)
  }

  /// Whoever fills it in: the county's bureau, or the township.
  private func unit(_ asked: ListRequest<AnnexFilter>) -> String {
    let principal = asked.principal
    if principal.area.level == .township, let name = services.site.name(of: principal.area) {
      return name
    }
    return services.site.settings(for: principal).bureaus.first ?? ""
  }

  private func asked(_ request: WebRequest) async throws -> ListRequest<AnnexFilter> {
    let estates = try await estates.choices(for: try request.principal, at: request.now)
    return try ListRequest(request, among: estates)
  }

  private func refuse(
    _ request: WebRequest, _ asked: ListRequest<AnnexFilter>, _ problem: String
  ) async throws -> WebResponse {
    try await services.deskPage(
      request, title: SoundAnnex.title, lead: "截止日期不对。",
      breadcrumbs: [("问题（整改）清单", Paths.deskCases.link)], status: .unprocessableContent,
      asked.bar + notice(.alert, "<p>\(problem)</p>"))
  }
}

extension ListRequest<AnnexFilter> {
  /// What is wrong with the day, in words.
  fileprivate var problem: String? {
    guard let until = filter.until else { return nil }
    if until > today { return "截止日期不能晚于今天（\(today.iso)），请改好再查。" }
    guard CaseStepRules.days.contains(until) else { return "截止日期太早，请核对年份。" }
    return nil
  }
}
