import Domain
import Foundation
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Register
import Spreadsheet
import Web

// Workbooks that people take away: the template, and their own with the problems marked.
extension ImportHandlers {
  private static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  @Sendable func downloadTemplate(
    _ kind: RegisterSheet
  ) -> @Sendable (WebRequest) async throws -> WebResponse {
    { _ in
      let name = "\(kind.title)导入模板"
      return switch kind {
      case .estates: try templateDownload(EstateRecord.map, named: name)
      case .homes: try templateDownload(HomeRecord.map, named: name)
      case .households: try templateDownload(MemberRecord.map, named: name)
      case .leases: try templateDownload(LeaseRecord.map, named: name)
      }
    }
  }

  /// The file as it was sent, with what is wrong marked. Whole numbers stand in it, as its sender
  /// wrote them, so that it can be mended; the audit says who took it.
  func downloadMarked(_ request: WebRequest, id: ImportID) async throws -> WebResponse {
    let (keys, origin) = (services.keys, try request.auditOrigin)
    let (record, problems, path) = try await services.databases.transaction(
      as: try request.confirmedPrincipal().principal
    ) { tx in
      guard let record = try tx.first(importRecord(id)) else { throw WebError.notFound }
      guard record.hasFile else {
        throw WebError.conflict("<p>这次导入的文件已经不再保存。</p>")
      }
      try tx.audit(
        AuditEvent(
          action: .downloadMarkedImport, entity: "imports", entityID: id.description), by: origin
      )
      return (
        record, try tx.all(importProblems(id, limit: ProblemLog.keptInAll)),
        try ImportFile.restore(id, keys, tx)
      )
    }
    defer { unlink(path) }
    let marked = try Self.temporaryPath()
    try await Self.offPool {
      try Self.mark(record, problems.map(\.problem), from: path, to: marked)
    }
    return try Self.sending(marked, as: Self.markedName(record.fileName))
  }

  private static func mark(
    _ record: ImportRecord, _ problems: [RowProblem], from path: String, to marked: String
  ) throws {
    let workbook = try Workbook(path: path, fileName: record.fileName)
    switch record.kind {
    case .estates: try writeMarked(workbook, as: EstateRecord.map, problems: problems, to: marked)
    case .homes: try writeMarked(workbook, as: HomeRecord.map, problems: problems, to: marked)
    case .households:
      try writeMarked(workbook, as: MemberRecord.map, problems: problems, to: marked)
    case .leases: try writeMarked(workbook, as: LeaseRecord.map, problems: problems, to: marked)
    }
  }

  private static func markedName(_ name: String) -> String {
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return "\(stem)（标出问题）.xlsx"
  }

  private static func temporaryPath() throws -> String {
    try TemporaryFolder.path() + "/download-\(UUID().uuidString).xlsx"
  }

  /// Runs what blocks for long on a thread of its own.
  static func offPool(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      let thread = Thread { done.resume(with: Result { try body() }) }
      thread.stackSize = 1 << 21
      thread.start()
    }
  }

  /// Sends a file and removes it.
  private static func sending(_ path: String, as name: String) throws -> WebResponse {
    guard let file = FileHandle(forReadingAtPath: path) else { throw ImportFile.Unreadable() }
    // Open, it stays readable until it has been sent.
    unlink(path)
    var response = WebResponse.stream(type: xlsx, filename: name) { send in
      while let piece = try file.read(upToCount: 1 << 18), !piece.isEmpty {
        try await send(Array(piece))
      }
      try file.close()
    }
    response.headers[.cacheControl] = "no-store"
    return response
  }
}
