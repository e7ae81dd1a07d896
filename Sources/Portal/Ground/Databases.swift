public import Domain
public import Postgres
public import Web

/// The three logins through which the running portal reaches PostgreSQL, and who uses which.
///
/// The transaction context made here is what row-level security reads: no handler sets its own
/// scope, so none can forget it.
public struct Databases: Sendable {
  public let staff: Database
  public let publicSide: Database
  public let inspector: Database
  /// Staff's, for what takes long: pages do not wait for it.
  let exports: Database
  /// Half of the workers of the public side.
  private let largeWrites = Turnstile(places: 2)

  /// - Parameter exports: further connections of the staff's login; nil to use the same ones.
  public init(
    staff: Database, publicSide: Database, inspector: Database, exports: Database? = nil
  ) {
    self.staff = staff
    self.publicSide = publicSide
    self.inspector = inspector
    self.exports = exports ?? staff
  }

  public var all: [Database] { [staff, publicSide, inspector, exports] }

  /// Reads as a signed-in person, in one read-only transaction.
  public func read<T: Sendable>(
    as actor: Principal, planning: Planning? = nil,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await login(of: actor).read(Self.context(of: actor, planning), body)
  }

  /// The rows of one query, read as a signed-in person in one round trip.
  public func all<T: Sendable>(
    _ query: Query<T>, as actor: Principal, planning: Planning? = nil
  ) async throws -> [T] {
    try await login(of: actor).all(query, Self.context(of: actor, planning))
  }

  /// What the planner is told where it cannot know better: under row-level security it takes the rows of
  /// an area for one in two hundred of the table, whatever the area.
  public enum Planning: Sendable {
    /// A page of a list follows the index of its order: to sort what seems to be a few rows would be to
    /// sort the register.
    case inOrder
    /// A search stays in one process: to start several takes longer than to find a page of rows.
    case search

    fileprivate var setting: (name: String, value: String) {
      switch self {
      case .inOrder: ("enable_seqscan", "off")
      case .search: ("max_parallel_workers_per_gather", "0")
      }
    }
  }

  /// Writes as a signed-in person. What is written is audited in the same closure.
  ///
  /// - Parameter isLong: whether it may take so long that pages should not wait for its connection.
  public func transaction<T: Sendable>(
    as actor: Principal, isolation: Isolation = .readCommitted, isLong: Bool = false,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let login = isLong && actor.role != .inspector ? exports : login(of: actor)
    return try await login.transaction(Self.context(of: actor), isolation: isolation, body)
  }

  /// Reads a whole list as a signed-in person, all of it at one moment, and records that it was taken
  /// out.
  public func export<T: Sendable>(
    as confirmed: ConfirmedPrincipal, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let actor = confirmed.principal
    let login = actor.role == .inspector ? inspector : exports
    return try await login.transaction(
      Self.context(of: actor), isolation: .repeatableRead, body)
  }

  /// Reads as a citizen who has presented the code with this hash, or none.
  public func readAsCitizen<T: Sendable>(
    followUp: [UInt8]? = nil, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await publicSide.read(
      TransactionContext(["portal.follow_up": hexadecimal(followUp ?? [])]), body)
  }

  /// - Parameter isLarge: whether megabytes are written. Of those a few go on at a time, so that the others wait for
  ///   their turn and not for a worker, and workers are left to who reads.
  public func transactionAsCitizen<T: Sendable>(
    followUp: [UInt8], isLarge: Bool = false,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let context = TransactionContext(["portal.follow_up": hexadecimal(followUp)])
    guard isLarge else { return try await publicSide.transaction(context, body) }
    return try await largeWrites.pass { [publicSide] in
      try await publicSide.transaction(context, body)
    }
  }

  /// Sign-in: `account` is the name somebody is proving to own, `session` the hash of the token that they get.
  public func transactionSigningIn<T: Sendable>(
    account: String, session: [UInt8]? = nil,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await staff.transaction(
      TransactionContext([
        "portal.signing_in": account,
        "portal.proof": session.map { Self.text(of: .session($0)) } ?? "",
      ]), body)
  }

  /// Opens the session of whoever has the right answer: as the account that they name, if there is one.
  ///
  /// - Parameter session: the hash of the token that they get.
  public func transactionOnIdentity<T: Sendable>(
    of actor: Principal?, signingIn session: [UInt8],
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    guard let actor else {
      return try await transactionSigningIn(account: "", session: session, body)
    }
    return try await transactionOnIdentity(of: actor, body)
  }

  /// Identity (password, session) of every role, inspectors included, lives on the staff login.
  public func transactionOnIdentity<T: Sendable>(
    of actor: Principal, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await staff.transaction(Self.context(of: actor), body)
  }

  /// Asks for a session, before anybody is known; at every request behind sign-in.
  public func firstOfSessions<T: Sendable>(_ query: Query<T>) async throws -> T? {
    try await staff.first(query)
  }

  /// Reads of the machine interface's token that has this hash, and of the account it acts for.
  public func firstOnToken<T: Sendable>(hash: [UInt8], _ query: Query<T>) async throws -> T? {
    try await staff.first(query, TransactionContext(["portal.api_token": hexadecimal(hash)]))
  }

  /// Writes that the token with this hash was used.
  public func transactionOnToken<T: Sendable>(
    hash: [UInt8], _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await staff.transaction(TransactionContext(["portal.api_token": hexadecimal(hash)]), body)
  }

  /// Answers questions at the counter: a tenant of any township of the county is protected, wherever in
  /// it the window stands.
  public func transactionAtCounter<T: Sendable>(
    as actor: Principal, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await staff.transaction(Self.context(of: actor, area: actor.area.county), body)
  }

  /// Calls a function of the database that acts by itself, in nobody's name.
  public func transactionOfNobody<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await staff.transaction(.none, body)
  }

  private func login(of actor: Principal) -> Database {
    actor.role == .inspector ? inspector : staff
  }

  private static func context(of actor: Principal, _ planning: Planning?) -> TransactionContext {
    let context = context(of: actor)
    guard let setting = planning?.setting else { return context }
    return context.with(setting.name, setting.value)
  }

  /// The administrators see no business row: their business area is empty.
  private static func context(
    of actor: Principal, area: AreaCode? = nil
  ) -> TransactionContext {
    TransactionContext([
      "portal.area": actor.role.isAdministrator ? "" : (area ?? actor.area).rawValue,
      "portal.account": actor.accountID.description,
      "portal.account_area": actor.area.rawValue,
      "portal.role": actor.role.rawValue,
      "portal.proof": actor.proof.map(text) ?? "",
    ])
  }

  /// As the functions of the database read it.
  private static func text(of proof: Principal.Proof) -> String {
    switch proof {
    case .session(let hash): "session:" + hexadecimal(hash)
    case .token(let hash): "token:" + hexadecimal(hash)
    case .job(let id): "job:\(id)"
    }
  }
}
