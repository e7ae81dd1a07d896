import Deliveries
import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Reviews
import Web

/// A bureau's system delivers an extract of its register, and follows what becomes of it.
struct DeliveryAPI: Sendable {
  let services: Services
  let jobs: JobRunner

  var operations: [APIOperation] {
    [
      APIOperation(
        "deliverExtract", .post, Paths.apiExtracts.pattern, needs: .answerChecks,
        "报送登记数据",
        """
        CSV（UTF-8 或 GB18030），第一行是列名。边收边存，收完即开始比对，202 后到 Location 查看进度；\
        比对完成（matched）后核对差异，再确认或放弃。同一文件、同样的参数再次报送，得到的是同一次报送。\
        不在公租房登记中的人，只计数，不保存。
        """,
        query: [
          APIParameter(
            "type", APIParts.check, required: true, "哪一项核查，须是本单位负责的",
            example: "registered_property"),
          APIParameter(
            "as_of", APIParts.day, required: true, "数据截至哪一天", example: "2021-08-15"),
          APIParameter("complete", .boolean, "是不是登记的全部：不在其中的家庭也算有了答复"),
          APIParameter("round", APIParts.id, "哪一轮复核；不说为正在进行的那一轮"),
        ], key: .required, body: .file(type: "text/csv", limit: 512 << 20),
        answers: [
          APIAnswer(
            .accepted, "已收下", Self.delivery, example: Self.example,
            headers: ["Location": "这次报送的地址"])
        ], problems: [.conflict], deliverExtract),
      APIOperation(
        "readDelivery", .get, Paths.apiDelivery.pattern, needs: .answerChecks, "一次报送的进度和结果",
        argument: APIParts.path("id", "报送编号"),
        answers: [APIAnswer("报送", Self.delivery, example: Self.example)], readDelivery),
      APIOperation(
        "confirmDelivery", .post, Paths.apiDeliveryConfirmation.pattern, needs: .answerChecks,
        "确认一次报送，使它生效", "再次确认没有影响。与以前的答复不一致时要有 reason。",
        argument: APIParts.path("id", "报送编号"),
        body: .json(
          .object([
            JSONProperty("reason", APIParts.words(1...500), required: false, "与以前的答复不同的原因")
          ]), example: ["reason": "登记数据已更正"], limit: 16 << 10),
        answers: [APIAnswer(.accepted, "正在写入", Self.delivery, example: Self.example)],
        problems: [.conflict], confirmDelivery),
      APIOperation(
        "cancelDelivery", .post, Paths.apiDeliveryCancellation.pattern, needs: .answerChecks,
        "放弃一次还没有生效的报送", "比对的内容随即删除。", argument: APIParts.path("id", "报送编号"),
        answers: [APIAnswer("已放弃", Self.delivery, example: Self.example)],
        problems: [.conflict], cancelDelivery),
    ]
  }

  private func deliverExtract(_ call: APICall) async throws -> WebResponse {
    let type = try call.ownCheck(named: "type")
    guard let file = call.file, let asOf = (call.query["as_of"]?.text).flatMap({ Day(iso: $0) })
    else { throw Problem(.badRequest, "请求内容不完整。") }
    guard file.size > 0 else {
      throw Problem.invalid([.init(pointer: "#", "文件是空的，没有任何内容")])
    }
    if let earlier = try await services.earlierAnswer(to: call) { return earlier }
    let terms = DeliveryTerms(
      type: type, way: .api, asOf: asOf, isComplete: call.query["complete"]?.isTrue == true,
      round: (call.query["round"]?.whole).map { ReviewRoundID(rawValue: Int64($0)) })
    let arriving = ArrivingFile(
      path: file.path, name: "\(call.credential.system).csv", size: file.size, hash: file.sha256)
    let taken = try await Self.refusable {
      try await DeliveryIntake(databases: services.databases, jobs: jobs).take(
        arriving, terms, as: call.principal, by: call.request.auditOrigin, at: call.request.now)
    }
    let answer = KeptAnswer(
      status: HTTPResponse.Status.accepted.code, location: Paths.apiDelivery.link(taken.id).url,
      body: Self.json(try await record(taken.id, call)).utf8)
    // The same file is the same delivery: what is lost here is found again by its hash.
    return try await services.once(call) { _ in answer }
  }

  private func readDelivery(_ call: APICall) async throws -> WebResponse {
    .json(Self.json(try await record(try call.argument(), call)))
  }

  private func confirmDelivery(_ call: APICall) async throws -> WebResponse {
    let id: DeliveryID = try call.argument()
    _ = try await record(id, call)
    try await Self.refusable {
      try await steps(id, call).confirm(reason: call.body["reason"]?.text)
    }
    return .json(Self.json(try await record(id, call)), status: .accepted)
  }

  private func cancelDelivery(_ call: APICall) async throws -> WebResponse {
    let id: DeliveryID = try call.argument()
    _ = try await record(id, call)
    try await Self.refusable { try await steps(id, call).cancel() }
    return .json(Self.json(try await record(id, call)))
  }

  private func steps(_ id: DeliveryID, _ call: APICall) throws -> DeliverySteps {
    DeliverySteps(
      id, databases: services.databases, jobs: jobs, as: call.principal,
      by: try call.request.auditOrigin, at: call.request.now)
  }

  /// Of the bureau whose check it is.
  private func record(_ id: DeliveryID, _ call: APICall) async throws -> DeliveryRecord {
    let found = try await services.databases.read(as: call.principal) { tx in
      try tx.first(deliveryRecord(id))
    }
    guard let found, found.isOwn(call.principal) else { throw WebError.notFound }
    return found
  }

  private static func refusable<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch DeliveryRefusal.dayInFuture {
      throw Problem.invalid([.init(parameter: "as_of", "不能晚于今天")])
    } catch DeliveryRefusal.crowded {
      throw WebError.tooManyRequests(retryAfterSeconds: 60)
    } catch let refusal as DeliveryRefusal {
      throw Problem(.conflict, refusal.description)
    } catch let refusal as AnswerRefusal {
      throw Problem(.conflict, refusal.message)
    }
  }

  // MARK: Shapes

  private static func json(_ record: DeliveryRecord) -> JSONValue {
    [
      "id": .integer(Int(record.id.rawValue)), "check": .string(record.type.rawValue),
      "way": .string(record.way.rawValue),
      "state": .string(record.state.rawValue), "message": .optional(record.message),
      "round": .optional(record.round.map { Int($0.rawValue) }),
      "as_of": .string(record.asOf.iso), "complete": .bool(record.isComplete),
      "phase": .optional(record.phase), "rows_done": .integer(record.rowsDone),
      "rows": .optional(record.rowCount), "rows_matched": .optional(record.matchedRows),
      "rows_other": .optional(record.otherRows), "rows_bad": .optional(record.badRows),
      "rows_undecided": .optional(record.undecidedRows),
      "answers_new": .optional(record.answersNew), "answers_same": .optional(record.answersSame),
      "answers_changed": .optional(record.answersChanged),
    ]
  }

  private static let delivery = JSONSchema.named(
    "Delivery",
    .object([
      JSONProperty("id", APIParts.id, "报送编号"), JSONProperty("check", APIParts.check, "哪一项"),
      JSONProperty("way", .choice(DeliveryWay.allCases.map(\.rawValue)), "怎样报送的"),
      JSONProperty(
        "state", .choice(DeliveryState.allCases.map(\.rawValue)),
        "matching 正在比对，matched 等待确认，committing 正在写入，done 已生效，failed 未完成，cancelled 已放弃"),
      JSONProperty("message", .nullable(.text(0...2_000)), "出了什么问题"),
      JSONProperty("round", .nullable(APIParts.id), "哪一轮复核；定期交换时为 null"),
      JSONProperty("as_of", APIParts.day, "数据截至"),
      JSONProperty("complete", .boolean, "是不是登记的全部"),
      JSONProperty("phase", .nullable(.text(0...100)), "正在做什么"),
      JSONProperty("rows_done", APIParts.count, "已读的行"),
      JSONProperty("rows", .nullable(APIParts.count), "全部行"),
      JSONProperty("rows_matched", .nullable(APIParts.count), "登记中的人"),
      JSONProperty("rows_other", .nullable(APIParts.count), "不在登记中的人，没有保存"),
      JSONProperty("rows_bad", .nullable(APIParts.count), "读不出来的行"),
      JSONProperty("rows_undecided", .nullable(APIParts.count), "没有身份证号，要人认定的行"),
      JSONProperty("answers_new", .nullable(APIParts.count), "新的答复"),
      JSONProperty("answers_same", .nullable(APIParts.count), "与现在相同"),
      JSONProperty("answers_changed", .nullable(APIParts.count), "与现在不同"),
    ]))

  private static let example: JSONValue = [
    "id": 12, "check": "registered_property", "way": "api", "state": "matched", "message": .null,
    "round": 1, "as_of": "2021-08-15", "complete": true, "phase": .null, "rows_done": 5000,
    "rows": 5000, "rows_matched": 12, "rows_other": 4987, "rows_bad": 1, "rows_undecided": 0,
    "answers_new": 480, "answers_same": 0, "answers_changed": 0,
  ]
}
