/// The figures of disclosure (动态公布) for one estate, or for the county in all. All are counts.
public struct FigureCounts: Hashable, Codable, Sendable {
  /// 房源套数.
  public var homes: Int
  /// 在保家庭 with a running lease when the review began.
  public var households: Int
  /// Households whose review is complete (资格复核).
  public var reviewed: Int
  /// Households visited (入户走访).
  public var visited: Int
  /// Problems found: verified cases, by nature and in all (应清退).
  public var found: Int
  public var byNature: [ExitNature: Int]
  /// Of those, cleared (已清退) and remaining (剩余).
  public var cleared: Int
  public var remaining: Int

  public init(
    homes: Int = 0, households: Int = 0, reviewed: Int = 0, visited: Int = 0, found: Int = 0,
    byNature: [ExitNature: Int] = [:], cleared: Int = 0, remaining: Int = 0
  ) {
    self.homes = homes
    self.households = households
    self.reviewed = reviewed
    self.visited = visited
    self.found = found
    self.byNature = byNature
    self.cleared = cleared
    self.remaining = remaining
  }

  /// The sum of two, figure by figure.
  public static func + (left: FigureCounts, right: FigureCounts) -> FigureCounts {
    FigureCounts(
      homes: left.homes + right.homes, households: left.households + right.households,
      reviewed: left.reviewed + right.reviewed, visited: left.visited + right.visited,
      found: left.found + right.found,
      byNature: left.byNature.merging(right.byNature, uniquingKeysWith: +),
      cleared: left.cleared + right.cleared, remaining: left.remaining + right.remaining)
  }

  /// The figures one by one, with the words of the screens.
  var named: [(name: String, value: Int)] {
    [
      ("房源套数", homes), ("在保家庭", households), ("已复核", reviewed), ("已走访", visited),
      ("发现问题", found), ("已清退", cleared), ("剩余", remaining),
    ] + ExitNature.allCases.map { ($0.title, byNature[$0, default: 0]) }
  }

  /// Where the figures contradict each other, each as a sentence about `place`; empty when they agree.
  public func crossFootProblems(of place: String) -> [String] {
    var problems = named.filter { $0.value < 0 }.map { "\(place)：\($0.name)是负数（\($0.value)）" }
    let natures = byNature.values.reduce(0, +)
    if found != natures {
      problems.append("\(place)：发现问题\(found)，各退出性质合计\(natures)，两者应当相等")
    }
    if found != cleared + remaining {
      problems.append(
        "\(place)：发现问题\(found)，已清退\(cleared)加剩余\(remaining)等于\(cleared + remaining)，两者应当相等")
    }
    let limits = [
      ("在保家庭", households, "房源套数", homes), ("已复核", reviewed, "在保家庭", households),
      ("已走访", visited, "在保家庭", households),
    ]
    for (part, count, whole, limit) in limits where count > limit {
      problems.append("\(place)：\(part)\(count)多于\(whole)\(limit)")
    }
    return problems
  }
}

/// The figures of one estate.
public struct EstateFigures: Hashable, Codable, Sendable {
  public var estate: EstateID
  public var name: String
  public var counts: FigureCounts

  public init(estate: EstateID, name: String, counts: FigureCounts) {
    self.estate = estate
    self.name = name
    self.counts = counts
  }
}

/// The figures of a county at a cut-off: per estate, in all, and of complaints.
public struct CountyFigures: Hashable, Codable, Sendable {
  public var estates: [EstateFigures]
  public var total: FigureCounts
  /// Complaints received, without those that only inspectors see.
  public var complaintsReceived: Int
  /// Of those, answered within the time limits so far (``ComplaintClock``).
  public var complaintsInTime: Int

  /// `total` is counted apart from the estates, so that ``crossFootProblems()`` means something; left
  /// out, it is their sum.
  public init(
    estates: [EstateFigures], total: FigureCounts? = nil, complaintsReceived: Int,
    complaintsInTime: Int
  ) {
    self.estates = estates
    self.total = total ?? estates.reduce(FigureCounts()) { $0 + $1.counts }
    self.complaintsReceived = complaintsReceived
    self.complaintsInTime = complaintsInTime
  }

  /// Where the figures disagree, in words; empty when a snapshot may be made of them.
  public func crossFootProblems() -> [String] {
    var problems = estates.flatMap { $0.counts.crossFootProblems(of: $0.name) }
    problems += total.crossFootProblems(of: "全县合计")
    let sum = estates.reduce(FigureCounts()) { $0 + $1.counts }
    for (counted, added) in zip(total.named, sum.named) where counted.value != added.value {
      problems.append("\(counted.name)：全县合计\(counted.value)，各项目相加\(added.value)，两者应当相等")
    }
    if complaintsInTime < 0 || complaintsReceived < 0 {
      problems.append("投诉举报：件数是负数")
    } else if complaintsInTime > complaintsReceived {
      problems.append("投诉举报：按时答复\(complaintsInTime)多于收到\(complaintsReceived)")
    }
    return problems
  }
}
