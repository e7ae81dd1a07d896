public import Crypto
public import Domain
public import Foundation

/// A column whose content is sealed. Its name is authenticated with the content, so that bytes
/// copied into another column do not open.
public enum SealedField: String, Sendable {
  case personIDNumber = "persons.id_number"
  case personPhone = "persons.phone"
  case importPiece = "import_chunks.content"
  case checkRecord = "check_records.values"
  case deliveryMatch = "delivery_matches.values"
  case findingExplanation = "findings.explanation"
  case apiAnswer = "api_requests.body"
}

/// A column whose content is sealed together with whom or what it belongs to: bytes copied to another row do not
/// open there either, so that whoever may write the table cannot show what one row says as another's.
///
/// A person's numbers are not among them: an import seals them before it is known whose row they come to.
public enum SealedRowField: String, Sendable {
  /// Of a complaint.
  case complainantName = "complaint_identities.name"
  case complainantPhone = "complaint_identities.phone"
  /// Of the member who signed.
  case authorisationScan = "authorisations.scan"
  /// Of the household that says it.
  case contestStatement = "contests.statement"
  /// Of the case whose step says it.
  case casePersonal = "cases.personal"
  /// Of the household that was visited.
  case visitPersonal = "visits.personal"
  /// Of the home that is watched, or that was seen.
  case watchNote = "home_watches.note"
  case patrolNote = "patrols.note"
  /// Of the account whose phone it is.
  case phoneKey = "visit_phone_keys.key"
  /// Of the case that they belong to.
  case documentDraft = "document_drafts.content"
  case caseDocument = "case_documents.content"
  case documentService = "document_services.personal"
  /// Of the file itself: whoever cleans one does not learn whose complaint it is. Their names are from when photos of
  /// complaints were the only ones; what was sealed then opens by its column.
  case fileOriginal = "complaint_photos.original"
  case fileClean = "complaint_photos.clean"
  case fileThumbnail = "files.thumbnail"
}

/// What a keyed hash is of. Each use has a prefix of its own, so that hashes of one use tell
/// nothing about another.
public enum HashedField: String, CaseIterable, Sendable {
  case idNumber = "id_number"
  case phone = "phone"
  case followUpCode = "follow_up"
  case submission = "submission"
  case signInSubject = "sign_in"
  case checkRecord = "check_record"
  case matchedRow = "matched_row"
  case findingExplanation = "finding_explanation"
  case findingSubject = "finding_subject"
}

/// Seals, opens, indexes and signs with the keys of a ``KeyFile``.
public struct KeyRing: Sendable {
  private let sealing: [String: SymmetricKey]
  private let sealingKey: SymmetricKey
  /// What stands behind the version of everything sealed now.
  private let sealingName: [UInt8]
  private let nonces = NoncePool()
  private let signingKeys: [String: Curve25519.Signing.PrivateKey]
  /// The keyed hash of each field as it stands after the key and the field's prefix: a register of a
  /// million people asks for it two million times.
  private let hashing: [HashedField: HMAC<SHA256>]
  private let webKey: SymmetricKey

  /// Id of the key that signs receipts now.
  public let signingKeyID: String

  public init(_ file: KeyFile) throws {
    sealing = file.fields.keys.mapValues { SymmetricKey(data: $0) }
    signingKeys = try file.signing.keys.mapValues {
      try Curve25519.Signing.PrivateKey(rawRepresentation: $0)
    }
    signingKeyID = file.signing.current
    let indexKey = SymmetricKey(data: file.index)
    hashing = Dictionary(
      uniqueKeysWithValues: HashedField.allCases.map { field in
        var begun = HMAC<SHA256>(key: indexKey)
        begun.update(data: Data(field.rawValue.utf8) + [0])
        return (field, begun)
      })
    webKey = SymmetricKey(data: file.web)
    let current = file.fields.current
    guard let key = sealing[current], signingKeys[signingKeyID] != nil,
      sealing.values.allSatisfy({ $0.bitCount == 256 })
    else { throw SealError.unknownKey }
    sealingKey = key
    sealingName = [UInt8(current.utf8.count)] + Array(current.utf8)
  }

  /// Secret of CSRF tokens and flash messages.
  public var webSecret: [UInt8] { derive("web") }

  /// 32 bytes that only this portal can compute from `seed`; the source of follow-up codes, so that
  /// a report sent twice by the same form gets the same code although only its hash is stored.
  public func followUpEntropy(submission: some Sequence<UInt8>) -> [UInt8] {
    derive("follow-up:" + hexadecimal(submission))
  }

  private func derive(_ label: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Data(label.utf8), using: webKey))
  }

  /// AES-256-GCM under the current key.
  /// - Returns: 1 (version), length of key id, key id, nonce (12), ciphertext, tag (16).
  public func seal(_ plain: some DataProtocol, for field: SealedField) throws -> [UInt8] {
    try sealer(for: field).seal(plain)
  }

  public func seal(_ text: String, for field: SealedField) throws -> [UInt8] {
    try seal(Array(text.utf8), for: field)
  }

  /// The same, bound to the row as well.
  ///
  /// - Parameter owner: whose it is, as ``SealedRowField`` says.
  /// - Returns: as above, with 2 as its version.
  public func seal(
    _ plain: some DataProtocol, for field: SealedRowField, of owner: some RecordID
  ) throws -> [UInt8] {
    try FieldSealer(
      key: sealingKey, head: [2] + sealingName, name: Self.name(field, owner), nonces: nonces
    ).seal(plain)
  }

  public func seal(
    _ text: String, for field: SealedRowField, of owner: some RecordID
  ) throws -> [UInt8] {
    try seal(Array(text.utf8), for: field, of: owner)
  }

  /// The plain bytes of what `seal` made, or an error if it was changed, belongs to another column
  /// or its key is not in the ring.
  public func open(_ sealed: [UInt8], for field: SealedField) throws -> [UInt8] {
    guard sealed.first == 1 else { throw SealError.notSealed }
    return try open(sealed, name: Array(field.rawValue.utf8))
  }

  /// The same of what belongs to a row; what was sealed before rows were bound opens by its column.
  public func open(
    _ sealed: [UInt8], for field: SealedRowField, of owner: some RecordID
  ) throws -> [UInt8] {
    guard let version = sealed.first, [1, 2].contains(version) else { throw SealError.notSealed }
    return try open(
      sealed, name: version == 1 ? Array(field.rawValue.utf8) : Self.name(field, owner))
  }

  public func openText(
    _ sealed: [UInt8], for field: SealedRowField, of owner: some RecordID
  ) throws -> String {
    String(decoding: try open(sealed, for: field, of: owner), as: UTF8.self)
  }

  private static func name(_ field: SealedRowField, _ owner: some RecordID) -> [UInt8] {
    Array("\(field.rawValue)\0\(owner.rawValue)".utf8)
  }

  private func open(_ sealed: [UInt8], name: [UInt8]) throws -> [UInt8] {
    guard sealed.count > 2 else { throw SealError.notSealed }
    let start = 2 + Int(sealed[1])
    guard sealed.count >= start + 28 else { throw SealError.notSealed }
    guard let key = sealing[String(decoding: sealed[2..<start], as: UTF8.self)] else {
      throw SealError.unknownKey
    }
    let box = try AES.GCM.SealedBox(combined: sealed[start...])
    return Array(try AES.GCM.open(box, using: key, authenticating: name))
  }

  public func openText(_ sealed: [UInt8], for field: SealedField) throws -> String {
    String(decoding: try open(sealed, for: field), as: UTF8.self)
  }

  /// HMAC-SHA-256 of a normalised value: 32 bytes that are equal when the values are.
  public func hash(_ value: some StringProtocol, of field: HashedField) -> [UInt8] {
    hasher(of: field).hash(String(value)).bytes
  }

  /// The same seal for whoever asks for it millions of times.
  public func sealer(for field: SealedField) -> FieldSealer {
    FieldSealer(
      key: sealingKey, head: [1] + sealingName, name: Array(field.rawValue.utf8), nonces: nonces)
  }

  /// The same hash for whoever asks for it millions of times.
  public func hasher(of field: HashedField) -> BlindHasher {
    guard let begun = hashing[field] else { preconditionFailure("every field has its hash") }
    return BlindHasher(begun: begun)
  }

  /// Ed25519 signature (64 bytes) under the current signing key.
  public func sign(_ message: some DataProtocol) throws -> [UInt8] {
    guard let key = signingKeys[signingKeyID] else { throw SealError.unknownKey }
    return Array(try key.signature(for: message))
  }

  /// Public keys by id, 32 bytes each.
  public var publicKeys: [String: Curve25519.Signing.PublicKey] {
    signingKeys.mapValues(\.publicKey)
  }
}

/// Why something sealed does not open.
public enum SealError: Error {
  case notSealed, unknownKey
}
