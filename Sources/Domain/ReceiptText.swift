/// Why a text is not a receipt.
public enum ReceiptTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first line does not name a version that this program knows.
  case version
  /// The line of this number (from 1) is missing, out of order, or not in its exact form.
  case line(Int)
  /// There is something after the signature.
  case trailing

  public var description: String {
    switch self {
    case .version: "这不是回执：第一行应为 \(ReceiptText.version)"
    case .line(let number): "回执第\(number)行缺失或格式不对，内容可能被改动过"
    case .trailing: "回执末尾有多余的内容"
    }
  }
}

/// The text of a complaint's receipt that the server signs.
///
/// ```
/// portal-receipt:v1
/// number: TS-7K3M9QXW
/// received: 2021-08-25T14+08:00
/// digest: <64 lower-case hexadecimal digits: SHA-256 of ReceiptDigest>
/// key: 2021a
/// signature: <88 characters: base64 of the Ed25519 signature>
/// ```
/// The signature is over the first five lines, each with its line feed. Time is kept to the hour only,
/// so that a receipt cannot be laid beside a camera's record.
public struct ReceiptText: Hashable, Sendable {
  public static let version = "portal-receipt:v1"

  /// The complaint's number: 1...40 of `A–Z 0–9 -`.
  public let number: String
  /// The day in China on which it was received.
  public let receivedOn: Day
  /// The hour in China in which it was received, 0...23.
  public let receivedHour: Int
  /// 64 lower-case hexadecimal digits.
  public let digestHex: String
  /// Which public key verifies it: 1...40 of `A–Z a–z 0–9 . _ -`.
  public let keyID: String

  /// Nil when a part does not have its form.
  public init?(number: String, receivedOn: Day, receivedHour: Int, digestHex: String, keyID: String)
  {
    guard (1...40).contains(number.utf8.count), number.utf8.allSatisfy(isNumberByte),
      (0...23).contains(receivedHour), (1...9999).contains(receivedOn.year),
      digestHex.utf8.count == 64, digestHex.utf8.allSatisfy(isHexadecimal),
      (1...40).contains(keyID.utf8.count), keyID.utf8.allSatisfy(isKeyIDByte)
    else { return nil }
    self.number = number
    self.receivedOn = receivedOn
    self.receivedHour = receivedHour
    self.digestHex = digestHex
    self.keyID = keyID
  }

  /// The signed lines.
  public var unsignedText: String {
    """
    \(ReceiptText.version)
    number: \(number)
    received: \(receivedOn.iso)T\(padded(receivedHour, 2))+08:00
    digest: \(digestHex)
    key: \(keyID)

    """
  }

  /// What the signature is made over: ``unsignedText`` in UTF-8.
  public var bytesToSign: [UInt8] { Array(unsignedText.utf8) }

  /// The whole receipt. `signature` is standard base64 with padding, 88 characters for Ed25519.
  public func rendered(signature: String) -> String {
    unsignedText + "signature: \(signature)\n"
  }
}

/// A receipt with the signature that stands on it; whether that is genuine is for the key to say.
public struct SignedReceipt: Hashable, Sendable {
  public let receipt: ReceiptText
  /// Canonical base64 of 64 bytes.
  public let signature: String

  /// Reads exactly what ``ReceiptText/rendered(signature:)`` writes: any other spelling of the same
  /// content is refused, so that one receipt has one text. Line ends of Windows (CR LF) and a missing
  /// last one are allowed, as saving a file may change them.
  public init(parsing text: String) throws(ReceiptTextError) {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in
        String(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
      }
    if lines.last == "" { lines.removeLast() }
    guard lines.first == ReceiptText.version else { throw .version }
    let number = try SignedReceipt.value(lines, 1, "number: ")
    let received = try SignedReceipt.value(lines, 2, "received: ")
    let digest = try SignedReceipt.value(lines, 3, "digest: ")
    let keyID = try SignedReceipt.value(lines, 4, "key: ")
    signature = try SignedReceipt.value(lines, 5, "signature: ")
    guard lines.count == 6 else { throw .trailing }
    guard isCanonicalBase64(signature) else { throw .line(6) }
    guard let day = Day(iso: String(received.prefix(10))),
      let hour = decimal(received.utf8.dropFirst(11).prefix(2)),
      received == "\(day.iso)T\(padded(hour, 2))+08:00", hour < 24
    else { throw .line(3) }
    guard
      let receipt = ReceiptText(
        number: number, receivedOn: day, receivedHour: hour, digestHex: digest, keyID: keyID)
    else { throw .line(SignedReceipt.firstBadLine(number: number, digest: digest)) }
    self.receipt = receipt
  }

  private static func value(
    _ lines: [String], _ index: Int, _ label: String
  ) throws(ReceiptTextError) -> String {
    guard index < lines.count, lines[index].hasPrefix(label) else { throw .line(index + 1) }
    return String(lines[index].dropFirst(label.count))
  }

  private static func firstBadLine(number: String, digest: String) -> Int {
    if !(1...40).contains(number.utf8.count) || !number.utf8.allSatisfy(isNumberByte) { return 2 }
    return digest.utf8.count != 64 || !digest.utf8.allSatisfy(isHexadecimal) ? 4 : 5
  }
}

/// Whether a text is the one base64 spelling of some 64 bytes.
private func isCanonicalBase64(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard bytes.count == 88, text.hasSuffix("=="),
    bytes.dropLast(2).allSatisfy({ isLetter($0) || isDigit($0) || $0 == 0x2B || $0 == 0x2F })
  else { return false }
  // The last character before the padding carries two bits of data; the other four are zero.
  return "AQgw".utf8.contains(bytes[85])
}

private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

private func isNumberByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || byte &- UInt8(ascii: "A") < 26 || byte == UInt8(ascii: "-")
}

private func isKeyIDByte(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || "-._".utf8.contains(byte)
}
