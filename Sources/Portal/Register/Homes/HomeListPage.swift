import Domain
import HTML
import Pages
import Spreadsheet

/// The list of homes.
struct HomeListPage: Sendable {
  let filter: HomeFilter
  let page: ListLines<HomeLine>
  let count: CappedCount
  let estates: [EstateChoice]

  var html: HTML { filters + table + pages }

  private var filters: HTML {
    filterBar(action: Paths.deskHomes.link) {
      filterText("address", label: "地址", value: filter.address, hint: "安居苑3-1-502")
        + filterSelect(
          "township", label: "乡镇", options: estates.townships,
          selected: filter.township?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterSelect(
          "state", label: "状态", options: HomeState.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.state?.rawValue)
    }
  }

  private var table: HTML {
    dataTable(
      caption: "房源", columns: Self.columns, rows: page.lines,
      link: { Paths.deskHome.link($0.id) },
      empty: emptyState(
        "没有符合条件的房源", hint: "换一个筛选条件，或清除筛选查看全部。",
        action: buttonLink("查看全部", Paths.deskHomes.link, isPrimary: false)))
  }

  static var columns: [Column<HomeLine>] {
    [
      Column("房号", text: { homeText(building: $0.building, unit: $0.unit, room: $0.room) }),
      Column("项目", text: \.estate),
      Column("乡镇", text: \.township),
      Column("面积（m²）", hundredths: \.floorArea),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("承租家庭", shown: household),
      Column("承租人", text: { $0.applicant.map { Masking.maskedName($0) } }),
    ]
  }

  private static func household(_ line: HomeLine) -> HTML {
    guard let id = line.household, let number = line.householdNumber else { return "—" }
    return "<a href=\"\(path: Paths.deskHousehold.link(id))\">\(number)</a>"
  }

  private var pages: HTML {
    page.pageLinks(filter.link, countText: "共 \(count.text) 套，本页 \(page.lines.count) 套") {
      AreaPosition(isBackward: $1, area: $0.area, id: $0.id.rawValue)
    }
  }
}
