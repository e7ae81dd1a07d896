import Domain
import HTML
import Pages

/// How far a township is: the sum of its estates.
struct TownshipCounts: Sendable {
  let area: AreaCode
  let name: String
  var households = 0
  var counts = AnswerCounts()
  var open: [Bureau: Int] = [:]
}

// Townships and estates of a round's overview.
extension RoundShowPage {
  var townships: [TownshipCounts] {
    var found: [TownshipCounts] = []
    for estate in estates {
      if found.last?.area != estate.area {
        found.append(TownshipCounts(area: estate.area, name: estate.township))
      }
      let last = found.count - 1
      found[last].households += estate.households
      found[last].counts = found[last].counts + estate.counts
      found[last].open.merge(estate.open, uniquingKeysWith: +)
    }
    return found
  }

  var townshipTable: HTML {
    dataTable(
      caption: "各乡镇",
      columns: [
        Column<TownshipCounts>("乡镇") { "\($0.name)" },
        Column("户数", numeric: true) { "\(grouped($0.households))" },
        Column("应答复", numeric: true) { "\(grouped($0.counts.owed))" },
        Column("已答复", numeric: true) { "\(grouped($0.counts.answered))" },
        Column("进度", numeric: true) { "\(shareText($0.counts))" },
        Column("有情况", numeric: true) { "\(grouped($0.counts.hit))" },
      ]
        + Bureau.allCases.map { bureau in
          Column("\(bureau.title)待答复", numeric: true) { line in
            openCount(line.open[bureau] ?? 0, bureau, line.area, nil)
          }
        }, rows: townships,
      link: { Paths.deskReview.link(progress.round.id).query("township", $0.area.rawValue) },
      empty: emptyState("名单里没有您辖区的家庭"))
  }

  private var ownEstates: [EstateCounts] {
    estates.filter { township == nil || $0.area == township }
  }

  var estateTitle: String {
    guard let township else { return "各项目" }
    return "各项目：\(townships.first { $0.area == township }?.name ?? township.rawValue)"
  }

  var estateNote: HTML {
    let all: HTML =
      township == nil
      ? HTML()
      : "<p><a href=\"\(path: Paths.deskReview.link(progress.round.id))\">查看全部乡镇的项目</a></p>\n"
    guard ownEstates.count > Self.estatesShown else { return all }
    return all
      + "<p class=\"hint\">共 \(ownEstates.count) 个项目，这里是待答复最多的 \(Self.estatesShown) 个；点乡镇看它的项目，导出有全部。</p>\n"
  }

  var estateTable: HTML {
    let shown =
      ownEstates.count > Self.estatesShown
      ? Array(
        ownEstates.sorted { ($0.counts.open, $1.area) > ($1.counts.open, $0.area) }
          .prefix(Self.estatesShown)) : ownEstates
    return dataTable(
      caption: "各项目",
      columns: [
        Column<EstateCounts>("项目") { "\($0.name ?? "没有房屋")" },
        Column("乡镇") { "\($0.township)" },
        Column("户数", numeric: true) { "\(grouped($0.households))" },
        Column("已答复", numeric: true) { "\(grouped($0.counts.answered))" },
        Column("进度", numeric: true) { "\(shareText($0.counts))" },
        Column("有情况", numeric: true) { "\(grouped($0.counts.hit))" },
      ]
        + Bureau.allCases.map { bureau in
          Column("\(bureau.title)待答复", numeric: true) { line in
            openCount(line.open[bureau] ?? 0, bureau, line.area, line.estate)
          }
        }, rows: shown, empty: emptyState("名单里没有这个乡镇的项目"))
  }

  /// Leads to the open checks of a bureau there.
  private func openCount(
    _ count: Int, _ bureau: Bureau, _ area: AreaCode, _ estate: EstateID?
  ) -> HTML {
    guard count > 0 else { return "0" }
    let link = checksLink(
      progress.round.id, bureau, township: area, estate: estate, for: principal)
    return "<a href=\"\(path: link)\">\(grouped(count))</a>"
  }
}
