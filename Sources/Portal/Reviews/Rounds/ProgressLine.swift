import Domain
import Pages
import Spreadsheet

/// One line of a round's overview, as it is taken out: a bureau, a check, a township or an estate.
struct ProgressLine: Sendable {
  /// What the line is about, such as 单位.
  let scope: String
  let name: String
  var households: Int?
  let counts: AnswerCounts
  /// The bureau whose day counts, where there is one.
  var bureau: BureauProgress?
  /// What each bureau owes still; nil where the line is one bureau's.
  var open: [Bureau: Int]?

  static func sheetColumns(today: Day) -> [Column<ProgressLine>] {
    [
      Column("范围", text: \.scope),
      Column("名称", text: \.name),
      Column("户数", number: \.households),
      Column("应答复", number: \.counts.owed),
      Column("已答复", number: \.counts.answered),
      Column("待答复", number: \.counts.open),
      Column("无异常", number: \.counts.clear),
      Column("有情况", number: \.counts.hit),
      Column("查无此人", number: \.counts.notFound),
      Column("期限", day: \.bureau?.dueOn),
      Column("情况", tag: { $0.bureau.map { $0.standing(on: today) } }),
    ]
      + Bureau.allCases.map { bureau in
        Column("\(bureau.title)待答复", number: { $0.open.map { $0[bureau] ?? 0 } })
      }
  }
}

extension RoundShowPage {
  /// Everything that the overview shows, for a sheet.
  var lines: [ProgressLine] {
    progress.bureaus.map { bureau in
      ProgressLine(
        scope: "单位", name: bureau.bureau.title, counts: bureau.counts, bureau: bureau)
    }
      + CheckType.owed.map { type in
        ProgressLine(
          scope: "核查事项", name: type.title, counts: progress[type],
          bureau: BureauProgress(
            bureau: type.bureau, dueOn: progress.round.dues[type.bureau], counts: progress[type],
            endedOn: progress.round.closedOn))
      }
      + townships.map { township in
        ProgressLine(
          scope: "乡镇", name: township.name, households: township.households,
          counts: township.counts, open: township.open)
      }
      + estates.map { estate in
        ProgressLine(
          scope: "项目", name: estate.name ?? "没有房屋", households: estate.households,
          counts: estate.counts, open: estate.open)
      }
  }
}
