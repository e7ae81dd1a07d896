/// The annex 公租房承租人应退未退整改情况表 of 清建〔2021〕35号: a row is an estate and an exit nature; the totals are
/// counted apart from the rows, so that ``problems`` means something.
public struct AnnexTable: Hashable, Sendable {
  public var rows: [AnnexRow]
  public var byNature: [ExitNature: AnnexCounts]
  public var total: AnnexCounts

  public init(rows: [AnnexRow], byNature: [ExitNature: AnnexCounts], total: AnnexCounts) {
    self.rows = rows
    self.byNature = byNature
    self.total = total
  }

  /// Where the numbers disagree, each as a sentence that says where; empty where the table may be printed and handed in.
  ///
  /// In every row and total 已清退 and 剩余 make up 应清退, and the rows make up the totals.
  public var problems: [String] {
    rows.flatMap { $0.counts.problems(of: "\($0.estateName)的\($0.nature.markedTitle)") }
      + byNature.sorted { $0.key.rawValue < $1.key.rawValue }
      .flatMap { $1.problems(of: "\($0.markedTitle)小计") }
      + total.problems(of: "合计") + twice + sums
  }

  private var twice: [String] {
    Dictionary(grouping: rows) { [$0.estate.description, $0.nature.rawValue] }.values
      .filter { $0.count > 1 }
      .map { "\($0[0].estateName)的\($0[0].nature.markedTitle)有 \($0.count) 行，应当只有一行" }.sorted()
  }

  private var sums: [String] {
    let natures = ExitNature.allCases.flatMap { nature in
      Self.differences(
        "\(nature.markedTitle)小计", byNature[nature] ?? AnnexCounts(),
        Self.sum(rows.filter { $0.nature == nature }.map(\.counts)))
    }
    return natures + Self.differences("合计", total, Self.sum(rows.map(\.counts)))
  }

  private static func sum(_ counts: [AnnexCounts]) -> AnnexCounts {
    counts.reduce(AnnexCounts(), +)
  }

  private static func differences(
    _ place: String, _ counted: AnnexCounts, _ added: AnnexCounts
  ) -> [String] {
    zip(counted.named, added.named).filter { $0.value != $1.value }.map {
      "\(place)：\($0.name) \($0.value)，各行相加 \($1.value)，两者应当相等"
    }
  }
}

/// A row of the annex: an estate and an exit nature.
public struct AnnexRow: Hashable, Sendable {
  public var estate: EstateID
  public var estateName: String
  public var county: String
  public var nature: ExitNature
  public var counts: AnnexCounts
  /// 整改措施和进度 of those that remain, some of them.
  public var measures: [String]
  /// 计划完成时间 of those that remain, from the first to the last.
  public var planned: ClosedRange<Day>?
  /// How many of those that remain have no planned day.
  public var unplanned: Int

  public init(
    estate: EstateID, estateName: String, county: String, nature: ExitNature, counts: AnnexCounts,
    measures: [String] = [], planned: ClosedRange<Day>? = nil, unplanned: Int = 0
  ) {
    self.estate = estate
    self.estateName = estateName
    self.county = county
    self.nature = nature
    self.counts = counts
    self.measures = measures
    self.planned = planned
    self.unplanned = unplanned
  }

  /// The most characters of ``measuresText``: a cell of a sheet of paper.
  public static let mostMeasures = 200

  /// The measures in one text, each once; what does not fit is left out, and said.
  public var measuresText: String {
    var text = ""
    var left = false
    for measure in measures.reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
      let plain = measure.split(whereSeparator: \.isNewline).joined(separator: " ")
      let joined = text.isEmpty ? plain : text + "；" + plain
      if joined.count <= Self.mostMeasures {
        text = joined
      } else {
        if text.isEmpty { text = String(plain.prefix(Self.mostMeasures - 1)) + "…" }
        left = true
      }
    }
    return left ? text + "等" : text
  }

  /// The planned days in words; empty where nothing remains.
  public var plannedText: String {
    guard counts.remaining > 0 else { return "" }
    guard let planned else { return "未定" }
    let days =
      planned.lowerBound == planned.upperBound
      ? planned.lowerBound.iso : "\(planned.lowerBound.iso) 至 \(planned.upperBound.iso)"
    return unplanned > 0 ? days + "，另 \(unplanned) 户未定" : days
  }
}

/// The three numbers of a row: 应清退, 已清退, 剩余.
public struct AnnexCounts: Hashable, Sendable {
  public var found: Int
  public var cleared: Int
  public var remaining: Int

  public init(found: Int = 0, cleared: Int = 0, remaining: Int = 0) {
    self.found = found
    self.cleared = cleared
    self.remaining = remaining
  }

  public static func + (left: AnnexCounts, right: AnnexCounts) -> AnnexCounts {
    AnnexCounts(
      found: left.found + right.found, cleared: left.cleared + right.cleared,
      remaining: left.remaining + right.remaining)
  }

  var named: [(name: String, value: Int)] {
    [("应清退", found), ("已清退", cleared), ("剩余", remaining)]
  }

  func problems(of place: String) -> [String] {
    var problems = named.filter { $0.value < 0 }.map { "\(place)：\($0.name)是负数（\($0.value)）" }
    if found != cleared + remaining {
      problems.append(
        "\(place)：应清退 \(found)，已清退 \(cleared) 加剩余 \(remaining) 等于 \(cleared + remaining)，两者应当相等")
    }
    return problems
  }
}

/// Which of the three numbers a case counts in.
public enum AnnexPart: String, CaseIterable, Codable, Hashable, Sendable {
  case found
  case cleared
  case remaining

  public var title: String {
    switch self {
    case .found: "应清退"
    case .cleared: "已清退"
    case .remaining: "剩余未清退"
    }
  }

  /// The states of the cases that count in it.
  public var states: [CaseState] {
    switch self {
    case .found: CaseState.found
    case .cleared: CaseState.cleared
    case .remaining: CaseState.found.filter { !$0.isCleared }
    }
  }
}

extension ExitNature {
  /// The natures of the annex, in its order.
  public static let annexed = allCases.filter { $0.annexMark != nil }
}
