import Crypto
import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import Complaints
@testable import Ground
@testable import Portal

/// A report on its whole way, from the thumb to the answer, and what goes wrong on it.
@Suite(.serialized) struct ComplaintJourneyTests {
  private static let shared = Task { try await TestPortal.start() }

  private func site() async throws -> TestPortal { try await Self.shared.value }

  static let words = "三栋二单元五零一转租给外地人开网店"

  /// The form, filled as somebody in a hurry would.
  private func filled(
    _ browser: Browser, _ description: String = words
  ) async throws -> PageForm {
    let form = try await browser.open("/complaints/new").form()
    return try form.fill([
      "kind": "sublet", "estate": try form.option("estate", "龙津安居苑"), "address": "3栋2单元501",
      "description": description,
    ])
  }

  private func stored(_ description: String) async throws -> Int {
    try await site().owner.read {
      try $0.one(Query("SELECT count(*) FROM complaints WHERE description = \(description)"))
    }
  }

  private func code(_ receipt: Page) throws -> String {
    try receipt.tag(id: "follow-up-code").text
  }

  @Test func aReportIsAnsweredAndTheAnswerReadWithTheCode() async throws {
    let site = try await site()
    let words = "全程测试：二楼的住户把房子借给亲戚"
    let citizen = site.browser()
    let receipt = try await filled(citizen, words)
      .choosing("photos", [try await SamplePhoto.jpeg()]).submit()
    #expect(receipt.status == 200 && receipt.heading == "举报已收到")
    let code = try code(receipt)
    let number = try #require(receipt.text.firstMatch(of: /[0-9]{4}-[0-9]{8}/)).0

    let officer = try await site.browser(signedInAs: "zhujian")
    let desk = try await officer.open("/desk").follow("投诉举报")
    var page = try await desk.follow(String(number))
    #expect(page.has(words) && page.has("匿名"))
    #expect(page.has("照片处理中") && page.all("img").isEmpty)
    await site.portal.services.jobs.finishAll()
    page = try await officer.open(page.address)
    let photo = try #require(page.all("img").compactMap { $0["src"] }.first)
    let picture = try await officer.open(photo)
    #expect(picture.status == 200 && picture.header("Content-Type") == "image/jpeg")

    page = try await page.form(button: "受理").submit()
    #expect(page.has("已受理"))
    let assignment = try page.form(button: "交办")
    page = try await assignment.fill([
      "assignee": try assignment.option("assignee", "李文清")
    ]).submit()
    #expect(page.has("已交给李文清"))
    page = try await page.form(button: "发送留言").fill(["body": "请问是哪一户？"]).submit()
    #expect(page.has("留言已发出"))

    let phone = site.browser(from: "198.51.100.90")
    var status = try await phone.open("/complaints/track").form().fill(["code": code]).submit()
    #expect(status.has("请问是哪一户？") && status.has("工作人员") && !status.has("李文清"))
    status = try await status.form(button: "发送留言").fill(["body": "左边那一户"]).submit()
    #expect(status.has("留言已送达") && status.has("左边那一户"))

    page = try await officer.open(page.address)
    #expect(page.has("左边那一户"))
    page = try await page.form(button: "办结").fill(["text": "已查实，限期收回。"]).submit()
    #expect(page.has("已办结"))
    status = try await phone.open("/complaints/track")
    #expect(status.has("已查实，限期收回。"))
  }

  @Test func aReceiptIsVerifiedWithThePublicKeyThatIsServed() async throws {
    let site = try await site()
    let receipt = try await filled(site.browser(), "回执核验：空置三年").submit()
    let text = try receipt.tag(id: "receipt-text").text
    let served = try await site.browser().open("/receipt-key.pem")
    let keys = ReceiptKeys.parse(pem: served.source)
    #expect(ReceiptVerifier.verify(text: text, publicKeys: keys).isGenuine)
    let digit = try #require(text.firstMatch(of: /[0-9]{4}-[0-9]{8}/)).0
    let forged = text.replacing(digit, with: "2021-00000000")
    #expect(!ReceiptVerifier.verify(text: forged, publicKeys: keys).isGenuine)
  }

  @Test func theReceiptIsShownOnce() async throws {
    let browser = try await site().browser()
    let receipt = try await filled(browser, "回执只显示一次").submit()
    let code = try code(receipt)
    let again = try await browser.open("/complaints/receipt")
    #expect(again.status == 200 && again.has("只显示一次") && !again.source.contains(code))
  }

  @Test func aFormSentTwiceIsStoredOnceAndGivesTheSameCode() async throws {
    let form = try await filled(try await site().browser(), "连按两次：先后")
    let first = try await form.submit()
    let second = try await form.submit()
    #expect(try code(first) == code(second))
    #expect(try await stored("连按两次：先后") == 1)
  }

  @Test func aFormSentManyTimesAtOnceIsStoredOnce() async throws {
    let form = try await filled(try await site().browser(), "连按多次：同时")
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try await form.submit(following: false).status } }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 303, count: 8))
    #expect(try await stored("连按多次：同时") == 1)
    #expect(try code(try await form.submit()).isEmpty == false)
  }

  @Test func aCodeThatNobodyHasAndACodeWithATypoSayWhichItIs() async throws {
    let browser = try await site().browser()
    let form = try await browser.open("/complaints/track").form()
    let unknown = try #require(FollowUpCode(entropy: [UInt8](repeating: 9, count: 16)))
    let nobody = try await form.fill(["code": unknown.grouped]).submit()
    #expect(nobody.status == 422 && nobody.has("没有找到这个查询码"))
    let last = unknown.digits.last == "1" ? "2" : "1"
    let typo = try await form.fill(["code": unknown.digits.dropLast() + last]).submit()
    #expect(typo.status == 422 && typo.has("有一位输错了"))
    #expect(try typo.form()["code"] == unknown.digits.dropLast() + last)
    for (code, words) in [("1234", "现在是4位"), ("abcd", "只有数字"), ("", "查询码")] {
      let page = try await form.fill(["code": code]).submit()
      #expect(page.status == 422 && page.has(words), "\(code)")
    }
  }

  @Test func aCodeIsReadWithSpacesAndFullWidthDigits() async throws {
    let browser = try await site().browser()
    let code = try code(try await filled(browser, "查询码的写法").submit())
    var wide = String.UnicodeScalarView()
    for scalar in code.unicodeScalars {
      let isDigit = ("0"..."9").contains(scalar)
      wide.append(isDigit ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar)
    }
    for typed in [
      code, code.replacing(" ", with: ""), code.replacing(" ", with: "-"), String(wide),
    ] {
      let page = try await site().browser().open("/complaints/track").form()
        .fill(["code": typed]).submit()
      #expect(page.status == 200 && page.has("查询码的写法"), "\(typed)")
    }
  }

  @Test func anEmptyFormComesBackWithALinkToEachField() async throws {
    let page = try await site().browser().open("/complaints/new").form().submit()
    #expect(page.status == 422)
    #expect(Set(page.errors.map(\.field)).isSuperset(of: ["kind", "description"]))
    for error in page.errors { _ = try page.tag(id: error.field) }
  }

  @Test func whatIsTooLongComesBackWholeWithEverythingElse() async throws {
    let long = String(repeating: "长", count: 2_001)
    let page = try await filled(try await site().browser(), long)
      .fill(["name": "陈某某", "phone": "12"]).submit()
    #expect(page.status == 422)
    #expect(page.errors.map(\.field).contains("description"))
    let form = try page.form()
    #expect(form["description"] == long && form["kind"] == "sublet")
    #expect(form["address"] == "3栋2单元501" && form["name"] == "陈某某" && form["phone"] == "12")
    #expect(try await stored(long) == 0)
  }

  @Test(arguments: ["999999999", "abc", "-1", "0"])
  func anUnknownEstateIsAnErrorOfItsField(_ estate: String) async throws {
    let page = try await filled(try await site().browser(), "没有这个小区")
      .forging("estate", estate).submit()
    #expect(page.status == 422 && page.errors.map(\.field) == ["estate"])
    #expect(try page.form()["description"] == "没有这个小区")
    #expect(try await stored("没有这个小区") == 0)
  }

  @Test func whatIsNoPhotoIsRefusedAtOnceAndTheTextIsKept() async throws {
    let whole = try await SamplePhoto.jpeg(width: 900, height: 900).bytes
    let bad: [(String, [UInt8])] = [
      ("html", Array("<html><script>alert(1)</script>".utf8)),
      ("huge", whole + [UInt8](repeating: 0, count: 10 << 20)),
      ("empty", []),
    ]
    for (name, bytes) in bad {
      let words = "坏照片\(name)"
      let page = try await filled(try await site().browser(), words)
        .choosing("photos", [ChosenFile(name: "a.jpg", bytes: bytes)]).submit()
      #expect(page.status == 422, "\(name)")
      #expect(page.errors.map(\.field) == ["photos"], "\(name)")
      #expect(try page.form()["description"] == words)
      #expect(try await stored(words) == 0, "\(name)")
    }
  }

  @Test func aTenthPhotoIsTooMany() async throws {
    let photo = try await SamplePhoto.jpeg()
    let page = try await filled(try await site().browser(), "十张照片")
      .choosing("photos", Array(repeating: photo, count: 10)).submit()
    #expect(page.status == 422 && page.has("最多"))
    #expect(try await stored("十张照片") == 0)
    #expect(try page.form()["description"] == "十张照片")
  }

  @Test func nulAndInvalidUTF8AreRefusedInWords() async throws {
    let browser = try await site().browser()
    let token = try #require(try await browser.open("/complaints/new").form()["csrf"])
    let start = "csrf=\(token)&kind=sublet&address=x&description="
    for tail in ["abc%00defgh", "abc%FF%FEdefgh", "%ED%A0%80abcdef"] {
      let page = try await browser.send("/complaints", body: Array((start + tail).utf8))
      #expect(page.status == 400 && page.has("请"), "\(tail)")
    }
    for bytes in [[0x61, 0], [0x61, 0xFF]] as [[UInt8]] {
      let form = try await filled(browser)
      let (type, body) = form.encoded()
      let mangled = Self.replacing(Array(Self.words.utf8), by: bytes, in: body)
      let page = try await browser.send("/complaints", body: mangled, type: type)
      #expect(page.status == 400)
    }
  }

  @Test func malformedAndTruncatedMultipartIsABadRequest() async throws {
    let browser = try await site().browser()
    let words = "残缺的表单"
    let (type, body) = try await filled(browser, words).encoded()
    let broken: [(String, [UInt8])] = [
      (type, Array(body.prefix(body.count / 2))), (type, Array(body.dropLast(12))),
      (type, []), (type, Array("no boundary at all".utf8)),
      ("multipart/form-data", body), ("multipart/form-data; boundary=other", body),
      (type, Self.replacing(Array("form-data".utf8), by: Array("attachment".utf8), in: body)),
    ]
    for (index, (type, bytes)) in broken.enumerated() {
      let page = try await browser.send("/complaints", body: bytes, type: type)
      #expect(page.status == 400, "\(index)")
      #expect(page.heading == "提交的内容无法读取", "\(index)")
    }
    #expect(try await stored(words) == 0)
  }

  @Test func aWrongOrForeignTokenKeepsEverythingTyped() async throws {
    let site = try await site()
    let stranger = try await site.browser(from: "192.0.2.7").open("/complaints/new").form()["csrf"]
    for (index, token) in ["x", nil, stranger].enumerated() {
      let words = "口令不对\(index)"
      let form = try await filled(site.browser(), words)
      let page = try await form.forging("csrf", token).submit()
      #expect(page.status == 403 && page.has("请再确认一次") && page.has(words))
      #expect(try await stored(words) == 0)
      let receipt = try await page.form(button: "核对无误").submit()
      #expect(receipt.status == 200 && receipt.heading == "举报已收到")
      #expect(try await stored(words) == 1)
    }
  }

  @Test func whatAnotherSiteSendsIsNotEvenOfferedForConfirmation() async throws {
    let browser = try await site().browser()
    let (type, body) = try await filled(browser, "来自别的网站").encoded()
    for headers in [[.origin: "https://evil.example"], [.secFetchSite: "cross-site"]]
      as [HTTPFields]
    {
      let page = try await browser.send("/complaints", body: body, type: type, headers: headers)
      #expect(page.status == 403 && page.forms.isEmpty)
    }
    #expect(try await stored("来自别的网站") == 0)
  }

  private static func replacing(
    _ old: [UInt8], by new: [UInt8], in bytes: [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: old) {
        result += new
        index += old.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}

extension HTTPField.Name {
  fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .via
}
