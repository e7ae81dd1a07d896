import Domain
import Foundation
import Ground
import Logging
import Postgres
import Register
import Spreadsheet

/// One run of the program over one import: a check, a commit or an undo, whichever waits.
struct ImportRun: Sendable {
  let id: ImportID
  let keys: KeyRing
  let logger: Logger
  let now: Date
  /// Tells this run from any other.
  let worker = UUID().uuidString
  let progress = JobProgress()

  /// What the row says is to be done.
  private struct Order: RowDecodable {
    let area: AreaCode
    let kind: RegisterSheet
    let state: ImportState
    let fileName: String
    let fileSize: Int
    let goodRowsOnly: Bool
    let undoReason: String?
    let account: AccountID

    init(_ row: Row) throws {
      area = try row("area")
      guard let kind = RegisterSheet(rawValue: try row("kind")) else {
        throw PostgresError(.misuse("unknown kind of import"))
      }
      self.kind = kind
      state = try row("state")
      fileName = try row("file_name")
      fileSize = try row("file_size")
      goodRowsOnly = try row("good_rows_only", as: Bool?.self) ?? false
      undoReason = try row("undo_reason")
      account = try row("account")
    }
  }

  func perform(connectionString: String) async throws {
    let database = Database(
      DatabaseConfiguration(
        connectionString: connectionString, workers: 2, statementTimeout: .zero,
        idleInTransactionTimeout: .zero, waitLimit: .seconds(30),
        applicationName: "portal-import"),
      logger: logger)
    defer { database.close() }
    let databases = Databases(staff: database, publicSide: database, inspector: database)
    guard let (order, actor) = try await claim(database, databases) else { return }
    let pulse = Task { await beat(databases, as: actor) }
    defer { pulse.cancel() }
    do {
      try await work(order, databases, as: actor)
    } catch {
      try await settle(error, order, databases, as: actor)
    }
  }

  // MARK: Taking it up

  /// Takes the import for this run; nil when nothing waits or another run was faster.
  private func claim(
    _ database: Database, _ databases: Databases
  ) async throws -> (Order, Principal)? {
    let found = try await database.read(TransactionContext(["portal.import_service": "on"])) { tx in
      try tx.first(
        Query<Order>(
          """
          SELECT area, kind, state, file_name, file_size, good_rows_only, undo_reason,
            CASE state WHEN 'confirmed' THEN confirmed_by WHEN 'undo_asked' THEN undone_by
              ELSE uploaded_by END AS account
          FROM imports WHERE id = \(id) AND state IN ('uploaded', 'confirmed', 'undo_asked')
          """))
    }
    guard let order = found, let actor = try await actor(of: order, database) else { return nil }
    let working: ImportState =
      switch order.state {
      case .confirmed: .committing
      case .undoAsked: .undoing
      default: .checking
      }
    let isOurs = try await databases.transaction(as: actor) { tx in
      try tx.execute(
        """
        UPDATE imports SET state = \(working), worker = \(worker), heard_at = now(), message = NULL,
          rows_done = 0, rows_expected = NULLIF(row_count, 0),
          version = version + 1
        WHERE id = \(id) AND state = \(order.state)
        """) == 1
    }
    return isOurs ? (order, actor) : nil
  }

  /// The account for whom it is done, in the area of the import.
  private func actor(of order: Order, _ database: Database) async throws -> Principal? {
    let account = order.account
    let found = try await database.read(
      TransactionContext(["portal.account": account.description])
    ) { tx in
      try tx.first(
        Query(
          """
          SELECT id, account, display_name, role, area FROM accounts WHERE id = \(account)
          """
        ) { row in try Principal(row) })
    }
    return found.map {
      Principal(
        accountID: $0.accountID, account: $0.account, displayName: $0.displayName, role: $0.role,
        area: order.area)
    }
  }

  /// Says twice a second that the run is alive and how far it is, and hears whether it is to stop.
  private func beat(_ databases: Databases, as actor: Principal) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(500))
      if Task.isCancelled { return }
      let (phase, rows, expected) = progress.now
      let isOurs = try? await databases.transaction(as: actor) { tx in
        try tx.execute(
          """
          UPDATE imports SET heard_at = now(), phase = \(phase), rows_done = \(rows),
            rows_expected = COALESCE(\(optional: expected)::bigint, rows_expected)
          WHERE id = \(id) AND worker = \(worker)
          """) == 1
      }
      if isOurs == false, !Task.isCancelled {
        return await progress.stop(databases, as: actor)
      }
    }
  }

  // MARK: The work

  private func work(_ order: Order, _ databases: Databases, as actor: Principal) async throws {
    guard actor.may(.importRegister) else { throw ImportRefusal.notPermitted }
    if order.state == .undoAsked {
      let reason = order.undoReason ?? ""
      return try await databases.transaction(as: actor) { tx in
        try tx.undoImport(id, reason: reason, by: actor, worker: worker, progress, at: now)
      }
    }
    let keys = keys
    let path = try await databases.read(as: actor) { tx in
      try ImportFile.restore(id, keys, tx)
    }
    defer { unlink(path) }
    let engine = ImportEngine(
      task: ImportTask(
        id: id, kind: order.kind, fileName: order.fileName, fileSize: order.fileSize, actor: actor,
        goodRowsOnly: order.goodRowsOnly),
      path: path, keys: keys, progress: progress, now: now)
    try await databases.transaction(as: actor) { tx in
      if order.state == .confirmed {
        _ = try engine.commit(
          tx, worker, by: .staff(actor, address: "", reference: "", at: now), keepsFile: true)
      } else {
        try engine.check(tx, worker)
      }
    }
  }

  /// Says on the import's page what went wrong.
  private func settle(
    _ error: any Error, _ order: Order, _ databases: Databases, as actor: Principal
  ) async throws {
    if error is JobProgress.Cancelled || progress.wasCancelled { return }
    let message = importMessage(error)
    if message == nil {
      logger.error("import failed", metadata: ["import": "\(id)", "reason": "\(error)"])
    }
    let text = message ?? "程序出错，没有写入任何数据，请联系管理员（导入编号 \(id)）"
    let state: ImportState =
      switch order.state {
      case .confirmed: .checked
      case .undoAsked: .done
      default: .failed
      }
    try await databases.transaction(as: actor) { tx in
      try tx.execute(
        """
        UPDATE imports SET state = \(state), worker = NULL, phase = NULL, message = \(text),
          confirmed_by = NULL, confirmed_by_name = NULL, confirmed_at = NULL, undone_by = NULL,
          undone_by_name = NULL, undo_reason = NULL, version = version + 1
        WHERE id = \(id) AND worker = \(worker)
        """)
      if state == .failed { try ImportFile.drop(id, tx) }
    }
  }
}
