import Domain
import HTML
import Pages

/// How far the visits are, and who is behind.
struct CoveragePage: Sendable {
  let coverage: Coverage
  let today: Day

  private var pace: VisitPace { coverage.pace }

  var html: HTML {
    coverage.roster.progress + summary
      + panel(
        "按乡镇",
        table("按乡镇", "乡镇", coverage.townships) { key in
          var filter = RosterFilter()
          filter.township = AreaCode(key)
          return filter
        })
      + panel(
        "按小组",
        table("按小组", "小组", coverage.teams) { key in
          var filter = RosterFilter()
          filter.team = VisitTeamID(key)
          return filter
        })
      + panel(
        "按项目",
        table("按项目", "项目", coverage.estates, hasHours: false) { key in
          var filter = RosterFilter()
          filter.estate = EstateID(key)
          return filter
        }) + panel("按日期", days)
  }

  // MARK: All in all

  private var summary: HTML {
    let all = coverage.townships
    let (entries, visited, tried) = (
      all.map(\.entries).reduce(0, +), all.map(\.visited).reduce(0, +),
      all.map(\.tried).reduce(0, +)
    )
    let visits = VisitSlot.allCases.map { slot in all.map { $0.slots[slot] }.reduce(0, +) }
    let (made, off) = (visits.reduce(0, +), visits[1] + visits[2])
    let expected = pace.expected(of: entries, on: today)
    let of = "/ \(grouped(entries)) 户"
    return panel(
      coverage.roster.title,
      figureCards([
        figureCard(
          "已走访", value: grouped(visited), denominator: of, note: share(visited, entries), kind: .ok),
        figureCard(
          "无人在家", value: grouped(tried), denominator: of, note: "去过，还没有见到人",
          kind: tried > 0 ? .warn : .neutral, link: triedLink),
        figureCard(
          "按进度应完成", value: grouped(expected), denominator: of,
          note: behind(visited, expected) > 0
            ? "落后 \(grouped(behind(visited, expected))) 户" : "没有落后",
          kind: behind(visited, expected) > 0 ? .alert : .ok),
        figureCard(
          "晚上和休息日", value: grouped(off), denominator: "/ \(grouped(made)) 次",
          note: "晚上 \(grouped(visits[1])) 次，休息日 \(grouped(visits[2])) 次"),
      ]) + progressBar("走访", value: visited, of: entries, unit: "户")
        + """
        <p class="hint">从\(pace.startsOn.chinese)生成名单起，到\(pace.endsOn.chinese)走访完毕，\
        按天平均推算。租约已结束的不计。</p>

        """)
  }

  private var triedLink: Link {
    var filter = RosterFilter()
    filter.due = .week
    return filter.link
  }

  private func behind(_ visited: Int, _ expected: Int) -> Int { max(0, expected - visited) }

  private func share(_ part: Int, _ whole: Int) -> String {
    whole > 0 ? "\(part * 100 / whole)%" : "—"
  }

  // MARK: Who is behind

  /// Those that are most behind come first.
  private func table(
    _ caption: String, _ kind: String, _ lines: [CoverageLine], hasHours: Bool = true,
    _ filter: @escaping (String) -> RosterFilter
  ) -> HTML {
    let sorted = lines.sorted { late($0) > late($1) }
    return dataTable(
      caption: caption, columns: columns(kind) + (hasHours ? Self.hours : []), rows: sorted,
      link: { line in
        guard let key = line.key else {
          var nobodys = RosterFilter()
          nobodys.holder = .nobody
          return nobodys.link
        }
        return filter(key).link
      }, empty: emptyState("还没有要走访的家庭"))
  }

  private func late(_ line: CoverageLine) -> Int {
    behind(line.visited, pace.expected(of: line.entries, on: today))
  }

  private func columns(_ kind: String) -> [Column<CoverageLine>] {
    [
      Column(kind) { "\($0.name)" },
      Column("应走访", numeric: true) { "\(grouped($0.entries))" },
      Column("已走访", numeric: true) { "\(grouped($0.visited))" },
      Column("比例", numeric: true) { "\(share($0.visited, $0.entries))" },
      Column("无人在家", numeric: true) { "\(grouped($0.tried))" },
      Column("待走访", numeric: true) { "\(grouped($0.waiting))" },
      Column("进度") { line in
        let count = late(line)
        if line.entries > 0, line.waiting == 0 { return tag("已走访完", .ok) }
        return count > 0 ? tag("落后 \(grouped(count)) 户", .alert) : tag("正常", .ok)
      },
    ]
  }

  private static var hours: [Column<CoverageLine>] {
    [
      Column("白天", numeric: true) { "\(grouped($0.slots[.day]))" },
      Column("晚上", numeric: true) { "\(grouped($0.slots[.evening]))" },
      Column("休息日", numeric: true) { "\(grouped($0.slots[.weekend]))" },
    ]
  }

  // MARK: Days

  private var days: HTML {
    guard !coverage.days.isEmpty else {
      return emptyState("近六周还没有走访", hint: "登记走访以后，这里按日期显示次数。")
    }
    return stackedBarChart(
      title: "近六周每天走访的次数", unit: "次", categories: coverage.days.map { $0.day.iso },
      series: [
        ChartSeries("白天", coverage.days.map { $0.slots[.day] }),
        ChartSeries("晚上", coverage.days.map { $0.slots[.evening] }),
        ChartSeries("休息日", coverage.days.map { $0.slots[.weekend] }),
      ])
  }
}
