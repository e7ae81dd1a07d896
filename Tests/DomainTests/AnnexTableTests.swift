import Domain
import Testing

@Suite struct AnnexTableTests {
  private static func row(
    _ estate: Int64 = 1, _ nature: ExitNature = .sublet, _ found: Int = 3, _ cleared: Int = 1,
    _ remaining: Int = 2
  ) -> AnnexRow {
    AnnexRow(
      estate: EstateID(rawValue: estate), estateName: "项目\(estate)", county: "清流县", nature: nature,
      counts: AnnexCounts(found: found, cleared: cleared, remaining: remaining))
  }

  private static let sound = AnnexTable(
    rows: [row(), row(2, .sublet, 4, 4, 0), row(2, .lent, 1, 0, 1)],
    byNature: [
      .sublet: AnnexCounts(found: 7, cleared: 5, remaining: 2),
      .lent: AnnexCounts(found: 1, cleared: 0, remaining: 1),
    ], total: AnnexCounts(found: 8, cleared: 5, remaining: 3))

  @Test func `numbers that agree have no problems`() {
    #expect(Self.sound.problems.isEmpty)
    #expect(AnnexTable(rows: [], byNature: [:], total: AnnexCounts()).problems.isEmpty)
  }

  @Test func `a row whose parts do not make up the whole says where`() {
    var table = Self.sound
    table.rows[0].counts.cleared = 2
    #expect(table.problems.contains("项目1的②转租：应清退 3，已清退 2 加剩余 2 等于 4，两者应当相等"))
    #expect(table.problems.contains("②转租小计：已清退 5，各行相加 6，两者应当相等"))
    #expect(table.problems.contains("合计：已清退 5，各行相加 6，两者应当相等"))
  }

  @Test func `any number that is changed alone is found`() {
    for change in [-2, -1, 1, 40] {
      for row in Self.sound.rows.indices {
        for number in [\AnnexCounts.found, \AnnexCounts.cleared, \AnnexCounts.remaining] {
          var table = Self.sound
          table.rows[row].counts[keyPath: number] += change
          #expect(!table.problems.isEmpty)
          table = Self.sound
          table.total[keyPath: number] += change
          #expect(!table.problems.isEmpty)
          table = Self.sound
          table.byNature[.lent]?[keyPath: number] += change
          #expect(!table.problems.isEmpty)
        }
      }
    }
  }

  @Test func `totals that agree with themselves must still be those of the rows`() {
    var table = Self.sound
    table.total = AnnexCounts(found: 9, cleared: 6, remaining: 3)
    #expect(
      table.problems == [
        "合计：应清退 9，各行相加 8，两者应当相等", "合计：已清退 6，各行相加 5，两者应当相等",
      ])
    table = Self.sound
    table.byNature[.lent] = nil
    #expect(!table.problems.isEmpty)
    table = Self.sound
    table.rows[1] = Self.row()
    #expect(table.problems.contains("项目1的②转租有 2 行，应当只有一行"))
  }

  @Test func `every state counts in one of the two parts of what it counts in`() {
    for state in CaseState.allCases {
      let parts = [AnnexPart.cleared, .remaining].filter { $0.states.contains(state) }
      #expect(parts.count == (AnnexPart.found.states.contains(state) ? 1 : 0), "\(state)")
    }
    #expect(ExitNature.annexed.compactMap(\.annexMark) == ["①A", "①B", "②", "③"])
  }

  @Test func `measures stand once each and fit their cell`() {
    var row = Self.row()
    row.measures = ["已送达决定书", "正在协商\n搬迁", "已送达决定书"]
    #expect(row.measuresText == "已送达决定书；正在协商 搬迁")
    row.measures = [String(repeating: "长", count: 300), "短"]
    #expect(row.measuresText.count <= AnnexRow.mostMeasures + 3)
    #expect(row.measuresText.hasSuffix("等"))
    row.measures = []
    #expect(row.measuresText.isEmpty)
  }

  @Test func `planned days say from when to when and who has none`() throws {
    let (first, last) = (try #require(Day(iso: "2021-08-25")), try #require(Day(iso: "2021-09-30")))
    var row = Self.row()
    #expect(row.plannedText == "未定")
    row.planned = first...first
    #expect(row.plannedText == "2021-08-25")
    row.planned = first...last
    row.unplanned = 1
    #expect(row.plannedText == "2021-08-25 至 2021-09-30，另 1 户未定")
    row.counts.remaining = 0
    #expect(row.plannedText.isEmpty)
  }
}
