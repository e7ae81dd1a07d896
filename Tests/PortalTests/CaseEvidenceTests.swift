import Domain
import TestSupport
import Testing

/// A county's legal office says which files have to be there before a step.
@Suite(.serialized) struct CaseEvidenceTests {
  @Test func aStepWaitsForTheFilesThatTheCountyWants() async throws {
    let work = try await CaseWorkFixture()
    let address = try await work.open()
    _ = try await work.both(.verify, of: address)
    let form = try await work.lead.open("/desk/grounds/sublet").form(to: "/desk/grounds/sublet")
    let set = try await form.fill(["evidence_serve_notice": "scene"]).submit()
    #expect(set.has("送达告知：现场照片"))
    let again = try await work.lead.open("/desk/grounds/sublet").form(to: "/desk/grounds/sublet")
    #expect(again["evidence_serve_notice"] == "scene")
    #expect(
      try await work.base.register.lines("SELECT evidence FROM exit_grounds") == [
        "{serve_notice:scene}"
      ])
    // Who begins all the same is told what is missing, and nothing is lost of what they typed.
    let page = try await work.officer.open(address)
    #expect(page.has("还不能办的") && page.has("案卷里还没有“现场照片”"))
    #expect(
      try await work.officer.open("\(address)/step?take=serve_notice").has("案卷里还没有“现场照片”"))
    _ = try await work.officer.open("\(address)/files").form(to: "\(address)/files")
      .fill(["kind": "scene"]).choosing("files", [SampleDocument.scan("现场.pdf")]).submit()
    _ = try await work.take(.serveNotice, of: address)
    #expect(try await work.state(address) == "noticed")
    // Cases of another ground are not held up.
    let other = try await work.open(.arrears)
    _ = try await work.both(.verify, of: other, ["route": "civil"])
    _ = try await work.take(.serveNotice, of: other)
    #expect(try await work.state(other) == "noticed")
  }
}
