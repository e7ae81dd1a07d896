import Foundation
import Testing

@testable import Domain

@Suite struct FiguresTests {
  static let counts = FigureCounts(
    homes: 100, households: 90, reviewed: 80, visited: 70, found: 10,
    byNature: [.purchasedHome: 4, .sublet: 6], cleared: 7, remaining: 3)

  static func county() -> CountyFigures {
    CountyFigures(
      estates: [
        EstateFigures(estate: EstateID(rawValue: 1), name: "北山小区", counts: counts),
        EstateFigures(estate: EstateID(rawValue: 2), name: "龙津新村", counts: counts),
      ], complaintsReceived: 9, complaintsInTime: 8)
  }

  @Test func figuresThatAgreeHaveNoProblems() {
    #expect(Self.county().crossFootProblems() == [])
    #expect(Self.county().total.byNature[.sublet] == 12)
  }

  @Test func aSumThatIsOffIsNamedWithItsPlace() {
    let paths: [(WritableKeyPath<FigureCounts, Int>, String)] = [
      (\.found, "发现问题"), (\.cleared, "已清退"), (\.remaining, "剩余"),
    ]
    for (path, words) in paths {
      var county = Self.county()
      county.estates[1].counts[keyPath: path] += 1
      let problems = county.crossFootProblems()
      #expect(problems.contains { $0.hasPrefix("龙津新村：") && $0.contains(words) })
      #expect(problems.contains { $0.hasPrefix(words) && $0.contains("全县合计") })
    }
  }

  @Test func partsAreNeverMoreThanTheWhole() {
    var county = Self.county()
    county.estates[0].counts.reviewed = 91
    county.estates[0].counts.visited = 92
    county.estates[0].counts.households = 101
    county.complaintsInTime = 10
    let problems = county.crossFootProblems().joined(separator: "\n")
    #expect(problems.contains("北山小区：在保家庭101多于房源套数100"))
    #expect(!problems.contains("北山小区：已复核"))
    #expect(problems.contains("按时答复10多于收到9"))
    county.estates[0].counts.households = 90
    #expect(county.crossFootProblems().contains("北山小区：已复核91多于在保家庭90"))
    #expect(county.crossFootProblems().contains("北山小区：已走访92多于在保家庭90"))
  }

  @Test func negativeCountsAreNamed() {
    var counts = Self.counts
    counts.remaining = -1
    #expect(counts.crossFootProblems(of: "甲").contains("甲：剩余是负数（-1）"))
  }

  @Test func figuresKeepTheirFormInJSON() throws {
    let json = try JSONEncoder().encode(Self.county())
    #expect(try JSONDecoder().decode(CountyFigures.self, from: json) == Self.county())
    #expect(String(decoding: json, as: UTF8.self).contains(#""purchased_home":4"#))
  }

  @Test func publishedCountsAreNumbersOrMarks() throws {
    let counts: [PublishedCount] = [.exact(0), .exact(12), .below(5), .withheld]
    let json = try JSONEncoder().encode(counts)
    #expect(String(decoding: json, as: UTF8.self) == #"[0,12,"<5","*"]"#)
    #expect(try JSONDecoder().decode([PublishedCount].self, from: json) == counts)
    for wrong in [#"["5"]"#, #"["<"]"#, #"["<x"]"#, "[1.5]", "[null]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([PublishedCount].self, from: Data(wrong.utf8))
      }
    }
  }

  @Test func thePlanOf2021HasItsStagesAndDueDays() throws {
    let plan = CampaignTemplate2021.template
    #expect(plan.documentNumber == "清建〔2021〕35号")
    #expect(plan.title == "公租房租后管理点题整治")
    #expect(plan.clearBy.iso == "2021-08-25")
    #expect(plan.stages.map(\.title) == ["方案制定阶段", "自查自纠阶段", "抽查核实阶段", "验收巩固阶段"])
    #expect(plan.stages.allSatisfy { $0.startsOn <= $0.endsOn })
    let july = try #require(Day(iso: "2021-07-15"))
    #expect(plan.stages(on: july).map(\.title) == ["自查自纠阶段", "抽查核实阶段"])
    #expect(plan.stages(on: july + 78).isEmpty)
    #expect(
      plan.milestones.map(\.dueOn.iso) == [
        "2021-06-15", "2021-07-31", "2021-08-25", "2021-08-31", "2021-08-31", "2021-08-31",
        "2021-09-30",
      ])
    #expect(plan.milestones.allSatisfy { !$0.owedBy.isEmpty })
  }
}
