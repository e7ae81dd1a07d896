import Domain
import Foundation

/// An area that somebody typed.
struct TypedPlace: Hashable, Sendable {
  let code: AreaCode
  let name: String
}

/// Areas as people paste them, one a line: code, blank, name. What is wrong is said line by line.
struct PlaceLines: Sendable {
  private(set) var places: [TypedPlace] = []
  private var lineOf: [AreaCode: Int] = [:]
  private var problems: [String] = []

  /// - Parameters:
  ///   - own: in which they must lie.
  ///   - levels: which levels they may have.
  init(_ text: String, in own: AreaCode, levels: Set<AreaLevel>) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if !trimmed.isEmpty { take(trimmed, number: index + 1, own, levels) }
    }
  }

  private mutating func take(
    _ line: String, number: Int, _ own: AreaCode, _ levels: Set<AreaLevel>
  ) {
    let narrow = line.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? line
    var digits = narrow.prefix { ("0"..."9").contains($0) }
    let name = line.dropFirst(digits.count).trimmingCharacters(
      in: CharacterSet.whitespaces.union(CharacterSet(charactersIn: "=＝,，、:：;；-")))
    // The twelve digits of the statistics bureau.
    if digits.count == 12, digits.hasSuffix("000") { digits = digits.dropLast(3) }
    guard let code = AreaCode(String(digits)), levels.contains(code.level) else {
      let wanted = levels.contains(.county) ? "6 位或 9 位" : "9 位"
      return fail(number, "“\(digits.isEmpty ? clipped(line) : String(digits))”不是\(wanted)的区划代码")
    }
    guard own.contains(code), code != own else {
      return fail(number, "\(code) 不在 \(own) 之内，代码应以 \(own) 开头")
    }
    guard AreaName.isValid(name) else {
      return fail(number, name.isEmpty ? "\(code) 后面缺名称" : "名称最多 \(AreaName.longest) 个字")
    }
    if let first = lineOf[code] { return fail(number, "\(code) 在第 \(first) 行已写过") }
    lineOf[code] = number
    places.append(TypedPlace(code: code, name: name))
  }

  /// Those that are there already are wrong too.
  mutating func refuse(known: [AreaLine]) {
    let names = Dictionary(known.map { ($0.code, $0.name) }) { first, _ in first }
    for place in places {
      if let name = names[place.code] {
        fail(lineOf[place.code] ?? 0, "\(place.code) 已经有了，叫“\(name)”；名称不对的请点“更名”")
      } else if let county = place.code.county, place.code.level == .township,
        names[county] == nil, lineOf[county] == nil
      {
        fail(lineOf[place.code] ?? 0, "\(place.code) 的县 \(county) 还没有，请先增加县")
      }
    }
  }

  /// All that is wrong, in one sentence; nil when nothing is.
  var problem: String? {
    guard !problems.isEmpty else { return nil }
    let shown = problems.prefix(8).joined(separator: "；")
    return shown + (problems.count > 8 ? "；还有 \(problems.count - 8) 行有错" : "") + "。请改正"
  }

  private mutating func fail(_ line: Int, _ message: String) {
    problems.append("第 \(line) 行：\(message)")
  }

  private func clipped(_ text: String) -> String {
    text.count > 20 ? text.prefix(20) + "…" : text
  }
}
