/// The days of a yearly notice as somebody pasted or typed them, and all that is wrong with them.
///
/// Reads the notice's own sentences, `2月11日至17日放假调休，共7天。2月7日（星期日）、2月20日（星期六）上班。`, and lines such as
/// `2021-02-11 放假`. What stands in brackets, and sentences that say neither 放假, 补休 nor 上班, are passed over.
public struct HolidayNotice: Sendable {
  /// As few have a year's holidays never been; a text cut short is not taken for a whole notice.
  public static let fewest = 10
  /// Longer holidays in one piece there are not.
  static let longest = 15

  public let year: Int
  public private(set) var daysOff: Set<Day> = []
  public private(set) var workdays: Set<Day> = []
  /// In words that say what to do; a notice with any is not taken.
  public private(set) var problems: [String] = []

  public init(_ text: String, year: Int) {
    self.year = year
    for sentence in Self.sentences(text) {
      for clause in Self.clauses(sentence) { read(clause) }
    }
    check()
  }

  /// Days that stand in a table, each with what it is.
  public init(days: [(day: Day, isOff: Bool)], year: Int) {
    self.year = year
    for (day, isOff) in days { add(day, isOff: isOff) }
    check()
  }

  /// The year with its document; nil where something is wrong.
  public func announced(by document: String) -> HolidayYear? {
    guard problems.isEmpty else { return nil }
    return HolidayYear(year: year, document: document, daysOff: daysOff, workdays: workdays)
  }

  private mutating func add(_ day: Day, isOff: Bool) {
    if isOff { daysOff.insert(day) } else { workdays.insert(day) }
  }

  // MARK: Reading

  private static func sentences(_ text: String) -> [Substring] {
    var plain = ""
    var depth = 0
    for character in halfWidth(text) {
      switch character {
      case "(", "〔", "[": depth += 1
      case ")", "〕", "]": depth = max(0, depth - 1)
      // A bracket that nobody closed ends with its line.
      case "\n", "\r\n", "\r": (depth, plain) = (0, plain + "\n")
      case " ", "\t": break
      default: if depth == 0 { plain.append(character) }
      }
    }
    return plain.split { "。;\n".contains($0) }
  }

  private static let offWords = ["放假", "补休", "调休", "休息"]

  /// A sentence that speaks of both, in pieces that speak of one.
  private static func clauses(_ sentence: Substring) -> [Substring] {
    guard sentence.contains("上班"), offWords.contains(where: sentence.contains) else {
      return [sentence]
    }
    var clauses: [Substring] = []
    var start = sentence.startIndex
    for piece in sentence.split(whereSeparator: { ",，".contains($0) })
    where piece.contains("上班") || offWords.contains(where: piece.contains) {
      clauses.append(sentence[start..<piece.endIndex])
      start = piece.endIndex
    }
    return clauses
  }

  private mutating func read(_ sentence: Substring) {
    let isWorked = sentence.contains("上班")
    guard isWorked || Self.offWords.contains(where: sentence.contains) else { return }
    let iso = #/(\d{4})[-\/.](\d{1,2})[-\/.](\d{1,2})日?/#
    let text = sentence.replacing(iso) { "\($0.1)年\($0.2)月\($0.3)日" }
    let span =
      #/(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日?(?:[至到~\-—–]+(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2}))?日/#
    var (year, month) = (year, 0)
    for found in text.matches(of: span) {
      year = found.1.flatMap { Int($0) } ?? year
      month = found.2.flatMap { Int($0) } ?? month
      guard month > 0, let first = Int(found.3) else { continue }
      guard let last = found.6.flatMap({ Int($0) }) else {
        enter(year, month, first, through: nil, isOff: !isWorked)
        continue
      }
      let endMonth = found.5.flatMap { Int($0) } ?? month
      let endYear = found.4.flatMap { Int($0) } ?? (endMonth < month ? year + 1 : year)
      enter(year, month, first, through: (endYear, endMonth, last), isOff: !isWorked)
      (year, month) = (endYear, endMonth)
    }
  }

  private mutating func enter(
    _ year: Int, _ month: Int, _ day: Int, through end: (year: Int, month: Int, day: Int)?,
    isOff: Bool
  ) {
    guard let first = Day(year: year, month: month, day: day) else {
      return problems.append("没有 \(year)年\(month)月\(day)日 这一天，请核对")
    }
    guard let end else { return add(first, isOff: isOff) }
    guard let last = Day(year: end.year, month: end.month, day: end.day) else {
      return problems.append("没有 \(end.year)年\(end.month)月\(end.day)日 这一天，请核对")
    }
    guard (0..<Self.longest).contains(first.days(until: last)) else {
      return problems.append("\(first.chinese)至\(last.chinese)不像一次假期，请核对")
    }
    for day in first...last { add(day, isOff: isOff) }
  }

  // MARK: Checking

  private mutating func check() {
    let range = HolidayYear.days(of: year)
    let outside = daysOff.union(workdays).filter { !range.contains($0) }.sorted()
    if let first = outside.first {
      problems.append(
        "\(first.chinese)不属于 \(year) 年的安排\(outside.count > 1 ? "（共 \(outside.count) 天）" : "")，请核对年份"
      )
    }
    if let both = daysOff.intersection(workdays).min() {
      problems.append("\(both.chinese)既写了放假，又写了上班，请核对")
    }
    if let odd = workdays.filter({ !$0.weekday.isWeekend }).min() {
      problems.append("\(odd.chinese)是\(odd.weekday.title)，本来就上班，请核对是不是写错了")
    }
    if daysOff.isEmpty {
      problems.append("没有读出放假的日子：请粘贴通知正文，如“10月1日至7日放假调休，共7天。10月9日（星期六）上班。”")
    } else if daysOff.count < Self.fewest {
      problems.append("只读出 \(daysOff.count) 天放假，看来不是全年的安排，请把通知正文粘贴完整")
    }
  }
}

extension HolidayYear {
  /// The days in lines that ``HolidayNotice`` reads again: `2021年2月11日至2021年2月17日放假`.
  public var lines: String {
    (Self.spans(daysOff).map { "\($0)放假" } + workdays.sorted().map { "\($0.chinese)上班" })
      .joined(separator: "\n")
  }

  /// `2月11日至2月17日`, days in a row as one.
  private static func spans(_ days: Set<Day>) -> [String] {
    days.filter { !days.contains($0 - 1) }.sorted().map { first in
      var last = first
      while days.contains(last + 1) { last = last + 1 }
      return first == last ? first.chinese : "\(first.chinese)至\(last.chinese)"
    }
  }
}
