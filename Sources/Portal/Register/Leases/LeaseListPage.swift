import Domain
import HTML
import Pages
import Spreadsheet

/// The list of leases.
struct LeaseListPage: Sendable {
  let filter: LeaseFilter
  let page: ListLines<LeaseLine>
  let count: CappedCount
  let estates: [EstateChoice]
  let today: Day

  var html: HTML { filters + table + pages }

  private var filters: HTML {
    filterBar(action: Paths.deskLeases.link) {
      filterText("contract", label: "合同编号", value: filter.contract, hint: "开头几位也可以")
        + filterSelect(
          "township", label: "乡镇", options: estates.townships,
          selected: filter.township?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterSelect(
          "state", label: "状态", options: LeaseState.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.state?.rawValue)
        + filterSelect(
          "expiry", label: "到期", options: LeaseExpiry.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.expiry?.rawValue)
    }
  }

  private var table: HTML {
    dataTable(
      caption: "租约", columns: Self.columns(today: today), rows: page.lines,
      link: { Paths.deskLease.link($0.id) },
      empty: emptyState(
        "没有符合条件的租约", hint: "换一个筛选条件，或清除筛选查看全部。",
        action: buttonLink("查看全部", Paths.deskLeases.link, isPrimary: false)))
  }

  static func columns(today: Day) -> [Column<LeaseLine>] {
    [
      Column("合同编号", text: \.contractNumber),
      Column("承租人", shown: tenant),
      Column("项目", text: \.estate),
      Column("房号", text: { homeText(building: $0.building, unit: $0.unit, room: $0.room) }),
      Column("乡镇", text: \.township),
      Column("起租", day: \.startsOn),
      Column("到期", day: \.endsOn),
      Column("月租金", hundredths: \.monthlyRent),
      Column("状态", tag: { leaseTag($0, today: today) }),
      Column("终止", day: \.endedOn),
    ]
  }

  private static func tenant(_ line: LeaseLine) -> HTML {
    """
    <a href="\(path: Paths.deskHousehold.link(line.household))">\
    \(line.applicant.map { Masking.maskedName($0) } ?? line.householdNumber)</a>
    """
  }

  private var pages: HTML {
    page.pageLinks(filter.link, countText: "共 \(count.text) 份，本页 \(page.lines.count) 份") {
      AreaPosition(isBackward: $1, area: $0.area, id: $0.id.rawValue)
    }
  }
}

/// The state of a lease, said more closely when a running one is past its end or near it.
private func leaseTag(_ line: LeaseLine, today: Day) -> (String, TagKind) {
  guard line.state == .running else { return (line.state.title, line.state.tagKind) }
  let left = today.days(until: line.endsOn)
  if left < 0 { return ("已到期", .alert) }
  if left <= 30 { return ("还有 \(left) 天", .warn) }
  return (line.state.title, line.state.tagKind)
}
