import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Register

/// From a file to the register, through the pages.
@Suite struct ImportTests {
  @Test func aCountysWorkbooksBecomeItsRegister() async throws {
    let county = try await ImportFixture()
    try await county.bringCounty()
    #expect(
      try await county.lines(
        """
        SELECT e.name, e.area, h.building, h.unit, h.room, h.floor_area, h.state
        FROM homes h JOIN estates e ON e.id = h.estate_id ORDER BY h.id
        """) == [
          "龙津小区|350423100|1栋|1单元|101|55.50|leased",
          "龙津小区|350423100|1栋|1单元|102|60.00|leased",
          "嵩溪小区|350423101|2栋||201|48.25|in_repair",
        ])
    #expect(
      try await county.lines(
        """
        SELECT f.number, f.area, f.category, p.relation, p.name, p.marital_status,
          p.phone_index IS NOT NULL, p.import_id IS NOT NULL
        FROM persons p JOIN households f ON f.id = p.household_id ORDER BY p.id
        """) == [
          "QL-1|350423100|subsistence|applicant|林小满|married|t|t",
          "QL-1|350423100|subsistence|spouse|陈大雪|married|f|t",
          "QL-2|350423101|low_income|applicant|王立春|single|t|t",
        ])
    #expect(
      try await county.lines(
        """
        SELECT l.contract_number, f.number, h.room, l.starts_on, l.ends_on, l.monthly_rent, l.deposit,
          l.state
        FROM leases l JOIN households f ON f.id = l.household_id JOIN homes h ON h.id = l.home_id
        ORDER BY l.id
        """) == [
          "HT-1|QL-1|102|2020-01-01|2025-01-01|150.00|450.00|running",
          "HT-2|QL-2|101|2020-06-01|2025-06-01|160.50|481.50|running",
        ])
  }

  @Test func numbersAreSealedAndFoundByTheirHash() async throws {
    let county = try await ImportFixture()
    try await county.bring(.households, try ImportFixture.households())
    let keys = county.site.keys
    let number = try ImportFixture.person(1)
    let opened = try await county.site.owner.read { tx in
      try tx.all(
        Query(
          """
          SELECT id_number_sealed, phone_sealed FROM persons
          WHERE id_number_index = \(keys.hash(number, of: .idNumber))
          """
        ) { row in
          (
            try keys.openText(try row("id_number_sealed"), for: .personIDNumber),
            try keys.openText(try row("phone_sealed"), for: .personPhone)
          )
        })
    }
    #expect(opened.map(\.0) == [number] && opened.map(\.1) == ["13800000001"])
  }

  @Test func nothingIsWrittenBeforeItIsConfirmed() async throws {
    let county = try await ImportFixture()
    let page = try await county.upload(.estates, ImportFixture.estates)
    #expect(page.has("待确认") && page.has("没有发现问题"))
    #expect(try await county.count("estates") == 0)
  }

  @Test func anErrorKeepsTheWholeFileOutAndSaysWhereAndWhatToDo() async throws {
    let county = try await ImportFixture()
    let page = try await county.upload(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码
      QL-1,龙津镇,低保,本人,林小满,\(try ImportFixture.person(1))
      QL-2,没有镇,低保,本人,王立春,350423198003080019

      """)
    #expect(
      try await county.causes() == ["error id_number_check 1", "error township_unknown 1"])
    #expect(page.has("第 3 行") && page.has("350423********0019") && page.has("没有这个乡镇"))
    #expect(!page.source.contains("350423198003080019"))
    #expect(page.has("只导入没有问题的 1 行"))
    #expect(try await county.count("persons") == 0)
  }

  @Test func theGoodRowsAloneAreTakenOnlyWhenSomebodySaysSo() async throws {
    let county = try await ImportFixture()
    let checked = try await county.upload(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码
      QL-1,龙津镇,低保,本人,林小满,\(try ImportFixture.person(1))
      QL-2,龙津镇,低保,本人,王立春,\(try ImportFixture.person(2))
      QL-2,龙津镇,低保,子,王小雨,12345

      """)
    let done = try await county.press(checked, "confirmation")
    #expect(done.has("已导入") && done.has("只导入没有问题的行"))
    // A household is taken as a whole or not at all.
    #expect(try await county.lines("SELECT number FROM households") == ["QL-1"])
    #expect(
      try await county.lines("SELECT good_rows_only, bad_rows FROM imports") == ["t|2"])
  }

  @Test func theSameFileAgainIsSaidBeforeItIsChecked() async throws {
    let county = try await ImportFixture()
    try await county.bring(.estates, ImportFixture.estates)
    let again = try await county.upload(.estates, ImportFixture.estates, name: "另一个名字.csv")
    #expect(again.has("同一个文件"))
    #expect(again.links.contains { $0.hasPrefix("/desk/imports/") && $0 != again.address })
    let checked = try await county.press(again, "check")
    #expect(checked.has("待确认"))
    #expect(
      try await county.lines("SELECT counts ->> 'unchanged' FROM imports ORDER BY id DESC LIMIT 1")
        == ["2"])
  }

  @Test func theSameHouseholdAgainIsAnUpdateShownFieldByField() async throws {
    let county = try await ImportFixture()
    try await county.bring(.households, try ImportFixture.households())
    let page = try await county.upload(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码,手机号,婚姻
      QL-1,龙津镇,低收入,本人,林小满,\(try ImportFixture.person(1)),13900000009,离异
      QL-1,龙津镇,低收入,女儿,林谷雨,\(try ImportFixture.person(4, birth: "2010-05-06")),,

      """)
    #expect(page.has("保障类别") && page.has("低保") && page.has("低收入"))
    #expect(page.has("已婚") && page.has("离异") && page.has("新号码") && page.has("林*雨"))
    #expect(page.has("家庭 QL-1 林*满") && !page.has("这里只列出"))
    #expect(!page.source.contains("13900000009") && !page.has("林谷雨"))
    _ = try await county.press(page, "confirmation")
    #expect(
      try await county.lines(
        """
        SELECT f.category, p.name, p.marital_status, p.version FROM persons p
        JOIN households f ON f.id = p.household_id WHERE f.number = 'QL-1' ORDER BY p.id
        """) == [
          "low_income|林小满|divorced|2", "low_income|陈大雪|married|1", "low_income|林谷雨|unknown|1",
        ])
    #expect(try await county.site.miscountedHouseholds() == [])
    #expect(
      try await county.lines(
        """
        SELECT entity, action, import_id IS NOT NULL FROM register_changes ORDER BY entity
        """) == ["households|import|t", "persons|import|t"])
  }

  @Test func anEmptyCellLeavesWhatTheRegisterHolds() async throws {
    let county = try await ImportFixture()
    try await county.bring(.households, try ImportFixture.households())
    try await county.bring(
      .households,
      """
      家庭编号,关系,姓名,身份证号码,手机号,婚姻
      QL-1,本人,林小满,\(try ImportFixture.person(1)),,

      """)
    #expect(
      try await county.lines(
        "SELECT phone_index IS NOT NULL, marital_status, version FROM persons ORDER BY id LIMIT 1")
        == ["t|married|1"])
  }

  @Test func householdsWithoutNumberGetOneAndAreKnownAgainByTheirApplicant() async throws {
    let county = try await ImportFixture()
    let sheet = """
      乡镇,保障类别,关系,姓名,身份证号码
      龙津镇,低保,申请人,林小满,\(try ImportFixture.person(1))
      ,,妻,陈大雪,\(try ImportFixture.person(2))
      龙津镇,低收入,申请人,王立春,\(try ImportFixture.person(3))

      """
    try await county.bring(.households, sheet)
    #expect(
      try await county.lines("SELECT number FROM households ORDER BY id") == [
        "350423-0000001", "350423-0000002",
      ])
    let again = try await county.upload(.households, sheet + "\n")
    #expect(again.has("待确认"))
    #expect(
      try await county.lines(
        "SELECT counts ->> 'unchanged', counts ->> 'created' FROM imports ORDER BY id DESC LIMIT 1")
        == ["2|0"])
  }

  @Test func aPersonInTwoHouseholdsIsAFindingAndNoError() async throws {
    let county = try await ImportFixture()
    try await county.bring(.households, try ImportFixture.households())
    let page = try await county.upload(
      .households,
      """
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码
      QL-9,龙津镇,低保,本人,陈大雪,\(try ImportFixture.person(2))

      """)
    #expect(try await county.causes() == ["warning person_elsewhere 1"])
    #expect(page.has("提醒") && page.has("QL-1"))
    _ = try await county.press(page, "confirmation")
    #expect(
      try await county.lines(
        """
        SELECT h.number, f.rule, f.state FROM findings f
        JOIN households h ON h.id = f.household_id ORDER BY h.number
        """) == ["QL-1|R8|open", "QL-9|R8|open"])
  }

  @Test func aLeaseThatOverlapsAnotherIsAnErrorThatNamesTheOther() async throws {
    let county = try await ImportFixture()
    try await county.bringCounty()
    let page = try await county.upload(
      .leases,
      """
      合同号,家庭编号,项目,栋,单元,房号,起租日期,到期日期,月租金,押金,状态,终止日期
      HT-3,QL-2,嵩溪小区,2栋,,201,2018-01-01,2019-01-01,100,300,终止,2019-01-01
      HT-4,QL-2,龙津小区,1栋,1单元,102,2021-01-01,2022-01-01,100,300,,

      """)
    #expect(try await county.causes() == ["error lease_overlaps 2"])
    #expect(page.has("HT-1") && page.has("HT-2") && page.has("第 3 行"))
    #expect(try await county.count("leases") == 2)
  }

  @Test func whatIsNoWorkbookIsRefusedWithTheFormAndNothingIsStored() async throws {
    let county = try await ImportFixture()
    for (bytes, word) in [
      (Array("%PDF-1.4 ...".utf8), "PDF"), ([UInt8](), "空"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600), "。"),
    ] {
      let page = try await county.upload(.estates, bytes: bytes, name: "表.xlsx")
      #expect(page.status == 422 && page.has(word))
    }
    #expect(try await county.count("imports") == 0)
    #expect(try await county.count("import_chunks") == 0)
  }

  @Test func thePageSaysWhatIsTooMuchBeforeAnythingIsSent() async throws {
    let county = try await ImportFixture()
    let page = try await county.browser.open("/desk/imports/new")
    #expect(page.has("256 MB") && page.has("2,000,000 行") && page.has("展开后不超过 200 MB"))
  }

  @Test func whatIsHiddenIsTakenOnlyWhenSomebodySaysSo() async throws {
    let county = try await ImportFixture()
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = tests.appending(path: "Workbooks/cases/x-hidden-row.xlsx")
    let bytes = Array(try Data(contentsOf: path))
    let seen = try await county.upload(.households, bytes: bytes, name: "名单.xlsx")
    #expect(seen.has("有 1 行是隐藏的") && seen.has("没有导入"))
    let chosen = try await county.press(seen, "check")
    #expect(chosen.has("隐藏的 1 行已一起检查"))
    _ = try await county.press(chosen, "confirmation")
    #expect(try await county.count("persons") == 3)
  }

  @Test func theFileIsSealedAndGoneOnceItIsWritten() async throws {
    let county = try await ImportFixture()
    let checked = try await county.upload(.estates, ImportFixture.estates)
    #expect(
      try await county.lines(
        "SELECT position('龙津'::bytea IN content) FROM import_chunks") == ["0"])
    _ = try await county.press(checked, "confirmation")
    #expect(try await county.count("import_chunks") == 0)
  }
}
