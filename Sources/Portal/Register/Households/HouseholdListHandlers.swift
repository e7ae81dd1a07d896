import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// 保障家庭: the list and its search.
struct HouseholdListHandlers: Sendable {
  let services: Services
  let estates: EstateOverview
  let householdCounts: HouseholdCounts

  func listHouseholds(_ request: WebRequest) async throws -> WebResponse {
    let filter = try HouseholdFilter(request.query)
    let position = HouseholdSelection.order.position(request.query)
    let principal = try request.principal
    let estates = try await estates.choices(for: principal, at: request.now)
    let selection = try await selection(filter, estates, principal)
    if let format = try request.exportFormat {
      let list = ListExport(
        "保障家庭", of: "households", columns: { householdColumns(words: filter.words) },
        query: householdLines(selection, from: nil, limit: nil))
      return try await services.export(list, as: format, request)
    }
    let counted = try await householdCounts.count(
      selection, for: principal, at: request.now)
    let lines = try await services.databases.all(
      householdLines(selection, from: position), as: principal,
      planning: filter.words == nil ? .inOrder : .search)
    let page = HouseholdListPage(
      filter: filter, page: ListLines(lines, isBackward: position?.isBackward),
      counted: counted, estates: estates, csrf: request.csrf)
    return try await services.deskPage(
      request, title: "保障家庭", lead: "每一户保障家庭：住在哪里、有几口人、租约是否在履行。",
      actions: exportLinks(filter.link) + actions(for: principal), page.html)
  }

  private func actions(for principal: Principal) -> HTML {
    let sheets = buttonLink("登记表", Paths.deskRegisterExport.link, isPrimary: false)
    guard principal.may(.editRegister) else { return sheets }
    return sheets + buttonLink("登记家庭", Paths.deskHouseholdNew.link)
  }

  /// Decides by its form what was typed. ID numbers and phones are looked up at once, and the
  /// look-up is recorded; everything else becomes the address of a list.
  func searchHouseholds(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    switch HouseholdSearch(fields) {
    case nil:
      return .redirect(to: Paths.deskHouseholds.link, flash: "请先填写要查找的内容")
    case .idNumber(let number):
      return try await find(
        .idNumber, number.text, shown: "身份证号 \(number.masked)", request)
    case .phone(let phone):
      return try await find(.phone, phone.text, shown: "电话 \(phone.masked)", request)
    case .words(let words):
      return try await search(words, request)
    }
  }

  private func find(
    _ field: HashedField, _ number: String, shown: String, _ request: WebRequest
  ) async throws -> WebResponse {
    let hash = services.keys.hash(number, of: field)
    let origin = try request.auditOrigin
    let lines = try await services.databases.transaction(as: try request.principal) { tx in
      let lines = try tx.all(householdLines(keys: householdsOfPerson(field, hash: hash)))
      try tx.audit(
        AuditEvent(
          action: .searchHousehold, entity: "persons",
          after: ["value": shown, "found": "\(lines.count) 户"]), by: origin)
      return lines
    }
    if lines.count == 1, let only = lines.first {
      return .redirect(to: Paths.deskHousehold.link(only.id))
    }
    let page = HouseholdFoundPage(number: shown, lines: lines, csrf: request.csrf)
    return try await services.deskPage(
      request, title: "查找结果", lead: "按号码查找会记入审计。", breadcrumbs: [householdsCrumb], page.html)
  }

  private func search(_ words: String, _ request: WebRequest) async throws -> WebResponse {
    let principal = try request.principal
    let (found, isContract) = try await services.databases.read(as: principal) { tx in
      (try tx.first(household(numbered: words)), try tx.one(leaseExists(contract: words)))
    }
    if let found { return .redirect(to: Paths.deskHousehold.link(found)) }
    var filter = HouseholdFilter()
    if isContract {
      filter.words = .contract(words)
    } else if let problem = HouseholdSearch.idNumberProblem(words) {
      return try await services.deskPage(
        request, title: "查找结果", lead: "", breadcrumbs: [householdsCrumb],
        status: .unprocessableContent,
        householdSearchBox(csrf: request.csrf, typed: words, error: problem))
    } else {
      let estates = try await estates.choices(for: principal, at: request.now)
      filter.words = HouseholdSearch.words(words, among: estates)
    }
    return .redirect(to: filter.link)
  }

  private func selection(
    _ filter: HouseholdFilter, _ estates: [EstateChoice], _ principal: Principal
  ) async throws -> HouseholdSelection {
    var selection = HouseholdSelection(filter, in: RegisterScope(area: principal.area))
    switch filter.words {
    case .name:
      selection.backlog = try await services.databases.read(as: principal) {
        try $0.all(nameBacklog)
      }
    case .address(let words): selection.places = AddressWords.places(words, among: estates)
    default: break
    }
    return selection
  }
}

let householdsCrumb = ("保障家庭", Paths.deskHouseholds.link)
