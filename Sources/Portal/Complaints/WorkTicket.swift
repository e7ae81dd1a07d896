import Crypto
import FoundationEssentials
import Ground

/// What a report has to do first while there is a flood: some seconds of computing, which a script of the page does
/// by itself, or, without one, some time since its form was drawn. It keeps machines slow and lets everybody through.
struct WorkDemand: Sendable, Equatable {
  /// Zero bits at the beginning of a SHA-256 that has to be found: on average two to that power tries.
  let bits: Int
  /// Seconds since the form was drawn that do instead.
  let wait: Int

  /// While more comes in than a county can have to say.
  static let ofEverybody = WorkDemand(bits: 17, wait: 60)
  /// While more comes from one address than a village has to say.
  static let ofAddress = WorkDemand(bits: 19, wait: 180)
}

/// Proves when a form was drawn, and is what its work is done upon: `seconds since 1970.code`, of one form only.
struct WorkTicket: Sendable {
  static let field = "work"
  static let answerField = "work_answer"
  /// As long as a form is good for.
  private static let lifetime = 12 * 3600

  private let issued: Int
  private let code: String

  /// A new one, for a form that is being drawn.
  init(for submission: Submission, keys: KeyRing, now: Date) {
    let issued = Int(now.timeIntervalSince1970)
    self.init(issued: issued, code: Self.code(issued, submission, keys))
  }

  private init(issued: Int, code: String) {
    self.issued = issued
    self.code = code
  }

  /// The one that a form brought; a new one when it is missing, garbled, another form's or too old.
  init(typed text: String?, for submission: Submission, keys: KeyRing, now: Date) {
    let parts = (text ?? "").split(separator: ".", omittingEmptySubsequences: false)
    let age = parts.first.flatMap { Int($0) }.map { Int(now.timeIntervalSince1970) - $0 }
    guard parts.count == 2, let issued = Int(parts[0]), let age, (0...Self.lifetime).contains(age),
      Self.code(issued, submission, keys) == parts[1]
    else {
      self.init(for: submission, keys: keys, now: now)
      return
    }
    self.init(issued: issued, code: String(parts[1]))
  }

  var text: String { "\(issued).\(code)" }

  /// Whether what is demanded was done.
  ///
  /// - Parameter answer: what the script found: a number that makes the hash of `code.number` begin with zeros.
  func meets(_ demand: WorkDemand, answer: String?, now: Date) -> Bool {
    secondsLeft(of: demand, now: now) == 0 || isSolved(by: answer ?? "", bits: demand.bits)
  }

  /// How long it still takes without computing.
  func secondsLeft(of demand: WorkDemand, now: Date) -> Int {
    max(0, issued + demand.wait - Int(now.timeIntervalSince1970))
  }

  private func isSolved(by answer: String, bits: Int) -> Bool {
    guard (1...20).contains(answer.utf8.count), answer.utf8.allSatisfy({ (48...57).contains($0) })
    else {
      return false
    }
    let hash = SHA256.hash(data: Array("\(code).\(answer)".utf8))
    var zeros = 0
    for byte in hash {
      zeros += byte.leadingZeroBitCount
      if byte != 0 { break }
    }
    return zeros >= bits
  }

  /// Short enough that what is hashed fits one block of SHA-256.
  private static func code(_ issued: Int, _ submission: Submission, _ keys: KeyRing) -> String {
    let secret = HMAC<SHA256>.authenticationCode(
      for: Array("complaint work".utf8), using: SymmetricKey(data: keys.webSecret))
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("\(issued)|\(submission.text)".utf8), using: SymmetricKey(data: secret))
    return Base64URL.text(Array(Array(code).prefix(16)))
  }
}
