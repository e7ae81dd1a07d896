import Crypto
import HTTPTypes
import Testing
import WebTesting

@testable import Web

@Suite struct UploadTests {
  private func send(
    _ client: TestClient, _ parts: [(head: String, content: [UInt8])],
    to uri: String = "/photos"
  ) async throws -> TestResponse {
    let visit = try await client.visit()
    return try await client.post(
      uri, bytes: multipart(parts + [field("csrf", visit.token)]), visit.headers,
      type: multipartType)
  }

  @Test func filesAreSpooledPrivatelyAndGoneAfterwards() async throws {
    let site = TestSite()
    let content = (0..<900).map { UInt8($0 % 251) }
    try await site.test { client in
      let answer = try await send(
        client, [field("text", "说明"), file("photos", "a.jpg", content), file("photos", "", [])])
      #expect(answer.status == .seeOther)
      let upload = try #require(site.seen.uploads.first)
      #expect(upload.fields["text"] == "说明")
      #expect(upload.allFiles.count == 1)
      let photo = try #require(upload.files("photos").first)
      #expect(photo.declaredName == "a.jpg")
      #expect(photo.size == 900)
      #expect(photo.sha256 == Array(SHA256.hash(data: content)))
      #expect(photo.firstBytes == Array(content.prefix(512)))
      #expect(site.seen.files == [content])
      #expect(site.seen.modes == [0o600])
      #expect(site.spooled.isEmpty)
    }
  }

  @Test func filesAreGoneAfterAFaultToo() async throws {
    let site = TestSite()
    try await site.test { client in
      let answer = try await send(client, [file("photos", "a.jpg", [1])], to: "/broken")
      #expect(answer.status == .internalServerError)
      #expect(site.seen.modes == [0o600])
      #expect(site.spooled.isEmpty)
    }
  }

  @Test func tooMuchIsRefused() async throws {
    let site = TestSite()
    let big = [UInt8](repeating: 7, count: 1001)
    let file3 = (1...3).map { file("photos", "\($0).jpg", [1]) }
    let fat = (1...2).map { file("photos", "\($0).jpg", [UInt8](repeating: 7, count: 999)) }
    let padding = field("text", String(repeating: "x", count: 3000))
    try await site.test { client in
      for parts in [[file("photos", "big.jpg", big)], file3, fat + [padding]] {
        let page = try await send(client, parts)
        #expect(page.status == .contentTooLarge)
        #expect(page.text.contains("请"))
      }
      #expect(site.seen.uploads.isEmpty)
      #expect(site.spooled.isEmpty)
    }
  }

  @Test func aFormMayAskToBeToldInstead() async throws {
    let site = TestSite()
    let big = [UInt8](repeating: 7, count: 1001)
    try await site.test { client in
      let page = try await send(
        client,
        [field("text", "kept"), file("photos", "big.jpg", big), file("photos", "b.jpg", [1])],
        to: "/reported")
      #expect(page.status == .ok)
      #expect(page.text.contains("文件“big.jpg”超过"))
      let upload = try #require(site.seen.uploads.first)
      #expect(upload.fields["text"] == "kept")
      #expect(upload.problems.map(\.kind) == [.fileTooLarge])
      #expect(upload.allFiles.map(\.declaredName) == ["b.jpg"])
      var checker = FormChecker(upload.fields)
      upload.report(to: &checker, field: "photos")
      #expect(checker.errors["photos"]?.contains("big.jpg") == true)
      #expect(site.spooled.isEmpty)
    }
  }

  @Test func whatIsTooMuchInAllStillKeepsTheFieldsBefore() async throws {
    let site = TestSite()
    try await site.test { client in
      let visit = try await client.visit()
      let parts =
        [field("csrf", visit.token), field("text", "kept")]
        + (1...2).map { file("photos", "\($0).jpg", [UInt8](repeating: 7, count: 999)) }
        + [field("more", String(repeating: "x", count: 3000))]
      let page = try await client.post(
        "/reported", bytes: multipart(parts), visit.headers, type: multipartType)
      #expect(page.status == .ok)
      #expect(site.seen.uploads.first?.fields["text"] == "kept")
      #expect(site.seen.uploads.first?.problems.map(\.kind) == [.totalTooLarge])
    }
  }

  @Test func truncatedAndMalformedBodiesAreA400() async throws {
    let site = TestSite()
    let body = multipart([field("text", "x"), file("photos", "a.jpg", [1, 2, 3])])
    let bodies = [Array(body.dropLast(6)), Array("rubbish".utf8), [], Array(body.prefix(60))]
    try await site.test { client in
      for bytes in bodies {
        let page = try await client.post("/photos", bytes: bytes, type: multipartType)
        #expect(page.status == .badRequest)
        #expect(page.text.contains("重新提交"))
      }
      for type in ["multipart/form-data", "multipart/form-data; boundary=\"\""] {
        #expect(try await client.post("/photos", bytes: body, type: type).status == .badRequest)
      }
      #expect(site.spooled.isEmpty)
    }
  }

  @Test func brokenTextInAFieldIsA400() async throws {
    try await TestSite().test { client in
      for content in [[0x61, 0], [0xFF]] as [[UInt8]] {
        let part = ("Content-Disposition: form-data; name=\"text\"", content)
        let page = try await client.post("/photos", bytes: multipart([part]), type: multipartType)
        #expect(page.status == .badRequest)
      }
    }
  }

  @Test func aFormWithoutFilesMayComeURLEncoded() async throws {
    let site = TestSite()
    try await site.test { client in
      let visit = try await client.visit()
      let answer = try await client.post("/photos", "csrf=\(visit.token)&text=x", visit.headers)
      #expect(answer.status == .seeOther)
      #expect(site.seen.uploads.first?.fields["text"] == "x")
    }
  }

  @Test func aLargeUploadStreamsOverTheWire() async throws {
    var site = TestSite()
    site.large = UploadLimits(files: 1, fileBytes: 8 << 20)
    let content = (0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let final = site
    try await final.test(.live) { client in
      let answer = try await send(client, [file("photos", "a.jpg", content)], to: "/large")
      #expect(answer.status == .seeOther)
      #expect(final.seen.uploads.first?.allFiles.first?.sha256 == Array(SHA256.hash(data: content)))
      #expect(final.spooled.isEmpty)
    }
  }
}
