import Testing

@testable import Domain

@Suite struct ReceiptTests {
  static let signature = String(repeating: "Ab3+", count: 21) + "/w=="

  static func receipt() throws -> ReceiptText {
    let day = try #require(Day(iso: "2021-08-25"))
    return try #require(
      ReceiptText(
        number: "TS-7K3M9QXW", receivedOn: day, receivedHour: 9,
        digestHex: String(repeating: "0123456789abcdef", count: 4), keyID: "2021a"))
  }

  @Test func aReceiptReadsBackAsItWasWritten() throws {
    let receipt = try Self.receipt()
    let text = receipt.rendered(signature: Self.signature)
    #expect(
      text.hasPrefix("portal-receipt:v1\nnumber: TS-7K3M9QXW\nreceived: 2021-08-25T09+08:00\n"))
    let parsed = try SignedReceipt(parsing: text)
    #expect(parsed.receipt == receipt)
    #expect(parsed.signature == Self.signature)
    #expect(parsed.receipt.bytesToSign == receipt.bytesToSign)
    #expect(text.utf8.starts(with: receipt.bytesToSign))
  }

  @Test func windowsLineEndsAndAMissingLastOneAreAllowed() throws {
    let text = try Self.receipt().rendered(signature: Self.signature)
    let expected = try SignedReceipt(parsing: text)
    #expect(try SignedReceipt(parsing: text.replacing("\n", with: "\r\n")) == expected)
    #expect(try SignedReceipt(parsing: String(text.dropLast())) == expected)
  }

  @Test func everyChangedByteIsRefusedOrChangesWhatIsSigned() throws {
    let text = try Self.receipt().rendered(signature: Self.signature)
    let original = try SignedReceipt(parsing: text)
    let bytes = Array(text.utf8)
    for place in bytes.indices.dropLast() {
      for replacement in "0aZ \n\r-:=+é".utf8 where replacement != bytes[place] {
        var changed = bytes
        changed[place] = replacement
        guard let parsed = try? SignedReceipt(parsing: String(decoding: changed, as: UTF8.self))
        else { continue }
        #expect(
          parsed.receipt.bytesToSign != original.receipt.bytesToSign
            || parsed.signature != original.signature, "byte \(place)")
      }
    }
  }

  @Test func linesMissingDoubledOrSwappedAreRefused() throws {
    let lines = try Self.receipt().rendered(signature: Self.signature)
      .split(separator: "\n").map(String.init)
    for place in lines.indices {
      var without = lines
      without.remove(at: place)
      var doubled = lines
      doubled.insert(lines[place], at: place)
      for wrong in [without, doubled] {
        #expect(throws: ReceiptTextError.self) {
          try SignedReceipt(parsing: wrong.joined(separator: "\n"))
        }
      }
      guard place > 0 else { continue }
      var swapped = lines
      swapped.swapAt(place, place - 1)
      #expect(throws: ReceiptTextError.self) {
        try SignedReceipt(parsing: swapped.joined(separator: "\n"))
      }
    }
  }

  @Test(arguments: [
    ("portal-receipt:v1", "portal-receipt:v2", ReceiptTextError.version),
    ("number: TS", "number:  TS", .line(2)), ("number: TS", "number: \u{212A}S", .line(2)),
    ("T09+08:00", "T9+08:00", .line(3)), ("T09+08:00", "T24+08:00", .line(3)),
    ("T09+08:00", "T09:30+08:00", .line(3)), ("08-25T", "02-30T", .line(3)),
    ("digest: 0", "digest: G", .line(4)), ("abcdef\nkey", "ABCDEF\nkey", .line(4)),
    ("key: 2021a", "key: ", .line(5)), ("key: 2021a", "key: 2021 a", .line(5)),
    ("/w==", "/x==", .line(6)), ("/w==", "/w=", .line(6)), ("/w==\n", "/w==\n\n", .trailing),
    ("/w==\n", "/w==\nnote: x\n", .trailing),
  ])
  func eachFaultNamesItsLine(old: String, new: String, error: ReceiptTextError) throws {
    let text = try Self.receipt().rendered(signature: Self.signature).replacing(old, with: new)
    #expect(throws: error) { try SignedReceipt(parsing: text) }
  }

  @Test func anythingElseIsNoReceipt() {
    for text in ["", "\n", "hello", "portal-receipt:v1", "portal-receipt:v1\n\n\n\n\n\n"] {
      #expect(throws: ReceiptTextError.self) { try SignedReceipt(parsing: text) }
    }
  }

  @Test func partsOutOfFormMakeNoReceipt() throws {
    let day = try #require(Day(iso: "2021-08-25"))
    let digest = String(repeating: "a", count: 64)
    func make(_ number: String, _ hour: Int, _ digest: String, _ key: String) -> ReceiptText? {
      ReceiptText(
        number: number, receivedOn: day, receivedHour: hour, digestHex: digest, keyID: key)
    }
    #expect(make("TS-1", 0, digest, "k") != nil)
    #expect(make("", 0, digest, "k") == nil)
    #expect(make("TS\n1", 0, digest, "k") == nil)
    #expect(make("TS-1", 24, digest, "k") == nil)
    #expect(make("TS-1", 0, digest.uppercased(), "k") == nil)
    #expect(make("TS-1", 0, digest, "k\nx") == nil)
  }

  @Test func noTwoContentsShareTheirBytes() {
    let photo = [UInt8](repeating: 7, count: 32)
    let contents = [
      ReceiptDigest(kind: .sublet, estate: nil, address: "ab", description: "c", photoSHA256: []),
      ReceiptDigest(kind: .sublet, estate: nil, address: "a", description: "bc", photoSHA256: []),
      ReceiptDigest(kind: .lent, estate: nil, address: "a", description: "bc", photoSHA256: []),
      ReceiptDigest(
        kind: .sublet, estate: EstateID(rawValue: 1), address: "a", description: "bc",
        photoSHA256: []),
      ReceiptDigest(
        kind: .sublet, estate: EstateID(rawValue: 11), address: "a", description: "bc",
        photoSHA256: []),
      ReceiptDigest(
        kind: .sublet, estate: nil, address: "a", description: "bc", photoSHA256: [photo]),
      ReceiptDigest(
        kind: .sublet, estate: nil, address: "a", description: "bc", photoSHA256: [photo, photo]),
    ]
    #expect(Set(contents.map(\.bytes)).count == contents.count)
  }

  @Test func theBytesOfTheDigestNeverChange() {
    let content = ReceiptDigest(
      kind: .lent, estate: EstateID(rawValue: 12), address: "", description: "例",
      photoSHA256: [[1, 2]])
    func length(_ count: UInt8) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, count] }
    var expected: [UInt8] = length(19) + Array("portal-complaint:v1".utf8)
    expected += length(4) + Array("lent".utf8) + length(1) + length(2) + Array("12".utf8)
    expected += length(0) + length(3) + Array("例".utf8) + length(1) + length(2) + [1, 2]
    #expect(content.bytes == expected)
  }
}
