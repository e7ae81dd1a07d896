/// Horizontal bars, one below the other, each with its label and value above it.
///
/// Lengths are percentages and texts have their own size, so the chart is legible at any width.
/// - Parameters:
///   - title: what the chart shows; also the name that a screen reader says.
///   - unit: what is counted, such as `户`; the head of the table's column.
///   - top: the amount of a full bar; the greatest value when absent.
public func barChart(
  title: String, unit: String, bars: [ChartBar], top: Double? = nil
) -> HTML {
  let full = max(top ?? bars.map(\.value.amount).max() ?? 0, 1)
  let drawing = HTML.joined(
    bars.enumerated().map { index, bar in
      let y = index * BarRow.height
      return """
        <g class="bar">\(barCaption(bar.label, bar.value.text, y: y))\
        <rect class="bar-ground" x="0" y="\(y + BarRow.barTop)" width="100%" height="12"/>\
        <rect class="series-1" x="0" y="\(y + BarRow.barTop)" \
        width="\(percent(bar.value.amount / full * 100))" height="12"/></g>
        """
    })
  return figure(
    title: title, legend: HTML(),
    svg: svg(title: title, height: bars.count * BarRow.height, drawing),
    table: chartTable(
      title: title, head: ["", unit], rows: bars.map { [$0.label, $0.value.text] }))
}

/// Horizontal bars made of one part for each series, with a legend.
/// - Parameters:
///   - categories: one bar each, from the top.
///   - series: the parts of every bar, from the left.
///   - isShare: whether every bar has the full width (parts of its own whole) or its length is
///     measured against the longest.
public func stackedBarChart(
  title: String, unit: String, categories: [String], series: [ChartSeries], isShare: Bool = false
) -> HTML {
  let sums = categories.indices.map { index in
    series.reduce(0) { $0 + $1.value(at: index).amount }
  }
  let longest = max(sums.max() ?? 0, 1)
  let drawing = HTML.joined(
    categories.enumerated().map { index, label in
      let y = index * BarRow.height
      let full = isShare ? max(sums[index], 1) : longest
      let texts = series.map { $0.value(at: index).text }.joined(separator: " / ")
      return """
        <g class="bar">\(barCaption(label, texts, y: y))\
        <rect class="bar-ground" x="0" y="\(y + BarRow.barTop)" width="100%" height="12"/>\
        \(stackedParts(series, at: index, y: y + BarRow.barTop, full: full))</g>
        """
    })
  return figure(
    title: title, legend: legend(series),
    svg: svg(title: title, height: categories.count * BarRow.height, drawing),
    table: seriesTable(title: title, unit: unit, categories: categories, series: series))
}

private enum BarRow {
  /// Label line, bar and the space below, in pixels.
  static let height = 46
  static let barTop = 22
}

private func barCaption(_ label: String, _ value: String, y: Int) -> HTML {
  """
  <text class="bar-label" x="0" y="\(y + 15)">\(label)</text>\
  <text class="bar-value" x="100%" y="\(y + 15)" text-anchor="end">\(value)</text>
  """
}

private func stackedParts(
  _ series: [ChartSeries], at index: Int, y: Int, full: Double
) -> HTML {
  var left = 0.0
  var parts = HTML()
  for (number, one) in series.enumerated() {
    let width = one.value(at: index).amount / full * 100
    defer { left += width }
    guard width > 0 else { continue }
    parts += """
      <rect class="\(seriesClass(number))" x="\(percent(left))" y="\(y)" \
      width="\(percent(width))" height="12"/>
      """
  }
  return parts
}
