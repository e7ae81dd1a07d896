import Crypto
import Domain
import Foundation
import Testing

@testable import Ground

/// What is sealed opens in the column and the row that it was sealed for, and nowhere else.
@Suite struct SealedRowTests {
  private let file = KeyFile.generate()
  private let one = ComplaintID(rawValue: 7)
  private let other = ComplaintID(rawValue: 8)

  @Test func aCopyInAnotherRowOrColumnDoesNotOpen() throws {
    let keys = try KeyRing(file)
    let sealed = try keys.seal("张小丰", for: .complainantName, of: one)
    #expect(try keys.openText(sealed, for: .complainantName, of: one) == "张小丰")
    #expect(throws: CryptoKitError.self) {
      try keys.openText(sealed, for: .complainantName, of: other)
    }
    #expect(throws: CryptoKitError.self) {
      try keys.openText(sealed, for: .complainantPhone, of: one)
    }
    // Nor does it pass for one of those that are bound to their column alone.
    #expect(throws: SealError.self) { try keys.open(sealed, for: .personPhone) }
  }

  @Test func whatWasSealedBeforeRowsWereBoundStillOpens() throws {
    let key = SymmetricKey(data: try #require(file.fields.keys["f1"]))
    let earlier = FieldSealer(
      key: key, head: [1, 2] + Array("f1".utf8), name: Array("complaint_identities.name".utf8),
      nonces: NoncePool())
    let sealed = try earlier.seal("张小丰")
    let keys = try KeyRing(file)
    #expect(try keys.openText(sealed, for: .complainantName, of: one) == "张小丰")
    // Its version cannot be changed to let it pass for one that is bound.
    #expect(throws: CryptoKitError.self) {
      try keys.open([2] + sealed.dropFirst(), for: .complainantName, of: one)
    }
  }
}
