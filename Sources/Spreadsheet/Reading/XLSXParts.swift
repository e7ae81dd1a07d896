/// Where the parts of an XLSX file stand that hold its rows (ECMA-376 part 1, 12.3).
struct XLSXParts {
  struct Sheet: Hashable {
    let name: String
    let part: String
    let isHidden: Bool
  }

  let sheets: [Sheet]
  private let dateSystem: DateSystem
  private let sharedStrings: String?
  private let styles: String?

  init(path: String, limits: ReadLimits) throws(WorkbookError) {
    do {
      let archive = try ZipArchive(path: path, limits: limits)
      try checkParts(of: archive)
      let root = try Relationships(archive, of: "")
      guard let workbook = root.target(ofType: "officeDocument"), archive.index(of: workbook) != nil
      else { throw WorkbookError.damaged }
      let relations = try Relationships(archive, of: workbook)
      sharedStrings = relations.target(ofType: "sharedStrings")
      styles = relations.target(ofType: "styles")
      let list = try archive.part(workbook).read(SheetList(limits: limits))
      dateSystem = list.dateSystem
      sheets = list.sheets.compactMap { sheet in
        relations.target(ofID: sheet.relation, type: "worksheet")
          .map { Sheet(name: sheet.name, part: $0, isHidden: sheet.isHidden) }
      }
      if sheets.isEmpty { throw WorkbookError.noSheets }
    } catch {
      throw error as? WorkbookError ?? .damaged
    }
  }

  func read(path: String, limits: ReadLimits, into delivery: RowDelivery) throws {
    let archive = try ZipArchive(path: path, limits: limits)
    let merges = Background("merged-cells") { try mergedRanges(path: path, limits: limits) }
    let values = Swift.Result { try cellValues(of: archive) }
    // Before the first row is given out, every sheet has been inflated and its checksum compared.
    let ranges = try merges.wait()
    for (sheet, ranges) in zip(sheets, ranges) {
      delivery.begin(
        sheet: sheet.name, dateSystem: dateSystem, merges: ranges, isHidden: sheet.isHidden)
      let rows = SheetRows(
        sheet: sheet.name, values: try values.get(), limits: limits, delivery: delivery)
      _ = try archive.part(sheet.part).read(rows)
    }
  }

  private func cellValues(of archive: ZipArchive) throws -> CellValues {
    let part = try sharedStrings.map { try archive.part($0) }
    let strings = try part.map {
      try $0.read(SharedStrings(limits: archive.limits, size: $0.size))
    }
    let formats = try styles.map { try archive.part($0).read(CellFormats()) }
    return CellValues(
      strings: strings ?? SharedStrings(limits: archive.limits, size: 0),
      formats: formats ?? CellFormats(), dateSystem: dateSystem)
  }

  /// Those of every sheet, by an archive of its own: one is for one thread.
  private func mergedRanges(path: String, limits: ReadLimits) throws -> [[MergedRange]] {
    let archive = try ZipArchive(path: path, limits: limits)
    return try sheets.map { sheet in
      try MergeSearch(sheet: sheet.name, limits: limits).ranges(of: try archive.part(sheet.part))
    }
  }
}

extension ZipArchive {
  /// A part that must be there.
  fileprivate func part(_ name: String) throws(WorkbookError) -> ZipPart {
    guard let index = index(of: name) else { throw .damaged }
    return try open(index)
  }
}

/// Refuses by the archive's directory: what is no XLSX file, what is encrypted or has macros, and
/// what would be too large.
private func checkParts(of archive: ZipArchive) throws(WorkbookError) {
  guard archive.count <= archive.limits.parts else {
    throw .tooManyParts(limit: archive.limits.parts)
  }
  var size = 0
  var names: Set<String> = []
  for index in 0..<archive.count {
    let status = try archive.status(at: UInt64(index))
    if status.isEncrypted { throw .passwordProtected }
    size += min(status.size, 1 << 40)
    let isStuffed = status.size / max(1, status.packedSize) > archive.limits.inflation
    if size > archive.limits.inflatedBytes || isStuffed && status.size > 16 << 20 {
      throw .inflatedTooFar(megabytes: archive.limits.inflatedBytes >> 20)
    }
    if !status.isPackedNormally { throw .damaged }
    names.insert(archive.name(at: index).lowercased().replacing("\\", with: "/"))
  }
  let isMacro = { (name: String) in
    name.hasSuffix("vbaproject.bin") || name.hasPrefix("xl/macrosheets/")
  }
  if names.contains(where: isMacro) { throw .macros }
  if names.contains("xl/workbook.bin") { throw .otherTable("二进制工作簿（.xlsb）") }
  if names.contains("word/document.xml") { throw .otherFormat("Word 文档") }
  if names.contains("ppt/presentation.xml") { throw .otherFormat("PowerPoint 演示文稿") }
  if names.contains("content.xml"), names.contains("mimetype") {
    throw .otherTable("OpenDocument 表格（.ods）")
  }
  guard names.contains("[content_types].xml"), names.contains("_rels/.rels") else {
    throw .otherFormat("ZIP 压缩包")
  }
}
