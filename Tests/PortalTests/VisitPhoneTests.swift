import Crypto
import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// What a phone asks for and sends, as its scripts do.
@Suite(.serialized) struct VisitPhoneTests {
  /// Two homes of the roster that a team of 马春萍 enters.
  private struct Round {
    let register: RegisterFixture
    let entries: [Int64]
    let phone: Phone

    init() async throws {
      register = try await RegisterFixture()
      for place in 1...2 {
        let household = try await register.household("H\(place)", members: [idNumber(place)])
        try await register.lease(to: household)
      }
      entries = try await register.site.owner.transaction { tx in
        let campaign = try tx.one(
          Query<Int64>(
            """
            INSERT INTO campaigns (area, title, document_number, clear_by)
            VALUES ('350423', '整治', '清政〔2021〕1号', '2021-12-31') RETURNING id
            """))
        let roster = try tx.one(
          Query<Int64>(
            """
            INSERT INTO visit_rosters (area, campaign_id, made_by_name, made_at, ready_at)
            VALUES ('350423', \(campaign), '李文清', now(), now()) RETURNING id
            """))
        let team = try tx.one(
          Query<Int64>(
            """
            INSERT INTO visit_teams (area, roster_id, name, first_id, first_name, second_name,
              made_by_name, made_at)
            SELECT '350423100', \(roster), '一组', id, display_name, '村干部', '李文清', now()
            FROM accounts WHERE account = 'longjin' RETURNING id
            """))
        return try tx.all(
          Query<Int64>(
            """
            INSERT INTO roster_entries (area, roster_id, lease_id, household_id, home_id, estate_id, route,
              team_id)
            SELECT l.area, \(roster), l.id, l.household_id, m.id, m.estate_id,
              visit_route(m.building, m.unit, m.room), \(team)
            FROM leases l JOIN homes m ON m.id = l.home_id ORDER BY l.id RETURNING id
            """))
      }
      phone = try await Phone(register.site, "longjin")
    }

    func lines(_ sql: String) async throws -> [String] { try await register.lines(sql) }
  }

  /// The scripts of the phone's page.
  private struct Phone {
    static let header: HTTPFields = [HTTPField.Name("X-Requested-With")!: "script"]
    let browser: Browser

    init(_ site: TestPortal, _ account: String) async throws {
      browser = try await site.browser(signedInAs: account)
    }

    func ask(_ path: String) async throws -> Page {
      try await browser.request(.get, "/desk/visits/phone/\(path)", headers: Self.header)
    }

    func csrf() async throws -> String { try await object(ask("session"))["csrf"] as? String ?? "" }

    func post(
      _ path: String, _ fields: [(String, String)], files: [ChosenFile] = []
    ) async throws -> Page {
      let all = fields + [("csrf", try await csrf())]
      let boundary = "phone0123456789"
      var body: [UInt8] = []
      for (name, value) in all {
        body += Array(
          "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
            .utf8)
      }
      for file in files {
        body += Array(
          "--\(boundary)\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"photo\"\r\n\r\n"
            .utf8)
        body += file.bytes + [13, 10]
      }
      body += Array("--\(boundary)--\r\n".utf8)
      return try await browser.send(
        "/desk/visits/phone/\(path)", body: body, type: "multipart/form-data; boundary=\(boundary)",
        headers: Self.header)
    }

    /// A form of its own is not multipart: the key's is posted as the page does.
    func key() async throws -> [String: Any] {
      let body = Array("csrf=\(try await csrf())".utf8)
      return try VisitPhoneTests.object(
        await browser.send("/desk/visits/phone/key", body: body, headers: Self.header))
    }

    func record(
      _ entry: Int64, key: UUID, photos: [String] = [], _ more: [(String, String)] = []
    ) async throws -> Page {
      let names = Set(more.map(\.0))
      let usual = [
        ("visited_on", "2021-08-20"), ("visited_time", "14:30"), ("second_name", "村干部"),
        ("met", "tenant"), ("home_use", "self"),
      ].filter { !names.contains($0.0) }
      return try await post(
        "records",
        [("entry", "\(entry)"), ("key", key.uuidString)] + usual + more
          + photos.map { ("photo_sha256", $0) })
    }
  }

  fileprivate static func object(_ page: Page) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(page.bytes)) as? [String: Any])
  }

  private static func hash(_ file: ChosenFile) -> String {
    hexadecimal(SHA256.hash(data: file.bytes))
  }

  @Test func `the homes of one's teams come, with names for who may see them`() async throws {
    let round = try await Round()
    let answer = try await round.phone.ask("homes")
    let homes = try #require(try Self.object(answer)["homes"] as? [[String: Any]])
    #expect(homes.map { $0["entry"] as? String } == round.entries.map { "\($0)" })
    #expect(homes.first?["secondName"] as? String == "村干部")
    #expect(homes.first?["members"] as? Int == 1)
    // Somebody of no team is given what is nobody's.
    let other = try await Phone(round.register.site, "zhujian")
    let nobodys = try Self.object(await other.ask("homes"))["homes"] as? [[String: Any]]
    #expect(nobodys?.isEmpty == true)
    #expect(
      try await round.lines(
        "SELECT DISTINCT action FROM audit_events WHERE action ^@ 'visit_phone'")
        == ["visit_phone.load"])
  }

  @Test func `the page holds nothing of anybody and is the same for all`() async throws {
    let round = try await Round()
    let mine = try await round.phone.browser.open("/desk/visits/phone")
    let other = try await Phone(round.register.site, "zhujian").browser.open("/desk/visits/phone")
    #expect(mine.bytes == other.bytes && mine.status == 200)
    let worker = try await round.register.site.browser().open("/desk/visits/worker.js")
    #expect(worker.status == 200 && worker.has("/visit-store.js?v="))
    #expect(worker.source == (try await other.browser.open("/desk/visits/worker.js")).source)
  }

  @Test func `a script is told in words that the session has ended`() async throws {
    let round = try await Round()
    round.phone.browser.setCookie("portal_session", nil)
    let answer = try await round.phone.ask("session")
    #expect(answer.status == 401 && answer.has("请重新登录"))
    let sent = try await round.phone.browser.send(
      "/desk/visits/phone/key", body: Array("csrf=x".utf8), headers: Phone.header)
    #expect(sent.status == 401)
    // A person is led to sign-in.
    #expect(
      try await round.phone.browser.open("/desk/visits/phone", following: false).status == 303)
  }

  @Test func `the key comes again until its person signs out`() async throws {
    let round = try await Round()
    let first = try await round.phone.key()
    let again = try await round.phone.key()
    #expect(first["isNew"] as? Bool == true && again["isNew"] as? Bool == false)
    #expect(first["key"] as? String == again["key"] as? String)
    #expect(Data(base64Encoded: first["key"] as? String ?? "")?.count == 32)
    let device = try #require(round.phone.browser[cookie: "portal_phone"])

    // Another person on the same phone has a key of their own.
    let other = try await Phone(round.register.site, "zhujian")
    other.browser.setCookie("portal_phone", device)
    #expect(try await other.key()["key"] as? String != first["key"] as? String)

    try await round.phone.browser.open("/desk/visits/homes/\(round.entries[0])/form")
      .form(to: "/logout").submit()
    #expect(round.phone.browser[cookie: "portal_phone"]?.hasPrefix(device + "_") == true)
    #expect(
      try await round.lines(
        "SELECT a.account FROM visit_phone_keys k JOIN accounts a ON a.id = k.account_id")
        == ["zhujian"])
    try await round.phone.browser.signIn("longjin")
    #expect(try await round.phone.key()["key"] as? String != first["key"] as? String)
  }

  @Test func `a visit sent twice is one, and says which photos have not arrived`() async throws {
    let round = try await Round()
    let (one, two) = (try await SamplePhoto.jpeg(), try await SamplePhoto.jpeg())
    let key = UUID()
    let hashes = [Self.hash(one), Self.hash(two)]
    let first = try Self.object(
      await round.phone.record(round.entries[0], key: key, photos: hashes))
    #expect(first["state"] as? String == "stored" && first["missing"] as? [String] == hashes)
    let visit = try #require(first["visit"] as? String)
    let stored = try await round.phone.post("photos/\(visit)", [], files: [one])
    #expect(try Self.object(stored)["sha256"] as? String == hashes[0])
    // Its answer was lost: it comes again and is stored once.
    #expect(try await round.phone.post("photos/\(visit)", [], files: [one]).status == 200)
    let again = try Self.object(
      await round.phone.record(round.entries[0], key: key, photos: hashes))
    #expect(again["state"] as? String == "known" && again["visit"] as? String == visit)
    #expect(again["missing"] as? [String] == [hashes[1]])
    _ = try await round.phone.post("photos/\(visit)", [("kind", "signature")], files: [two])
    #expect(
      try await round.lines("SELECT kind FROM files WHERE visit_id = \(visit) ORDER BY position")
        == ["scene", "signature"])
    #expect(try await round.lines("SELECT count(*) FROM visits WHERE key IS NOT NULL") == ["1"])
  }

  @Test func `what is wrong comes back field by field, and nothing is written`() async throws {
    let round = try await Round()
    let answer = try await round.phone.record(
      round.entries[0], key: UUID(), [("visited_on", "2021-08-21"), ("met", "")])
    #expect(answer.status == 422)
    let errors = try #require(try Self.object(answer)["errors"] as? [[String: String]])
    #expect(Set(errors.compactMap { $0["field"] }) == ["visited_on", "met"])
    #expect(try await round.lines("SELECT count(*) FROM visits WHERE key IS NOT NULL") == ["0"])
  }

  @Test func `a photo goes to one's own visit only, and has to be one`() async throws {
    let round = try await Round()
    let photo = try await SamplePhoto.jpeg()
    let visit = try #require(
      try Self.object(await round.phone.record(round.entries[0], key: UUID()))["visit"] as? String)
    let other = try await Phone(round.register.site, "zhujian")
    #expect(try await other.post("photos/\(visit)", [], files: [photo]).status == 404)
    let text = ChosenFile(name: "x", bytes: Array("no photo".utf8))
    let refused = try await round.phone.post("photos/\(visit)", [], files: [text])
    #expect(refused.status == 422 && refused.has("error"))
  }

  @Test func `whoever was there meanwhile is said, and both visits stand`() async throws {
    let round = try await Round()
    let opened = TestPortal.start.addingTimeInterval(-600).timeIntervalSince1970 * 1000
    let other = try await Phone(round.register.site, "zhujian")
    _ = try await other.record(round.entries[0], key: UUID())
    let late = try Self.object(
      await round.phone.record(
        round.entries[0], key: UUID(), [("opened_at", "\(Int(opened))")]))
    #expect((late["words"] as? String)?.contains("李文清") == true)
    #expect(late["isNoteworthy"] as? Bool == true)
    #expect(
      try await round.lines("SELECT count(*) FROM visits WHERE entry_id = \(round.entries[0])")
        == ["2"])
  }
}
