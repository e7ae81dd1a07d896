import Crypto
import Domain
import Foundation
package import Ground
import Postgres

/// What a citizen can prove with: that this content reached the portal in this hour.
struct ComplaintReceipt: Sendable, Equatable {
  let number: String
  let receivedAt: Date
  let digest: [UInt8]
  let signature: [UInt8]
  let keyID: String

  /// Signs a new receipt.
  static func issue(
    number: String, receivedAt: Date, digest: [UInt8], keys: KeyRing
  ) throws -> ComplaintReceipt {
    let unsigned = ComplaintReceipt(
      number: number, receivedAt: receivedAt, digest: digest, signature: [],
      keyID: keys.signingKeyID)
    guard let text = unsigned.receiptText else { throw ReceiptFault.unsignable }
    return ComplaintReceipt(
      number: number, receivedAt: receivedAt, digest: digest,
      signature: try keys.sign(text.bytesToSign), keyID: keys.signingKeyID)
  }

  private var receiptText: ReceiptText? {
    ReceiptText(
      number: number, receivedOn: ShanghaiTime.day(of: receivedAt),
      receivedHour: ShanghaiTime.hour(of: receivedAt), digestHex: hexadecimal(digest), keyID: keyID)
  }

  var signatureText: String { Data(signature).base64EncodedString() }

  /// The text that can be saved and verified.
  var text: String { receiptText?.rendered(signature: signatureText) ?? "" }
}

/// The program's own fault: a key id or a number that cannot stand in a receipt.
enum ReceiptFault: Error {
  case unsignable
}

extension ComplaintReceipt: RowDecodable {
  static let columns: SQL = "number, received_at, digest, signature, signing_key"

  package init(_ row: Row) throws {
    number = try row("number")
    receivedAt = try row("received_at")
    digest = try row("digest")
    signature = try row("signature")
    keyID = try row("signing_key")
  }
}

extension KeyRing {
  /// The code of the complaint that this form made or will make.
  func followUpCode(of submission: Submission) throws -> FollowUpCode {
    guard let code = FollowUpCode(entropy: followUpEntropy(submission: submission.bytes)) else {
      throw ReceiptFault.unsignable
    }
    return code
  }

  /// What is stored of a code.
  func hash(_ code: FollowUpCode) -> [UInt8] { hash(code.digits, of: .followUpCode) }

  /// What is stored of a form's key.
  package func hash(_ submission: Submission) -> [UInt8] { hash(submission.text, of: .submission) }
}
