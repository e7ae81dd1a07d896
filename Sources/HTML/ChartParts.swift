/// The parts that all charts share: frame, legend, and the table of the values for those who
/// cannot see the drawing.
func figure(title: String, legend: HTML, svg: HTML, table: HTML) -> HTML {
  """
  <figure class="chart"><figcaption>\(title)</figcaption>\(legend)\(svg)\
  <details class="chart-data"><summary>查看数据表</summary>\(table)</details></figure>
  """
}

func svg(title: String, height: Int, _ drawing: HTML) -> HTML {
  """
  <svg class="chart-drawing" role="img" aria-label="\(title)，数据见下表" width="100%" \
  height="\(max(height, 1))">\(drawing)</svg>
  """
}

func legend(_ series: [ChartSeries]) -> HTML {
  let items = series.enumerated().map { number, one -> HTML in
    """
    <li><svg class="swatch" width="12" height="12" aria-hidden="true">\
    <rect class="\(seriesClass(number))" width="12" height="12"/></svg>\(one.name)</li>
    """
  }
  return "<ul class=\"legend\">\(items)</ul>"
}

/// The class that the stylesheet colours a series by; six colours, then from the first again.
func seriesClass(_ number: Int) -> String {
  "series-\(number % 6 + 1)"
}

func seriesTable(
  title: String, unit: String, categories: [String], series: [ChartSeries]
) -> HTML {
  chartTable(
    title: title, head: [""] + series.map { "\($0.name)（\(unit)）" },
    rows: categories.enumerated().map { index, label in
      [label] + series.map { $0.value(at: index).text }
    })
}

/// A table whose first column is the row's head and whose others are numbers.
func chartTable(title: String, head: [String], rows: [[String]]) -> HTML {
  """
  <table><caption>\(title)</caption>\
  <thead><tr>\(cells(head, first: "td", others: "th"))</tr></thead>\
  <tbody>\(rows, { "<tr>\(cells($0, first: "th", others: "td"))</tr>" })</tbody></table>
  """
}

private func cells(_ texts: [String], first: String, others: String) -> HTML {
  HTML.joined(
    texts.enumerated().map { index, text in
      let (tag, kind): (String, String?) = index == 0 ? (first, nil) : (others, "num")
      let scope = tag == "th" ? (index == 0 ? "row" : "col") : nil
      return """
        <\(tag)\(attribute: "scope", scope)\(attribute: "class", kind)>\(text)</\(tag)>
        """
    })
}
