import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Accounts
@testable import Counties

/// The list of codes that comes along, and what commands make of areas.
@Suite struct AreaCatalogueTests {
  private static let codes = AreaCatalogue(
    folder: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sql/data").path())

  private func code(_ text: String) throws -> AreaCode { try #require(AreaCode(text)) }

  @Test func `a county is found by its code, its name, and what it lies in`() throws {
    let codes = Self.codes
    #expect(codes.fullName(of: try code("350423")) == "福建省三明市清流县")
    #expect(codes.counties(matching: "清流").map(\.code.rawValue) == ["350423"])
    #expect(codes.counties(matching: "三明市").count == 11)
    // Two of one name, and none for one letter.
    #expect(codes.counties(matching: "鼓楼区").count > 2)
    #expect(codes.counties(matching: "区").isEmpty)
    #expect(codes.name(of: try code("1101")) == "市辖区")
    #expect(codes.townships(of: try code("350423")).count == 13)
  }

  @Test func `a code that ended says when, and what took its place`() throws {
    let ended = try #require(Self.codes.entry(try code("350402")))
    #expect(ended.until == 2021 && ended.now.map(\.rawValue) == ["350404"])
    let now = try #require(Self.codes.entry(try code("350404")))
    #expect(now.until == nil && now.from == 2021 && now.name == "三元区")
  }

  @Test func `what took the place of a code is a code`() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sql/data/areas.tsv")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count == 6_823)
    for line in lines {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 5)
      // Counties of a province that had no cities between, long ago.
      if cells[0].count == 6, cells[0].dropFirst(2).hasPrefix("00") {
        #expect(!cells[3].isEmpty, "\(line)")
        continue
      }
      #expect(AreaCode(cells[0]) != nil, "\(line)")
      for successor in cells[4].split(separator: ";")
      where !successor.dropFirst(2).hasPrefix("00") {
        #expect(Self.codes.entry(try code(String(successor))) != nil, "\(line)")
      }
    }
  }

  @Test func `an area that is called by its code gets its name, and no other`() async throws {
    let site = try await TestPortal.start(.empty)
    try await site.owner.transaction { tx in
      try tx.execute("UPDATE areas SET name = code WHERE code = '3504'")
      try tx.execute("UPDATE areas SET name = '清流' WHERE code = '350423'")
    }
    try await AreaCommands(site.owner).nameWhatIsCalledByItsCode(Self.codes)
    let names = try await site.owner.read {
      try $0.all(Query<String>("SELECT name FROM areas WHERE length(code) < 9 ORDER BY code"))
    }
    #expect(names == ["福建省", "三明市", "清流"])
  }

  @Test func `commands add and rename areas, and their errors name the command that helps`()
    async throws
  {
    let site = try await TestPortal.start(.empty)
    let areas = AreaCommands(site.owner)
    func refusal(_ body: () async throws -> Void) async -> String {
      do {
        try await body()
        return ""
      } catch { return "\(error)" }
    }
    let now = TestPortal.start
    try await areas.addTownships(["350423102=嵩口镇"], at: now)
    try await areas.rename(try code("350423102"), to: "嵩溪", at: now)
    let county = try NewCounty(code: "350423", name: "清流县")
    let administration = AccountAdministration(database: site.owner)
    let township = try code("350423999")
    for (said, body) in [
      ("portal county rename", { try await areas.addTownships(["350423102=嵩口镇"], at: now) }),
      ("portal county create", { try await areas.addTownships(["350424100=翠江镇"], at: now) }),
      ("portal county township", { try await areas.rename(township, to: "某乡", at: now) }),
      (
        "portal county township",
        { try await county.write(to: site.owner, codes: Self.codes, at: now) }
      ),
      ("portal account list", { try await administration.disable("nobody") }),
      (
        "portal county township 350423999",
        {
          try await administration.create(
            NewAccount(
              account: "mou-xiang", displayName: "某", role: .townOfficer, area: township,
              password: TestPortal.password))
        }
      ),
    ] as [(String, () async throws -> Void)] {
      let message = await refusal(body)
      #expect(message.contains(said), "\(message)")
    }
  }
}
