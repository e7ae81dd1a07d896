import Foundation
import Ground
import Postgres

/// An import that waits for its confirmation, with one problem and one change, in one township.
func addSampleImport(
  _ tx: Transaction, township code: String, account: Int64, keys: KeyRing
) throws -> Int64 {
  let added = try tx.one(
    Query<Int64>(
      """
      INSERT INTO imports (area, kind, state, file_name, file_size, file_hash, uploaded_by,
        uploaded_by_name, uploaded_at, row_count, error_count, warning_count, bad_rows, counts)
      VALUES (\(code), 'estates', 'checked', \("样本\(code).csv"), 100,
        sha256(\(Array(code.utf8))), \(account), '样本员', '2021-08-01 08:00+08', 2, 1, 0, 1,
        '{"created": 1, "changed": 0, "unchanged": 0}')
      RETURNING id
      """))
  let content = "\(added)/0\n项目名称,乡镇,地址,产权\n样本小区,没有镇,样本路,政府投资\n"
  try tx.execute(
    """
    INSERT INTO import_chunks (import_id, area, position, content)
    VALUES (\(added), \(code), 0, \(try keys.seal(content, for: .importPiece)))
    """)
  try tx.execute(
    """
    INSERT INTO import_causes (import_id, area, severity, code, title, problems)
    VALUES (\(added), \(code), 'error', 'township_unknown', '没有这个乡镇', 1)
    """)
  try tx.execute(
    """
    INSERT INTO import_problems (import_id, area, severity, code, title, sheet, line, column_title,
      shown, message)
    VALUES (\(added), \(code), 'error', 'township_unknown', '没有这个乡镇', '', 2, '乡镇', '没有镇',
      '请核对')
    """)
  try tx.execute(
    """
    INSERT INTO import_changes (import_id, area, sheet, line, subject, fields)
    VALUES (\(added), \(code), '', 2, \("样本小区\(code)"),
      '[{"field": "地址", "from": "旧址", "to": "新址"}]')
    """)
  return added
}
