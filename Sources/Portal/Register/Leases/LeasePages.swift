package import Domain
package import HTML
import Pages

/// One lease.
struct LeaseShowPage: Sendable {
  let lease: LeaseDetail
  let changes: [RegisterChange]
  let today: Day

  var html: HTML {
    panel("租约", facts) + panel("修改记录", changeHistory(changes))
  }

  private var facts: HTML {
    definitionList(
      [
        ("合同编号", "\(lease.contractNumber)"),
        ("状态", tag(lease.state.title, lease.state.tagKind)),
        (
          "房屋",
          """
          <a href="\(path: Paths.deskEstate.link(lease.estate))">\(lease.estateName)</a> \
          <a href="\(path: Paths.deskHome.link(lease.home))">\(lease.place)</a>
          """
        ),
        (
          "承租家庭",
          """
          <a href="\(path: Paths.deskHousehold.link(lease.household))">\(lease.householdNumber)</a>\
          \(ifLet: lease.applicant, { "（\(Masking.maskedName($0))）" })
          """
        ),
        ("租期", termText(lease, today: today)),
        ("月租金", "\(lease.monthlyRent.text) 元"), ("押金", "\(lease.deposit.text) 元"),
        ("合同文本", "\(lease.contractVersion)"),
      ] + ended)
  }

  private var ended: [(String, HTML)] {
    guard let day = lease.endedOn else { return [] }
    return [("终止日期", "\(day.iso)"), ("终止原因", "\(lease.endedReason ?? "未登记")")]
  }
}

/// Leases in a table, of a household (with their homes) or of a home (with their households).
package enum LeaseTable {
  case ofHousehold, ofHome

  package func html(_ leases: [LeaseDetail], today: Day) -> HTML {
    dataTable(
      caption: "租约", columns: columns(today), rows: leases,
      link: { Paths.deskLease.link($0.id) },
      empty: emptyState(self == .ofHome ? "这套房还没有出租过" : "这个家庭还没有租约"))
  }

  private func columns(_ today: Day) -> [Column<LeaseDetail>] {
    [Column("合同编号") { "\($0.contractNumber)" }, other]
      + [
        Column("租期") { termText($0, today: today) },
        Column("月租金（元）", numeric: true) { "\($0.monthlyRent.text)" },
        Column("状态") { tag($0.state.title, $0.state.tagKind) },
        Column("终止日期") { "\($0.endedOn?.iso ?? "—")" },
      ]
  }

  private var other: Column<LeaseDetail> {
    switch self {
    case .ofHousehold:
      Column("房屋") {
        "<a href=\"\(path: Paths.deskHome.link($0.home))\">\($0.estateName) \($0.place)</a>"
      }
    case .ofHome:
      Column("承租家庭") {
        """
        <a href="\(path: Paths.deskHousehold.link($0.household))">\
        \(Masking.maskedName($0.applicant ?? ""))（\($0.householdNumber)）</a>
        """
      }
    }
  }
}
