/// Lines over time, one for each series, with four grid lines, a legend and a table beneath.
/// - Parameters:
///   - unit: what is counted, such as `户`.
///   - categories: the points of time, from the left; at most five of them are written.
public func lineChart(
  title: String, unit: String, categories: [String], series: [ChartSeries]
) -> HTML {
  let top = axisTop(series.flatMap(\.values).map(\.amount).max() ?? 0)
  let lines = series.enumerated().map { number, one in
    line(one, number: number, count: categories.count, top: Double(top))
  }
  let plot: HTML = """
    <svg class="plot" x="10%" y="\(Plot.top)" width="82%" height="\(Plot.height)">\(lines)</svg>
    """
  return figure(
    title: title, legend: legend(series),
    svg: svg(
      title: title, height: Plot.top + Plot.height + 28,
      gridLines(top: top, unit: unit) + plot + categoryLabels(categories)),
    table: seriesTable(title: title, unit: unit, categories: categories, series: series))
}

private enum Plot {
  static let top = 24
  static let height = 180
  static let steps = 4

  /// Where a point lies from the left, in percent of the plot.
  static func x(_ index: Int, of count: Int) -> Double {
    count < 2 ? 50 : Double(index) / Double(count - 1) * 100
  }
}

private func gridLines(top: Int, unit: String) -> HTML {
  let lines = HTML.joined(
    (0...Plot.steps).map { step in
      let y = Plot.top + Plot.height - Plot.height * step / Plot.steps
      return """
        <line class="grid" x1="10%" x2="92%" y1="\(y)" y2="\(y)"/>\
        <text class="axis" x="8%" y="\(y + 4)" text-anchor="end">\(top * step / Plot.steps)</text>
        """
    })
  return lines + "<text class=\"axis\" x=\"0\" y=\"12\">\(unit)</text>"
}

private func categoryLabels(_ categories: [String]) -> HTML {
  let every = max(1, (categories.count + 4) / 5)
  return HTML.joined(
    categories.enumerated().filter { $0.offset % every == 0 }.map { index, label in
      let x = 10 + Plot.x(index, of: categories.count) * 0.82
      return """
        <text class="axis" x="\(percent(x))" y="\(Plot.top + Plot.height + 20)" \
        text-anchor="middle">\(label)</text>
        """
    })
}

/// Segments and points as separate elements: only these take percentages, and so follow the width.
private func line(_ series: ChartSeries, number: Int, count: Int, top: Double) -> HTML {
  let points = series.values.prefix(count).enumerated().map { index, value in
    (
      x: percent(Plot.x(index, of: count)),
      y: Int(Double(Plot.height) * (1 - value.amount / top) + 0.5)
    )
  }
  let stroke = seriesClass(number)
  let segments = zip(points, points.dropFirst()).map { from, to -> HTML in
    """
    <line class="\(stroke)" x1="\(from.x)" y1="\(from.y)" x2="\(to.x)" y2="\(to.y)"/>
    """
  }
  let dots = points.map { point -> HTML in
    "<circle class=\"\(stroke)\" cx=\"\(point.x)\" cy=\"\(point.y)\" r=\"3.5\"/>"
  }
  return "<g class=\"line\">\(segments)\(dots)</g>"
}
