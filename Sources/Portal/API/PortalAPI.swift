import Counter
import Domain
import Ground
import HTML
import Pages
import Reviews
import Web

/// The machine interface `/api/v1`: every operation, said once.
struct PortalAPI: Sendable {
  let services: Services
  let jobs: JobRunner
  let counter: CounterDesk

  var operations: [APIOperation] {
    RoundAPI(services: services).operations + AnswerAPI(services: services).operations
      + DeliveryAPI(services: services, jobs: jobs).operations
      + CounterAPI(services: services, counter: counter).operations
      + FigureAPI(services: services).operations
  }

  /// `/api/v1/openapi.json`, made once.
  var description: FixedResponse {
    let document = OpenAPIDocument(
      title: "公租房租后管理点题整治门户接口",
      explanation: """
        别的系统凭令牌读取待核查的名单、报送答复和登记数据、在窗口核查、读取已公布的数据。\
        令牌由系统管理员签发，放在 Authorization: Bearer 中；它代表一个账号，权限和范围不会多于这个账号。\
        出错时的答复见 RFC 9457，instance 是请求编号。日期写作 2021-08-25，金额写作 1234.50（元），时间带时区。
        """,
      version: "1", path: Paths.apiDescription.pattern, operations: operations)
    return FixedResponse(document.json.utf8, type: "application/json")
  }
}

/// Schemas and parameters that several operations share.
enum APIParts {
  /// Whole numbers that every JSON reader keeps exactly.
  static let id = JSONSchema.integer(1...9_007_199_254_740_991)
  static let count = JSONSchema.integer(0...9_007_199_254_740_991)
  static let check = JSONSchema.choice(CheckType.allCases.map(\.rawValue))
  static let owedCheck = JSONSchema.choice(CheckType.owed.map(\.rawValue))
  static let result = JSONSchema.choice(CheckResult.answers.map(\.rawValue))
  static let time = JSONSchema.text(20...35, format: "date-time", pattern: "T") { _ in nil }

  static let day = JSONSchema.text(
    10...10, format: "date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
  ) { Day(iso: $0) == nil ? "应是 2021-07-31 这样的日期" : nil }

  static let idNumber = JSONSchema.text(
    15...18, pattern: "^[1-9][0-9]{14}([0-9]{2}[0-9Xx])?$"
  ) { text in
    do throws(ResidentIDError) {
      _ = try ResidentID(text)
      return nil
    } catch {
      return error.description
    }
  }

  /// Words somebody has to read.
  static func words(_ length: ClosedRange<Int>) -> JSONSchema {
    .text(
      length,
      pattern: "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$"
    ) {
      text in text.contains { !$0.isWhitespace } ? nil : "不能只有空白"
    }
  }

  static func path(_ name: String, _ explanation: String) -> APIParameter {
    APIParameter(name, id, required: true, explanation)
  }
}

extension CheckField {
  /// The value as it stands in JSON.
  var property: JSONProperty {
    let words = unit.map { "\(title)（\($0)）" } ?? title
    return JSONProperty(name.rawValue, schema, required: isRequired, words)
  }

  private var schema: JSONSchema {
    switch kind {
    case .money, .quantity:
      .text(1...13, pattern: "^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,2})?$") { text in
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain =
          (1...2).contains(parts.count) && (1...9).contains(parts[0].utf8.count)
          && (parts.count == 1 || (1...2).contains(parts[1].utf8.count))
          && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
          && (parts[0] == "0" || !parts[0].hasPrefix("0"))
        return isPlain ? nil : "应是不小于 0 的数，最多两位小数，写作文字，如 \"1234.50\""
      }
    case .whole(let range): .integer(range)
    case .text(let max): APIParts.words(1...max)
    case .day: APIParts.day
    case .month:
      .text(7...7, pattern: "^[0-9]{4}-(0[1-9]|1[0-2])$") { text in
        Day(iso: text + "-01") == nil ? "应是 2021-07 这样的月份" : nil
      }
    case .area:
      .text(6...9, pattern: "^[1-9][0-9]{5}([0-9]{3})?$") { text in
        AreaCode(text).map { [.county, .township].contains($0.level) } == true
          ? nil : "应是 6 位或 9 位行政区划代码"
      }
    case .choice(let choices): .choice(choices.map(\.value))
    }
  }

  /// What was sent, as the text that answers are made of.
  func text(in record: JSONValue) -> String? {
    switch record[name.rawValue] {
    case .string(let text)?: text
    case .integer(let number)?: String(number)
    default: nil
    }
  }
}
