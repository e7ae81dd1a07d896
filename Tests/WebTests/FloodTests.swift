import Foundation
import HTTPTypes
import NIOCore
import Testing
import WebTesting

@testable import Web

/// What somebody can send to make the portal slow or full.
@Suite struct FloodTests {
  @Test(arguments: ["\u{301}", "\u{316}\u{301}", "\u{F73}", "\u{1D165}"])
  func aTowerOfMarksIsFound(_ marks: String) {
    #expect(hasTowerOfMarks("前a" + String(repeating: marks, count: 31) + "后"))
  }

  @Test(arguments: [
    "", "龙津小区3栋，有人转租。", "Nguyễn Văn Tèo", "ཧཱུྃ", "👨‍👩‍👧‍👦👍🏽", "がぎぐげご",
    String(repeating: "e\u{301}\u{316}", count: 500), "a" + String(repeating: "\u{301}", count: 30),
  ])
  func writingIsNoTower(_ text: String) {
    #expect(!hasTowerOfMarks(text))
  }

  private static let tower = "a" + String(repeating: "\u{301}\u{316}", count: 150)

  @Test func aTowerInAFieldOrItsNameIsRefused() async throws {
    let site = TestSite()
    try await site.test { client in
      let visit = try await client.visit()
      for body in ["\(Self.tower)=1", "text=\(Self.tower)"] {
        let page = try await client.post("/form", body, visit.headers)
        #expect(page.status == .badRequest)
      }
    }
    #expect(site.seen.fields.isEmpty)
  }

  @Test func aTowerInTheHeadOfAPartIsRefused() {
    let tower = "a" + String(repeating: "\u{301}", count: 40)
    for head in [
      "\r\nContent-Disposition: form-data; name=\"\(tower)\"",
      "\r\n\(tower): 1\r\nContent-Disposition: form-data; name=\"a\"",
    ] {
      #expect(MultipartPartHead(lines: Array(head.utf8)[...]) == nil)
    }
    #expect(HeaderParameters("multipart/form-data; \(tower)=1") == nil)
  }

  @Test func aLongHeaderThatIsNotASCIIIsRefused() async throws {
    try await TestSite().test { client in
      let answer = try await client.execute(
        uri: "/", method: .get, headers: [.ifNoneMatch: Self.tower], body: nil)
      #expect(answer.status == .badRequest)
    }
  }

  @Test func oneNetworkFillsItsShareAndAllTogetherTheWhole() {
    let budget = SpoolBudget(total: 100, perNetwork: 40)
    #expect(budget.take(40, networks: [[1]]))
    #expect(!budget.take(1, networks: [[1]]))
    #expect(budget.take(40, networks: [[2]]))
    #expect(!budget.take(30, networks: [[3]]))
    #expect(budget.take(20, networks: []))
    budget.give(back: 40, networks: [[1]])
    #expect(budget.take(30, networks: [[1]]))
    #expect(!budget.take(20, networks: []))
  }

  @Test func aSiteWithManyNetworksFillsTwiceTheShareOfOne() {
    let budget = SpoolBudget(total: 1_000, perNetwork: 40)
    var taken = 0
    for line in UInt8(0)..<9 where budget.take(30, networks: [[line, 0], [line / 3, 1], [0, 2]]) {
      taken += 30
    }
    #expect(taken == 60)
    budget.give(back: 30, networks: [[0, 0], [0, 1], [0, 2]])
    #expect(budget.take(30, networks: [[9, 0], [3, 1], [0, 2]]))
  }

  @Test func whatARequestTookIsGivenBack() async throws {
    let site = TestSite()
    let content = [UInt8](repeating: 7, count: 900)
    try await site.test { client in
      for _ in 0..<3 {
        let visit = try await client.visit()
        let answer = try await client.post(
          "/photos", bytes: multipart([field("csrf", visit.token), file("photos", "a", content)]),
          visit.headers, type: multipartType)
        #expect(answer.status == .seeOther)
      }
    }
    let folder = UploadFolder(site.configuration.uploadFolder)
    var reader = try UploadReader(
      contentType: multipartType, limits: UploadLimits(), folder: folder,
      client: try #require(ClientAddress("192.0.2.1")))
    try folder.prepare()
    _ = try await reader.feed(.init(bytes: multipart([file("photos", "a", content)])))
    #expect(!folder.budget.take((512 << 20) - 899, networks: [[192, 0, 2, 1]]))
    reader.removeFiles()
    #expect(folder.budget.take(512 << 20, networks: [[192, 0, 2, 1]]))
    try? FileManager.default.removeItem(atPath: folder.path)
  }

  @Test func fieldsHaveALimitTogether() async throws {
    let folder = UploadFolder("/nonexistent")
    var reader = try UploadReader(
      contentType: multipartType, limits: UploadLimits(fieldBytes: 100), folder: folder,
      client: .unknown)
    let text = String(repeating: "x", count: 90)
    _ = try await reader.feed(.init(bytes: multipart((1...4).map { field("a\($0)", text) })))
    var more = try UploadReader(
      contentType: multipartType, limits: UploadLimits(fieldBytes: 100), folder: folder,
      client: .unknown)
    do {
      _ = try await more.feed(.init(bytes: multipart((1...5).map { field("a\($0)", text) })))
      Issue.record("taken")
    } catch WebError.payloadTooLarge {}
  }
}
