import Testing

@testable import Web

@Suite struct MultipartParserTests {
  /// What parsing comes to: parts joined, and how it ended.
  struct Outcome: Equatable {
    var parts: [Part] = []
    var failure: MultipartParser.Failure?

    struct Part: Equatable {
      let head: MultipartPartHead
      var content: [UInt8] = []
      var isWhole = false
    }
  }

  private func parse(
    _ body: [UInt8], limits: UploadLimits = UploadLimits(), boundary: String = "AaB03x",
    cuts: (Int) -> Int = { $0 }
  ) -> Outcome {
    var parser = MultipartParser(boundary: boundary, limits: limits)
    var outcome = Outcome()
    var rest = body[...]
    while !rest.isEmpty {
      let piece = rest.prefix(max(1, cuts(rest.count)))
      rest = rest.dropFirst(piece.count)
      let (events, failure) = parser.feed(piece)
      for event in events {
        switch event {
        case .partBegan(let head): outcome.parts.append(.init(head: head))
        case .data(let bytes): outcome.parts[outcome.parts.count - 1].content += bytes
        case .partEnded: outcome.parts[outcome.parts.count - 1].isWhole = true
        }
      }
      if let failure {
        outcome.failure = failure
        return outcome
      }
    }
    do throws(MultipartParser.Failure) { try parser.finish() } catch { outcome.failure = error }
    return outcome
  }

  private let sample = multipart([
    field("description", "两行\r\n--AaB0不是分隔线\r\n"),
    file("photos", "a.jpg", [0xFF, 0xD8, 13, 10, 45, 45, 65, 97, 13, 13, 10, 0]),
    file("photos", "", []), field("empty", ""),
  ])

  @Test func fieldsAndFilesComeOutAsTheyWentIn() {
    let outcome = parse(sample)
    #expect(outcome.failure == nil)
    #expect(outcome.parts.map(\.head.name) == ["description", "photos", "photos", "empty"])
    #expect(outcome.parts.map(\.head.fileName) == [nil, "a.jpg", "", nil])
    #expect(outcome.parts[1].head.contentType == "image/jpeg")
    #expect(outcome.parts[1].content == [0xFF, 0xD8, 13, 10, 45, 45, 65, 97, 13, 13, 10, 0])
    #expect(
      String(decoding: outcome.parts[0].content, as: UTF8.self) == "两行\r\n--AaB0不是分隔线\r\n")
    #expect(outcome.parts.map(\.isWhole) == [true, true, true, true])
  }

  @Test func everyChunkSizeGivesTheSame() {
    let whole = parse(sample)
    for size in 1...80 { #expect(parse(sample, cuts: { _ in size }) == whole) }
  }

  @Test func everyTruncationIsTruncated() {
    for length in 0..<(sample.count - 2) {
      #expect(parse(Array(sample.prefix(length))).failure == .truncated, "\(length) bytes")
    }
    #expect(parse(sample + Array("epilogue".utf8)).failure == nil)
  }

  @Test func mutatedBodiesNeverCrashAndChunkingNeverMatters() {
    var random = SeededGenerator(20_210_825)
    let limits = UploadLimits(
      files: 3, fileBytes: 60, totalBytes: 500, parts: 4, headerBytes: 120, preambleBytes: 20)
    let pieces = [
      "\r\n", "--AaB03x", "--", "\r\n\r\n", "name=\"", "\"", ";", "\r", "\n",
      "Content-Disposition:",
    ].map { Array($0.utf8) }
    for _ in 0..<3000 {
      var body = sample
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let start = Int.random(in: 0..<body.count, using: &random)
        let end = min(body.count, start + Int.random(in: 0...8, using: &random))
        var piece = pieces.randomElement(using: &random) ?? []
        if Bool.random(using: &random) { piece = [UInt8.random(in: 0...255, using: &random)] }
        body.replaceSubrange(start..<end, with: piece)
      }
      let whole = parse(body, limits: limits)
      let cut = parse(body, limits: limits) { rest in
        Int.random(in: 1...min(rest, 30), using: &random)
      }
      #expect(cut == whole)
    }
  }

  @Test func limitsHold() {
    var limits = UploadLimits(totalBytes: 200, parts: 2, headerBytes: 100, preambleBytes: 10)
    #expect(
      parse(multipart([field("a", "1"), field("b", "2"), field("c", "3")]), limits: limits).failure
        == .tooManyParts)
    #expect(
      parse(multipart([field("a", String(repeating: "x", count: 200))]), limits: limits).failure
        == .bodyTooLong)
    #expect(
      parse(multipart([field(String(repeating: "n", count: 100), "1")]), limits: limits).failure
        == .headersTooLong)
    let late = Array("eleven byte\r\n".utf8) + multipart([field("a", "1")])
    #expect(parse(late, limits: limits).failure == .preambleTooLong)
    limits.preambleBytes = 13
    #expect(parse(late, limits: limits).failure == nil)
    let endless = [UInt8](repeating: 13, count: 1 << 20)
    #expect(parse(endless).failure == .preambleTooLong)
  }

  @Test(
    arguments: [
      "--AaB03x\r\n\r\ncontent\r\n--AaB03x--", "--AaB03xyz\r\n\r\n\r\n--AaB03x--",
      "--AaB03x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--AaB03x--",
      "--AaB03x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--AaB03x--",
      "--AaB03x\r\nno colon\r\n\r\n1\r\n--AaB03x--",
      "--AaB03x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--AaB03x--",
    ])
  func whatIsNoFormIsMalformed(body: String) {
    #expect(parse(Array(body.utf8)).failure == .malformed)
  }

  @Test func spacesAfterABoundaryAreAllowed() {
    let body = "--AaB03x \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--AaB03x--"
    #expect(parse(Array(body.utf8)).parts.first?.content == [49])
  }

  @Test(
    arguments: [
      ("C:\\\\照片\\\\a.jpg", "a.jpg"), ("C:\\photos\\a.jpg", "a.jpg"),
      ("../../etc/passwd", "passwd"),
      ("/etc/x", "x"), ("照片.jpg", "照片.jpg"), ("a%22b%0D%0A.jpg", "a\"b.jpg"),
      ("a\\\"b.jpg", "a\"b.jpg"),
      ("folder/", ""),
    ])
  func aFileNameHasNoFolder(sent: String, kept: String) {
    #expect(parse(multipart([file("f", sent, [1])])).parts.first?.head.fileName == kept)
  }
}
