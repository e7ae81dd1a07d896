import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// Visits, from the form to their review.
@Suite(.serialized) struct VisitTests {
  @Test func aVisitIsWrittenWithAllThatWasSeen() async throws {
    let work = try await VisitFixture()
    let page = try await work.visit([
      "id_checked": "yes", "occupants": "3", "water": "12.5", "electricity": "1024",
      "family_change": "二胎已出生", "vehicles": "闽G12345 白色轿车", "recording_number": "LY-0819-03",
      "renews": "yes", "arrears": "336", "arrears_by": "2021-09-30", "notes": "家里有老人",
      "decoration": "厨房重新铺了地砖",
    ])
    #expect(page.status == 200 && page.has("已保存走访。") && page.has("待审核"))
    for words in [
      "承租人 · 已查看身份证件", "本人居住", "3 人", "水 12.50 吨，电 1024.00 度", "二胎已出生", "闽G12345 白色轿车",
      "LY-0819-03", "同意续租；承诺 2021年9月30日前交清欠租 336.00 元", "家里有老人", "厨房重新铺了地砖", "村主任",
      "2021年8月19日 19:30", "工作日晚上",
    ] { #expect(page.has(words), "\(words)") }
    #expect(
      try await work.lines(
        "SELECT state || '|' || attempts || '|' || last_visited_on FROM roster_entries")
        == ["visited|0|2021-08-19"])
    // What names people stands nowhere in clear.
    #expect(
      try await work.lines("SELECT count(*) FROM visits v WHERE v::text LIKE '%闽G12345%'") == ["0"])
    #expect(
      try await work.lines("SELECT action FROM audit_events WHERE entity = 'visits' ORDER BY id")
        == ["visit.record", "visit.read"])
    #expect(
      try await work.lines(
        "SELECT entries || '|' || visited || '|' || tried FROM visit_progress") == ["1|1|0"])
    #expect(
      try await work.lines(
        "SELECT day || '|' || slot || '|' || visits || '|' || met FROM visit_days")
        == ["2021-08-19|evening|1|1"])
  }

  @Test func whatIsMissingIsSaidAndNothingTypedIsLost() async throws {
    let work = try await VisitFixture()
    let page = try await work.visit([
      "met": "other", "home_use": "sublet", "second_name": "", "visited_on": "2021-08-21",
      "arrears": "-3", "empty_reason": "", "notes": "门牌在左边",
    ])
    #expect(page.status == 422)
    for words in [
      "走访时间不能晚于现在", "住的不是承租人，请写明实际居住人是谁", "走访要两个人，请选择同行人",
    ] { #expect(page.has(words), "\(words)") }
    #expect(page.keeps("门牌在左边"))
    #expect(try await work.lines("SELECT count(*) FROM visits") == ["0"])
  }

  @Test func theSameFormTwiceIsOneVisit() async throws {
    let work = try await VisitFixture()
    let form = try await work.form()
    let first = try await form.submit()
    let second = try await form.submit()
    #expect(first.address.prefix { $0 != "?" } == second.address.prefix { $0 != "?" })
    #expect(second.has("以前已经收到，没有重复保存"))
    #expect(try await work.lines("SELECT count(*) FROM visits") == ["1"])
  }

  @Test func nobodyAtHomeAsksForAnotherHourAndAfterThreeForANotice() async throws {
    let work = try await VisitFixture()
    let nobody = ["met": "nobody", "home_use": ""]
    _ = try await work.visit(
      nobody.merging(["visited_on": "2021-08-16", "visited_time": "10:00"]) { $1 })
    // A Monday in the hours of the office: the next is in the evening.
    #expect(
      try await work.lines("SELECT state || attempts || next_on || next_slot FROM roster_entries")
        == ["waiting12021-08-17evening"])
    _ = try await work.visit(
      nobody.merging(["visited_on": "2021-08-17", "visited_time": "19:00"]) { $1 })
    #expect(
      try await work.lines("SELECT attempts || ' ' || next_on || next_slot FROM roster_entries")
        == ["2 2021-08-21weekend"])
    let address = "/desk/visits/homes/\(work.entry)"
    #expect(try await !work.town.open(address).has("打印入户通知"))
    _ = try await work.visit(
      nobody.merging(["visited_on": "2021-08-18", "visited_time": "19:00"]) { $1 })
    let page = try await work.town.open(address)
    #expect(page.has("连续 3 次"))
    let notice = try await page.follow("打印入户通知")
    #expect(notice.has("入户走访通知") && notice.has("2021年8月16日（工作日白天）"))
    #expect(!notice.has("林小满"))
    // Somebody at last.
    _ = try await work.visit()
    #expect(
      try await work.lines(
        "SELECT state || attempts || coalesce(next_on::text, '') FROM roster_entries")
        == ["visited0"])
    #expect(
      try await work.lines("SELECT entries || '|' || visited || '|' || tried FROM visit_progress")
        == ["1|1|0"])
  }

  @Test func somebodyElseLivingThereIsAFindingAtOnce() async throws {
    let work = try await VisitFixture()
    _ = try await work.visit([
      "met": "other", "home_use": "sublet", "occupants_words": "外地务工人员两人，每月付租金 400 元",
    ])
    #expect(
      try await work.lines("SELECT rule || ' ' || subject || ' ' || state FROM findings")
        == ["R5 use:sublet open"])
    let id = try #require(try await work.lines("SELECT id FROM findings").first)
    let finding = try await work.officer.open("/desk/findings/\(id)")
    #expect(finding.has("转租") && finding.has("2021-08-19") && finding.has("其他人"))
    // Another visit that sees the tenant contradicts it: somebody decides.
    _ = try await work.visit(["visited_on": "2021-08-20", "visited_time": "08:00"])
    #expect(
      try await work.lines(
        "SELECT rule || ' ' || subject || ' ' || state FROM findings ORDER BY id")
        == ["R5 use:sublet open", "R8 visits_at_odds open"])
  }

  @Test func aHomeThatStoodEmptyForSixMonthsIsAFinding() async throws {
    let work = try await VisitFixture()
    _ = try await work.visit([
      "met": "other", "home_use": "empty", "empty_since": "2021-02-19",
    ])
    #expect(try await work.lines("SELECT rule || subject FROM findings") == ["R6empty_seen"])
    let other = try await work.another("H2", sequence: 40)
    _ = try await work.visit(
      ["met": "other", "home_use": "empty", "empty_since": "2021-02-20"], of: other.entry)
    #expect(
      try await work.lines("SELECT count(*) FROM findings WHERE household_id = \(other.household)")
        == ["0"])
  }

  @Test func whatWasAMistakeIsVoidAndCountsNoMore() async throws {
    let work = try await VisitFixture()
    let page = try await work.visit([
      "met": "other", "home_use": "lent", "occupants_words": "承租人的表弟",
    ])
    let done = try await page.form(button: "作废").fill(["text": "看错了房号"]).submit()
    #expect(done.has("已作废") && done.has("看错了房号"))
    #expect(try await work.lines("SELECT state FROM findings") == ["lapsed"])
    #expect(try await work.lines("SELECT state FROM roster_entries") == ["waiting"])
    #expect(try await work.lines("SELECT visits FROM visit_days") == ["0"])
    #expect(try await work.lines("SELECT visited FROM visit_progress") == ["0"])
  }

  @Test func theHousingBureauAcceptsOrAsks() async throws {
    let work = try await VisitFixture()
    let page = try await work.visit()
    let address = String(page.address.prefix { $0 != "?" })
    let asked = try await work.officer.open(address).form(button: "退回补充")
      .fill(["text": "请补一张门牌照片"]).submit()
    #expect(asked.has("待补充") && asked.has("请补一张门牌照片"))
    let empty = try await work.town.open(address).form(button: "补充说明").submit()
    #expect(empty.status == 422 && empty.has("请填写补充说明"))
    let answered = try await work.town.open(address).form(button: "补充说明")
      .fill(["text": "照片已补"]).submit()
    #expect(answered.has("待审核"))
    let accepted = try await work.officer.open(address).form(button: "采纳").submit()
    #expect(accepted.has("已采纳"))
    // Seen before it was accepted: too late.
    let late = try await work.officer.open(address).form(button: "重新审核")
      .fill(["text": "再看一次"]).forging("version", "1").submit()
    #expect(late.status == 409 && late.has("再看一次"))
  }

  @Test func whoeverWasThereAcceptsNothingAndTheSecondConfirms() async throws {
    let work = try await VisitFixture()
    let town = try #require(
      try await work.lines("SELECT id FROM accounts WHERE account = 'longjin'").first)
    let page = try await work.visit(["second": town, "second_name": ""], as: work.officer)
    let address = String(page.address.prefix { $0 != "?" })
    #expect(!page.has("采纳"))
    #expect(page.has("待确认"))
    let forged = try await page.form(button: "作废").fill(["text": "理由"]).forging("action", "accept")
      .submit()
    #expect(forged.status == 409 && forged.has("参加走访的人不能审核自己的走访"))
    let confirmed = try await work.town.open(address).form(button: "确认：我参加了，情况属实").submit()
    #expect(confirmed.has("已确认") && confirmed.has("同行人确认"))
    #expect(try await work.town.open("/desk/visits?mine=1").has("没有符合条件的走访记录"))
  }

  @Test func photosAreStoredOnceAndTheSamePhotoElsewhereIsMarked() async throws {
    let work = try await VisitFixture()
    let photo = try await SamplePhoto.jpeg(comment: "GPS 26.1769N")
    let page = try await work.visit(photos: [photo])
    let again = try await page.form(button: "补传照片").choosing("photos", [photo]).submit()
    #expect(again.has("有 1 张以前已经传过"))
    #expect(try await work.lines("SELECT count(*) FROM files") == ["1"])
    let other = try await work.another("H2", sequence: 40)
    let second = try await work.visit(
      ["visited_time": "19:40"], of: other.entry, photos: [photo])
    #expect(second.has("照片与另一次走访相同"))
    #expect(
      try await work.lines("SELECT mark FROM visit_marks ORDER BY visit_id")
        == ["same_photo", "same_photo"])
    await work.site.portal.services.jobs.finishAll()
    let shown = try await work.officer.open(
      try #require(second.address.split(separator: "?").first).description)
    let link = try shown.link("现场照片 1")
    #expect(try await work.officer.open(link).header("Content-Type") == "image/jpeg")
    // A photo of a visit is no file of a case.
    #expect(
      try await work.officer.open(link.replacing("visit-files", with: "case-files")).status == 404)
    let stranger = try await work.site.browser(signedInAs: "minzheng")
    #expect(try await stranger.open(link).status == 403)
  }

  @Test func manyVisitsInFewMinutesAreMarkedAndJudgedByNobody() async throws {
    let work = try await VisitFixture()
    _ = try await work.visit()
    for number in 2...4 {
      let other = try await work.another("H\(number)", sequence: number * 20)
      _ = try await work.visit(["visited_time": "19:3\(number)"], of: other.entry)
    }
    #expect(
      try await work.lines("SELECT mark || details FROM visit_marks")
        == ["too_quick前后 10 分钟内登记了 4 户"])
    #expect(try await work.officer.open("/desk/visits?mark=too_quick").has("短时间内走访多户"))
  }

  @Test func whatIsBrokenBecomesARepairThatIsWorkedOff() async throws {
    let work = try await VisitFixture()
    let page = try await work.visit([
      "repair_kind": "leak", "repair_words": "卫生间天花板漏水", "repair_urgent": "yes",
    ])
    let note = try await work.officer.open(try page.link("漏水、渗水"))
    #expect(note.has("卫生间天花板漏水") && note.has("紧急"))
    let begun = try await note.form(button: "安排维修").fill(["planned_on": "2021-08-25"]).submit()
    #expect(begun.has("维修中") && begun.has("2021年8月25日"))
    let done = try await begun.form(button: "修复完成").fill(["text": "已做防水"]).submit()
    #expect(done.has("已修复") && done.has("已做防水"))
    #expect(try await work.town.open("/desk/visits/repairs").has("已修复"))
  }

  @Test func aWatchMovesOnWithEveryVisitAndEndsWithAReason() async throws {
    let work = try await VisitFixture()
    let home = try #require(try await work.lines("SELECT home_id FROM roster_entries").first)
    let address = "/desk/homes/\(home)/watch"
    let watch = try await work.town.open(address).form(to: address)
      .fill(["reason": "sublet", "rhythm_days": "7", "note": "邻居说换了人"]).submit()
    #expect(watch.has("已列入重点监控") && watch.has("邻居说换了人"))
    let twice = try await work.officer.open(address).form(to: address)
      .fill(["reason": "empty", "rhythm_days": "7"]).submit()
    #expect(twice.status == 422 && twice.has("已经在重点监控中"))
    _ = try await work.visit()
    let next = try #require(
      try await work.lines("SELECT next_on || next_slot FROM home_watches").first)
    #expect(next >= "2021-08-26" && !next.hasSuffix("evening"))
    let end = try await work.town.open(watch.address.prefix { $0 != "?" } + "/end")
      .form(button: "结束").fill(["end_reason": "三次走访均为本人居住"]).submit()
    #expect(end.has("已结束监控") && end.has("三次走访均为本人居住"))
    #expect(try await work.town.open("/desk/visits/watches").has("没有重点监控的房屋"))
  }

  @Test func aPatrolIsWrittenOnceWithItsPhotos() async throws {
    let work = try await VisitFixture()
    let home = try #require(try await work.lines("SELECT home_id FROM roster_entries").first)
    let address = "/desk/homes/\(home)/patrol"
    let form = try await work.town.open(address).form(to: address).fill([
      "signal": "listing", "note": "单元门口贴着招租广告", "visited_on": "2021-08-19", "visited_time": "9:05",
    ]).choosing("photos", [try await SamplePhoto.jpeg(comment: "x")])
    let page = try await form.submit()
    _ = try await form.submit()
    #expect(page.has("已保存巡查") && page.has("单元门口贴着招租广告") && page.has("列入重点监控"))
    #expect(try await work.lines("SELECT count(*) FROM patrols") == ["1"])
    #expect(try await work.lines("SELECT count(*) FROM files WHERE patrol_id IS NOT NULL") == ["1"])
  }

  @Test func anotherTownshipSeesNothing() async throws {
    let work = try await VisitFixture()
    let page = try await work.visit()
    try await work.site.owner.transaction { tx in
      try tx.execute(
        "UPDATE accounts SET area = '350423101' WHERE account = 'longjin'")
    }
    let other = try await work.site.browser(signedInAs: "longjin")
    #expect(
      try await other.open(String(page.address.prefix { $0 != "?" })).status == 404)
    #expect(try await other.open("/desk/visits/homes/\(work.entry)/form").status == 404)
    #expect(try await other.open("/desk/visits").has("没有符合条件的走访记录"))
  }
}
