public import Postgres

/// A kind of job: what is done, apart from the page that asks for it. To add one, write a type that
/// conforms, give it to the ``JobRunner``, and enter jobs of it by ``Postgres/Transaction/enter(_:as:in:)``.
public protocol JobKind: Sendable {
  /// As `jobs.kind` stores it: small letters and underscores.
  static var name: String { get }
  /// The words that people read.
  static var title: String { get }
  /// A server does one job of a lane at a time; a ``NewJob`` may say another one.
  static var lane: String { get }
  static var afterDeath: JobDeath { get }
  /// After which of what passes by itself it may be done once more.
  static var triesAgain: Set<PassingFailure> { get }
  /// The connection that it works on, as PostgreSQL shows it.
  static var connectionName: String { get }
  /// The longest that one of its statements may take; zero for no limit.
  static var statementTimeout: Duration { get }

  /// Does it, as ``JobContext/actor``. It ends by ``JobContext/finish(_:)``, or by returning.
  func perform(_ job: JobContext) async throws
  /// What went wrong, for whoever asked for it; nil for a fault of the program, which is logged.
  func words(for failure: JobFailure) -> String?
  /// What is said instead.
  func faultWords(_ job: JobOrder) -> String
  /// Says of the row that the job is about what became of it: in the transaction that ends the job, in
  /// the area of the job and in nobody's name.
  func failed(_ job: JobOrder, _ failure: JobFailure, _ words: String, _ tx: Transaction) throws
  /// Whatever became of it, this program has nothing more to do with it.
  func release(_ job: JobOrder)
}

extension JobKind {
  public static var afterDeath: JobDeath { .takenUp }
  public static var triesAgain: Set<PassingFailure> { Set(PassingFailure.allCases) }
  public static var connectionName: String { "portal-jobs" }
  public static var statementTimeout: Duration { .zero }

  public func words(for failure: JobFailure) -> String? { nil }
  public func faultWords(_ job: JobOrder) -> String {
    "程序出错，没有留下任何数据，请联系管理员（任务编号 \(job.id)）"
  }
  public func failed(
    _ job: JobOrder, _ failure: JobFailure, _ words: String, _ tx: Transaction
  ) throws {}
  public func release(_ job: JobOrder) {}
}

/// What becomes of a job whose program is gone in the middle of it.
public enum JobDeath: Sendable {
  /// Another program does it, from the beginning or from where it says that it was.
  case takenUp
  /// It has failed: whoever asked for it decides. One that had not begun is done by another program.
  case givenUp
  /// It has failed, begun or not: only that program had what it takes.
  case bound
}

/// Why a job came to nothing.
public enum JobFailure: Sendable {
  case error(any Error)
  /// The program that did it is gone, or was asked to end.
  case brokenOff
  /// The account in whose name it was to be done is not there any more.
  case accountGone
}

/// What goes wrong without anybody's fault and may go well the next time.
public enum PassingFailure: CaseIterable, Hashable, Sendable {
  /// A deadlock or a serialization failure: another transaction came first.
  case conflict
  /// The connection was lost, or there was none.
  case connection
  /// A statement or a lock took too long.
  case timeout

  /// - Parameter error: of work that nobody has asked to stop.
  init?(_ error: any Error) {
    guard let error = error as? PostgresError else { return nil }
    if error.isUnavailable {
      self = .connection
    } else if error.isTimeout {
      if error.wasAskedFor { return nil }
      self = .timeout
    } else if let state = error.sqlState, let known = Self.states[state] {
      self = known
    } else if error.isOfTheMoment {
      self = .conflict
    } else {
      return nil
    }
  }

  private static let states: [String: PassingFailure] = [
    // Serialization failure, deadlock, a statement that somebody deallocated.
    "40001": .conflict, "40P01": .conflict, "26000": .conflict,
    // A lock, and a transaction that waited too long for its program.
    "55P03": .timeout, "25P03": .timeout,
    // The server starts, stops, was told to end the connection, or has no memory or no place for it just now.
    "57P01": .connection, "57P02": .connection, "57P03": .connection, "57P05": .connection,
    "08000": .connection, "08003": .connection, "08006": .connection, "53200": .connection,
    "53300": .connection,
  ]

  var title: String {
    switch self {
    case .conflict: "与别人的改动同时发生"
    case .connection: "数据库连接中断"
    case .timeout: "数据库等待超时"
    }
  }
}

extension PostgresError {
  /// The definition of something was changed by another while a statement ran that uses it: PostgreSQL has no
  /// SQLSTATE of its own for that.
  fileprivate var isOfTheMoment: Bool {
    guard let server else { return false }
    switch server.sqlState {
    case "0A000": return server.message == "cached plan must not change result type"
    case "XX000":
      return ["tuple concurrently updated", "tuple concurrently deleted"].contains(server.message)
    default: return false
    }
  }

  /// Somebody has cancelled the statement by hand: the same SQLSTATE as for one that took too long.
  fileprivate var wasAskedFor: Bool {
    server?.message == "canceling statement due to user request"
  }
}
