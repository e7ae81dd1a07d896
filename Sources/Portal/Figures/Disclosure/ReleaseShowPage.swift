package import Domain
package import HTML
import Pages

/// One release: what the public sees or will see, beside the full figures, and what may be done.
struct ReleaseShowPage: Sendable {
  let release: Release
  let previous: Release?
  let principal: Principal
  /// Why the last attempt was refused.
  var refusal: String?

  func html(csrf: String) -> HTML {
    (refusal.map { notice(.alert, "\($0)") } ?? HTML())
      + panel("这份数据", origin) + actions(csrf: csrf)
      + panel("公众看到的", publishedPart)
      + panel("完整数字（不公开）", fullTable(release.full.figures))
      + panel("与上次公布相比", change)
  }

  private var line: ReleaseLine { release.line }

  private var change: HTML {
    guard let previous else { return emptyState("之前没有公布过，没有可比的数字") }
    return changeTable(from: previous.full.figures, to: release.full.figures)
  }

  private var origin: HTML {
    definitionList([
      ("状态", tag(line.state.title, line.state.tagKind)),
      ("数据截至", "\(ShanghaiTime.dateTimeText(line.cutoffAt))"),
      ("行动", "\(release.full.campaign.title)（\(release.full.campaign.documentNumber)）"),
      ("当时阶段", "\(release.full.campaign.stage)"), ("准备人", "\(line.preparedByName)"),
      ("发布人", "\(line.publishedByName ?? "—")"),
      ("公布时间", "\(line.publishedAt.map { ShanghaiTime.dateTimeText($0) } ?? "—")"),
    ])
  }

  private var publishedPart: HTML {
    let figures = release.published.figures
    return """
      <p>小于 \(figures.below) 的数显示为「&lt;\(figures.below)」；「*」是为防止推算而不显示的数。</p>
      \(publishedTable(figures))
      <p>收到举报 \(figures.complaintsReceived.shown) 件，按时答复 \(figures.complaintsInTime.shown) 件。</p>
      """
  }

  private func actions(csrf: String) -> HTML {
    ReleaseWorkflow.offered(from: line.state, to: principal).map { step in
      switch step.action {
      case .publish: publication(csrf: csrf)
      case .discard: discarding(csrf: csrf)
      }
    }.joined()
  }

  private func publication(csrf: String) -> HTML {
    guard line.preparedBy != principal.accountID else {
      return notice(.info, "须由另一人发布：这份数据由您准备，请另一位有发布权限的同事核对后发布。")
    }
    return confirmBox(
      title: "发布这份数据",
      consequence: "<p>发布后，公众立即在整治进展页面看到下面「公众看到的」全部数字，不能撤回。</p>",
      action: Paths.deskReleasePublication.link(line.id), csrf: csrf, confirm: "确认发布",
      cancel: Paths.deskDisclosure.link, isDestructive: false)
  }

  private func discarding(csrf: String) -> HTML {
    confirmBox(
      title: "作废这份数据", consequence: "<p>作废后不能再发布，需要时请重新准备。</p>",
      action: Paths.deskReleaseDiscard.link(line.id), csrf: csrf, confirm: "确认作废",
      cancel: Paths.deskDisclosure.link)
  }
}

/// The full figures, one row an estate and the county last; never for the public.
package func fullTable(_ figures: CountyFigures, link: ((EstateFigures) -> Link)? = nil) -> HTML {
  let total = countedFigures(figures.total)
  let columns = total.indices.map { index in
    Column<EstateFigures>(total[index].name, numeric: true) {
      "\(grouped(countedFigures($0.counts)[index].value))"
    }
  }
  return dataTable(
    caption: "各项目完整数字", columns: [Column("项目") { "\($0.name)" }] + columns,
    rows: figures.estates, link: link, empty: emptyState("没有政府投资的公租房项目"),
    total: ["合计"] + total.map { "\(grouped($0.value))" })
}
