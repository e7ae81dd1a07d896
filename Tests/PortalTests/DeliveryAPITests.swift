import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Figures
@testable import Portal

/// A bureau's system delivers an extract of its register; figures are read.
@Suite struct DeliveryAPITests {
  private static let extracts =
    "/api/v1/extracts?type=registered_property&as_of=2021-08-15&complete=true"

  private func csv(_ tenant: TestPortal.Tenant) throws -> String {
    """
    姓名,身份证号,不动产权证号,坐落,建筑面积
    \(tenant.name),\(tenant.idNumber),闽0001号,某路1号,88.5
    别人,\(try TestPortal.stranger()),闽0002号,某路2号,90

    """
  }

  private func matched(_ system: APISystem, _ address: String) async throws -> JSONValue {
    for _ in 0..<200 {
      let answer = try await system.get(address)
      guard answer.json["state"] == "matching" || answer.json["state"] == "committing" else {
        return answer.json
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    return .null
  }

  @Test func anExtractIsDeliveredFollowedAndConfirmed() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let system = try await site.system(for: "ziran", .answerChecks)
    let sent = try await system.deliver(Self.extracts, csv(tenant), key: "d1")
    #expect(sent.status == 202)
    let address = try #require(sent.header("Location"))
    let found = try await matched(system, address)
    #expect(found["state"] == "matched", "\(found["message"]?.text ?? "")")
    #expect(found["rows_matched"] == 1 && found["rows_other"] == 1)

    let again = try await system.deliver(Self.extracts, csv(tenant), key: "d2")
    #expect(again.header("Location") == address)
    let reused = try await system.deliver(Self.extracts, "姓名\n", key: "d1")
    #expect(reused.status == 422 && reused.pointers == ["Idempotency-Key"])

    let confirmed = try await system.post(address + "/confirmation", ["reason": "登记数据已更正"])
    #expect(confirmed.status == 202)
    #expect(try await matched(system, address)["state"] == "done")
    #expect(try await system.post(address + "/cancellation").status == 409)
  }

  @Test func aDeliveryIsGivenUp() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let system = try await site.system(for: "ziran", .answerChecks)
    let address = try #require(
      try await system.deliver(Self.extracts, csv(tenant)).header("Location"))
    _ = try await matched(system, address)
    let cancelled = try await system.post(address + "/cancellation")
    #expect(cancelled.status == 200 && cancelled.json["state"] == "cancelled")
    #expect(try await system.post(address + "/confirmation", [:]).status == 409)
  }

  @Test func anotherBureausRegisterAndAnothersDeliveryAreClosed() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let system = try await site.system(for: "ziran", .answerChecks)
    let other = try await site.system(for: "minzheng", .answerChecks)
    #expect(try await other.deliver(Self.extracts, csv(tenant)).status == 403)
    let address = try #require(
      try await system.deliver(Self.extracts, csv(tenant)).header("Location"))
    #expect(try await other.get(address).status == 404)
    #expect(try await other.post(address + "/cancellation").status == 404)
    #expect(try await other.post(address + "/confirmation", [:]).status == 404)
    _ = try await matched(system, address)
  }

  @Test func whatIsMissingOrWrongIsSaid() async throws {
    let site = try await TestPortal.start()
    let system = try await site.system(for: "ziran", .answerChecks)
    let future = try await system.deliver(
      "/api/v1/extracts?type=registered_property&as_of=2021-08-21", "姓名\n张三\n")
    #expect(future.status == 422 && future.pointers == ["as_of"])
    let bare = try await system.deliver("/api/v1/extracts", "姓名\n", key: nil)
    #expect(bare.status == 422 && Set(bare.pointers) == ["type", "as_of", "Idempotency-Key"])
    #expect(try await system.deliver(Self.extracts, "").pointers == ["#"])
  }

  @Test func theFiguresAreThoseThatArePublic() async throws {
    let site = try await TestPortal.start()
    let system = try await site.system(for: "shiju", .viewProgressFigures)
    let answer = try await system.get("/api/v1/figures")
    let county = try #require(answer.json["counties"]?.items.first)
    #expect(county["area"] == "350423")
    let published = try JSONValue(parsing: try await site.progressData())
    let total = published["release"]?["figures"]?["total"]
    #expect(total?["homes"] == county["total"]?["homes"])
    #expect(total?["found"] == county["total"]?["found"])
    let empty = try await TestPortal.start(.empty)
    let none = try await empty.system(for: "shiju", .viewProgressFigures).get("/api/v1/figures")
    #expect(none.json == ["counties": []])
  }
}

extension TestPortal {
  fileprivate func progressData() async throws -> [UInt8] {
    try await portal.services.releases.reload()
    return try await browser().open("/progress.json").bytes
  }
}
