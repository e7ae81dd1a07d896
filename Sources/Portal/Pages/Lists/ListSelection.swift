public import Domain
public import Ground
public import HTML
public import Web

extension SeenVersion {
  /// `123:4`, as forms carry a thing that was chosen.
  public var text: String { "\(id):\(version)" }

  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = ID(String(parts[0])), let version = Int32(parts[1])
    else { return nil }
    self.init(id, version: Int(version))
  }
}

/// Things of a list that somebody chose to do something with together.
public struct ListSelection<ID: RecordID>: Sendable {
  /// The most that are chosen one by one,
  public static var mostChosen: Int { 200 }
  /// and the most of a filter.
  public static var mostOfFilter: Int { 20_000 }

  public let things: [SeenVersion<ID>]
  /// Whether they are all of a filter: what has changed meanwhile is then left, and said. Of those that were
  /// chosen one by one all are as they were seen, or nothing is done.
  public let isWholeFilter: Bool

  public init(_ things: [SeenVersion<ID>], isWholeFilter: Bool) {
    self.things = things
    self.isWholeFilter = isWholeFilter
  }

  public var ids: [ID] { things.map(\.id) }

  /// For a form.
  public var packed: String { PackedVersions.text(things) }

  /// - Returns: nil for what no form has.
  public init?(packed text: String) {
    guard let things: [SeenVersion<ID>] = PackedVersions.read(text, most: Self.mostOfFilter)
    else { return nil }
    self.init(things, isWholeFilter: true)
  }

  /// What a form carries.
  ///
  /// - Parameter list: what the list is called, to which somebody goes back whose form is broken.
  public init(_ fields: FormFields, of list: String) throws {
    let broken = WebError.badRequest("页面内容不完整，请回到\(list)重新选择。")
    if let text = fields["packed"] {
      guard let whole = Self(packed: text) else { throw broken }
      self = whole
      return
    }
    let texts = fields.all("chosen")
    let chosen = texts.compactMap { SeenVersion<ID>($0) }
    guard !chosen.isEmpty, chosen.count == texts.count, chosen.count <= Self.mostChosen else {
      throw broken
    }
    self.init(chosen, isWholeFilter: false)
  }

  /// The hidden fields of a form that carries them.
  public var hidden: HTML {
    if isWholeFilter { return "<input type=\"hidden\" name=\"packed\" value=\"\(packed)\">\n" }
    return things.map { thing -> HTML in
      "<input type=\"hidden\" name=\"chosen\" value=\"\(thing.text)\">\n"
    }.joined()
  }
}
