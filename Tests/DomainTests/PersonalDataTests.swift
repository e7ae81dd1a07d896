import Testing

@testable import Domain

@Suite struct PersonalDataTests {
  @Test(arguments: [
    ("张小丰", "张*丰"), ("张三", "张*"), ("张", "*"), ("", ""), ("欧阳小丰", "欧**丰"), ("𠮷野家", "𠮷*家"),
  ])
  func namesAreMasked(name: String, masked: String) {
    #expect(Masking.maskedName(name) == masked)
  }

  @Test(arguments: [
    ("350423199001011234", "350423********1234"), ("35042319900101", "**************"), ("", ""),
  ])
  func residentIDsAreMasked(text: String, masked: String) {
    #expect(Masking.maskedResidentID(text) == masked)
  }

  @Test(arguments: [
    ("13812345678", "138****5678"), ("05985322000", "0598*****00"), ("01012345678", "010******78"),
    ("5322000", "*******"),
  ])
  func phonesAreMasked(text: String, masked: String) {
    #expect(Masking.maskedPhone(text) == masked)
  }

  @Test(arguments: [
    ("13812345678", "13812345678"), ("138 1234 5678", "13812345678"),
    ("138-1234-5678", "13812345678"), ("+86 13812345678", "13812345678"),
    ("8613812345678", "13812345678"), ("008613812345678", "13812345678"),
    ("１３８１２３４５６７８", "13812345678"), ("0598-5322000", "05985322000"),
    ("（0598）5322000", "05985322000"), ("010 12345678", "01012345678"),
  ])
  func phonesAreNormalised(typed: String, text: String) throws {
    #expect(try PhoneNumber(typed).text == text)
  }

  @Test(arguments: [
    ("", PhoneNumberError.character), ("abc", .character), ("1381234567a", .character),
    ("1381234567", .mobileLength(10)), ("138123456789", .mobileLength(12)),
    ("5322000", .areaCode), ("12345", .areaCode), ("1", .areaCode), ("0", .areaCode),
    ("0598532", .landlineLength), ("0598532200012", .landlineLength),
  ])
  func wrongPhonesSayWhatIsWrong(typed: String, error: PhoneNumberError) {
    #expect(throws: error) { try PhoneNumber(typed) }
  }

  @Test func printingAPhoneMasksIt() throws {
    #expect("\(try PhoneNumber("13812345678"))" == "138****5678")
  }
}
