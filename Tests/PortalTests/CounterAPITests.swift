import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

/// The counter's question, asked by a system.
@Suite struct CounterAPITests {
  private func question(_ name: String, _ idNumber: String) -> JSONValue {
    ["name": .string(name), "id_number": .string(idNumber), "purpose": "contract_filing"]
  }

  @Test func aSystemAsksAndFollowsWhatBecomesOfIt() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let system = try await site.system(for: "chuangkou", .askCounter)
    let asked = try await system.post(
      "/api/v1/counter-checks", question(tenant.name, tenant.idNumber))
    #expect(asked.status == 201)
    #expect(asked.json["state"] == "waiting" && asked.json["name_matches"] == true)
    let address = try #require(asked.header("Location"))
    #expect(try await system.get(address).json == asked.json)

    let early = try await system.post(address + "/filing", ["filing_number": "A1"])
    #expect(early.status == 409)

    let officer = try await site.browser(signedInAs: "zhujian")
    let form = try await officer.open("/desk/counter/hits").follow("放行").form(button: "放行")
    _ = try await form.fill(["reason": "已经退出公租房"]).submit()
    let released = try await system.get(address)
    #expect(released.json["state"] == "released")
    #expect(released.json["release_reason"] == "已经退出公租房")

    for _ in 0..<2 {
      let filed = try await system.post(address + "/filing", ["filing_number": "A1"])
      #expect(filed.status == 200 && filed.json["filing_number"] == "A1")
    }
    #expect(try await system.post(address + "/filing", ["filing_number": "A2"]).status == 409)
  }

  @Test func theSystemAndItsAccountAreBothRecorded() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "chuangkou", .askCounter)
    _ = try await system.post("/api/v1/counter-checks", question("某人", TestPortal.stranger()))
    let rows = try await site.database.psql(
      as: .superuser, [:],
      """
      SELECT account, after ->> 'system', address, reference IS NOT NULL FROM audit_events
      WHERE action = 'counter.ask'
      """
    ).lines
    #expect(rows == ["chuangkou|chuangkou的系统|203.0.113.40|t"])
  }

  @Test func aKeyThatComesAgainIsNotAskedAgain() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let system = try await site.system(for: "chuangkou", .askCounter)
    let body = question(tenant.name, tenant.idNumber)
    let first = try await system.post("/api/v1/counter-checks", body, key: "same")
    let second = try await system.post("/api/v1/counter-checks", body, key: "same")
    #expect(first.json == second.json && second.status == 201)
    #expect(try await site.count("SELECT count(*) FROM counter_checks") == 1)
    let other = try await system.post(
      "/api/v1/counter-checks", question("别人", TestPortal.stranger()), key: "same")
    #expect(other.status == 422 && other.pointers == ["Idempotency-Key"])
    // Another system's keys are its own.
    let neighbour = try await site.system(for: "ziran", .askCounter)
    #expect(try await neighbour.post("/api/v1/counter-checks", body, key: "same").status == 201)
    #expect(try await site.count("SELECT count(*) FROM counter_checks") == 2)
  }

  @Test func anEmptyKeyIsNoKey() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "chuangkou", .askCounter)
    let answer = try await system.post(
      "/api/v1/counter-checks", question("某人", TestPortal.stranger()), key: "")
    #expect(answer.status == 422 && answer.pointers == ["Idempotency-Key"])
  }

  @Test func theSameKeyManyTimesAtOnceIsOneQuestion() async throws {
    let site = try await TestPortal.start()
    let tenant = try await site.protectedTenant()
    let system = try await site.system(for: "chuangkou", .askCounter)
    let body = question(tenant.name, tenant.idNumber)
    let answers = try await withThrowingTaskGroup(of: APISystem.Answer.self) { group in
      for _ in 0..<20 {
        group.addTask { try await system.post("/api/v1/counter-checks", body, key: "same") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(answers.map(\.status)) == [201])
    #expect(Set(answers.compactMap { $0.json["reference"]?.text }).count == 1)
    #expect(try await site.count("SELECT count(*) FROM counter_checks") == 1)
  }

  @Test func anothersQuestionIsNotThere() async throws {
    let site = try await TestPortal.start(.empty)
    let one = try await site.system(for: "chuangkou", .askCounter)
    let other = try await site.system(for: "ziran", .askCounter)
    let asked = try await one.post(
      "/api/v1/counter-checks", question("某人", TestPortal.stranger()))
    let address = try #require(asked.header("Location"))
    #expect(try await other.get(address).status == 404)
    #expect(
      try await other.post(address + "/filing", ["filing_number": "A1"]).status == 404)
    #expect(try await one.get("/api/v1/counter-checks/nothing").status == 404)
  }

  @Test func aNumberThatCannotBeIsSaidWhere() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "chuangkou", .askCounter)
    let answer = try await system.post(
      "/api/v1/counter-checks", question("某人", "350423199001010013"))
    #expect(answer.status == 422 && answer.pointers == ["#/id_number"])
    #expect(!String(decoding: answer.json.utf8, as: UTF8.self).contains("350423199001010013"))
    #expect(try await site.count("SELECT count(*) FROM counter_checks") == 0)
  }

  @Test func anOldNumberAndASmallXAreTheSamePerson() async throws {
    let site = try await TestPortal.start(.empty)
    let system = try await site.system(for: "chuangkou", .askCounter)
    for number in ["11010519491231002X", "11010519491231002x", "110105491231002"] {
      let answer = try await system.post("/api/v1/counter-checks", question("某人", number))
      #expect(answer.status == 201)
    }
    #expect(
      try await site.count("SELECT count(DISTINCT id_number_index) FROM counter_checks") == 1)
  }
}
