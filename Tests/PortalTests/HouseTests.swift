import Foundation
import RegexBuilder
import Testing

/// The arrows between the rooms and who writes what, read from the sources: what the compiler cannot hold.
@Suite struct HouseTests {
  private let files: [SourceTree.File]
  private let plan: HousePlan

  init() throws {
    files = try SourceTree.rooms()
    plan = try HousePlan()
  }

  // MARK: Rooms

  @Test func `the folders of the portal are the targets of the package`() throws {
    #expect(Set(try SourceTree.names(in: "Sources/Portal")) == Set(plan.rooms))
    #expect(plan.rooms.count > 15)
  }

  @Test func `a room depends on, and imports, only rooms that stand before it`() {
    for (place, room) in plan.rooms.enumerated() {
      let before = Set(plan.rooms[..<place])
      let dependencies = Set(plan.dependencies[room] ?? []).intersection(plan.rooms)
      #expect(dependencies.subtracting(before) == [], "dependencies of \(room)")
      for file in files where file.room == room {
        let imported = Set(file.imports).intersection(plan.rooms)
        #expect(imported.subtracting(dependencies) == [], "imports of \(file.path)")
      }
    }
  }

  @Test func `a room uses every room that it depends on`() {
    for room in plan.rooms {
      let imported = Set(files.filter { $0.room == room }.flatMap(\.imports))
      let dependencies = Set(plan.dependencies[room] ?? []).intersection(plan.rooms)
      #expect(dependencies.subtracting(imported).subtracting(HousePlan.floors) == [], "\(room)")
    }
  }

  // MARK: Tables

  @Test func `every table of the schema has an owner, and nothing else has`() throws {
    let schema = try SourceTree.text("sql/schema.sql")
    let tables = schema.matches(of: /CREATE (?:UNLOGGED )?TABLE public\.([a-z_]+)/).map {
      String($0.1)
    }
    #expect(tables.count > 50)
    #expect(Set(tables).symmetricDifference(TableOwners.all.keys).sorted() == [])
    #expect(Set(TableOwners.all.values.joined()).subtracting(plan.rooms) == [])
  }

  @Test func `a table is written by its own room`() {
    for file in files where !TableOwners.strangers.contains(file.room) {
      for table in file.writtenTables {
        guard let owners = TableOwners.all[table] else { continue }
        #expect(owners.contains(file.room), "\(file.path) writes \(table)")
      }
    }
  }

  @Test func `whoever may write a table does so somewhere`() {
    for (table, owners) in TableOwners.all where owners.count > 1 {
      for owner in owners {
        let writes = files.contains { $0.room == owner && $0.writtenTables.contains(table) }
        #expect(writes, "\(owner) does not write \(table)")
      }
    }
  }

  // MARK: Routes

  @Test func `routes are registered in the files that are called so, and nowhere else`() {
    let registering = files.filter {
      $0.text.contains(/\broutes\.(?:get|post|upload|fixed|api)\b *\(/)
    }
    #expect(registering.count > 10)
    #expect(registering.filter { !$0.path.hasSuffix("Routes.swift") }.map(\.path) == [])
    let counts = Dictionary(grouping: registering, by: \.room).mapValues {
      Set($0.map(\.path)).count
    }
    #expect(counts.filter { $0.value > 1 }.isEmpty)
  }

  @Test func `a path is declared in its room's file of paths`() {
    let declaring = files.filter { $0.text.contains(/static let \w+ = (?:PagePath|RecordPath)/) }
    #expect(declaring.count > 10)
    #expect(declaring.filter { !$0.path.hasSuffix("Paths.swift") }.map(\.path) == [])
  }
}

extension SourceTree.File {
  /// The modules that the file imports.
  fileprivate var imports: [String] {
    text.matches(of: /(?m)^(?:@\w+ )?(?:package |public )?import (\w+)/).map { String($0.1) }
  }

  /// The tables that its SQL inserts into, changes, empties or locks. A table whose name is put in is any of
  /// those that the file names as a text.
  fileprivate var writtenTables: Set<String> {
    let verbs =
      /(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|TRUNCATE|COPY|LOCK TABLE) +(?:ONLY +)?/
    var tables = Set(
      text.matches(
        of: Regex {
          verbs
          Capture { OneOrMore(.word) }
        }
      ).map { String($0.1) })
    if text.contains(
      Regex {
        verbs
        "\\("
      })
    {
      tables.formUnion(text.matches(of: /"([a-z_]+)"/).map { String($0.1) })
    }
    // A step of a workflow writes the table that it is declared with, and its history's.
    tables.formUnion(text.matches(of: /StepTable<[^>]*>\(\s*"([a-z_]+)"/).map { String($0.1) })
    tables.formUnion(text.matches(of: /StepHistory\(\s*"([a-z_]+)"/).map { String($0.1) })
    return tables
  }
}
