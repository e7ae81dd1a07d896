import Testing

@testable import Domain

@Suite struct MoneyTests {
  @Test(arguments: [
    ("1234", 123_400), ("1,234.5", 123_450), ("１２３４.50元", 123_450), ("¥ 1234", 123_400),
    ("人民币1，234元整", 123_400), ("0.05", 5), ("0", 0), (" 12 000 ", 1_200_000),
    ("9,999,999.99", 999_999_999), ("007.10", 710), ("12.3400", 1_234), ("￥12.3", 1_230),
    ("5块", 500),
  ])
  func `a sum is read as clerks type it`(typed: String, count: Int) throws {
    #expect(try Money.read(typed).count == count)
  }

  @Test(arguments: [
    ("", MoneyProblem.missing), ("元", .missing), ("-5", .negative), ("－５", .negative),
    ("负五", .negative), ("1.234", .tooFine), ("0.001元", .tooFine), ("1,23", .grouping),
    ("1234,567", .grouping), ("1,2345", .grouping), (",123", .grouping), ("1.2,3", .grouping),
    ("1.5万", .otherUnit), ("三百", .otherUnit), ("12.3.4", .notANumber), ("12a", .notANumber),
    ("1e5", .notANumber), (".5", .notANumber), ("5.", .notANumber), ("+5", .notANumber),
    ("٣", .notANumber), ("10,000,000", .tooLarge(Money.most)),
    ("99999999999999999999999999", .tooLarge(Money.most)),
  ])
  func `anything else is refused with words that say what to do`(
    typed: String, problem: MoneyProblem
  ) {
    #expect(throws: problem) { try Money.read(typed) }
    #expect(problem.description.count >= 5)
  }

  @Test func `what is written with its thousands apart is read again`() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<5_000 {
      let sum = Hundredths(count: Int.random(in: 0...Money.most.count, using: &random))
      #expect(try Money.read(sum.grouped) == sum)
      #expect(try Money.read(sum.text + "元") == sum)
    }
  }

  @Test(arguments: [
    (0, 1_000_00, true), (0, 1_000_01, false), (200_00, 600_00, true),
    (200_00, 600_01, false), (20_000_00, 30_000_00, true), (20_000_00, 30_000_01, false),
    (10_000_00, 30_000_00, true),
  ])
  func `a fine keeps within what the measures allow`(gains: Int, fine: Int, isAllowed: Bool) {
    let problem = Fine.problem(Hundredths(count: fine), illegalGains: Hundredths(count: gains))
    #expect((problem == nil) == isAllowed)
  }
}

@Suite struct MoneyInWordsTests {
  // The examples of 《支付结算办法》, annex 1, among them.
  @Test(arguments: [
    (0, "零元整"), (1, "壹分"), (10, "壹角整"), (11, "壹角壹分"), (100, "壹元整"), (1_000, "壹拾元整"),
    (140_950, "壹仟肆佰零玖元伍角整"), (600_714, "陆仟零柒元壹角肆分"), (168_032, "壹仟陆佰捌拾元叁角贰分"),
    (1_640_902, "壹万陆仟肆佰零玖元零贰分"), (32_504, "叁佰贰拾伍元零肆分"), (123_450, "壹仟贰佰叁拾肆元伍角整"),
    (10_700_053, "壹拾万柒仟元伍角叁分"), (100_000_000, "壹佰万元整"), (10_000_100, "壹拾万零壹元整"),
    (10_050_000, "壹拾万零伍佰元整"), (1_000_000_000_001, "壹佰亿元零壹分"),
    (10_000_123_400, "壹亿零壹仟贰佰叁拾肆元整"), (10_010_000_000, "壹亿零壹拾万元整"), (2_000, "贰拾元整"),
    (101_000_000, "壹佰零壹万元整"), (-12_345, "负壹佰贰拾叁元肆角伍分"),
  ])
  func `sums are written as on cheques`(count: Int, words: String) {
    #expect(Hundredths(count: count).chineseMoney == words)
  }

  @Test func `an independent reader reads every sum back`() throws {
    var random = SeededGenerator(seed: 7)
    for round in 0..<20_000 {
      let digits = round % 15 + 1
      var count = 0
      // Many zeros: they are where it goes wrong.
      for _ in 0..<digits {
        count =
          count * 10 + (Bool.random(using: &random) ? 0 : Int.random(in: 0...9, using: &random))
      }
      let words = Hundredths(count: count).chineseMoney
      #expect(read(words) == count, "\(words)")
      #expect(!words.contains("零零") && !words.contains("零元") || count < 100)
      #expect(words.hasSuffix("整") == (count % 10 == 0))
    }
  }

  /// Digits and units summed up from the left, without looking at 零 at all.
  private func read(_ words: String) -> Int? {
    let digits = Array("零壹贰叁肆伍陆柒捌玖")
    let units: [Character: Int] = ["拾": 10, "佰": 100, "仟": 1_000]
    var (total, section, digit, fen) = (0, 0, 0, 0)
    for character in words {
      if let value = digits.firstIndex(of: character) {
        digit = value
      } else if let unit = units[character] {
        section += digit * unit
        digit = 0
      } else {
        switch character {
        case "万": (section, digit) = ((section + digit) * 10_000, 0)
        case "亿": (total, section, digit) = ((total + section + digit) * 100_000_000, 0, 0)
        case "元": (total, section, digit) = (total + section + digit, 0, 0)
        case "角": (fen, digit) = (fen + digit * 10, 0)
        case "分": (fen, digit) = (fen + digit, 0)
        case "整": break
        default: return nil
        }
      }
    }
    return total * 100 + fen
  }
}
