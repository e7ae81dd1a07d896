import Domain
import Foundation
import Spreadsheet
import TestSupport
import Testing

@testable import Demo
@testable import Register

/// The files of imports on their way out: templates, and workbooks with what is wrong marked.
@Suite struct ImportFileTests {
  @Test(arguments: RegisterSheet.allCases) func aTemplateIsTakenBackAndHasNothingToImport(
    _ sheet: RegisterSheet
  ) async throws {
    let county = try await ImportFixture()
    let template = try await county.browser.open("/desk/imports").follow("\(sheet.title)模板")
    #expect(template.header("Content-Disposition")?.contains(".xlsx\"") == true)
    let page = try await county.upload(sheet, bytes: template.bytes, name: "模板.xlsx")
    #expect(try await county.causes() == ["error no_rows 1"])
    #expect(page.has("表头下面没有一行数据"))
  }

  @Test func aMarkedWorkbookIsMendedAndSentAgain() async throws {
    let county = try await ImportFixture()
    let faulty = try await county.upload(
      .households,
      """
      清流县公租房家庭,,,,,
      家庭编号,乡镇,保障类别,关系,姓名,身份证号码
      QL-1,龙津镇,低保,本人,林小满,\(try ImportFixture.person(1))
      QL-2,没有镇,低保,本人,王立春,\(try ImportFixture.person(2))

      """)
    let marked = try await faulty.follow("下载标出问题的表格")
    #expect(marked.header("Cache-Control") == "no-store")
    let rows = try marked.sheet("xlsx")
    // Each row under its own number, with its reasons behind it.
    #expect(rows[1].last == "问题" && rows[2].last == "")
    #expect(rows[3].last?.hasPrefix("乡镇：没有这个乡镇") == true)
    let mended = rows.map { $0.map { $0 == "没有镇" ? "嵩溪镇" : $0 }.joined(separator: ",") }
    let checked = try await county.upload(.households, mended.joined(separator: "\n"))
    #expect(checked.has("没有发现问题"))
    #expect(try await county.press(checked, "confirmation").has("已导入"))
    #expect(
      try await county.lines("SELECT number, area FROM households ORDER BY id")
        == ["QL-1|350423100", "QL-2|350423101"])
    #expect(
      try await county.lines(
        "SELECT account FROM audit_events WHERE action = 'import.download_marked'") == ["zhujian"])
  }

  @Test func theHistorySaysWhoSentWhatWhenAndWhatCameOfIt() async throws {
    let county = try await ImportFixture()
    let done = try await county.bring(.estates, ImportFixture.estates)
    let row = try #require(
      try await county.browser.open("/desk/imports").all("tr").first { $0.text.contains("表格.csv") })
    for words in ["项目", "已导入", DemoAccounts.officer, "2021-08-20"] {
      #expect(row.text.contains(words), "\(words) in \(row.text)")
    }
    let hash = try await county.lines("SELECT encode(file_hash, 'hex') FROM imports")
    #expect(done.has(hash[0]) && done.has("全部"))
    let sheet = try await county.browser.open("/desk/imports?format=csv").sheet("csv")
    #expect(sheet.count == 2 && sheet[1].contains("表格.csv"))
  }
}
