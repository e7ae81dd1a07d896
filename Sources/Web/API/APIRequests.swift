import Crypto
import Domain
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Turns a request into the call that its operation describes, or says what is wrong with it.
struct APIReader {
  let operation: APIOperation
  let request: WebRequest
  let credential: APICredential
  let argument: String?

  /// - Parameter content: the body; empty where the operation takes none or a file.
  func call(content: [UInt8] = [], file: UploadedFile? = nil) throws -> APICall {
    let (query, items) = parameters()
    var body = JSONValue.null
    var wrong = items
    if case .json(let schema, _, _) = operation.body {
      body = try JSONValue(parsing: content)
      wrong += schema.problems(of: body)
    }
    let key = try idempotencyKey(&wrong)
    guard wrong.isEmpty else { throw Problem.invalid(wrong) }
    return APICall(
      request: request, credential: credential, query: query, body: body, key: key,
      fingerprint: key == nil ? [] : fingerprint(content: file?.sha256 ?? content), file: file,
      argument: argument)
  }

  /// Before a long body is read: whatever is wrong with the rest.
  func checkHead() throws {
    var wrong = parameters().problems
    _ = try idempotencyKey(&wrong)
    guard wrong.isEmpty else { throw Problem.invalid(wrong) }
  }

  private func parameters() -> (values: [String: JSONValue], problems: [Problem.Item]) {
    var values: [String: JSONValue] = [:]
    var wrong: [Problem.Item] = []
    for field in request.query.fields {
      guard let parameter = operation.query.first(where: { $0.name == field.name }) else {
        wrong.append(.init(parameter: "query", "有接口说明里没有的参数"))
        continue
      }
      guard values[field.name] == nil else {
        wrong.append(.init(parameter: field.name, "只能给出一次"))
        continue
      }
      let value = parameter.schema.value(of: field.value)
      values[field.name] = value
      wrong += parameter.schema.problems(of: value).map {
        .init(parameter: field.name, $0.detail)
      }
    }
    for parameter in operation.query where parameter.isRequired && values[parameter.name] == nil {
      wrong.append(.init(parameter: parameter.name, "必须给出"))
    }
    return (values, wrong)
  }

  private func idempotencyKey(_ wrong: inout [Problem.Item]) throws -> String? {
    guard operation.key != .none else { return nil }
    guard let key = request.headers[.idempotencyKey] else {
      if operation.key == .required {
        wrong.append(.init(parameter: "Idempotency-Key", "必须给出，重发同一请求时不变"))
      }
      return nil
    }
    guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else {
      wrong.append(.init(parameter: "Idempotency-Key", "应是 1 到 200 个 ASCII 字符"))
      return nil
    }
    return key
  }

  private func fingerprint(content: [UInt8]) -> [UInt8] {
    var digest = SHA256()
    digest.update(data: Array("\(request.method.rawValue) \(request.head.path ?? "")\n".utf8))
    digest.update(data: content)
    return Array(digest.finalize())
  }
}

extension JSONSchema {
  /// What a parameter's text stands for.
  fileprivate func value(of text: String) -> JSONValue {
    switch self {
    case .integer: Int(text).flatMap { String($0) == text ? .integer($0) : nil } ?? .string(text)
    case .boolean: text == "true" ? true : text == "false" ? false : .string(text)
    case .named(_, let schema): schema.value(of: text)
    default: .string(text)
    }
  }
}

extension HTTPField.Name {
  static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .via
}
