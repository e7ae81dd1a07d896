import HTML
import Testing

@Suite("Charts")
struct ChartTests {
  private let bar = barChart(
    title: "各小区应清退", unit: "户",
    bars: [
      ChartBar("翠竹苑", 12), ChartBar("龙津<花园>", ChartValue(amount: 5, text: "<5")),
      ChartBar("空", 0),
    ])
  private let stacked = stackedBarChart(
    title: "清退进度", unit: "户", categories: ["翠竹苑", "龙津"],
    series: [ChartSeries("已清退", [31, 7]), ChartSeries("剩余", [9, 53])])
  private let line = lineChart(
    title: "清退趋势", unit: "户", categories: ["6月", "7月", "8月"],
    series: [ChartSeries("应清退", [10, 61, 87]), ChartSeries("已清退", [0, 23, 86])])

  @Test("every value is in the table beneath the drawing")
  func tablesHoldValues() {
    let tables = [bar, stacked, line].map { chart in
      String(chart.text.split(separator: "<table>").last ?? "")
    }
    for value in ["12", "&lt;5", "0"] { #expect(tables[0].contains(">\(value)</td>")) }
    for value in [31, 7, 9, 53] { #expect(tables[1].contains(">\(value)</td>")) }
    for value in [10, 61, 87, 0, 23, 86] { #expect(tables[2].contains(">\(value)</td>")) }
    for name in ["6月", "7月", "8月"] { #expect(tables[2].contains("<th scope=\"row\">\(name)</th>")) }
  }

  @Test("there is no inline style or script, so that the Content-Security-Policy holds")
  func hasNothingInline() {
    for chart in [bar, stacked, line] {
      #expect(!chart.text.contains("style="))
      #expect(!chart.text.contains("<style"))
      #expect(!chart.text.contains("<script"))
      #expect(!chart.text.contains(" on"))
    }
  }

  @Test("the drawing has a name for those who cannot see it")
  func isNamed() {
    for (chart, title) in [(bar, "各小区应清退"), (stacked, "清退进度"), (line, "清退趋势")] {
      #expect(chart.text.contains("role=\"img\" aria-label=\"\(title)"))
      #expect(chart.text.contains("<figcaption>\(title)</figcaption>"))
    }
  }

  @Test("labels are escaped")
  func escapesLabels() {
    #expect(bar.text.contains("龙津&lt;花园&gt;"))
    #expect(!bar.text.contains("<花园>"))
  }

  @Test("bars are as long as their share of the longest")
  func scalesBars() {
    #expect(bar.text.contains("width=\"100%\" height=\"12\"/></g>"))
    #expect(bar.text.contains("width=\"41.67%\""))
    #expect(stacked.text.contains("width=\"51.67%\""))  // 31 of 60, the longest bar
    #expect(stacked.text.contains("x=\"11.67%\""))  // 53 begins after 7 of 60
  }

  @Test("empty data, a single point and a series that is too short still draw")
  func drawsLittleData() {
    let charts = [
      barChart(title: "t", unit: "户", bars: []),
      stackedBarChart(
        title: "t", unit: "户", categories: ["a"], series: [ChartSeries("s", [0])], isShare: true),
      lineChart(title: "t", unit: "户", categories: [], series: []),
      lineChart(title: "t", unit: "户", categories: ["a"], series: [ChartSeries("s", [3])]),
      lineChart(title: "t", unit: "户", categories: ["a", "b"], series: [ChartSeries("s", [3])]),
    ]
    for chart in charts {
      #expect(chart.text.hasSuffix("</figure>"))
      #expect(!chart.text.contains("nan"))
    }
  }

  @Test(
    "the axis ends at a round number and its four steps are whole",
    arguments: [
      (0, [0, 1, 2, 3, 4]), (6, [0, 2, 4, 6, 8]), (9, [0, 3, 6, 9, 12]), (13, [0, 5, 10, 15, 20]),
      (87, [0, 25, 50, 75, 100]), (101, [0, 30, 60, 90, 120]), (1104, [0, 300, 600, 900, 1200]),
    ])
  func roundsAxis(greatest: Int, labels: [Int]) {
    let chart = lineChart(
      title: "t", unit: "户", categories: ["a", "b"], series: [ChartSeries("s", [0, greatest])])
    for label in labels {
      #expect(chart.text.contains("text-anchor=\"end\">\(label)</text>"))
    }
  }
}
