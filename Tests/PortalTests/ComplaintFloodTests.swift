import Crypto
import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Complaints
@testable import Portal

/// One party floods; everybody else reports all the same.
@Suite struct ComplaintFloodTests {
  private func site(_ perHour: Int = 1) async throws -> TestPortal {
    try await TestPortal.start { $0.floods = FloodSettings(complaintsPerHour: perHour) }
  }

  private func filled(_ browser: Browser, _ words: String) async throws -> PageForm {
    try await browser.open("/complaints/new").form().fill([
      "kind": "other", "description": words,
    ])
  }

  private func stored(_ site: TestPortal, _ words: String) async throws -> Int {
    try await site.owner.read {
      try $0.one(Query("SELECT count(*) FROM complaints WHERE description = \(words)"))
    }
  }

  /// As the script of the page does.
  private func solved(_ form: PageForm, bits: Int) throws -> PageForm {
    let code = try #require(form["work"]).split(separator: ".")[1]
    let number = try #require(
      (0..<100_000_000).first { number in
        var zeros = 0
        for byte in SHA256.hash(data: Array("\(code).\(number)".utf8)) {
          zeros += byte.leadingZeroBitCount
          if byte != 0 { break }
        }
        return zeros >= bits
      })
    return try form.forging("work_answer", String(number))
  }

  @Test func whatIsNotValidIsNotCounted() async throws {
    let site = try await site()
    let browser = site.browser(from: "198.51.100.40")
    for _ in 0..<60 {
      #expect(try await filled(browser, "短").submit().status == 422)
      #expect(
        try await filled(browser, "没有这个小区，不应计数").forging("estate", "99999999").submit().status
          == 422)
    }
    #expect(try await filled(browser, "之前的都没有计数").submit().heading == "举报已收到")
  }

  @Test func aFloodFromOneAddressAsksItsNeighboursForWork() async throws {
    let site = try await site()
    for number in 0..<30 {
      #expect(
        try await filled(site.browser(from: "198.51.100.41"), "刷屏的举报 \(number)").submit().status
          == 200)
    }
    let neighbour = site.browser(from: "198.51.100.41")
    let words = "同一个出口地址的邻居"
    let page = try await neighbour.open("/complaints/new")
    // The script is told beforehand, so that nothing comes back for it.
    #expect(page.source.contains("data-work=\"19\""))
    let form = try page.form().fill(["kind": "other", "description": words])
    let asked = try await form.submit()
    #expect(asked.status == 429 && asked.has("还没有保存") && asked.header("Retry-After") == "180")
    #expect(try asked.form()["description"] == words)
    #expect(try await stored(site, words) == 0)
    let receipt = try await solved(try asked.form(), bits: 19).submit()
    #expect(receipt.heading == "举报已收到")
    #expect(try await stored(site, words) == 1)
    // Others have heard nothing of it.
    let other = try await site.browser(from: "198.51.100.42").open("/complaints/new")
    #expect(!other.source.contains("data-work="))
  }

  @Test func withoutAScriptSomeTimeDoesInstead() async throws {
    let site = try await site()
    for number in 0..<30 {
      _ = try await filled(site.browser(from: "198.51.100.43"), "刷屏的举报 \(number)").submit()
    }
    let browser = site.browser(from: "198.51.100.43")
    let asked = try await filled(browser, "没有脚本的浏览器").submit()
    #expect(asked.status == 429)
    // Who presses at once is told how long is left, and does not begin anew.
    site.clock.advance(by: 20)
    let again = try await asked.form().submit()
    #expect(again.status == 429 && again.header("Retry-After") == "160")
    site.clock.advance(by: 160)
    #expect(try await again.form().submit().heading == "举报已收到")
  }

  @Test func aFormStoredBeforeGivesItsReceiptWhateverTheFlood() async throws {
    let site = try await site()
    let form = try await filled(site.browser(from: "198.51.100.44"), "先交上的举报")
    let code = try await form.submit().tag(id: "follow-up-code").text
    for number in 0..<30 {
      _ = try await filled(site.browser(from: "198.51.100.44"), "刷屏的举报 \(number)").submit()
    }
    let again = try await form.submit()
    #expect(again.status == 200)
    #expect(try again.tag(id: "follow-up-code").text == code)
  }
}
