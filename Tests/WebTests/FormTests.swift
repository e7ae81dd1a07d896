import HTTPTypes
import Testing
import WebTesting

@testable import Web

@Suite struct FormTests {
  @Test func brokenTextIsA400InChinese() async throws {
    try await TestSite().test { client in
      let visit = try await client.visit()
      for value in ["%00", "%FF%FE"] {
        let page = try await client.post("/form", "csrf=\(visit.token)&a=\(value)", visit.headers)
        #expect(page.status == .badRequest)
        #expect(page.text.contains("重新"))
      }
    }
  }

  @Test func tooMuchIsA413InChinese() async throws {
    try await TestSite().test { client in
      let visit = try await client.visit()
      let text = "csrf=\(visit.token)&a=" + String(repeating: "x", count: 2000)
      let page = try await client.post("/form", text, visit.headers)
      #expect(page.status == .contentTooLarge)
      #expect(page.text.contains("请缩短"))
    }
  }

  @Test(
    arguments: [
      nil, "application/json", "text/plain", "", "multipart/form-data; boundary=AaB03x",
      "application/x-www-form-urlencoded; charset=gbk",
    ])
  func anotherTypeIsA415(type: String?) async throws {
    try await TestSite().test { client in
      let visit = try await client.visit()
      let page = try await client.post("/form", "csrf=\(visit.token)", visit.headers, type: type)
      #expect(page.status == .unsupportedMediaType)
    }
  }

  @Test func aLongBodyStillGetsItsAnswerOverTheWire() async throws {
    try await TestSite().test(.live) { client in
      let visit = try await client.visit()
      let long = String(repeating: "x", count: 3 << 20)
      let page = try await client.post("/form", "csrf=\(visit.token)&a=\(long)", visit.headers)
      #expect(page.status == .contentTooLarge)
      #expect(page.headers[.connection] == "close")
      #expect(page.text.contains("请缩短"))
    }
  }

  @Test func overTheWireAPageAnd304AreWhole() async throws {
    try await TestSite().test(.live) { client in
      let page = try await client.get("/progress")
      let etag = page.headers[.eTag] ?? ""
      for _ in 0..<3 {
        #expect(try await client.get("/progress", [.ifNoneMatch: etag]).status == .notModified)
        #expect(try await client.get("/").status == .ok)
        try await client.execute(uri: "/progress", method: .head) { #expect($0.status == .ok) }
      }
    }
  }
}
