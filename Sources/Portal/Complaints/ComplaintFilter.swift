import Domain
import Foundation
import HTML
import Pages
import Postgres
import Web

/// What the list of complaints is narrowed to; it lives in the address.
struct ComplaintFilter: Sendable {
  var state: ComplaintState?
  var kind: ComplaintKind?
  var estate: EstateID?
  /// Only those that wait for the person who looks.
  var isMine = false
  /// Only those past their due day.
  var isOverdue = false

  init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    state = try Self.value(query, "state") { ComplaintState(rawValue: $0) }
    kind = try Self.value(query, "kind") { ComplaintKind(rawValue: $0) }
    estate = try Self.value(query, "estate") { EstateID($0) }
    isMine = query.isChecked("mine")
    isOverdue = query.isChecked("overdue")
  }

  private static func value<T>(
    _ query: FormFields, _ name: String, _ parse: (String) -> T?
  ) throws -> T? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard let value = parse(text) else {
      throw WebError.badRequest("网址里的筛选条件不对，请回到清单重新选择。")
    }
    return value
  }

  /// The list narrowed to this.
  var link: Link {
    Paths.deskComplaints.link
      .query("state", state?.rawValue).query("kind", kind?.rawValue)
      .query("estate", estate?.description).query("mine", isMine ? "1" : nil)
      .query("overdue", isOverdue ? "1" : nil)
  }

  /// The condition on `complaints c`.
  func condition(for account: AccountID, today: Day, limits: ComplaintTimeLimits) -> SQL {
    var all: [SQL] = [withoutState(for: account, today: today, limits: limits)]
    if let state { all.append("c.state = \(state)") }
    return all.joined(separator: " AND ")
  }

  /// The same without the state, for counting by state.
  func withoutState(for account: AccountID, today: Day, limits: ComplaintTimeLimits) -> SQL {
    var all: [SQL] = ["true"]
    if let kind { all.append("c.kind = \(kind)") }
    if let estate { all.append("c.estate_id = \(estate)") }
    if isMine {
      all.append("c.assigned_to = \(account) AND c.state IN ('received', 'accepted')")
    }
    if isOverdue {
      let decision = ShanghaiTime.date(on: today - limits.acceptance)
      let finish = ShanghaiTime.date(on: today - limits.finish)
      all.append(
        """
        ((c.state = 'received' AND c.received_at < \(decision))
          OR (c.state = 'accepted' AND c.received_at < \(finish)))
        """)
    }
    return all.joined(separator: " AND ")
  }
}

/// Where a page of a list starts: after or before the complaint at the end of another page.
struct ComplaintPosition: Sendable {
  /// Up to the year 2198; the database does not know all that a number can say.
  private static let hours: ClosedRange<Int32> = 1...2_000_000

  let isBackward: Bool
  let receivedAt: Date
  let id: ComplaintID

  init(isBackward: Bool, receivedAt: Date, id: ComplaintID) {
    self.isBackward = isBackward
    self.receivedAt = receivedAt
    self.id = id
  }

  /// Reads `after` or `before`, such as `449382.123` (the hour since 1970, and the id); nil for
  /// the first page and for anything that is not a position.
  init?(_ query: FormFields) {
    isBackward = query["before"] != nil
    let parts = (query["before"] ?? query["after"] ?? "").split(
      separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = Int32(parts[0]), Self.hours.contains(hour),
      let id = ComplaintID(String(parts[1]))
    else { return nil }
    receivedAt = Date(timeIntervalSince1970: Double(hour) * 3_600)
    self.id = id
  }

  func link(_ list: Link) -> Link {
    let hour = Int(receivedAt.timeIntervalSince1970 / 3_600)
    return list.query(isBackward ? "before" : "after", "\(hour).\(id)")
  }

  var condition: SQL {
    isBackward
      ? "(c.received_at, c.id) > (\(receivedAt), \(id))"
      : "(c.received_at, c.id) < (\(receivedAt), \(id))"
  }
}
