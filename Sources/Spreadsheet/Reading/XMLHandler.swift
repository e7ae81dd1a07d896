import CExpat
import Glibc

/// Takes what expat finds in one part of XML.
///
/// Names are given without their namespace prefix, which programs choose as they like.
class XMLHandler {
  private var parser: XML_Parser?
  /// What ended the reading.
  private var failure: (any Error)?
  private var depth = 0

  /// Deeper than any workbook; what nests without end would fill the memory.
  private static let deepest = 100

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {}
  func end(_ name: XMLName) throws {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {}

  /// Reads a part to its end.
  ///
  /// - Throws: what the methods above throw; ``WorkbookError`` when it is not XML or declares a
  ///   document type, with which every trick with entities begins.
  final func read(_ part: ZipPart) throws {
    guard let parser = XML_ParserCreate(nil) else { throw WorkbookError.unreadable }
    self.parser = parser
    defer {
      XML_ParserFree(parser)
      self.parser = nil
    }
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(parser, elementStarted, elementEnded)
    XML_SetCharacterDataHandler(parser, textFound)
    XML_SetStartDoctypeDeclHandler(parser, doctypeFound)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try part.read(into: buffer)
      try feed(parser, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if count == 0 { return }
    }
  }

  private func feed(_ parser: XML_Parser, _ bytes: UnsafeRawBufferPointer) throws {
    let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let status = XML_Parse(parser, text, Int32(bytes.count), bytes.isEmpty ? 1 : 0)
    if let failure { throw failure }
    guard status == XML_STATUS_OK else { throw WorkbookError.damaged }
  }

  fileprivate final func started(_ name: XMLName, _ attributes: XMLAttributes) {
    depth += 1
    if failure != nil { return }
    guard depth <= Self.deepest else { return stop(WorkbookError.forbiddenXML) }
    do { try start(name, attributes) } catch { stop(error) }
  }

  fileprivate final func ended(_ name: XMLName) {
    depth -= 1
    if failure != nil { return }
    do { try end(name) } catch { stop(error) }
  }

  fileprivate final func found(_ bytes: UnsafeBufferPointer<UInt8>) {
    if failure != nil { return }
    do { try text(bytes) } catch { stop(error) }
  }

  fileprivate final func stop(_ error: any Error) {
    failure = failure ?? error
    if let parser { XML_StopParser(parser, 0) }
  }
}

/// The name of an element, without its prefix; valid only during the call that gives it.
struct XMLName {
  let bytes: UnsafePointer<CChar>

  fileprivate init(_ name: UnsafePointer<CChar>) { bytes = localName(name) }

  static func == (name: XMLName, text: StaticString) -> Bool { isEqual(name.bytes, text) }
}

/// The attributes of an element; valid only during the call that gives them.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The value of the attribute with this name, whatever its prefix.
  subscript(name: StaticString) -> UnsafePointer<CChar>? {
    var pair = pairs
    while let key = pair[0] {
      if isEqual(localName(key), name) { return pair[1] }
      pair += 2
    }
    return nil
  }

  func string(_ name: StaticString) -> String? { self[name].map { String(cString: $0) } }
}

private func isEqual(_ text: UnsafePointer<CChar>, _ other: StaticString) -> Bool {
  strcmp(text, UnsafeRawPointer(other.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
}

private func localName(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
  var local = name
  var next = name
  while next.pointee != 0 {
    if next.pointee == 0x3A { local = next + 1 }
    next += 1
  }
  return local
}

private func handler(_ user: UnsafeMutableRawPointer?) -> XMLHandler {
  Unmanaged<XMLHandler>.fromOpaque(user!).takeUnretainedValue()
}

private let elementStarted: XML_StartElementHandler = { user, name, attributes in
  handler(user).started(XMLName(name!), XMLAttributes(pairs: attributes!))
}

private let elementEnded: XML_EndElementHandler = { user, name in
  handler(user).ended(XMLName(name!))
}

private let textFound: XML_CharacterDataHandler = { user, text, count in
  let bytes = UnsafeRawPointer(text!).assumingMemoryBound(to: UInt8.self)
  handler(user).found(UnsafeBufferPointer(start: bytes, count: Int(count)))
}

private let doctypeFound: XML_StartDoctypeDeclHandler = { user, _, _, _, _ in
  handler(user).stop(WorkbookError.forbiddenXML)
}
