import Domain
import Foundation
import Testing

/// What `Sources/README.md` tells a newcomer, held against what is there.
@Suite struct SourcesReadmeTests {
  /// The block to paste when one fails is the diagram itself.
  @Test(arguments: [
    CaseWorkflow.diagram, ComplaintWorkflow.diagram, VisitWorkflow.diagram, RepairWorkflow.diagram,
  ])
  func `its state diagrams are drawn from the tables`(_ diagram: String) throws {
    #expect(try SourceTree.text("Sources/README.md").contains("```mermaid\n\(diagram)```\n"))
  }

  @Test(arguments: ["Sources/README.md", "Tests/README.md"])
  func `the files that it names are there`(_ readme: String) throws {
    let named = try SourceTree.text(readme).matches(of: /`([A-Za-z]+(?:\/[A-Za-z+]+)+\.swift)`/)
      .map { String($0.1) }
    let known = ["Sources", "Sources/Portal", "Tests"].flatMap { folder in
      named.filter { (try? SourceTree.text("\(folder)/\($0)")) != nil }
    }
    #expect(!named.isEmpty)
    #expect(Set(named).subtracting(known).sorted() == [])
  }

  @Test func `it names every room`() throws {
    let readme = try SourceTree.text("Sources/README.md")
    #expect(try HousePlan().rooms.filter { !readme.contains("`\($0)`") } == [])
  }
}
