import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Spreadsheet
import Web

/// 核查清单: the open checks of a bureau, taken out as a sheet, filled in and sent back.
struct WorkListHandlers: Sendable {
  let services: Services
  let jobs: JobRunner

  func showWorkLists(_ request: WebRequest) async throws -> WebResponse {
    try await page(request, FormView(), status: .ok)
  }

  private func page(
    _ request: WebRequest, _ view: FormView, status: HTTPResponse.Status
  ) async throws -> WebResponse {
    let principal = try request.principal
    guard let bureau = principal.role.bureau else { throw WebError.forbidden }
    let page = try await services.databases.read(as: principal) { tx in
      let rounds = try tx.all(openRounds(overlapping: principal.area))
      let open = try tx.all(openCounts(of: rounds.map(\.id)))
      return WorkListPage(
        bureau: bureau, rounds: rounds,
        open: Dictionary(open.map { ($0.type, $0.open) }, uniquingKeysWith: +),
        places: try tx.all(workListPlaces(of: rounds.map(\.id))), view: view,
        csrf: request.csrf)
    }
    return try await services.deskPage(
      request, title: "核查清单", lead: "把还没有答复的家庭导出为表格，填好后传回来。",
      breadcrumbs: [deliveriesCrumb], status: status, page.html)
  }

  // MARK: Out

  func downloadWorkList(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    var checker = FormChecker(fields)
    let principal = try request.principal
    let type = checker.ownCheckType(principal, among: \.checks)
    let wanted = checker.round()
    let (rounds, places) = try await services.databases.read(as: principal) { tx in
      let rounds = try tx.all(openRounds(overlapping: principal.area))
      return (rounds, try tx.all(workListPlaces(of: rounds.map(\.id))))
    }
    let scope = checker.scope(among: places)
    guard checker.isValid, let type else {
      return try await page(request, FormView(checker), status: .unprocessableContent)
    }
    guard
      let round = rounds.first(where: { wanted == nil ? rounds.count == 1 : $0.id == wanted })
    else {
      checker.fail(
        rounds.isEmpty ? "type" : "round",
        (rounds.isEmpty ? DeliveryRefusal.noRound : .severalRounds).description)
      return try await page(request, FormView(checker), status: .unprocessableContent)
    }
    return try await export(type, round, scope, request)
  }

  /// Whole numbers go out: what is in the file says who took it out, and so does the audit.
  private func export(
    _ type: CheckType, _ round: ReviewRound, _ scope: WorkListScope, _ request: WebRequest
  ) async throws -> WebResponse {
    let origin = try request.auditOrigin
    let confirmed = try request.confirmedPrincipal(orBackTo: Paths.deskWorkLists.link)
    let principal = confirmed.principal
    let day = ShanghaiTime.day(of: request.now)
    let list = WorkListExport(
      type: type, round: round.id, scope: scope, keys: services.keys, today: day)
    let title = "\(type.title)核查清单"
    let narrowed = [scope.township?.rawValue, scope.estate?.description].compactMap(\.self)
    let made =
      "\(principal.displayName)（\(principal.account)）于 \(tableTime(request.now)) 导出，含完整个人信息，用于\(round.title)"
    let styles = WorkListSheet.map(type, today: day).styles
    let file = try await services.databases.export(as: confirmed) { tx in
      var count = 0
      let file = try ExportFile.make(
        .xlsx, sheet: title, styles: styles,
        properties: DocumentProperties(
          title: title, author: principal.displayName, comments: made)
      ) { table in
        try table.title("\(title)（\(made)）")
        try table.title(type.workListHint)
        count = try list.write(to: table, tx)
      }
      try tx.audit(
        AuditEvent(
          action: .exportWorkList, entity: "review_rounds", entityID: round.id.description,
          after: [
            "list": title, "type": type.rawValue, "format": "XLSX", "rows": String(count),
            "value": "含完整个人信息", "reason": round.title,
            "filter": narrowed.isEmpty ? "全部" : narrowed.joined(separator: " "),
          ]), by: origin)
      return file
    }
    return file.response(.xlsx, name: "\(title)-\(day.iso)")
  }

  // MARK: In

  func returnWorkList(_ request: WebRequest, _ upload: Upload) async throws -> WebResponse {
    var checker = FormChecker(upload.fields)
    let type = checker.ownCheckType(try request.principal, among: \.checks)
    let asOf = checker.asOf(today: ShanghaiTime.day(of: request.now), required: true)
    let round = checker.round()
    let file = checker.deliveredFile(upload)
    guard checker.isValid, let type, let asOf, let file else {
      return try await page(
        request, FormView(checker, idPrefix: WorkListPage.returnPrefix),
        status: .unprocessableContent)
    }
    let terms = DeliveryTerms(type: type, way: .workList, asOf: asOf, round: round)
    guard
      let taken = try await DeliveryIntake(databases: services.databases, jobs: jobs).takeIn(
        file, terms, request, &checker)
    else {
      return try await page(
        request, FormView(checker, idPrefix: WorkListPage.returnPrefix),
        status: .unprocessableContent)
    }
    return DeliveryHandlers.answer(taken)
  }
}

/// How many checks of a kind wait in rounds.
private func openCounts(of rounds: [ReviewRoundID]) -> Query<(type: CheckType, open: Int)> {
  Query(
    """
    SELECT check_type, sum(households - clear - hit - not_found) AS open FROM review_progress
    WHERE round_id = ANY(\(list: rounds)) GROUP BY check_type
    """
  ) { row in (try row("check_type"), try row("open")) }
}

extension CheckType {
  /// What stands above the list, for whoever fills it in.
  fileprivate var workListHint: String {
    let what = fields.map { field in
      field.isRequired ? "\(field.title)（必填）" : field.title
    }.joined(separator: "、")
    let unit = isAboutPersons ? "一人一行，同一家庭的成员要一起填完" : "一户一行"
    return "\(unit)；“核查结果”填无异常、有情况或查无此人，有情况的再填\(what)；"
      + "几项内容各占一行，复制整行即可；还没有查的整户留空"
  }
}
