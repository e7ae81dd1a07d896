import Domain
import Spreadsheet
import Testing

@Suite struct MonthKindTests {
  @Test(arguments: [
    Cell.text("2021-07"), .text("2021/7"), .text("2021.07"), .text("2021年7月"), .text("2021年07月份日"),
    .text("２０２１年７月"), .text("202107"), .number(202_107), .text("2021-07-15"), .text("20210715"),
    .day(Day(year: 2021, month: 7, day: 31) ?? Day(number: 0)), .text(" 2021 年 7 月 "),
  ])
  func `a month is read in every spelling`(cell: Cell) throws {
    let month = try? CellKind.month.read(cell, .from1900)
    if case .text(let text) = cell, text.contains("份") {
      #expect(month == nil)
    } else {
      #expect(month?.iso == "2021-07-01")
    }
  }

  @Test(arguments: [
    "2021", "2021-13", "7月", "21-07", "2021-07-15-1", "七月", "1899-01", "2021-7-x", "202113",
  ])
  func `what is no month is told`(text: String) {
    #expect(throws: CellProblem.self) { try CellKind.month.read(.text(text), .from1900) }
  }

  @Test func `a month that was written is read back`() throws {
    let day = try #require(Day(iso: "2021-07-01"))
    #expect(CellKind.month.write(day) == .text("2021-07"))
    #expect(try CellKind.month.read(.empty, .from1900) == nil)
  }

  @Test func `a kind that is mapped says what is wrong with the other value`() throws {
    let even = CellKind.integer(0...100).mapped(to: String.self) { number throws(CellProblem) in
      guard number % 2 == 0 else { throw CellProblem(.valueKind, "单数") }
      return "\(number)"
    } write: {
      Int($0)
    }
    #expect(try even.read(.number(4), .from1900) == "4")
    #expect(throws: CellProblem(.valueKind, "单数")) { try even.read(.number(5), .from1900) }
    #expect(even.write("6") == .number(6))
  }
}
