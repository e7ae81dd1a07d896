/// Which parts belong to a part (ECMA-376 part 2, 9.3).
struct Relationships {
  private var entries: [RelationshipList.Entry] = []
  private let folder: String

  /// Those of the package itself when the part is `""`; none when the file for them is missing.
  init(_ archive: ZipArchive, of part: String) throws {
    let pieces = part.split(separator: "/")
    folder = pieces.dropLast().joined(separator: "/")
    let file = (pieces.dropLast() + ["_rels", "\(pieces.last ?? "").rels"]).joined(separator: "/")
    guard let index = archive.index(of: file) else { return }
    entries = try archive.open(index).read(RelationshipList()).entries
  }

  /// The part's name in the archive. Types are addresses whose last word is the same in both
  /// editions of the standard.
  func target(ofType type: String) -> String? {
    entries.first { $0.type == type }.map { resolved($0.target) }
  }

  func target(ofID id: String, type: String) -> String? {
    entries.first { $0.id == id && $0.type == type }.map { resolved($0.target) }
  }

  private func resolved(_ target: String) -> String {
    let path = target.hasPrefix("/") ? target : "\(folder)/\(target)"
    var pieces: [Substring] = []
    for piece in path.split(separator: "/") where piece != "." {
      if piece == ".." { _ = pieces.popLast() } else { pieces.append(piece) }
    }
    return pieces.joined(separator: "/")
  }
}

private struct RelationshipList: XMLHandler {
  struct Entry {
    let id: String
    let type: Substring
    let target: String
  }

  private(set) var entries: [Entry] = []

  /// Links in cells are relationships of their sheets, not of the workbook.
  private static let mostEntries = 10_000

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    guard entries.count < Self.mostEntries else { throw WorkbookError.forbiddenXML }
    guard name == "Relationship", let id = attributes.string("Id"),
      let type = attributes.string("Type"), let target = attributes.string("Target")
    else { return }
    let word = type.split(separator: "/").last ?? ""
    entries.append(Entry(id: id, type: word, target: target))
  }
}

/// The sheets that the workbook's own part names, in their order.
struct SheetList: XMLHandler {
  private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  private(set) var dateSystem = DateSystem.from1900
  private let limits: ReadLimits

  init(limits: ReadLimits) { self.limits = limits }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    if name == "workbookPr" {
      let flag = attributes.string("date1904")
      if flag == "1" || flag == "true" { dateSystem = .from1904 }
    } else if name == "sheet", let relation = attributes.string("id") {
      let state = attributes.string("state") ?? "visible"
      sheets.append((attributes.string("name") ?? "", relation, state != "visible"))
      guard sheets.count <= limits.parts else {
        throw WorkbookError.tooManyParts(limit: limits.parts)
      }
    }
  }
}
