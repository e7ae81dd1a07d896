import Domain
import Findings
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Web

/// A bureau's system answers many checks of one kind at once.
struct AnswerAPI: Sendable {
  static let mostAnswers = 1_000
  /// The most things that one answer may hold, as on the screen.
  static let mostRecords = TypedAnswer.mostRecords

  let services: Services

  var operations: [APIOperation] {
    [
      APIOperation(
        "giveAnswers", .post, Paths.apiRoundAnswers.pattern, needs: .answerChecks,
        "成批答复一项核查",
        """
        一次至多 \(Self.mostAnswers) 户，要么全部记下，要么一户不记。已经有的相同答复不再写入；\
        与本单位以前的答复不同的，要说明 reason，两次都保留。先用 dry_run=true 看会怎样。
        """,
        argument: APIParts.path("id", "哪一轮"),
        query: [APIParameter("dry_run", .boolean, "只核对，不写入")], key: .required,
        body: .json(Self.batch, example: Self.exampleBatch, limit: 8 << 20),
        answers: [
          APIAnswer("只核对的结果", Self.outcome, example: Self.exampleOutcome(nil)),
          APIAnswer(
            .created, "已记下", Self.outcome, example: Self.exampleOutcome(12),
            headers: ["Location": "这次报送的地址"]),
        ], problems: [.conflict], giveAnswers)
    ]
  }

  private func giveAnswers(_ call: APICall) async throws -> WebResponse {
    let round: ReviewRoundID = try call.argument()
    let batch = try AnswerBatch(call.body, today: ShanghaiTime.day(of: call.request.now))
    try call.demandOwn(batch.type)
    let (keys, now, origin) = (services.keys, call.request.now, try call.request.auditOrigin)
    let isDryRun = call.query["dry_run"]?.isTrue == true
    do {
      return try await services.once(call) { tx in
        let taken = try tx.take(batch, in: round, for: call, keys: keys, at: now)
        let body = taken.json(batch.type)
        // Nothing of it stays: the transaction ends here.
        if isDryRun { throw DryRun(body: body) }
        try tx.audit(
          AuditEvent(
            action: .takeAnswers, entity: "deliveries", entityID: taken.delivery?.description,
            after: [
              "round": round.description, "check": batch.type.title,
              "new": String(taken.assessment.new), "same": String(taken.assessment.same),
              "changed": String(taken.assessment.changed), "system": call.credential.system,
            ]), by: origin)
        if let delivery = taken.delivery {
          _ = try tx.enterRuleRun(over: .delivery(delivery), by: origin, call.principal, at: now)
        }
        return KeptAnswer(
          status: HTTPResponse.Status.created.code,
          location: taken.delivery.map { Paths.apiDelivery.link($0).url }, body: body.utf8)
      }
    } catch let dryRun as DryRun {
      return .json(dryRun.body)
    } catch let refusal as AnswerRefusal {
      throw Problem(.conflict, refusal.message)
    }
  }

  private struct DryRun: Error { let body: JSONValue }

  // MARK: Shapes

  private static let batch = JSONSchema.variants(
    by: "check",
    CheckType.allCases.map { type in
      JSONSchema.Variant(
        type.rawValue, name: "Answers_\(type.rawValue)",
        [
          JSONProperty("as_of", APIParts.day, "数据截至哪一天，不能晚于今天"),
          JSONProperty("reason", APIParts.words(1...500), required: false, "与以前的答复不同的原因"),
          JSONProperty("answers", .array(answer(type), count: 1...mostAnswers), "逐户的答复"),
        ])
    })

  private static func answer(_ type: CheckType) -> JSONSchema {
    let person = JSONProperty(
      "id_number", APIParts.idNumber, "是哪一位成员；不是这个家庭在册成员的不接收")
    return .object([
      JSONProperty("household", .either(APIParts.id, APIParts.words(1...60)), "家庭的 id 或编号"),
      JSONProperty("result", APIParts.result, "clear 无异常，hit 有情况，not_found 查无此人"),
      JSONProperty(
        "records",
        .array(
          .named(
            "Record_\(type.rawValue)",
            .object((type.isAboutPersons ? [person] : []) + type.fields.map(\.property))),
          count: 0...mostRecords),
        required: false, "查到的\(type.title)情况；有情况时至少一条"),
    ])
  }

  private static let exampleBatch: JSONValue = [
    "check": "registered_property", "as_of": "2021-08-15",
    "answers": [
      ["household": "QL000007", "result": "clear"],
      [
        "household": "QL000008", "result": "hit",
        "records": [
          [
            "id_number": "11010519491231002X", "certificate": "闽（2020）清流县不动产权第0000001号",
            "address": "清流县龙津镇某路1号", "floor_area": "89.50", "registered_on": "2020-05-06",
          ]
        ],
      ],
    ],
  ]

  private static let outcome = JSONSchema.object([
    JSONProperty("delivery", .nullable(APIParts.id), "报送编号；只核对时为 null"),
    JSONProperty("check", APIParts.check, "哪一项"),
    JSONProperty("new", APIParts.count, "第一次答复的户数"),
    JSONProperty("same", APIParts.count, "已有相同答复，没有改动的户数"),
    JSONProperty("changed", APIParts.count, "与以前不同的户数"),
    JSONProperty("contradicting", APIParts.count, "其中结果不同的"),
    JSONProperty(
      "differences",
      .array(
        .object([
          JSONProperty("household", .text(1...60), "家庭编号"),
          JSONProperty("before", APIParts.result, "现在的答复"),
          JSONProperty("after", APIParts.result, "这次的答复"),
          JSONProperty("before_by", .text(1...60), "现在的答复是谁给的"),
          JSONProperty("before_on", APIParts.day, "哪一天给的"),
        ]), count: 0...mostAnswers), "与以前不同的各户"),
  ])

  private static func exampleOutcome(_ delivery: Int?) -> JSONValue {
    [
      "delivery": .optional(delivery), "check": "registered_property", "new": 2, "same": 0,
      "changed": 0, "contradicting": 0, "differences": [],
    ]
  }
}
