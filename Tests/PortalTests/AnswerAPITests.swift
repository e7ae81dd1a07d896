import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

/// A bureau's system reads what it owes and answers it in batches.
@Suite struct AnswerAPITests {
  /// A demo county with a round in which nobody has answered whether homes are registered.
  private struct Review {
    let site: TestPortal
    let bureau: APISystem
    let round: Int

    var checks: String { "/api/v1/rounds/\(round)/checks?type=registered_property" }
    var answers: String { "/api/v1/rounds/\(round)/answers" }

    init() async throws {
      site = try await TestPortal.start()
      round = try await site.owner.transaction { tx in
        let old = try tx.one(
          Query<Int>("SELECT id FROM review_rounds WHERE closed_on IS NULL ORDER BY id LIMIT 1"))
        try tx.execute(
          "UPDATE review_rounds SET closed_on = '2021-08-19' WHERE id = \(old)")
        let round = try tx.one(
          Query<Int>(
            """
            INSERT INTO review_rounds (area, campaign_id, title, opened_on)
            SELECT area, campaign_id, '第二轮', '2021-08-20' FROM review_rounds WHERE id = \(old)
            RETURNING id
            """))
        try tx.execute(
          """
          INSERT INTO review_households (round_id, household_id, area, estate_id)
          SELECT \(round), household_id, area, estate_id FROM review_households
          WHERE round_id = \(old)
          """)
        try tx.execute("SELECT count_review_progress(\(round))")
        return round
      }
      bureau = try await site.system(for: "ziran", .viewReviews, .answerChecks)
    }

    func open() async throws -> [JSONValue] {
      try await bureau.get(checks + "&limit=3").json["households"]?.items ?? []
    }

    func clear(_ households: [JSONValue]) -> JSONValue {
      body(households.map { ["household": $0["number"] ?? .null, "result": "clear"] })
    }

    func body(
      _ answers: [JSONValue], check: String = "registered_property", asOf: String = "2021-08-15",
      reason: String? = nil
    ) -> JSONValue {
      var members: [JSONValue.Member] = [
        .init("check", .string(check)), .init("as_of", .string(asOf)),
        .init("answers", .array(answers)),
      ]
      if let reason { members.append(.init("reason", .string(reason))) }
      return .object(members)
    }

    func hit(_ household: JSONValue, idNumber: String? = nil) -> JSONValue {
      let own = household["persons"]?.items.first?["id_number"]?.text
      return [
        "household": household["id"] ?? .null, "result": "hit",
        "records": [
          [
            "id_number": .optional(idNumber ?? own), "certificate": "闽0001号",
            "address": "某路1号", "floor_area": "89.50", "registered_on": "2020-05-06",
          ]
        ],
      ]
    }

    func stored() async throws -> Int {
      try await site.count("SELECT count(*) FROM checks WHERE round_id = \(round)")
    }
  }

  @Test func theOpenRoundsAreThoseOfTheArea() async throws {
    let review = try await Review()
    let answer = try await review.bureau.get("/api/v1/rounds")
    let rounds = answer.json["rounds"]?.items ?? []
    #expect(rounds.map { $0["title"]?.text } == ["第二轮"])
    #expect(rounds.first?["checks"]?.items.map { $0["check"]?.text } == ["registered_property"])
  }

  @Test func whatABureauOwesIsReadPageByPageWithWholeNumbersAndRecorded() async throws {
    let review = try await Review()
    var after: String?
    var seen: [String] = []
    var pages = 0
    repeat {
      let link = review.checks + "&limit=200" + (after.map { "&after=\($0)" } ?? "")
      let page = try await review.bureau.get(link)
      #expect(page.status == 200)
      let households = page.json["households"]?.items ?? []
      seen += households.compactMap { $0["number"]?.text }
      after = page.json["next"]?.text
      pages += 1
      let person = try #require(households.first?["persons"]?.items.first)
      #expect(throws: Never.self) { try ResidentID(person["id_number"]?.text ?? "") }
    } while after != nil && pages < 10
    let frame = try await review.site.count(
      "SELECT count(*) FROM review_households WHERE round_id = \(review.round)")
    #expect(seen.count == frame && Set(seen).count == frame && pages > 1)
    #expect(
      try await review.site.count(
        "SELECT count(*) FROM audit_events WHERE action = 'api.read_checks'")
        == pages)
  }

  @Test func whatAKeyWasAnsweredIsForgottenAfterItsDays() async throws {
    let review = try await Review()
    let body = review.clear(try await review.open())
    _ = try await review.bureau.post(review.answers, body, key: "one")
    _ = try await review.bureau.post(review.answers, body, key: "two")
    let kept = {
      try await review.site.database.psql(as: .superuser, [:], "SELECT key FROM api_requests").lines
    }
    #expect(Set(try await kept()) == ["one", "two"])
    _ = try await review.site.database.psql(
      as: .superuser, [:],
      "UPDATE api_requests SET at = at - interval '7 days 1 minute' WHERE key = 'one'")
    let later = try await review.bureau.post(review.answers, body, key: "three")
    let left = try await kept()
    #expect(later.status == 201 && Set(left) == ["two", "three"])
  }

  @Test func answersAreTakenOnceAndTheSameAgainChangesNothing() async throws {
    let review = try await Review()
    let open = try await review.open()
    let body = review.body([
      review.hit(open[0]), ["household": open[1]["number"] ?? .null, "result": "clear"],
      ["household": open[2]["id"] ?? .null, "result": "not_found"],
    ])
    let first = try await review.bureau.post(review.answers, body, key: "one")
    #expect(first.status == 201 && first.json["new"] == 3)
    let replay = try await review.bureau.post(review.answers, body, key: "one")
    #expect(replay.json == first.json && replay.header("Idempotent-Replayed") == "true")
    #expect(replay.header("Location") == first.header("Location"))
    let same = try await review.bureau.post(review.answers, body, key: "two")
    #expect(same.status == 201 && same.json["same"] == 3 && same.json["new"] == 0)
    let misused = try await review.bureau.post(
      review.answers, review.clear([open[0]]), key: "one")
    #expect(misused.status == 422 && misused.pointers == ["Idempotency-Key"])
    #expect(try await review.stored() == 3)
    let left = try await review.open().compactMap { $0["id"]?.whole }
    #expect(Set(left).isDisjoint(with: open.compactMap { $0["id"]?.whole }))
    let delivery = try await review.bureau.get(try #require(first.header("Location")))
    #expect(delivery.json["way"] == "api" && delivery.json["state"] == "done")
  }

  @Test func nothingOfAKeptAnswerStandsOpenInTheDatabase() async throws {
    let review = try await Review()
    let open = try await review.open()
    _ = try await review.bureau.post(review.answers, review.clear(open))
    let kept = try await review.site.database.psql(
      as: .superuser, [:], "SELECT encode(body_sealed, 'escape') FROM api_requests"
    ).lines.joined()
    #expect(!kept.isEmpty && !kept.contains("registered_property"))
  }

  @Test func aDryRunSaysWhatWouldComeOfItAndLeavesNothing() async throws {
    let review = try await Review()
    let open = try await review.open()
    let before = try await review.site.digests()
    let answer = try await review.bureau.post(
      review.answers + "?dry_run=true", review.clear(open))
    #expect(answer.status == 200 && answer.json["new"] == 3 && answer.json["delivery"] == .null)
    #expect(try await review.site.tablesChanged(since: before).isSubset(of: ["api_tokens"]))
    #expect(try await review.stored() == 0)
  }

  @Test func whatDiffersAsksWhyAndBothStay() async throws {
    let review = try await Review()
    let open = try await review.open()
    _ = try await review.bureau.post(review.answers, review.clear(open))
    let dry = try await review.bureau.post(
      review.answers + "?dry_run=true", review.body([review.hit(open[1])]))
    #expect(dry.json["changed"] == 1 && dry.json["contradicting"] == 1)
    #expect(dry.json["differences"]?.items.first?["household"] == open[1]["number"])
    let refused = try await review.bureau.post(
      review.answers, review.body([review.hit(open[1])]), key: "why")
    #expect(refused.status == 409 && refused.pointers == ["#/answers/0"])
    let taken = try await review.bureau.post(
      review.answers, review.body([review.hit(open[1])], reason: "登记系统漏报"), key: "why")
    #expect(taken.status == 201 && taken.json["changed"] == 1)
    #expect(try await review.stored() == 4)
  }

  @Test func oneWrongAnswerKeepsAllOutAndIsSaidWhere() async throws {
    let review = try await Review()
    let open = try await review.open()
    let right = review.hit(open[0])
    let cases: [(JSONValue, String)] = [
      (["household": "nowhere", "result": "clear"], "#/answers/1/household"),
      (["household": open[0]["number"] ?? .null, "result": "clear"], "#/answers/1/household"),
      (["household": open[1]["number"] ?? .null, "result": "hit"], "#/answers/1/result"),
      (
        [
          "household": open[1]["id"] ?? .null, "result": "clear", "records": right["records"] ?? [],
        ],
        "#/answers/1/result"
      ),
      (
        review.hit(open[1], idNumber: try TestPortal.stranger()),
        "#/answers/1/records/0/id_number"
      ),
    ]
    for (wrong, pointer) in cases {
      let answer = try await review.bureau.post(review.answers, review.body([right, wrong]))
      #expect(answer.status == 422, "\(pointer)")
      #expect(answer.pointers == [pointer])
    }
    #expect(try await review.stored() == 0)
    #expect(
      try await review.site.count("SELECT count(*) FROM deliveries WHERE way = 'api'") == 0)
  }

  @Test(arguments: [
    ("floor_area", "-1"), ("floor_area", "1.234"), ("registered_on", "2021-08-21"),
    ("registered_on", "2021-02-30"), ("certificate", " "),
  ])
  func aValueOutOfRangeIsSaidWhere(_ field: String, _ value: String) async throws {
    let review = try await Review()
    let open = try await review.open()
    let hit = review.hit(open[0])
    let record = (hit["records"]?.items.first?.members ?? []).map {
      $0.name == field ? JSONValue.Member(field, .string(value)) : $0
    }
    let answer = try await review.bureau.post(
      review.answers,
      review.body([
        [
          "household": open[0]["number"] ?? .null, "result": "hit",
          "records": [.object(record)],
        ]
      ]))
    #expect(answer.status == 422)
    #expect(answer.pointers == ["#/answers/0/records/0/\(field)"])
  }

  @Test func aDayToComeIsRefused() async throws {
    let review = try await Review()
    let open = try await review.open()
    let body = review.body(
      [["household": open[0]["number"] ?? .null, "result": "clear"]], asOf: "2021-08-21")
    let answer = try await review.bureau.post(review.answers, body)
    #expect(answer.status == 422 && answer.pointers == ["#/as_of"])
  }

  @Test func anotherBureausCheckIsRefused() async throws {
    let review = try await Review()
    let body = review.body([["household": "x", "result": "clear"]], check: "income")
    #expect(try await review.bureau.post(review.answers, body).status == 403)
    let link = "/api/v1/rounds/\(review.round)/checks?type=vehicles"
    #expect(try await review.bureau.get(link).status == 403)
  }

  @Test func aRoundThatHasEndedTakesNothing() async throws {
    let review = try await Review()
    let open = try await review.open()
    _ = try await review.site.owner.transaction { tx in
      try tx.execute("UPDATE review_rounds SET closed_on = '2021-08-20' WHERE id = \(review.round)")
    }
    #expect(try await review.bureau.post(review.answers, review.clear(open)).status == 409)
    #expect(try await review.bureau.get(review.checks).status == 409)
    #expect(
      try await review.bureau.get("/api/v1/rounds/999999/checks?type=registered_property").status
        == 404)
  }
}
