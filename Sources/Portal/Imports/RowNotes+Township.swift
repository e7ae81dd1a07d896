import Domain
import Pages
import Register
import Spreadsheet

extension RowNotes {
  /// The township that a cell names.
  mutating func township(_ text: String?, _ townships: Townships) -> AreaCode? {
    guard let text else { return nil }
    switch townships[text] {
    case .one(let code): return code
    case .unknown:
      fail(
        .townshipUnknown, SheetTitles.township, shown: text,
        "没有这个乡镇，或者不在您的范围内；请填乡镇全称或9位行政区划代码")
    case .ambiguous:
      fail(
        .townshipAmbiguous, SheetTitles.township, shown: text, "有同名的乡镇，请填9位行政区划代码")
    }
    return nil
  }
}
