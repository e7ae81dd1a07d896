import Crypto
import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Complaints
@testable import Files
@testable import Ground
@testable import Portal

/// Photos between the receipt and the clean copy.
@Suite(.serialized) struct PhotoWorkTests {
  private static let shared = Task { try await TestPortal.start() }

  private func site() async throws -> TestPortal { try await Self.shared.value }

  private func filled(
    _ browser: Browser, _ description: String, kind: String = "sublet"
  ) async throws -> PageForm {
    let form = try await browser.open("/complaints/new").form()
    return try form.fill([
      "kind": kind, "estate": try form.option("estate", "龙津安居苑"), "address": "5栋1单元101",
      "description": description,
    ])
  }

  private func number(_ receipt: Page) throws -> String {
    String(try #require(receipt.text.firstMatch(of: /[0-9]{4}-[0-9]{8}/)).0)
  }

  private func rows(_ description: String, _ column: StaticString) async throws -> [String?] {
    try await site().owner.read { tx in
      try tx.all(
        Query<String?>(
          """
          SELECT p.\(raw: column)::text FROM files p JOIN complaints c ON c.id = p.complaint_id
          WHERE c.description = \(description) ORDER BY p.position
          """))
    }
  }

  @Test func theCitizenSeesWhatCouldNotBeReadAndSendsItAgain() async throws {
    let site = try await site()
    let words = "一张好一张坏的照片"
    let citizen = site.browser(from: "198.51.100.61")
    let good = try await SamplePhoto.jpeg()
    let whole = try await SamplePhoto.jpeg(width: 900, height: 900).bytes
    let broken = ChosenFile(name: "b.jpg", bytes: Array(whole.prefix(whole.count / 2)))
    let disguised = ChosenFile(
      name: "c.jpg", bytes: [0xFF, 0xD8, 0xFF, 0xE0] + Array("<?php system('id') ?>".utf8))
    let receipt = try await filled(citizen, words)
      .choosing("photos", [good, broken, disguised]).submit()
    #expect(receipt.heading == "举报已收到")
    let code = try receipt.tag(id: "follow-up-code").text
    var status = try await citizen.open("/complaints/track").form().fill(["code": code]).submit()
    #expect(status.has("照片 1：照片处理中") && status.has("照片 3：照片处理中"))
    #expect(status.all("img").isEmpty)

    await site.portal.services.jobs.finishAll()
    status = try await citizen.open("/complaints/track")
    #expect(status.all("img").count == 1)
    #expect(status.has("照片 2打不开") && status.has("照片 3打不开") && status.has("再交一次"))
    #expect(try await rows(words, "state") == ["clean", "unreadable", "unreadable"])
    #expect(try await rows(words, "original_sealed") == [nil, nil, nil])
    #expect(try await rows(words, "queue") == [nil, nil, nil])

    status = try await status.form(button: "补交照片")
      .choosing("photos", [ChosenFile(name: "b.jpg", bytes: whole)]).submit()
    #expect(status.has("照片已收到") && status.has("照片 4：照片处理中"))
    await site.portal.services.jobs.finishAll()
    status = try await citizen.open("/complaints/track")
    let links = status.all("img").compactMap { $0["src"] }
    #expect(links.count == 2)
    let picture = try await citizen.open(try #require(links.last))
    #expect(picture.status == 200 && picture.header("Content-Type") == "image/jpeg")
  }

  @Test func staffAndInspectorsSeeThatPhotosAreBeingWorkedOn() async throws {
    let site = try await site()
    let receipts = try await (
      filled(site.browser(from: "198.51.100.62"), "工作人员收钱，有照片", kind: "misconduct")
        .choosing("photos", [SamplePhoto.jpeg()]).submit(),
      filled(site.browser(from: "198.51.100.63"), "有人转租，有照片")
        .choosing("photos", [SamplePhoto.jpeg()]).submit()
    )
    let inspector = try await site.browser(signedInAs: "jiwei")
    let officer = try await site.browser(signedInAs: "zhujian")
    var pages = try await [
      inspector.open("/oversight/complaints").follow(number(receipts.0)),
      officer.open("/desk/complaints").follow(number(receipts.1)),
    ]
    for page in pages { #expect(page.has("照片处理中") && page.all("img").isEmpty) }
    await site.portal.services.jobs.finishAll()
    pages = try await [inspector.open(pages[0].address), officer.open(pages[1].address)]
    for (page, browser) in zip(pages, [inspector, officer]) {
      let photo = try #require(page.all("img").compactMap { $0["src"] }.first)
      #expect(try await browser.open(photo).status == 200)
    }
  }

  /// The receipt covers what was sent, whatever becomes of it afterwards.
  @Test func theReceiptCoversThePhotosAsTheyWereSent() async throws {
    let site = try await site()
    let words = "回执覆盖照片原件"
    let photo = try await SamplePhoto.jpeg(comment: "GPS")
    let form = try await filled(site.browser(from: "198.51.100.64"), words)
    let receipt = try await form.choosing("photos", [photo]).submit()
    let expected = ReceiptDigest(
      kind: .sublet, estate: EstateID(try #require(form["estate"])),
      address: "5栋1单元101", description: words,
      photoSHA256: [Array(SHA256.hash(data: photo.bytes))])
    let digest = hexadecimal(SHA256.hash(data: expected.bytes))
    #expect(try receipt.tag(id: "receipt-text").text.contains(digest))
    await site.portal.services.jobs.finishAll()
    #expect(
      try await rows(words, "original_sha256") == [
        "\\x" + hexadecimal(SHA256.hash(data: photo.bytes))
      ])
  }

  @Test func theTextIsCheckedBeforeAnyPhotoIsLookedAt() async throws {
    let page = try await filled(try await site().browser(from: "198.51.100.65"), "短")
      .choosing("photos", [try await SamplePhoto.jpeg()]).submit()
    #expect(page.status == 422 && page.errors.map(\.field) == ["description", "photos"])
    #expect(page.has("请重新选择刚才的 1 张照片"))
  }

  @Test func oneSenderWaitsInOneQueueAndHoldsUpNobodyElse() async throws {
    let county = try await ComplaintsFixture()
    let path = NSTemporaryDirectory() + "queue-\(UUID().uuidString)"
    try Data([0xFF, 0xD8, 0xFF]).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    func report(_ photos: Int, queue: Int16) async throws {
      let sent = (0..<photos).map {
        SentFile(
          path: path, sha256: [UInt8](repeating: UInt8($0), count: 32), type: .picture(.jpeg),
          size: 9)
      }
      try await county.file(
        county.filing(photos: SentFiles(files: sent, queue: FileQueue(rawValue: queue))))
    }
    for _ in 0..<5 { try await report(9, queue: 7) }
    try await report(2, queue: 40)
    try await report(1, queue: 7)
    var order: [Int] = []
    var queue = -1
    for _ in 0..<4 {
      queue = try await county.databases.publicSide.transaction { [queue] tx in
        let next = try tx.one(
          Query<(id: Int64, queue: Int)>(
            "SELECT id, queue::integer AS queue FROM next_waiting_file(\(queue)::integer)"
          ) { (try $0("id"), try $0("queue")) })
        _ = try tx.one(Query<Bool>("SELECT settle_file(\(next.id), NULL, NULL, 'undecodable')"))
        return next.queue
      }
      order.append(queue)
    }
    #expect(order == [7, 40, 7, 40])
    // In a queue the first photo of every report comes before any second.
    let positions = try await county.owner.read { tx in
      try tx.all(
        Query<Int>(
          "SELECT position FROM files WHERE state = 'unreadable' ORDER BY position"))
    }
    #expect(positions == [1, 1, 1, 2])
  }

  @Test func whenTooManyPhotosWaitTheReportIsStillTaken() async throws {
    let site = try await TestPortal.start()
    let citizen = site.browser(from: "198.51.100.66")
    _ = try await filled(citizen, "先有一件举报").submit()
    let form = try await filled(citizen, "排队的照片太多")
    let queue = FileQueue(of: try #require(ClientAddress("198.51.100.66"))).rawValue
    try await site.owner.transaction { tx in
      try tx.execute(
        """
        INSERT INTO files (area, complaint_id, position, original_sealed, original_sha256, original_type, queue,
          retention)
        SELECT c.area, c.id, n, '', decode(repeat('07', 32), 'hex'), 'image/jpeg', \(queue), 'complaint'
        FROM (SELECT area, id FROM complaints ORDER BY id LIMIT 1) c, generate_series(1000, 999 + \(FileQueue.most)::integer) n
        """)
    }
    let full = try await form.choosing("photos", [try await SamplePhoto.jpeg()]).submit()
    #expect(full.status == 422 && full.has("先不带照片提交"))
    let receipt = try await full.form().submit()
    #expect(receipt.heading == "举报已收到")
    // Others have their own queues.
    let other = try #require(
      (1...200).lazy.map { "203.0.113.\($0)" }.first {
        ClientAddress($0).map { FileQueue(of: $0).rawValue != queue } ?? false
      })
    let taken = try await filled(site.browser(from: other), "别人的照片照收")
      .choosing("photos", [try await SamplePhoto.jpeg()]).submit()
    #expect(taken.heading == "举报已收到")
  }

  @Test func theOneJobTellsNobodyWhenSomebodyReported() async throws {
    let site = try await TestPortal.start()
    let before = try await site.owner.read { try $0.one(Query<Int>("SELECT count(*) FROM jobs")) }
    for number in 0..<3 {
      _ = try await filled(site.browser(from: "198.51.100.7\(number)"), "时间不外泄\(number)")
        .choosing("photos", [try await SamplePhoto.jpeg()]).submit()
      await site.portal.services.jobs.finishAll()
    }
    let found = try await site.owner.read { tx in
      try tx.all(
        Query<String>(
          """
          SELECT concat_ws('|', id, kind, state, account_id, done,
            entered_at = date_trunc('hour', entered_at), heard_at = date_trunc('hour', heard_at),
            finished_at = date_trunc('hour', finished_at), not_before)
          FROM jobs WHERE kind = 'photo_cleaning'
          """))
    }
    #expect(found == ["0|photo_cleaning|done|0|t|t|t"])
    let after = try await site.owner.read { try $0.one(Query<Int>("SELECT count(*) FROM jobs")) }
    #expect(after == before + 1)
  }

  @Test func whatIsLeftByAJobThatWasEndingIsFoundAgain() async throws {
    let site = try await TestPortal.start()
    _ = try await filled(site.browser(from: "198.51.100.75"), "差一点错过的照片")
      .choosing("photos", [try await SamplePhoto.jpeg()]).submit()
    try await site.owner.transaction { tx in
      try tx.execute("UPDATE jobs SET state = 'done', finished_at = now() WHERE id = 0")
    }
    try await FileWatch(databases: site.portal.services.databases).look()
    await site.portal.services.jobs.finishAll()
    let left = try await site.owner.read {
      try $0.one(Query<Int>("SELECT count(*) FROM files WHERE state = 'waiting'"))
    }
    #expect(left == 0)
  }

  @Test(arguments: [TestDatabase.Login.staff, .inspector])
  func noOtherLoginIsGivenAnOriginal(_ login: TestDatabase.Login) async throws {
    let ground = try await RowGround.shared()
    for call in ["SELECT next_waiting_file(0)", "SELECT settle_file(1, NULL, NULL, 'undecodable')"]
    {
      #expect(try await ground.database.refused(as: login, ["portal.area": "350423"], call))
    }
  }

  @Test func nobodyStoresACopyAsCleanThatWasNotDrawn() async throws {
    let ground = try await RowGround.shared()
    #expect(
      try await ground.database.refused(
        as: .staff, ["portal.area": "350423"],
        """
        INSERT INTO files (area, complaint_id, position, original_sha256, original_type, state, clean_sealed,
          retention)
        SELECT area, id, 77, digest, 'image/jpeg', 'clean', '', 'complaint' FROM complaints LIMIT 1
        """))
  }
}
