package import Domain
package import HTML
package import Postgres

/// What other rooms say on the page of a home: the register knows nothing of visits, the roof brings it.
package struct HomePart: Sendable {
  /// Buttons at the right of the title, and panels below the home.
  let read: @Sendable (Transaction, HomeID, Principal) throws -> (actions: HTML, panels: HTML)

  package init(
    _ read:
      @escaping @Sendable (Transaction, HomeID, Principal) throws -> (
        actions: HTML, panels: HTML
      )
  ) {
    self.read = read
  }
}
