import Domain
import Spreadsheet
import Testing

@Suite struct CellKindTests {
  private static let number = "11010519491231002X"

  private static func cause<Value>(
    _ kind: CellKind<Value>, _ cell: Cell, _ system: DateSystem = .from1900
  ) -> ProblemCause? {
    do throws(CellProblem) {
      _ = try kind.read(cell, system)
      return nil
    } catch {
      #expect(!error.message.isEmpty)
      return error.cause
    }
  }

  // MARK: ID numbers

  @Test(arguments: [
    Cell.text("11010519491231002X"), .text("１１０１０５１９４９１２３１００２ｘ"), .text(" 11010519491231002x "),
    .text("'11010519491231002X"), .text("\t11010519491231002X"), .text("110105 19491231 002X"),
    .text("110105491231002"), .number(110_105_491_231_002),
  ])
  func `ID numbers are read in every spelling`(cell: Cell) throws {
    #expect(try CellKind.residentID.read(cell, .from1900)?.text == Self.number)
  }

  @Test func `an ID number kept whole as a number is read`() throws {
    let birth = try #require(Day(iso: "1980-01-01"))
    for sequence in stride(from: 1, to: 900, by: 7) {
      let id = try ResidentID.madeUp(areaPrefix: "350423", birth: birth, sequence: sequence)
      guard let value = Int(id.text), Int(exactly: Double(value)) != value else { continue }
      #expect(try CellKind.residentID.read(.longNumber(id.text), .from1900) == id)
    }
  }

  @Test(arguments: [
    Cell.longNumber("3.50423198001010E+17"), .longNumber("350423198001010000"),
    .longNumber("350423198001010048"), .number(3.50423198001010e17), .text("3.50423E+17"),
    .text("350423198001010000"), .longNumber("3.5042319800101001E17"),
  ])
  func `an ID number that lost its last digits is told so exactly`(cell: Cell) {
    do throws(CellProblem) {
      _ = try CellKind.residentID.read(cell, .from1900)
      Issue.record("it was read")
    } catch {
      #expect(error.cause == .idNumberLostDigits)
      #expect(
        error.message == "Excel 只保留15位数字，身份证号的最后几位已丢失；请把该列设为文本后重新填写")
    }
  }

  @Test func `no ID number survives a binary number unseen`() throws {
    // Whatever a program writes of the number that Excel kept, in 15 digits or in full.
    let birth = try #require(Day(iso: "1987-06-05"))
    for sequence in 0...999 {
      let id = try ResidentID.madeUp(areaPrefix: "350423", birth: birth, sequence: sequence)
      guard let whole = Int(id.text) else { continue }
      let cut = whole / 1_000 * 1_000
      let texts = ["\(cut)", "\(Int(Double(cut)))", "\(Int(Double(whole)))"]
      for text in texts {
        #expect(Self.cause(.residentID, .longNumber(text)) == .idNumberLostDigits)
      }
    }
  }

  @Test(arguments: [
    (Cell.text("350423********1234"), ProblemCause.idNumberMasked),
    (.text("350423＊＊＊＊＊＊＊＊1234"), .idNumberMasked), (.text("1101051949123100"), .idNumberLength),
    (.text("11010519491231002A"), .idNumberCharacter), (.text("010105194912310021"), .idNumberArea),
    (.text("110105194913310021"), .idNumberBirth), (.text("110105194912310021"), .idNumberCheck),
    (.bool(true), .valueKind), (.failure("#N/A"), .cellFailure),
  ])
  func `a faulty ID number has its cause`(cell: Cell, cause: ProblemCause) {
    #expect(Self.cause(.residentID, cell) == cause)
  }

  // MARK: phones

  @Test(arguments: [
    (Cell.number(13_800_000_000), "13800000000"), (.text("138 0000 0000"), "13800000000"),
    (.text("１３８００００００００"), "13800000000"), (.text("'+86 13800000000"), "13800000000"),
    (.text("0598-5322000"), "05985322000"),
  ])
  func `phones are read as text and as numbers`(cell: Cell, text: String) throws {
    #expect(try CellKind.phone.read(cell, .from1900)?.text == text)
  }

  @Test func `a phone that is masked or is none is a problem`() {
    #expect(Self.cause(.phone, .text("138****5678")) == .phoneMasked)
    #expect(Self.cause(.phone, .number(5_322_000)) == .phoneInvalid)
    #expect(Self.cause(.phone, .text("13800000000/13900000000")) == .phoneInvalid)
  }

  // MARK: text

  @Test func `names lose spaces between Han characters and keep the others`() throws {
    let kind = CellKind.name(max: 10)
    #expect(try kind.read(.text(" 王　 芳\n"), .from1900) == "王芳")
    #expect(try kind.read(.text("Anna Li"), .from1900) == "Anna Li")
    #expect(try kind.read(.text("阿依古丽·买买提"), .from1900) == "阿依古丽·买买提")
    #expect(try kind.read(.text("　"), .from1900) == nil)
    #expect(Self.cause(kind, .text(String(repeating: "长", count: 11))) == .textTooLong)
  }

  @Test func `words are trimmed and otherwise kept`() throws {
    let kind = CellKind<String>.text(max: 20)
    #expect(try kind.read(.text("\u{FEFF} 龙津镇　１号 "), .from1900) == "龙津镇　１号")
    #expect(try kind.read(.text("一\r\n二"), .from1900) == "一\n二")
    #expect(try kind.read(.number(201), .from1900) == "201")
    #expect(Self.cause(kind, .text("甲\u{1}")) == .textCharacter)
  }

  @Test func `codes become half-width, and what a program made of them is a problem`() throws {
    let kind = CellKind.code(max: 20)
    #expect(try kind.read(.text("３－２０１　室"), .from1900) == "3-201 室")
    #expect(try kind.read(.number(301), .from1900) == "301")
    #expect(try kind.read(.longNumber("20210601000123451"), .from1900) == "20210601000123451")
    #expect(Self.cause(kind, .day(Day(number: 0))) == .textBecameDate)
    #expect(Self.cause(kind, .longNumber("2.02106010001234E+16")) == .numberLostDigits)
  }

  // MARK: days

  @Test(arguments: [
    Cell.text("2021-06-01"), .text("2021/6/1"), .text("2021.06.01"), .text("2021.6.1"),
    .text("2021-6-1"), .text("2021年6月1日"), .text("２０２１年６月１日"), .text("2021 年 6 月 1 日"),
    .text("20210601"),
    .text("2021-06-01 00:00:00"), .text("2021/6/1 0:00"), .text("2021-06-01T08:30:00"),
    .text("2021年6月1号"),
    .number(44_348), .number(44_348.5), .number(20_210_601), .day(Day(number: 18_779)),
  ])
  func `a day is read in every spelling`(cell: Cell) throws {
    #expect(try CellKind.day.read(cell, .from1900)?.iso == "2021-06-01")
  }

  @Test func `serials count from the workbook's own first day`() throws {
    #expect(try CellKind.day.read(.number(42_886), .from1904)?.iso == "2021-06-01")
    #expect(Day(serial: 61, .from1900).iso == "1900-03-01")
    #expect(Day(serial: 59, .from1900).iso == "1900-02-28")
    #expect(Day(serial: 1, .from1900).iso == "1900-01-01")
    #expect(Day(serial: 0, .from1904).iso == "1904-01-01")
  }

  @Test(arguments: [
    (Cell.text("2021年6月"), ProblemCause.dateIncomplete), (.text("2021-06"), .dateIncomplete),
    (.text("2021"), .dateIncomplete), (.number(2021), .dateIncomplete),
    (.number(202_106), .dateIncomplete), (.number(2021.6), .dateIncomplete),
    (.text("21-6-1"), .dateIncomplete), (.text("6/1/2021"), .dateIncomplete),
    (.text("2021-02-29"), .dateNoSuchDay), (.text("2021年13月1日"), .dateNoSuchDay),
    (.number(20_210_631), .dateNoSuchDay), (.text("1021-06-01"), .dateRange),
    (.number(3), .dateRange), (.text("44348"), .dateInvalid), (.text("长期"), .dateInvalid),
    (.text("2021-06/01"), .dateInvalid), (.text("2021-06-01至2024-05-31"), .dateInvalid),
    (.text("2021-06-012"), .dateInvalid), (.text("2021-06-01 25:99"), .dateInvalid),
    (.number(-1), .dateInvalid), (.number(1e300), .dateInvalid), (.bool(true), .dateInvalid),
  ])
  func `what is no day is never guessed`(cell: Cell, cause: ProblemCause) {
    #expect(Self.cause(.day, cell) == cause)
  }

  // MARK: numbers

  private static let money = CellKind.hundredths(.zero...Hundredths(count: 9_999_999))

  @Test(arguments: [
    (Cell.number(12.34), "12.34"), (.number(0.1 + 0.2), "0.30"), (.number(350), "350.00"),
    (.text("350"), "350.00"), (.text("1,234.5"), "1234.50"), (.text("￥１２．３４元"), "12.34"),
    (.text("350元/月"), "350.00"), (.text("60.5㎡"), "60.50"), (.text("60.5 平方米"), "60.50"),
    (.longNumber("12.340000000000001"), "12.34"), (.text("12.3400"), "12.34"),
  ])
  func `money and areas are read exactly`(cell: Cell, text: String) throws {
    #expect(try Self.money.read(cell, .from1900)?.text == text)
  }

  @Test(arguments: [
    (Cell.number(12.345), ProblemCause.numberDecimals), (.text("12.345"), .numberDecimals),
    (.number(-1), .numberRange), (.number(1e9), .numberRange), (.number(.infinity), .numberRange),
    (.text("350左右"), .numberInvalid), (.text("1,23"), .numberInvalid),
    (.text("3.5万元"), .numberInvalid),
    (.text("1.2.3"), .numberInvalid), (.text("-"), .numberInvalid),
    (.day(Day(number: 0)), .numberInvalid),
  ])
  func `a number that is none, or too exact, is a problem`(cell: Cell, cause: ProblemCause) {
    #expect(Self.cause(Self.money, cell) == cause)
  }

  @Test func `whole numbers have no decimals`() throws {
    let kind = CellKind<Int>.integer(1...99)
    #expect(try kind.read(.text("12"), .from1900) == 12)
    #expect(try kind.read(.number(99), .from1900) == 99)
    #expect(Self.cause(kind, .number(1.5)) == .numberDecimals)
    #expect(Self.cause(kind, .number(100)) == .numberRange)
  }

  // MARK: choices and areas

  @Test func `choices are taken by title and synonym, and the message lists them`() throws {
    let kind = CellKind.choice([(true, "是", ["有", "Y"]), (false, "否", ["无", "N"])])
    for text in ["是", " 有 ", "ｙ", "y"] { #expect(try kind.read(.text(text), .from1900) == true) }
    #expect(try kind.read(.text("无"), .from1900) == false)
    #expect(kind.write(false) == .text("否"))
    #expect(Self.cause(kind, .text("也许")) == .choiceUnknown)
    do throws(CellProblem) {
      _ = try kind.read(.text("也许"), .from1900)
    } catch {
      #expect(error.message == "只能填：是、否")
    }
  }

  @Test func `areas have nine digits or six`() throws {
    for cell in [Cell.text("350423100"), .number(350_423_100), .text("350423100000")] {
      #expect(try CellKind.area.read(cell, .from1900)?.rawValue == "350423100")
    }
    #expect(try CellKind.area.read(.number(350_423), .from1900)?.rawValue == "350423")
    for cell in [Cell.text("3504"), .text("龙津镇"), .text("350423000"), .number(1.5)] {
      #expect(Self.cause(.area, cell) == .areaInvalid)
    }
  }

  @Test func `nothing is a value nowhere`() throws {
    for cell in [Cell.empty, .text(""), .text(" 　\u{200B}")] {
      #expect(try CellKind.residentID.read(cell, .from1900) == nil)
      #expect(try CellKind.phone.read(cell, .from1900) == nil)
      #expect(try CellKind.day.read(cell, .from1900) == nil)
      #expect(try Self.money.read(cell, .from1900) == nil)
      #expect(try CellKind.area.read(cell, .from1900) == nil)
      #expect(try CellKind.code(max: 3).read(cell, .from1900) == nil)
    }
  }

  @Test func `masks hide the middle of whatever was typed`() {
    let mask = CellKind.residentID.mask
    #expect(mask("110105194912310021") == "110105********0021")
    #expect(mask("110105491231002") == "110105*****1002")
    #expect(mask("3.50423198001010E+17") == "3.5***************17")
    #expect(CellKind.phone.mask("13800005678") == "138****5678")
    #expect(CellKind.phone.mask("5322000") == "*******")
  }

  @Test func `any cell is read or refused by every kind, and never breaks one`() {
    var generator = SeededBytes(seed: 7)
    for _ in 0..<20_000 {
      let cell = generator.cell()
      for system in [DateSystem.from1900, .from1904] {
        _ = try? CellKind.residentID.read(cell, system)
        _ = try? CellKind.phone.read(cell, system)
        _ = try? CellKind.day.read(cell, system)
        _ = try? Self.money.read(cell, system)
        _ = try? CellKind<Int>.integer(0...9).read(cell, system)
        _ = try? CellKind.area.read(cell, system)
        _ = try? CellKind.code(max: 9).read(cell, system)
        _ = try? CellKind.name().read(cell, system)
      }
    }
  }
}

/// Cells at random, near enough to what people type to get past the first checks.
private struct SeededBytes {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func cell() -> Cell {
    let pieces = [
      "0", "1", "9", "2021", "06", "-", "/", ".", "年", "月", "日", "e", "E+", "X", "*", "：", "　",
      " ", "\u{200B}", "'", "元", "㎡", ",", "+86", "（", "35042319800101", "\r\n", "王", "\u{0}",
    ]
    let text = (0..<next(9)).map { _ in pieces[next(pieces.count)] }.joined()
    switch next(4) {
    case 0: return .longNumber(text)
    case 1: return .number(Double(sign: .plus, exponent: next(400) - 100, significand: 1.37))
    default: return .text(text)
    }
  }
}
