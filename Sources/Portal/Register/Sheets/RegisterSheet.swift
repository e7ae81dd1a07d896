import Domain
import Spreadsheet

/// The kinds of sheet in which the register comes in and goes out.
///
/// Together they hold every field that is stored, so that what is exported from one county can be
/// imported into an empty one and exported again without a difference.
package enum RegisterSheet: String, CaseIterable, Hashable, Sendable {
  case estates, homes, households, leases

  /// The name shown on screens, and that of the sheet.
  package var title: String {
    switch self {
    case .estates: "项目"
    case .homes: "房源"
    case .households: "家庭与成员"
    case .leases: "租约"
    }
  }

  /// What one row stands for, in one line.
  package var explanation: String {
    switch self {
    case .estates: "一行一个项目，按乡镇和项目名称识别"
    case .homes: "一行一套房源，按项目、楼栋、单元、房号识别；项目须先登记"
    case .households: "一行一个人，申请人在前；家庭按家庭编号识别，没有编号的按申请人身份证号识别"
    case .leases: "一行一份租约，按合同编号识别；房源和家庭须先登记"
    }
  }

  /// What is counted: 个项目, 套房源 …
  package var unit: String {
    switch self {
    case .estates: "个项目"
    case .homes: "套房源"
    case .households: "户家庭"
    case .leases: "份租约"
    }
  }
}

/// Titles of the same column in several sheets.
package enum SheetTitles {
  package static let township = "乡镇"
  static let townshipSynonyms = ["所属乡镇", "乡镇街道", "乡（镇）", "街道", "所在乡镇", "镇"]
  package static let estate = "项目名称"
  static let estateSynonyms = ["项目", "小区", "小区名称", "公租房项目", "房源项目", "所在小区", "所属项目"]
  static let building = "楼栋"
  static let buildingSynonyms = ["栋", "幢", "楼号", "栋号", "幢号", "楼幢"]
  static let unit = "单元"
  static let unitSynonyms = ["单元号"]
  package static let room = "房号"
  static let roomSynonyms = ["室", "室号", "房间号", "门牌号", "房屋号"]
  package static let householdNumber = "家庭编号"
  package static let householdNumberSynonyms = ["户编号", "保障家庭编号", "家庭号", "保障编号", "户号"]
}
