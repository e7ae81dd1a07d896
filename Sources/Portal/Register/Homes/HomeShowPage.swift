import Domain
import HTML
import Pages

/// One home: what it is, who lives and lived in it, what was changed.
struct HomeShowPage: Sendable {
  let home: HomeDetail
  let leases: [LeaseDetail]
  let changes: [RegisterChange]
  let today: Day

  /// - Parameter panels: what other rooms say of it.
  func html(with panels: HTML) -> HTML {
    panel("房源", facts)
      + panel("历次租约", LeaseTable.ofHome.html(leases, today: today)) + panels
      + panel("修改记录", changeHistory(changes))
  }

  private var facts: HTML {
    definitionList([
      (
        "项目",
        "<a href=\"\(path: Paths.deskEstate.link(home.estate))\">\(home.estateName)</a>"
      ),
      ("乡镇", "\(home.township)"), ("地址", "\(home.estateAddress)"), ("房号", "\(home.place)"),
      ("建筑面积", "\(home.floorArea.text) m²"), ("状态", tag(home.state.title, home.state.tagKind)),
      ("现住家庭", occupant),
    ])
  }

  private var occupant: HTML {
    guard let lease = leases.first(where: { $0.state == .running }) else { return "无" }
    return """
      <a href="\(path: Paths.deskHousehold.link(lease.household))">\
      \(Masking.maskedName(lease.applicant ?? ""))（\(lease.householdNumber)）</a>
      """
  }
}
