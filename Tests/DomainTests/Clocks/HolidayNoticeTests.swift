import Testing

@testable import Domain

@Suite struct HolidayNoticeTests {
  static let of2021 = """
    国务院办公厅关于2021年部分节假日安排的通知
    国办发明电〔2020〕27号
    各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
    经国务院批准，现将2021年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
    一、元旦：2021年1月1日至3日放假，共3天。
    二、春节：2月11日至17日放假调休，共7天。2月7日（星期日）、2月20日（星期六）上班。
    三、清明节：4月3日至5日放假调休，共3天。
    四、劳动节：5月1日至5日放假调休，共5天。4月25日（星期日）、5月8日（星期六）上班。
    五、端午节：6月12日至14日放假，共3天。
    六、中秋节：9月19日至21日放假调休，共3天。9月18日（星期六）上班。
    七、国庆节：10月1日至7日放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。
    节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
    国务院办公厅
    2020年11月25日
    """

  @Test func `the notice's own text is read`() throws {
    let read = HolidayNotice(Self.of2021, year: 2021)
    #expect(read.problems.isEmpty)
    #expect(read.announced(by: "国办发明电〔2020〕27号") == CalendarSamples.of2021)
  }

  @Test func `a holiday may begin in the year before, and days be made up one by one`() {
    let read = HolidayNotice(
      """
      一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
      二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、29日（星期日）上班。
      三、清明节：4月5日放假，共1天。
      """, year: 2023)
    #expect(read.problems.isEmpty)
    #expect(
      read.daysOff == CalendarSamples.days("2022-12-31/3", "2023-01-21/7", "2023-04-05/1"))
    #expect(read.workdays == CalendarSamples.days("2023-01-28/2"))
  }

  @Test(arguments: [
    "10月1-7日放假", "10月1日—10月7日放假", "１０月１日至７日放假", "2021-10-01至2021-10-07放假",
    "10 月 1 日 到 7 日 放假 调休", "2021年10月1日（星期五、农历廿五）至7日放假",
  ])
  func `days are read however they are written`(sentence: String) {
    #expect(HolidayNotice(sentence, year: 2021).daysOff == CalendarSamples.days("2021-10-01/7"))
  }

  @Test func `lines with a day each are read`() {
    let read = HolidayNotice("2021-10-01 放假\n2021/10/2 放假\n2021-10-09 上班", year: 2021)
    #expect(read.daysOff == CalendarSamples.days("2021-10-01/2"))
    #expect(read.workdays == CalendarSamples.days("2021-10-09/1"))
  }

  @Test func `a sentence may speak of days off and of days worked`() {
    let read = HolidayNotice("国庆节：10月1日至7日放假调休，共7天，9月26日、10月9日上班", year: 2021)
    #expect(read.daysOff == CalendarSamples.days("2021-10-01/7"))
    #expect(read.workdays == CalendarSamples.days("2021-09-26/1", "2021-10-09/1"))
  }

  @Test(arguments: [
    ("", "没有读出放假的日子"), ("节假日期间要值班。", "没有读出放假的日子"), ("10月1日至3日放假", "只读出 3 天放假"),
    ("2月30日放假", "没有 2021年2月30日 这一天"), ("2020年10月1日至7日放假", "不属于 2021 年的安排（共 7 天）"),
    ("10月1日至7日放假。10月3日上班。", "既写了放假，又写了上班"), ("10月1日至7日放假。10月8日上班。", "2021年10月8日是星期五，本来就上班"),
    ("1月1日至7月1日放假", "不像一次假期"), ("10月7日至1日放假", "不像一次假期"),
  ])
  func `what is wrong is said, and such a notice is not taken`(text: String, problem: String) {
    let read = HolidayNotice(text, year: 2021)
    #expect(read.problems.contains { $0.contains(problem) }, "\(read.problems)")
    #expect(read.announced(by: "文件") == nil)
  }

  @Test(arguments: [CalendarSamples.of2021, CalendarSamples.of2022])
  func `what is written in lines is read again`(year: HolidayYear) {
    #expect(HolidayNotice(year.lines, year: year.year).announced(by: year.document) == year)
  }

  @Test func `days of a table are checked as those of a text`() {
    let days = CalendarSamples.of2021.daysOff.map { ($0, true) }
    let read = HolidayNotice(days: days + [(day("2021-10-09"), false)], year: 2021)
    #expect(read.problems.isEmpty && read.daysOff.count == 31)
    #expect(!HolidayNotice(days: days, year: 2022).problems.isEmpty)
  }
}
