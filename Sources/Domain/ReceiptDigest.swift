/// What a citizen sent, as the one sequence of bytes whose SHA-256 stands on the receipt.
///
/// Format `portal-complaint:v1`: that name, then the kind, the estate (0 or 1, and its text if 1), the
/// address, the description, the number of photos and each photo's SHA-256. Every text is preceded by
/// its length in bytes (8 bytes, big-endian), every number takes 8 bytes, so no two contents share a
/// sequence. Texts are taken as they are stored.
public struct ReceiptDigest: Hashable, Sendable {
  public var kind: ComplaintKind
  /// Nil when the place was given in words.
  public var estate: EstateID?
  /// Empty when the citizen gave none.
  public var address: String
  public var description: String
  /// 32 bytes each, of the photos as sent, in their order.
  public var photoSHA256: [[UInt8]]

  public init(
    kind: ComplaintKind, estate: EstateID?, address: String, description: String,
    photoSHA256: [[UInt8]]
  ) {
    self.kind = kind
    self.estate = estate
    self.address = address
    self.description = description
    self.photoSHA256 = photoSHA256
  }

  /// The bytes to hash.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append("portal-complaint:v1".utf8, to: &bytes)
    append(kind.rawValue.utf8, to: &bytes)
    append(number: estate == nil ? 0 : 1, to: &bytes)
    if let estate { append(estate.description.utf8, to: &bytes) }
    append(address.utf8, to: &bytes)
    append(description.utf8, to: &bytes)
    append(number: photoSHA256.count, to: &bytes)
    for digest in photoSHA256 { append(digest, to: &bytes) }
    return bytes
  }

  private func append(_ content: some Collection<UInt8>, to bytes: inout [UInt8]) {
    append(number: content.count, to: &bytes)
    bytes.append(contentsOf: content)
  }

  private func append(number: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: UInt64(number) >> UInt64(shift)))
    }
  }
}
