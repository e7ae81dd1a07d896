import Domain
import HTML
import Pages
import Web

/// Which checks a list shows.
package enum CheckListState: String, CaseIterable, Sendable {
  case open, answered, hit

  var title: String {
    switch self {
    case .open: "待答复"
    case .answered: "已答复"
    case .hit: "有情况"
    }
  }
}

/// What the lists of checks are narrowed to; it lives in the address.
package struct CheckFilter: Hashable, Sendable {
  /// Where a list is: one's own work, or a round to look at.
  enum Place: Hashable, Sendable {
    /// The checks of one's own bureau; nil for the round that is worked on.
    case own(round: ReviewRoundID?)
    case round(ReviewRoundID)
  }

  /// Whose checks, where a round is looked at.
  var bureau: Bureau?
  var type: CheckType?
  var township: AreaCode?
  var estate: EstateID?
  var state = CheckListState.open
  var number: String?

  package init() {}

  /// Throws with a message when the address holds a value that no choice of the page has.
  init(_ query: FormFields) throws {
    bureau = try query.filterChoice("bureau")
    type = try query.filterChoice("check")
    township = try query.filterChoice("township")
    estate = try query.filterChoice("estate")
    state = try query.filterChoice("state") ?? .open
    number = query.searchWords("number", max: 60)
  }

  /// The list narrowed to this.
  func link(_ place: Place) -> Link {
    switch place {
    case .own(let round): narrowed(Paths.deskChecks.link.query("round", round?.description))
    case .round(let round): narrowed(Paths.deskReviewChecks.link(round))
    }
  }

  private func narrowed(_ list: Link) -> Link {
    list.query("bureau", bureau?.rawValue).query("check", type?.rawValue)
      .query("township", township?.rawValue).query("estate", estate?.description)
      .query("state", state == .open ? nil : state.rawValue).query(secret: "number", number)
  }
}

/// A place in the order of a round's frame: township, estate, household.
package struct FramePosition: Hashable, Sendable {
  let area: AreaCode
  /// 0 where the household had no home.
  let estate: Int64
  let household: Int64

  init(area: AreaCode, estate: Int64, household: Int64) {
    self.area = area
    self.estate = estate
    self.household = household
  }

  /// Reads `350423100.12.345`.
  package init?(_ text: String?) {
    let parts = (text ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let area = AreaCode(String(parts[0])), let estate = Int64(parts[1]),
      let household = Int64(parts[2])
    else { return nil }
    self.init(area: area, estate: estate, household: household)
  }

  package var text: String { "\(area).\(estate).\(household)" }
}
