import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Files
@testable import Ground
@testable import Portal

/// Scans and photos of a case, from choosing them to taking one out.
@Suite(.serialized) struct CaseFileTests {
  /// A case, and where its files are sent in.
  private struct Work {
    let base: CaseWorkFixture
    let address: String

    init() async throws {
      base = try await CaseWorkFixture()
      address = try await base.open()
    }

    var site: TestPortal { base.base.site }

    func lines(_ sql: String) async throws -> [String] { try await base.base.register.lines(sql) }

    func send(
      _ files: [ChosenFile], as browser: Browser? = nil, kind: String = "evidence",
      title: String = ""
    ) async throws -> Page {
      try await (browser ?? base.officer).open("\(address)/files").form(to: "\(address)/files")
        .fill(["kind": kind, "title": title]).choosing("files", files).submit()
    }

    /// The case once its files were worked on.
    func settled(as browser: Browser? = nil) async throws -> Page {
      await site.portal.services.jobs.finishAll()
      return try await (browser ?? base.officer).open(address)
    }

    /// The one file that is called so.
    func link(_ title: String) async throws -> String { try await settled().link(title) }
  }

  @Test func scansAndPhotosAreSeenByWhoWorksTheCase() async throws {
    let work = try await Work()
    let photo = try await SamplePhoto.jpeg(comment: "GPS 26.1769N")
    let scan = SampleDocument.scan("决定书.pdf", pages: 3)
    let sent = try await work.send([photo, scan])
    #expect(sent.status == 200 && sent.has("已收到 2 个文件") && sent.has("现场照片 处理中"))
    let page = try await work.settled()
    #expect(!page.has("处理中") && page.all("img").count == 2)
    for thumbnail in page.all("img").compactMap({ $0["src"] }) {
      #expect(try await work.base.officer.open(thumbnail).header("Content-Type") == "image/jpeg")
    }

    let picture = try await work.base.officer.open(page.link("现场照片"))
    #expect(picture.status == 200 && picture.header("Content-Type") == "image/jpeg")
    #expect(picture.header("Content-Disposition") == "inline")
    #expect(Data(picture.bytes).range(of: Data("GPS".utf8)) == nil)
    let document = try await work.base.officer.open(page.link("决定书"))
    #expect(document.status == 200 && document.header("Content-Type") == "application/pdf")
    #expect(document.header("Content-Disposition")?.hasPrefix("attachment; ") == true)
    #expect(document.bytes == scan.bytes)
    for answer in [picture, document] {
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      #expect(answer.header("Cache-Control") == "no-store")
      #expect(
        answer.header("Content-Security-Policy")?.hasPrefix("sandbox; default-src 'none'") == true)
    }
    // The original of a photo is evidence and stays, sealed; a PDF is not kept twice.
    #expect(
      try await work.lines(
        "SELECT original_type, original_sealed IS NULL, original_bytes FROM files ORDER BY id") == [
          "image/jpeg|f|\(photo.bytes.count)", "application/pdf|t|\(scan.bytes.count)",
        ])
    #expect(
      try await work.lines("SELECT count(*) FROM files f WHERE strpos(f::text, 'JFIF') > 0") == [
        "0"
      ])
  }

  @Test func otherBureausAndOtherAreasDoNotSeeThem() async throws {
    let work = try await Work()
    _ = try await work.send([SampleDocument.scan("证词.pdf")])
    let link = try await work.link("证词")
    for account in ["minzheng", "gongan", "ziran"] {
      let browser = try await work.site.browser(signedInAs: account)
      #expect(try await browser.open(link).status == 403, "\(account)")
      #expect(try await !browser.open(work.address).has("证词"), "\(account)")
    }
    // Those who decide on it do.
    #expect(try await work.base.taskForce.open(link).status == 200)
    let far = try await work.site.addSample(township: "350424100").caseFile
    for place in ["", "/thumbnail", "/removal"] {
      #expect(try await work.base.officer.open("/desk/case-files/\(far)\(place)").status == 404)
    }
    // Nor does the door of complaints lead there.
    let id = link.split(separator: "/").last ?? ""
    #expect(try await work.base.officer.open("/desk/complaint-photos/\(id)").status == 404)
    #expect(try await work.site.browser().open("/complaints/track/photos/\(id)").status == 404)
  }

  @Test func whoLooksAndWhoSendsStandsInTheLog() async throws {
    let work = try await Work()
    _ = try await work.send([SampleDocument.scan("证词.pdf")], kind: "hearing")
    _ = try await work.base.lead.open(work.link("证词"))
    #expect(
      try await work.lines(
        """
        SELECT account, action, entity, after ->> 'kind' FROM audit_events
        WHERE action IN ('case.add_files', 'case.view_file') ORDER BY id
        """) == ["zhujian|case.add_files|cases|hearing", "zhujian-lead|case.view_file|files|"])
  }

  @Test func theSameContentTwiceIsOneFile() async throws {
    let work = try await Work()
    let (first, second) = (
      SampleDocument.scan("一.pdf", mark: "1"), SampleDocument.scan("二.pdf", mark: "2")
    )
    #expect(try await work.send([first, first]).has("已收到 1 个文件"))
    let again = try await work.send([first, second])
    #expect(again.has("已收到 1 个文件") && again.has("有 1 个以前已经上传过"))
    #expect(try await work.send([second]).has("没有重复保存"))
    #expect(try await work.lines("SELECT title FROM files ORDER BY id") == ["一", "二"])
  }

  @Test func aFileIsWhatItHoldsAndNotWhatItIsCalled() async throws {
    let work = try await Work()
    let disguised = ChosenFile(name: "现场.jpg", bytes: SampleDocument.pdf())
    let photo = ChosenFile(
      name: "扫描.pdf", type: "application/pdf", bytes: try await SamplePhoto.jpeg().bytes)
    _ = try await work.send([disguised, photo], kind: "scene", title: "楼道")
    let page = try await work.settled()
    #expect(
      try await work.base.officer.open(page.link("楼道（1）")).header("Content-Type")
        == "application/pdf")
    #expect(
      try await work.base.officer.open(page.link("楼道（2）")).header("Content-Type") == "image/jpeg")
  }

  @Test(arguments: [
    ("合同.docx", Array("PK\u{3}\u{4}word/document.xml".utf8), "请先另存为 PDF"),
    ("空.pdf", [], "是空的"),
    ("加密.pdf", SampleDocument.pdf(trailer: "/Encrypt 9 0 R"), "请先取消密码"),
    ("程序.pdf", SampleDocument.pdf(trailer: "/OpenAction << /S /JavaScript >>"), "另存为普通 PDF"),
    ("残缺.pdf", Array(SampleDocument.pdf().prefix(200)), "可能已经损坏"),
    ("太大.pdf", [UInt8](repeating: 0x25, count: (20 << 20) + 1), "超过 20 MB"),
  ])
  func whatIsNotTakenIsSaidWithWhatToDo(_ name: String, _ bytes: [UInt8], _ words: String)
    async throws
  {
    let work = try await Work()
    let page = try await work.send(
      [ChosenFile(name: name, bytes: bytes)], kind: "service", title: "邮寄")
    #expect(page.status == 422 && page.errors.map(\.field) == ["files"])
    #expect(page.has(name) && page.has(words))
    let form = try page.form(to: "\(work.address)/files")
    #expect(form["kind"] == "service" && form["title"] == "邮寄")
    #expect(try await work.lines("SELECT count(*) FROM files") == ["0"])
  }

  @Test func whatIsMissingIsAskedForAndTheFilesOnceMore() async throws {
    let work = try await Work()
    let page = try await work.send([SampleDocument.scan("一.pdf")], kind: "")
    #expect(page.status == 422 && page.errors.map(\.field) == ["kind", "files"])
    #expect(page.has("请重新选择刚才的 1 个文件"))
    #expect(try await work.send([]).has("请先选择文件"))
  }

  @Test func whatCannotBeReadIsSaidOnTheCase() async throws {
    let work = try await Work()
    let broken = ChosenFile(
      name: "坏照片.jpg", bytes: [0xFF, 0xD8, 0xFF, 0xE0] + Array("<?php ?>".utf8))
    // Its pages are counted in the cage alone.
    _ = try await work.send([broken, SampleDocument.scan("太厚.pdf", pages: 201)])
    let page = try await work.settled()
    #expect(page.has("坏照片 不能用") && page.has("打不开，可能已经损坏"))
    #expect(page.has("太厚 不能用") && page.has("请分成几个文件"))
    let ids = try await work.lines("SELECT id FROM files")
    for id in ids {
      #expect(try await work.base.officer.open("/desk/case-files/\(id)").status == 410)
    }
    // The same file may be tried once more.
    #expect(try await work.send([broken]).has("已收到 1 个文件"))
  }

  @Test func aFileIsTakenOutWithAReasonAndThatItWasThereStays() async throws {
    let work = try await Work()
    let scan = SampleDocument.scan("别家的.pdf")
    _ = try await work.send([scan])
    let link = try await work.link("别家的")
    let form = try await work.base.officer.open("\(link)/removal").form(to: "\(link)/removal")
    #expect(try await form.submit().status == 422)
    let page = try await form.fill(["reason": "传错了，不是这一户的"]).submit()
    #expect(page.has("已移除") && page.has("别家的") && page.has("传错了"))
    #expect(page.links.allSatisfy { $0 != link })
    let looked = try await work.base.lead.open(link)
    #expect(looked.status == 410 && looked.has("移除") && looked.has("传错了"))
    let name = try await work.lines("SELECT display_name FROM accounts WHERE account = 'zhujian'")
    #expect(looked.has(name[0]))
    #expect(try await work.base.lead.open("\(link)/thumbnail").status == 404)
    #expect(try await form.fill(["reason": "再一次"]).submit().status == 409)
    #expect(
      try await work.lines(
        "SELECT account, after ->> 'reason' FROM audit_events WHERE action = 'case.remove_file'")
        == ["zhujian|传错了，不是这一户的"])
    // It may come back, and is another file then.
    #expect(try await work.send([scan]).has("已收到 1 个文件"))
  }

  @Test func whatWasTakenOutIsDestroyedAfterThirtyDays() async throws {
    let work = try await Work()
    _ = try await work.send([SampleDocument.scan("一.pdf")])
    let link = try await work.link("一")
    _ = try await work.base.officer.open("\(link)/removal").form(to: "\(link)/removal")
      .fill(["reason": "传错了"]).submit()
    let watch = FileWatch(databases: work.site.portal.services.databases)
    func left(removed days: Int) async throws -> [String] {
      _ = try await work.lines(
        "UPDATE files SET removed_at = now() - interval '\(days) days'")
      try await watch.look()
      return try await work.lines(
        "SELECT num_nonnulls(original_sealed, clean_sealed, thumbnail_sealed) > 0, title FROM files"
      )
    }
    #expect(try await left(removed: FileRetention.removedDays - 1) == ["t|一"])
    #expect(try await left(removed: FileRetention.removedDays + 1) == ["f|一"])
    #expect(try await work.base.lead.open(link).status == 410)
  }

  @Test func onesBytesDoNotOpenInAnothersRow() async throws {
    let work = try await Work()
    _ = try await work.send([
      SampleDocument.scan("一.pdf", mark: "1"), SampleDocument.scan("二.pdf", mark: "2"),
    ])
    let page = try await work.settled()
    _ = try await work.lines(
      "UPDATE files f SET clean_sealed = o.clean_sealed FROM files o WHERE f.title = '一' AND o.title = '二'"
    )
    #expect(try await work.base.officer.open(page.link("一")).status == 500)
    #expect(try await work.base.officer.open(page.link("二")).status == 200)
  }
}
