import Crypto
import Domain
import Foundation
import Testing
import Web

@testable import Complaints
@testable import Ground

@Suite struct ReceiptVerifierTests {
  private func receipt(_ keys: KeyRing) throws -> ComplaintReceipt {
    try .issue(
      number: "2021-48213075", receivedAt: ShanghaiTime.truncatedToHour(ComplaintsFixture.now),
      digest: Array(SHA256.hash(data: [1, 2, 3])), keys: keys)
  }

  @Test func aReceiptVerifiesWithTheServedKeyAlone() throws {
    let keys = try KeyRing(KeyFile.generate())
    let pem = ReceiptKeys.pem(keys.publicKeys, current: keys.signingKeyID)
    let text = try receipt(keys).text
    for saved in [text, "回执\r\n\r\n" + text.replacing("\n", with: "\r\n") + "别的内容\r\n"] {
      let verdict = ReceiptVerifier.verify(text: saved, publicKeys: ReceiptKeys.parse(pem: pem))
      #expect(verdict.isGenuine)
      #expect(verdict.explanation.contains("2021-48213075"))
    }
  }

  @Test func aChangedOrForeignReceiptIsRefused() throws {
    let keys = try KeyRing(KeyFile.generate())
    let text = try receipt(keys).text
    let foreign = try KeyRing(KeyFile.generate()).publicKeys
    for (saved, known) in [
      (text.replacing("48213075", with: "48213076"), keys.publicKeys), (text, foreign),
      (text, [:]), ("", keys.publicKeys), (String(text.dropLast(20)), keys.publicKeys),
    ] {
      let verdict = ReceiptVerifier.verify(text: saved, publicKeys: known)
      #expect(!verdict.isGenuine)
      #expect(!verdict.explanation.isEmpty)
    }
  }
}
