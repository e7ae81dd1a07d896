public import Ground
public import HTML
import HTTPTypes
public import Web

/// That somebody looked at what is known of a person or a household: an event of the log like another. It is
/// said where the page's route is declared, and written when the page was made and before it is sent: no look
/// without its row.
///
/// A page declares it with the argument `records:` of its route, as in `Register/RegisterRoutes.swift`.
public struct Look: Sendable {
  let action: AuditAction
  let entity: String
  let databases: Databases
  /// What the page is about where its path does not say it.
  let about: @Sendable (WebRequest) -> [String: String]?

  /// - Parameter about: what the event says beside its id, such as several ids of the query.
  public init(
    _ action: AuditAction, at entity: String, in databases: Databases,
    about: @escaping @Sendable (WebRequest) -> [String: String]? = { _ in nil }
  ) {
    self.action = action
    self.entity = entity
    self.databases = databases
    self.about = about
  }

  /// The page, once it stands in the log that it was looked at. What was not shown was not looked at.
  public func recorded(
    _ page: WebResponse, of id: String?, _ request: WebRequest
  ) async throws -> WebResponse {
    guard page.status == .ok else { return page }
    let (principal, origin) = (try request.principal, try request.auditOrigin)
    let event = AuditEvent(action: action, entity: entity, entityID: id, after: about(request))
    try await databases.transaction(as: principal) { tx in try tx.audit(event, by: origin) }
    return page
  }
}

extension RouteTable {
  /// A page about one thing, whose every showing is recorded.
  public mutating func get<ID: LosslessStringConvertible & SendableMetatype>(
    _ path: PagePathOf<ID>, _ access: Access,
    _ handler: @escaping @Sendable (WebRequest, ID) async throws -> WebResponse,
    records look: Look
  ) {
    get(path, access) { request, id in
      try await look.recorded(try await handler(request, id), of: String(describing: id), request)
    }
  }

  /// A page about what its query names, whose every showing is recorded.
  public mutating func get(
    _ path: PagePath, _ access: Access,
    _ handler: @escaping @Sendable (WebRequest) async throws -> WebResponse, records look: Look
  ) {
    get(path, access) { request in
      try await look.recorded(try await handler(request), of: nil, request)
    }
  }
}
