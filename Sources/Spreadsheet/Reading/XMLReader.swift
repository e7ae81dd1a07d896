import CExpat
import Glibc

/// Takes what expat finds in XML, one after the other.
///
/// Namespaces are left aside: the prefix of a name, which programs choose as they like, is not part
/// of it.
protocol XMLHandler {
  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws
  mutating func end(_ name: XMLName) throws
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

extension XMLHandler {
  mutating func end(_ name: XMLName) throws {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {}
}

extension ZipPart {
  /// Gives the whole part to a handler, and the handler back.
  ///
  /// - Throws: what the handler throws; ``WorkbookError`` when the part is not XML or declares a
  ///   document type, with which every trick with entities begins.
  func read<Handler: XMLHandler>(_ handler: consuming Handler) throws -> Handler {
    let reader = XMLReader(handler)
    try forEachPiece { try reader.feed($0) }
    try reader.feed(UnsafeRawBufferPointer(start: nil, count: 0))
    return reader.handler
  }
}

/// Gives XML, as it comes, to a handler.
final class XMLReader<Handler: XMLHandler>: XMLEvents {
  // Not a property of its own: those of classes are checked for overlapping access, a tenth of the
  // time that a sheet takes.
  private let state: UnsafeMutablePointer<Handler>

  init(_ handler: consuming Handler) {
    state = .allocate(capacity: 1)
    state.initialize(to: handler)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var handler: Handler { state.pointee }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    try state.pointee.start(name, attributes)
  }

  override func end(_ name: XMLName) throws { try state.pointee.end(name) }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try state.pointee.text(bytes)
  }
}

/// An expat parser, and what its functions call back: they cannot be generic.
class XMLEvents {
  private var parser: XML_Parser?
  private let memory = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  /// What ended the reading.
  private var failure: (any Error)?

  fileprivate init() { memory.initialize(to: 0) }

  deinit {
    if let parser { ParserMemory.counted(memory) { XML_ParserFree(parser) } }
    memory.deallocate()
  }

  fileprivate func start(_ name: XMLName, _ attributes: XMLAttributes) throws {}
  fileprivate func end(_ name: XMLName) throws {}
  fileprivate func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {}

  /// Takes the next bytes of the XML; none at its end.
  final func feed(_ bytes: UnsafeRawBufferPointer) throws {
    let parser = try self.parser ?? makeParser()
    let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let status = ParserMemory.counted(memory) {
      XML_Parse(parser, text, Int32(bytes.count), bytes.isEmpty ? 1 : 0)
    }
    if let failure { throw failure }
    guard status == XML_STATUS_OK else {
      let isTooMuch = XML_GetErrorCode(parser) == XML_ERROR_NO_MEMORY
      throw isTooMuch ? WorkbookError.forbiddenXML : .damaged
    }
  }

  private func makeParser() throws(WorkbookError) -> XML_Parser {
    guard let made = ParserMemory.counted(memory, { ParserMemory.makeParser() }) else {
      throw .unreadable
    }
    XML_SetUserData(made, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(made, elementStarted, elementEnded)
    XML_SetCharacterDataHandler(made, textFound)
    XML_SetStartDoctypeDeclHandler(made, doctypeFound)
    parser = made
    return made
  }

  fileprivate final func stop(_ error: any Error) {
    failure = failure ?? error
    if let parser { XML_StopParser(parser, 0) }
  }
}

@inline(__always)
private func told(_ user: UnsafeMutableRawPointer?, _ event: (XMLEvents) throws -> Void) {
  Unmanaged<XMLEvents>.fromOpaque(user!)._withUnsafeGuaranteedRef { events in
    do { try event(events) } catch { events.stop(error) }
  }
}

private let elementStarted: XML_StartElementHandler = { user, name, attributes in
  told(user) { try $0.start(XMLName(name!), XMLAttributes(attributes!)) }
}

private let elementEnded: XML_EndElementHandler = { user, name in
  told(user) { try $0.end(XMLName(name!)) }
}

private let textFound: XML_CharacterDataHandler = { user, text, count in
  let bytes = UnsafeRawPointer(text!).assumingMemoryBound(to: UInt8.self)
  told(user) { try $0.text(UnsafeBufferPointer(start: bytes, count: Int(count))) }
}

private let doctypeFound: XML_StartDoctypeDeclHandler = { user, _, _, _, _ in
  told(user) { _ in throw WorkbookError.forbiddenXML }
}
