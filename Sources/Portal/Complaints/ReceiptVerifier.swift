package import Crypto
import Domain
import Foundation

/// Whether a receipt is genuine, and what that means, in words for whoever holds it.
package struct ReceiptVerification: Sendable {
  package let isGenuine: Bool
  /// One or two sentences in Chinese.
  package let explanation: String
}

/// Checks receipts with public keys alone: no database, no secret, no network.
package enum ReceiptVerifier {
  /// - Parameters:
  ///   - text: the receipt as it was saved; text around it (a page that was copied whole) does
  ///     not matter.
  ///   - publicKeys: Ed25519 public keys by id.
  package static func verify(
    text: String, publicKeys: [String: Curve25519.Signing.PublicKey]
  ) -> ReceiptVerification {
    let signed: SignedReceipt
    do {
      signed = try SignedReceipt(parsing: receiptPart(of: text))
    } catch {
      return refused("\(error)。")
    }
    guard let key = publicKeys[signed.receipt.keyID] else {
      return refused("回执用的密钥“\(signed.receipt.keyID)”不在公钥文件里，请下载最新的公钥再核对。")
    }
    guard let signature = Data(base64Encoded: signed.signature),
      key.isValidSignature(signature, for: signed.receipt.bytesToSign)
    else { return refused("签名与内容不符：回执的内容被改动过，或者不是本平台出具的。") }
    let receipt = signed.receipt
    return ReceiptVerification(
      isGenuine: true,
      explanation: """
        回执真实有效：编号 \(receipt.number)，平台于\(receipt.receivedOn.chinese) \
        \(receipt.receivedHour)时收到，内容摘要 \(receipt.digestHex)。
        """)
  }

  /// The six lines of the receipt, when more was copied with them.
  private static func receiptPart(of text: String) -> String {
    guard let start = text.range(of: ReceiptText.version) else { return text }
    // One Character is "\n" and another "\r\n": both end a line.
    let lines = text[start.lowerBound...].split(
      maxSplits: 6, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.prefix(6).joined(separator: "\n")
  }

  private static func refused(_ explanation: String) -> ReceiptVerification {
    ReceiptVerification(isGenuine: false, explanation: explanation)
  }
}
