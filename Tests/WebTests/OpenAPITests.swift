import Domain
import Foundation
import HTTPTypes
import Testing

@testable import Web

/// The served description, and the schemas that it and the checks come from.
@Suite struct OpenAPITests {
  private let document = APISite().document.json

  @Test func everyOperationStandsInItWithEveryAnswerThatItCanGive() throws {
    for operation in APISite().operations {
      let path = operation.pattern.replacing(":id", with: "{id}")
      let described = try #require(
        document["paths"]?[path]?[operation.method.rawValue.lowercased()])
      #expect(described["operationId"]?.text == operation.id)
      let answers = Set(described["responses"]?.members.map(\.name) ?? [])
      let expected = operation.answers.map(\.status.code) + operation.allProblems.map(\.status)
      #expect(answers == Set(expected.map(String.init)), "\(operation.id)")
    }
    #expect(document["paths"]?["/api/v1/openapi.json"]?["get"]?["security"] == [])
  }

  @Test func everythingItRefersToIsThere() {
    func references(_ value: JSONValue) -> [String] {
      switch value {
      case .array(let items): items.flatMap(references)
      case .object(let members):
        members.flatMap { member in
          member.name == "$ref" ? [member.value.text ?? ""] : references(member.value)
        }
      default: []
      }
    }
    let all = Set(references(document))
    #expect(all.count > 5)
    for reference in all {
      let steps = reference.split(separator: "/").dropFirst()
      let found = steps.reduce(document as JSONValue?) { $0?[String($1)] }
      #expect(found != nil, "\(reference)")
    }
  }

  @Test func itIsJSONThatReadsBack() throws {
    #expect(try JSONValue(parsing: document.utf8).utf8.count == document.utf8.count)
  }

  @Test func examplesFitTheirSchemas() {
    for operation in APISite().operations {
      if case .json(let schema, let example, _) = operation.body {
        #expect(schema.problems(of: example).isEmpty)
      }
      for answer in operation.answers {
        #expect(answer.schema.problems(of: answer.example).isEmpty)
      }
    }
  }

  @Test func oneOfSeveralKindsIsToldByItsName() {
    let schema = JSONSchema.variants(
      by: "kind",
      [
        .init("a", name: "A", [JSONProperty("one", .boolean, "一")]),
        .init("b", name: "B", [JSONProperty("two", .integer(0...9), "二")]),
      ])
    #expect(schema.problems(of: ["kind": "a", "one": true]).isEmpty)
    #expect(schema.problems(of: ["kind": "b", "two": 3]).isEmpty)
    #expect(schema.problems(of: ["kind": "c"]).map(\.pointer) == ["#/kind"])
    #expect(
      schema.problems(of: ["kind": "b", "one": true]).map(\.pointer) == ["#/two", "#"])
  }

  @Test func whatIsWrittenReadsBackAsItWas() throws {
    var random = SeededGenerator(3)
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
      case 0: .null
      case 1: .bool(Bool.random(using: &random))
      case 2: .integer(Int.random(in: Int.min...Int.max, using: &random))
      case 3: .number(Double(Int.random(in: -999...999, using: &random)) + 0.5)
      case 4:
        .string(
          String(
            (0..<5).map { _ in
              Character(Unicode.Scalar(UInt8.random(in: 0...255, using: &random)))
            }))
      case 5: .array((0..<3).map { _ in value(depth + 1) })
      default:
        .object((0..<3).map { .init("\($0)\"\\", value(depth + 1)) })
      }
    }
    for _ in 0..<300 {
      let value = value(0)
      #expect(try JSONValue(parsing: value.utf8) == value)
    }
  }

  @Test func noBytesUpsetTheReader() {
    var random = SeededGenerator(5)
    let pieces = ["{", "}", "[", "]", "\"", ":", ",", "\\u00", "1", "-", "e9", "true", "\u{FFFF}"]
    for _ in 0..<2_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        bytes +=
          Bool.random(using: &random)
          ? Array((pieces.randomElement(using: &random) ?? "").utf8)
          : [UInt8.random(in: 0...255, using: &random)]
      }
      do { _ = try JSONValue(parsing: bytes) } catch { #expect(error is Problem) }
    }
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    #expect(throws: Problem.self) { try JSONValue(parsing: deep) }
  }
}
