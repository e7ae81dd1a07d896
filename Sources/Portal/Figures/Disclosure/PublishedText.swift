import Domain
import HTML
import Pages

extension PublishedCount {
  /// `1,150`, `<5` or `*`.
  var shown: String { exactValue.map { grouped($0) } ?? text }

  /// For charts: a hidden count has no length, as any length would be taken for its size.
  var chartValue: ChartValue {
    switch self {
    case .exact(let count): ChartValue(amount: Double(count), text: shown)
    case .below, .withheld: ChartValue(amount: 0, text: shown)
    }
  }
}

/// The figures of one place in the order of the disclosure, with their words.
func publishedFigures(_ counts: PublishedCounts) -> [(name: String, count: PublishedCount)] {
  [
    ("房源", counts.homes), ("在保家庭", counts.households), ("已复核", counts.reviewed),
    ("已走访", counts.visited), ("发现问题", counts.found),
  ] + ExitNature.allCases.map { ($0.markedTitle, counts[$0]) } + [
    ("已清退", counts.cleared), ("剩余", counts.remaining),
  ]
}

/// A table of published figures, one row an estate and the county last.
func publishedTable(_ figures: PublishedFigures) -> HTML {
  struct Place {
    let name: String
    let figures: [(name: String, count: PublishedCount)]
  }
  let places = figures.estates.map { Place(name: $0.name, figures: publishedFigures($0.counts)) }
  let total = publishedFigures(figures.total)
  let columns = total.indices.map { index in
    Column<Place>(total[index].name, numeric: true) { "\($0.figures[index].count.shown)" }
  }
  return dataTable(
    caption: "各项目进展", columns: [Column("项目") { "\($0.name)" }] + columns, rows: places,
    empty: emptyState("没有政府投资的公租房项目"),
    total: ["合计"] + total.map { "\($0.count.shown)" })
}
