import Testing

@testable import Domain

@Suite struct HundredthsTests {
  @Test(arguments: [
    ("0", 0, "0.00"), ("12.34", 1_234, "12.34"), ("12.3", 1_230, "12.30"), ("-0.05", -5, "-0.05"),
    ("350", 35_000, "350.00"), ("7.4000", 740, "7.40"),
    ("999999999999999.99", 99_999_999_999_999_999, "999999999999999.99"),
  ])
  func `text is read exactly and written with two decimals`(
    typed: String, count: Int, text: String
  ) {
    #expect(Hundredths(typed)?.count == count)
    #expect(Hundredths(count: count).text == text)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "1.234", "1,2", "１", " 1", "1e2", "--1", "1.2.3", "1.+2",
    "1234567890123456",
  ])
  func `anything else is refused`(typed: String) {
    #expect(Hundredths(typed) == nil)
  }

  @Test func `sums are exact`() {
    let tenth = Hundredths(count: 10)
    #expect((0..<10).reduce(Hundredths.zero) { sum, _ in sum + tenth }.text == "1.00")
    #expect((Hundredths.zero - tenth).text == "-0.10")
    #expect(Hundredths(count: -5) < .zero)
  }
}
