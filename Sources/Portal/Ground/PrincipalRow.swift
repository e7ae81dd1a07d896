public import Domain
public import Postgres

extension Principal {
  /// From the columns id, account, display_name, role and area.
  public init(_ row: Row) throws {
    self.init(
      accountID: try row("id"), account: try row("account"),
      displayName: try row("display_name"), role: try row("role"), area: try row("area"))
  }
}
