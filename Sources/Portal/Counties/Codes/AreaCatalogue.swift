package import Domain
import Foundation
import Synchronization

/// The codes of administrative divisions that come along as data: what an area is called, from when to when, and
/// what took its place. Sources, licences and dates stand in `sql/data/README.md`.
package struct AreaCatalogue: Sendable {
  private let folder: String
  private let entries: @Sendable () -> [AreaCode: [Entry]]

  /// One name of one code.
  package struct Entry: Hashable, Sendable {
    package let code: AreaCode
    package let name: String
    package let from: Int
    /// The year in which it ended; nil while it holds.
    package let until: Int?
    /// What took its place.
    package let now: [AreaCode]
  }

  /// - Parameter folder: of the files; read when they are first asked for, and a list without anything where they
  ///   cannot be read: whoever sets a county up then types the names.
  package init(folder: String) {
    self.folder = folder
    let cache = CatalogueCache(path: folder + "/areas.tsv")
    entries = { cache.entries }
  }

  /// What a code is called today, or was called last; nil for a code that never was one.
  package func entry(_ code: AreaCode) -> Entry? {
    guard let all = entries()[code] else { return nil }
    return all.first { $0.until == nil } ?? all.max { ($0.until ?? 0) < ($1.until ?? 0) }
  }

  /// The name of an area at or above a county; of the levels that the list does not name (市辖区 of a municipality)
  /// too.
  package func name(of code: AreaCode) -> String? {
    if let entry = entry(code) { return entry.name }
    guard code.level == .city else { return nil }
    switch code.rawValue.suffix(2) {
    case "01": return "市辖区"
    case "02": return "县"
    case "90": return "直辖县级行政区"
    default: return nil
    }
  }

  /// 福建省三明市清流县: with those that it lies in.
  package func fullName(of code: AreaCode) -> String {
    var parts: [String] = []
    var area: AreaCode? = code
    while let each = area {
      if let name = name(of: each) { parts.insert(name, at: 0) }
      area = each.parent
    }
    return parts.joined()
  }

  /// The counties of today with this code, or whose name, with those above it or not, holds these words.
  package func counties(matching words: String, limit: Int = 40) -> [Entry] {
    if let code = AreaCode(words), code.level == .county { return entry(code).map { [$0] } ?? [] }
    guard words.count >= 2 else { return [] }
    let found = entries().values.joined().filter { entry in
      entry.until == nil && entry.code.level == .county
        && (entry.name.contains(words) || fullName(of: entry.code).contains(words))
    }
    let exact = found.filter { $0.name == words }
    return (exact.isEmpty ? found : exact).sorted { $0.code < $1.code }.prefix(limit).map { $0 }
  }

  /// The townships of a county, where the source has them.
  package func townships(of county: AreaCode) -> [(code: AreaCode, name: String)] {
    guard let text = try? String(contentsOfFile: folder + "/townships.tsv", encoding: .utf8) else {
      return []
    }
    return text.split(separator: "\n").filter { $0.hasPrefix(county.rawValue) }.compactMap { line in
      let cells = line.split(separator: "\t").map(String.init)
      guard cells.count == 2, let code = AreaCode(cells[0]) else { return nil }
      return (code, cells[1])
    }
  }
}

/// Reads the file once, when somebody first asks.
private final class CatalogueCache: Sendable {
  private let path: String
  private let read = Mutex<[AreaCode: [AreaCatalogue.Entry]]?>(nil)

  init(path: String) { self.path = path }

  var entries: [AreaCode: [AreaCatalogue.Entry]] {
    read.withLock { read in
      if let read { return read }
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let all = Dictionary(
        grouping: text.split(separator: "\n").dropFirst().compactMap(AreaCatalogue.Entry.init),
        by: \.code)
      read = all
      return all
    }
  }
}

extension AreaCatalogue.Entry {
  fileprivate init?(_ line: Substring) {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard cells.count == 5, let code = AreaCode(cells[0]), let from = Int(cells[2]) else {
      return nil
    }
    self.code = code
    name = cells[1]
    self.from = from
    until = Int(cells[3])
    now = cells[4].split(separator: ";").compactMap { AreaCode(String($0)) }
  }
}
