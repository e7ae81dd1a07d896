import Foundation

/// How many files, connections among them, the program may have open.
enum OpenFiles {
  /// Kept for what is no visitor's connection: the database, files of uploads, the log.
  static let reserved = 256

  /// Raises what is allowed to what may be allowed, and says how much that is. Systems begin with 1,024, which is
  /// less than a portal is visited by.
  static func allowed() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    if limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = min(limit.rlim_max, 65_536)
      if raised.rlim_cur > limit.rlim_cur,
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0
      {
        limit = raised
      }
    }
    return Int(clamping: limit.rlim_cur)
  }
}
