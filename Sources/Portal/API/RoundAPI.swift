import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Web

/// Open rounds, and the checks that a bureau owes in them.
struct RoundAPI: Sendable {
  let services: Services

  var operations: [APIOperation] {
    [
      APIOperation(
        "listRounds", .get, Paths.apiRounds.pattern, needs: .viewReviews, "正在进行的资格复核",
        answers: [
          APIAnswer("令牌范围内的各轮", Self.rounds, example: ["rounds": [Self.exampleRound]])
        ], listRounds),
      APIOperation(
        "listChecks", .get, Paths.apiRoundChecks.pattern, needs: .answerChecks, "本单位待答复的核查",
        "每户列出在册的成员和完整的身份证号；每次读取都记入审计。读完一页后把 next 作为 after 再读。",
        argument: APIParts.path("id", "哪一轮"),
        query: [
          APIParameter(
            "type", APIParts.owedCheck, required: true, "哪一项核查，须是本单位负责的",
            example: "registered_property"),
          APIParameter("after", .text(1...60), "上一页的 next"),
          APIParameter("limit", .integer(1...500), "一页几户，不说为 100"),
        ],
        answers: [APIAnswer("待答复的家庭", Self.checks, example: Self.exampleChecks)],
        problems: [.conflict], listChecks),
    ]
  }

  // MARK: Rounds

  private func listRounds(_ call: APICall) async throws -> WebResponse {
    let bureau = call.principal.role.bureau
    let found = try await services.databases.read(as: call.principal) { tx in
      try tx.progress(of: try tx.all(openRounds))
    }
    return .json(["rounds": .array(found.map { Self.json($0, bureau) })])
  }

  private static func json(_ progress: RoundProgress, _ bureau: Bureau?) -> JSONValue {
    let round = progress.round
    return [
      "id": .integer(Int(round.id.rawValue)), "title": .string(round.title),
      "area": .string(round.area.rawValue), "campaign": .string(round.campaignTitle),
      "opened_on": .string(round.openedOn.iso),
      "due_on": .optional(bureau.flatMap { round.dues[$0] }?.iso),
      "households": .integer(progress.households),
      "checks": .array((bureau?.checks ?? []).map { json($0, progress[$0]) }),
    ]
  }

  private static func json(_ type: CheckType, _ counts: AnswerCounts) -> JSONValue {
    [
      "check": .string(type.rawValue), "owed": .integer(counts.owed),
      "answered": .integer(counts.answered), "hits": .integer(counts.hit),
    ]
  }

  private static let rounds = JSONSchema.object([
    JSONProperty(
      "rounds",
      .array(
        .named(
          "Round",
          .object([
            JSONProperty("id", APIParts.id, "编号"),
            JSONProperty("title", .text(1...100), "名称"),
            JSONProperty("area", .text(2...9), "区划代码"),
            JSONProperty("campaign", .text(1...200), "整治行动"),
            JSONProperty("opened_on", APIParts.day, "开始日期"),
            JSONProperty("due_on", .nullable(APIParts.day), "本单位的期限"),
            JSONProperty("households", APIParts.count, "范围内的家庭"),
            JSONProperty("checks", .array(checkCounts, count: 0...10), "本单位负责的核查"),
          ])), count: 0...1_000), "各轮")
  ])

  private static let checkCounts = JSONSchema.object([
    JSONProperty("check", APIParts.owedCheck, "哪一项"),
    JSONProperty("owed", APIParts.count, "应答复"), JSONProperty("answered", APIParts.count, "已答复"),
    JSONProperty("hits", APIParts.count, "有情况"),
  ])

  private static let exampleRound: JSONValue = [
    "id": 1, "title": "第一轮资格复核", "area": "350423", "campaign": "公租房应退未退专项整治",
    "opened_on": "2021-06-10", "due_on": "2021-08-25", "households": 480,
    "checks": [["check": "registered_property", "owed": 480, "answered": 12, "hits": 1]],
  ]

  // MARK: Checks

  private func listChecks(_ call: APICall) async throws -> WebResponse {
    let round: ReviewRoundID = try call.argument()
    let type = try call.ownCheck(named: "type")
    let limit = call.query["limit"]?.whole ?? 100
    let after = call.query["after"]?.text
    let position = FramePosition(after)
    guard after == nil || position != nil else {
      throw Problem.invalid([.init(parameter: "after", "应是上一页的 next")])
    }
    let (keys, origin) = (services.keys, try call.request.auditOrigin)
    return try await services.databases.transaction(as: call.principal) { tx in
      guard try tx.round(round).isOpen else {
        throw Problem(.conflict, AnswerRefusal.roundClosed.message)
      }
      let queue = try tx.queue(type, in: round, CheckFilter())
      let lines = try tx.lines(of: queue, from: position, limit: limit + 1)
      let page = Array(lines.prefix(limit))
      let members = try tx.all(asked(page.map(\.household)))
      try tx.audit(
        AuditEvent(
          action: .readChecks, entity: "review_rounds", entityID: round.description,
          after: [
            "check": type.title, "rows": String(page.count), "system": call.credential.system,
          ]), by: origin)
      let byHousehold = Dictionary(grouping: members, by: \.household)
      return .json([
        "round": .integer(Int(round.rawValue)), "check": .string(type.rawValue),
        "households": .array(
          try page.map { try Self.json($0, byHousehold[$0.household] ?? [], keys) }),
        "next": .optional(lines.count > limit ? page.last?.position.text : nil),
      ])
    }
  }

  private static func json(
    _ line: CheckListLine, _ members: [AskedMember], _ keys: KeyRing
  ) throws -> JSONValue {
    [
      "id": .integer(Int(line.household.rawValue)), "number": .string(line.number),
      "persons": .array(
        try members.map { member in
          [
            "name": .string(member.name),
            "id_number": .string(try keys.openText(member.idNumber, for: .personIDNumber)),
            "relation": .string(member.relation.rawValue),
          ]
        }),
    ]
  }

  private static let checks = JSONSchema.object([
    JSONProperty("round", APIParts.id, "哪一轮"),
    JSONProperty("check", APIParts.owedCheck, "哪一项"),
    JSONProperty(
      "households",
      .array(
        .object([
          JSONProperty("id", APIParts.id, "家庭"), JSONProperty("number", .text(1...60), "家庭编号"),
          JSONProperty("persons", .array(member, count: 0...100), "在册成员"),
        ]), count: 0...500), "待答复的家庭"),
    JSONProperty("next", .nullable(.text(1...60)), "下一页的 after；没有下一页时为 null"),
  ])

  private static let member = JSONSchema.object([
    JSONProperty("name", .text(1...60), "姓名"),
    JSONProperty("id_number", .text(1...40), "身份证号"),
    JSONProperty("relation", .choice(Relation.allCases.map(\.rawValue)), "与申请人的关系"),
  ])

  private static let exampleChecks: JSONValue = [
    "round": 1, "check": "registered_property",
    "households": [
      [
        "id": 7, "number": "QL000007",
        "persons": [["name": "某某某", "id_number": "11010519491231002X", "relation": "applicant"]],
      ]
    ],
    "next": .null,
  ]
}

extension APICall {
  /// The check that a parameter names.
  ///
  /// - Throws: `Problem` (403) where another bureau answers it.
  func ownCheck(named name: String) throws -> CheckType {
    guard let type = (query[name]?.text).flatMap({ CheckType(rawValue: $0) }) else {
      throw Problem.invalid([.init(parameter: name, "必须给出")])
    }
    try demandOwn(type)
    return type
  }

  func demandOwn(_ type: CheckType) throws {
    guard principal.role.bureau == type.bureau else {
      throw Problem(.forbidden, "“\(type.title)”由\(type.bureau.title)负责，这个令牌不能办理。")
    }
  }
}

/// A member of a household that a bureau is asked about.
private struct AskedMember: RowDecodable {
  let household: HouseholdID
  let name: String
  let idNumber: [UInt8]
  let relation: Relation

  init(_ row: Row) throws {
    household = try row("household_id")
    name = try row("name")
    idNumber = try row("id_number_sealed")
    relation = try row("relation")
  }
}

private func asked(_ households: [HouseholdID]) -> Query<AskedMember> {
  Query(
    """
    SELECT household_id, name, id_number_sealed, relation FROM persons
    WHERE household_id = ANY(\(list: households)) AND left_on IS NULL
    ORDER BY household_id, relation <> 'applicant', id
    """)
}
