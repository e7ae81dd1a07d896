import Foundation
import Ground
public import Spreadsheet
public import Web

/// The workbook that people fill in, as an answer.
///
/// - Parameter name: of its file, `账号导入模板`.
public func templateDownload<Record>(
  _ map: ColumnMap<Record>, named name: String
) throws -> WebResponse {
  let path = try TemporaryFolder.path() + "/template-\(UUID().uuidString).xlsx"
  defer { unlink(path) }
  try writeTemplate(map, to: path)
  let bytes = try Data(contentsOf: URL(filePath: path))
  return .bytes(Array(bytes), type: ExportFormat.xlsx.mediaType, filename: "\(name).xlsx")
}
