import Spreadsheet
import Testing

@Suite struct CellTests {
  @Test func `a row is numbered as its program numbers it`() {
    #expect(SheetRow(sheet: "", number: 3, cells: [.text("甲")]).number == 3)
  }
}
