import Testing

@testable import Web

@Suite struct FormFieldsTests {
  private func decode(_ text: String) throws -> FormFields {
    try FormFields(urlEncoded: Array(text.utf8))
  }

  @Test func plusIsASpaceAndPercentIsAByte() throws {
    let fields = try decode("name=%E5%BC%A0+%E4%B8%89&note=1%2B1&empty=&bare&a=1&a=2")
    #expect(fields["name"] == "张 三")
    #expect(fields["note"] == "1+1")
    #expect(fields["empty"] == "")
    #expect(fields["bare"] == "")
    #expect(fields["absent"] == nil)
    #expect(fields.all("a") == ["1", "2"])
    #expect(fields.names == ["name", "note", "empty", "bare", "a"])
  }

  @Test func aPercentWithoutDigitsStandsForItself() throws {
    let fields = try decode("a=100%&b=%zz&c=%4&d=%41%")
    #expect(fields["a"] == "100%")
    #expect(fields["b"] == "%zz")
    #expect(fields["c"] == "%4")
    #expect(fields["d"] == "A%")
  }

  @Test(arguments: ["a=%00", "a=%FF", "%FF=a", "a=%E5%BC", "a=b%00c"])
  func nulAndInvalidTextAreRefusedInChinese(text: String) throws {
    #expect {
      try decode(text)
    } throws: { error in
      guard case WebError.badRequest(let message) = error else { return false }
      return message.contains("请")
    }
  }

  @Test func fiveHundredFieldsAreTheMost() throws {
    let item = ["a=1"]
    _ = try decode(Array(repeating: item, count: 500).joined().joined(separator: "&"))
    #expect(throws: WebError.self) {
      try decode(Array(repeating: item, count: 501).joined().joined(separator: "&"))
    }
  }

  @Test func anyBytesAreDecodedOrRefused() {
    var random = SeededGenerator(7)
    let alphabet = Array("ab=&%+0F".utf8) + [0xE5, 0xBC, 0xA0, 0, 0xFF]
    for _ in 0..<5000 {
      let length = Int.random(in: 0...40, using: &random)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      if let fields = try? FormFields(urlEncoded: bytes) {
        #expect(fields.fields.allSatisfy { !$0.value.contains("\0") && !$0.name.contains("\0") })
      }
    }
  }
}
