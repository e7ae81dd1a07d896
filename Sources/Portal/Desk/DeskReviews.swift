import Domain
import HTML
import Pages
import Reviews

// The review on the home pages: what one's own bureau owes, and who is late.
extension DeskHome {
  /// What the person's bureau owes in each round, until when, and how late it is.
  var ownChecks: HTML {
    guard let bureau = principal.role.bureau else { return HTML() }
    let owing = rounds.filter { $0[bureau].counts.owed > 0 }
    guard !owing.isEmpty else {
      return panel(
        "本单位的核查", emptyState("现在没有进行中的资格复核", hint: "开始后，本单位要答复的户数会显示在这里。"))
    }
    return owing.map { progress in
      let own = progress[bureau]
      return panel(
        owing.count == 1 ? "本单位的核查" : "本单位的核查：\(progress.round.title)",
        actions: buttonLink("这一轮的进展", Paths.deskReview.link(progress.round.id), isPrimary: false),
        reminder(own) + figureCards(bureau.checks.map { card($0, own, progress) }))
    }.joined()
  }

  /// One line that says what is to be done, by its day.
  private func reminder(_ own: BureauProgress) -> HTML {
    guard own.counts.open > 0 else { return notice(.ok, "<p>本单位已全部答复。</p>") }
    let open = "还有 \(grouped(own.counts.open)) 项没有答复"
    guard let dueOn = own.dueOn else { return notice(.info, "<p>\(open)。</p>") }
    if let late = own.daysLate(on: today) {
      return notice(
        .alert, "<p><strong>应于 \(dueOn.chinese) 前答复完，已逾期 \(late) 天，\(open)。</strong></p>")
    }
    let left = today.days(until: dueOn)
    return notice(
      left <= 7 ? .warn : .info,
      "<p>\(open)，应于 \(dueOn.chinese) 前答复完，\(left == 0 ? "今天到期" : "还有 \(left) 天")。</p>")
  }

  private func card(_ type: CheckType, _ own: BureauProgress, _ progress: RoundProgress) -> HTML {
    let counts = progress[type]
    let late = own.daysLate(on: today)
    let note =
      counts.open == 0
      ? "已答复完" : late.map { "逾期 \($0) 天" } ?? own.dueOn.map { "期限 \($0.iso)" } ?? "未定期限"
    return figureCard(
      "待答复：\(type.title)", value: grouped(counts.open),
      denominator: "/ \(grouped(counts.owed)) 户", note: note,
      kind: counts.open == 0 ? .ok : late == nil ? .warn : .alert,
      link: checksLink(progress.round.id, type.bureau, type, for: principal))
  }

  /// How far each bureau is, those that are late first; for whoever runs the review or watches it.
  var roundPanels: HTML {
    rounds.map { progress in
      let bureaus = progress.bureaus.filter { $0.counts.owed > 0 }.sorted {
        ($0.daysLate(on: today) ?? 0) > ($1.daysLate(on: today) ?? 0)
      }
      return panel(
        "资格复核：\(progress.round.title)",
        actions: buttonLink("查看进展", Paths.deskReview.link(progress.round.id), isPrimary: false),
        dataTable(
          caption: "\(progress.round.title)各单位",
          columns: [
            Column("单位") { "\($0.bureau.title)" }, Column("期限") { "\($0.dueOn?.iso ?? "—")" },
            Column("情况") { [today] in tag($0.standing(on: today).0, $0.standing(on: today).1) },
            Column("待答复", numeric: true) { "\(grouped($0.counts.open))" },
            Column("应答复", numeric: true) { "\(grouped($0.counts.owed))" },
            Column("有情况", numeric: true) { "\(grouped($0.counts.hit))" },
          ], rows: bureaus,
          link: { checksLink(progress.round.id, $0.bureau, for: principal) },
          empty: emptyState("名单里没有您辖区的家庭")))
    }.joined()
  }
}
