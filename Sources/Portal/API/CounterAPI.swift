import Counter
import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// The counter's question, asked by the counter's own system.
struct CounterAPI: Sendable {
  let services: Services
  let counter: CounterDesk

  var operations: [APIOperation] {
    [
      APIOperation(
        "askCounter", .post, Paths.apiCounterChecks.pattern, needs: .askCounter,
        "办理前核查：这个人是不是公租房在保对象",
        "每次查询都记录事项和结果。state 为 waiting 时不能办理，等县住建局放行。",
        key: .optional,
        body: .json(
          .object([
            JSONProperty("name", APIParts.words(1...60), "姓名"),
            JSONProperty("id_number", APIParts.idNumber, "身份证号"),
            JSONProperty(
              "purpose", .choice(CounterPurpose.allCases.map(\.rawValue)), "办理事项"),
          ]),
          example: [
            "name": "某某某", "id_number": "11010519491231002X", "purpose": "registration",
          ], limit: 4 << 10),
        answers: [
          APIAnswer(
            .created, "核查结果", Self.check, example: Self.example,
            headers: ["Location": "这次核查的地址"])
        ], askCounter),
      APIOperation(
        "readCounterCheck", .get, Paths.apiCounterCheck.pattern, needs: .askCounter,
        "一次核查现在的状态", argument: Self.reference,
        answers: [APIAnswer("核查", Self.check, example: Self.example)], readCheck),
      APIOperation(
        "enterFiling", .post, Paths.apiCounterFiling.pattern, needs: .askCounter,
        "填写随后的备案或登记编号", "同一编号可以重发；换成别的编号、或县住建局还没有放行时为 409。",
        argument: Self.reference,
        body: .json(
          .object([JSONProperty("filing_number", APIParts.words(1...60), "网签备案号或不动产登记受理号")]),
          example: ["filing_number": "QL-2021-000123"], limit: 4 << 10),
        answers: [APIAnswer("核查", Self.check, example: Self.example)],
        problems: [.conflict], enterFiling),
    ]
  }

  private func askCounter(_ call: APICall) async throws -> WebResponse {
    guard let name = call.body["name"]?.text,
      let idNumber = (call.body["id_number"]?.text).flatMap({ try? ResidentID($0) }),
      let purpose = (call.body["purpose"]?.text).flatMap({ CounterPurpose(rawValue: $0) })
    else { throw Problem(.badRequest, "请求内容不完整。") }
    let question = CounterQuestion(
      name: CounterName.normalised(name), idNumber: idNumber, purpose: purpose,
      at: call.request.now, address: call.request.clientAddress.text, request: call.request.id,
      key: call.key, fingerprint: call.fingerprint)
    let caller = CounterCaller(
      principal: call.principal, token: call.credential.token, system: call.credential.system)
    do {
      let answer = try await counter.ask(question, as: caller)
      var response = WebResponse.json(Self.json(answer, purpose), status: .created)
      response.headers[.location] = Paths.apiCounterCheck.link(answer.reference).url
      return response
    } catch is CounterKeyReused {
      throw Problem.keyReused
    }
  }

  private func readCheck(_ call: APICall) async throws -> WebResponse {
    let reference: String = try call.argument()
    let actor = call.principal
    let found = try await services.databases.read(as: actor) { tx in
      try tx.first(counterLine(reference: reference, of: actor.accountID))
    }
    guard let found else { throw WebError.notFound }
    return .json(Self.json(found))
  }

  private func enterFiling(_ call: APICall) async throws -> WebResponse {
    let reference: String = try call.argument()
    let number = call.body["filing_number"]?.text ?? ""
    let actor = try call.request.counterActor
    do {
      return try await services.databases.transaction(as: call.principal) { tx in
        let query = counterLine(reference: reference, of: actor.principal.accountID)
        guard let line = try tx.first(query) else { throw WebError.notFound }
        try tx.file(line, number: number, by: actor)
        return .json(Self.json(try tx.one(query)))
      }
    } catch CounterRefusal.notReleased {
      throw Problem(.conflict, "是公租房在保对象，县住建局还没有放行，不能办理。")
    } catch CounterRefusal.overtaken {
      throw Problem(.conflict, "这次核查已经填过另一个编号。")
    }
  }

  // MARK: Shapes

  private static func json(_ answer: CounterAnswer, _ purpose: CounterPurpose) -> JSONValue {
    [
      "reference": .string(answer.reference), "purpose": .string(purpose.rawValue),
      "state": .string(answer.state.rawValue), "message": .string(answer.state.title),
      "name_matches": answer.nameMatches.map { .bool($0) } ?? .null,
      "asked_at": .string(ShanghaiTime.isoText(answer.askedAt)), "released_at": .null,
      "release_reason": .null, "filing_number": .null,
    ]
  }

  private static func json(_ line: CounterLine) -> JSONValue {
    [
      "reference": .string(line.reference), "purpose": .string(line.purpose.rawValue),
      "state": .string(line.state.rawValue), "message": .string(line.state.title),
      "name_matches": line.nameMatches.map { .bool($0) } ?? .null,
      "asked_at": .string(ShanghaiTime.isoText(line.askedAt)),
      "released_at": .optional(line.releasedAt.map { ShanghaiTime.isoText($0) }),
      "release_reason": .optional(line.releaseReason),
      "filing_number": .optional(line.filingNumber),
    ]
  }

  private static let reference = APIParameter(
    "reference", .text(1...60), required: true, "核查编号", example: "K20210820-1")

  private static let check = JSONSchema.named(
    "CounterCheck",
    .object([
      JSONProperty("reference", .text(1...60), "核查编号"),
      JSONProperty("purpose", .choice(CounterPurpose.allCases.map(\.rawValue)), "办理事项"),
      JSONProperty(
        "state", .choice(CounterState.allCases.map(\.rawValue)),
        "clear 可以办理；waiting 等待县住建局；released 已放行"),
      JSONProperty("message", .text(1...100), "告诉办理人的话"),
      JSONProperty("name_matches", .nullable(.boolean), "姓名与公租房登记是否一致；不是在保对象时为 null"),
      JSONProperty("asked_at", APIParts.time, "查询时间"),
      JSONProperty("released_at", .nullable(APIParts.time), "放行时间"),
      JSONProperty("release_reason", .nullable(.text(1...500)), "放行原因"),
      JSONProperty("filing_number", .nullable(.text(1...60)), "随后的备案或登记编号"),
    ]))

  private static let example: JSONValue = [
    "reference": "K20210820-1", "purpose": "registration", "state": "clear",
    "message": "不是公租房在保对象，可以办理", "name_matches": .null,
    "asked_at": "2021-08-20T14:37:25+08:00", "released_at": .null, "release_reason": .null,
    "filing_number": .null,
  ]
}
