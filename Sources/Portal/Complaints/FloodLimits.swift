import Domain
import FoundationEssentials
import Web

/// How much may come in. A whole village may stand behind one address (a carrier's NAT, the
/// township's only line), so one address may do at once what a village does on a busy evening.
package struct FloodSettings: Sendable {
  /// Complaints an hour from one address, and at once.
  var complaintsPerHour: Int
  var complaintsAtOnce: Int
  /// Complaints an hour from everywhere.
  var allComplaintsPerHour: Int
  /// Megabytes of photos an hour from one address, and at once.
  var photoMegabytesPerHour = 3_000
  var photoMegabytesAtOnce = 900
  /// Messages and photo deliveries an hour on one complaint.
  var additionsPerHour = 60
  /// Unknown codes an hour from one address.
  var wrongCodesPerHour = 120

  /// - Parameter complaintsPerHour: `PORTAL_COMPLAINT_RATE`; the others that hang on it follow.
  package init(complaintsPerHour: Int = 60) {
    self.complaintsPerHour = max(1, complaintsPerHour)
    complaintsAtOnce = max(30, complaintsPerHour / 2)
    allComplaintsPerHour = max(6_000, complaintsPerHour * 20)
  }
}

/// The buckets of the running portal. Nothing of an address is kept, logged or shown.
package struct FloodLimits: Sendable {
  private let complaints: RateLimiter
  private let allComplaints: RateLimiter
  private let photoMegabytes: RateLimiter
  private let additions: RateLimiter
  private let wrongCodes: RateLimiter

  package init(_ settings: FloodSettings = FloodSettings()) {
    func limiter(atOnce: Int, perHour: Int) -> RateLimiter {
      RateLimiter(burst: atOnce, perMinute: Double(perHour) / 60)
    }
    complaints = limiter(
      atOnce: settings.complaintsAtOnce, perHour: settings.complaintsPerHour)
    allComplaints = limiter(
      atOnce: settings.allComplaintsPerHour / 4, perHour: settings.allComplaintsPerHour)
    photoMegabytes = limiter(
      atOnce: settings.photoMegabytesAtOnce, perHour: settings.photoMegabytesPerHour)
    additions = limiter(atOnce: 20, perHour: settings.additionsPerHour)
    wrongCodes = limiter(atOnce: 40, perHour: settings.wrongCodesPerHour)
  }

  /// Counts one complaint that could be stored, with its photos.
  ///
  /// - Returns: what is to be done for it first; nil when nothing is. A complaint is never refused for what others,
  ///   or others behind the same address, have sent.
  func demand(photoSizes: [Int], from address: ClientAddress, now: Date) -> WorkDemand? {
    if wait({ try complaints.check(address, now: now) }) != nil { return .ofAddress }
    if !photoSizes.isEmpty, waitForPhotos(sizes: photoSizes, from: address, now: now) != nil {
      return .ofAddress
    }
    return wait { try allComplaints.check(Self.everybody, now: now) }.map { _ in .ofEverybody }
  }

  /// What the next complaint will have to do first, as far as can be told. Counts nothing.
  func foreseenDemand(from address: ClientAddress, now: Date) -> WorkDemand? {
    if complaints.isEmpty(for: address, now: now) { return .ofAddress }
    return allComplaints.isEmpty(for: Self.everybody, now: now) ? .ofEverybody : nil
  }

  private static let everybody = "all"

  /// Counts photos by the megabyte, each as three at least: a small file may be a large picture.
  func waitForPhotos(sizes: [Int], from address: ClientAddress, now: Date) -> Int? {
    let megabytes = sizes.reduce(0) { $0 + max(3, ($1 + (1 << 20) - 1) >> 20) }
    return wait { try photoMegabytes.check(address, amount: megabytes, now: now) }
  }

  /// Counts a message or a delivery of photos to one complaint.
  func waitForAddition(to complaint: ComplaintID, now: Date) -> Int? {
    wait { try additions.check(complaint.description, now: now) }
  }

  /// Counts a code that nobody has. Codes that exist always open: a guesser behind the same
  /// address locks nobody out, and 63 random bits are not guessed, however often one tries.
  func waitAfterWrongCode(from address: ClientAddress, now: Date) -> Int? {
    wait { try wrongCodes.check(address, now: now) }
  }

  private func wait(_ count: () throws -> Void) -> Int? {
    do {
      try count()
      return nil
    } catch WebError.tooManyRequests(let seconds) {
      return seconds
    } catch {
      return 60
    }
  }
}
