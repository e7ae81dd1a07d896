package import Domain
package import HTML
package import Pages

extension BureauProgress {
  /// Whether the bureau is done, in time, or late, in words.
  package func standing(on today: Day) -> (String, TagKind) {
    if counts.owed == 0 { return ("没有要核查的", .neutral) }
    if counts.open == 0 { return ("已答复完", .ok) }
    if endedOn != nil { return ("结束时未答完", .alert) }
    guard let dueOn else { return ("未定期限", .neutral) }
    let left = today.days(until: dueOn)
    if left < 0 { return ("逾期 \(-left) 天", .alert) }
    if left == 0 { return ("今天到期", .warn) }
    return ("还有 \(left) 天", left <= 7 ? .warn : .neutral)
  }
}

extension RoundProgress {
  /// Where the round stands as a whole.
  func standing(on today: Day) -> (String, TagKind) {
    guard round.isOpen else {
      return (round.openChecksAtClose ?? 0) > 0 ? ("已结束，未答完", .warn) : ("已结束", .neutral)
    }
    if total.open == 0 { return ("已答复完，可结束", .ok) }
    let late = lateBureaus(on: today).count
    return late > 0 ? ("\(late) 个单位逾期", .alert) : ("进行中", .info)
  }
}

/// Where checks of a bureau are listed: to answer them, for whoever answers for the bureau.
///
/// - Parameter type: nil for the bureau's first check with something in that state there.
package func checksLink(
  _ round: ReviewRoundID, _ bureau: Bureau, _ type: CheckType? = nil, township: AreaCode? = nil,
  estate: EstateID? = nil, state: CheckListState = .open, for principal: Principal
) -> Link {
  var filter = CheckFilter()
  filter.type = type
  filter.township = township
  filter.estate = estate
  filter.state = state
  if principal.may(.answerChecks), principal.role.bureau == bureau {
    return filter.link(.own(round: round))
  }
  filter.bureau = bureau
  return filter.link(.round(round))
}

/// How much of what is owed is there, in a table.
func shareText(_ counts: AnswerCounts) -> String {
  counts.owed == 0 ? "—" : "\(counts.answered * 100 / counts.owed)%"
}
