/// Why a file cannot be read as a table. The description says, in Chinese, what is wrong and what to
/// do; it never holds anything out of the file's cells.
public enum WorkbookError: Error, Hashable, Sendable {
  /// The file cannot be opened or read at all.
  case unreadable
  case empty
  /// Not a table, but something that is known by its first bytes: `PDF 文件`.
  case otherFormat(String)
  /// A table, but not one of the two formats: `OpenDocument 表格（.ods）`.
  case otherTable(String)
  /// Not text and nothing known.
  case unknownFormat
  /// Excel 97–2003, a binary format.
  case oldExcel
  case passwordProtected
  case macros
  /// Cut off, or changed on the way.
  case damaged
  /// Something in the XML that no spreadsheet program writes, such as entity declarations.
  case forbiddenXML
  case noSheets
  case tooManyParts(limit: Int)
  case inflatedTooFar(megabytes: Int)
  case tooManyRows(limit: Int)
  case tooManyColumns(sheet: String, row: Int, limit: Int)
  case cellTooLong(sheet: String, row: Int, column: Int, limit: Int)
  /// One of the texts that cells share, by no place of its own.
  case textTooLong(limit: Int)
  case tooManyMerges(sheet: String)
  case unknownEncoding
  /// Text that begins in one encoding and has bytes in it that do not belong there.
  case brokenText(line: Int)
  case recordTooLong(row: Int, kilobytes: Int)
  case unclosedQuote(row: Int)
}

extension WorkbookError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable: "文件打不开，请重新上传。"
    case .empty: "文件是空的，没有任何内容。请检查是否选错了文件。"
    case .otherFormat(let name): "文件内容是“\(name)”，不是表格。请上传 XLSX 或 CSV 文件。"
    case .otherTable(let name): "文件内容是“\(name)”，不能直接读取。请用 Excel 或 WPS 打开，另存为 XLSX 后再上传。"
    case .unknownFormat: "无法识别这个文件，它不是 XLSX，也不是文本。请用 Excel 或 WPS 打开后另存为 XLSX 再上传。"
    case .oldExcel: "这是旧版 Excel 文件（97–2003，.xls）。请用 Excel 或 WPS 打开，另存为 XLSX 后再上传。"
    case .passwordProtected: "文件有打开密码，无法读取。请去掉密码，另存后再上传。"
    case .macros: "文件带有宏（VBA 程序），为安全起见不接收。请另存为不带宏的 XLSX 后再上传。"
    case .damaged: "文件已损坏或不完整，可能没有传完。请用 Excel 或 WPS 打开确认，另存后再上传。"
    case .forbiddenXML: "文件里有表格软件不会写入的内容（实体声明等），为安全起见不接收。请用 Excel 或 WPS 另存为 XLSX 后再上传。"
    case .noSheets: "文件里没有工作表。"
    case .tooManyParts(let limit): "文件内部多于 \(limit) 个部分，不是正常的表格，不接收。请另存为新的 XLSX 后再上传。"
    case .inflatedTooFar(let megabytes):
      "文件展开后超过 \(megabytes) MB 或压缩比异常，不接收。数据确实这样多时，请分成几个文件，或另存为 CSV 再上传。"
    case .tooManyRows(let limit): "文件多于 \(limit) 行。请分成几个文件再上传。"
    case .tooManyColumns(let sheet, let row, let limit):
      "\(place(sheet, row))有内容的列多于 \(limit) 列。请删去多余的列再上传。"
    case .cellTooLong(let sheet, let row, let column, let limit):
      "\(place(sheet, row))第 \(column) 列的内容多于 \(limit) 个字符。请检查该单元格。"
    case .textTooLong(let limit): "文件里有一个单元格的内容多于 \(limit) 个字符。请找到并缩短它。"
    case .tooManyMerges(let sheet): "工作表“\(sheet)”的合并单元格太多或太大。请取消合并后再上传。"
    case .unknownEncoding: "看不出文件的文字编码，UTF-8 和 GB18030 都不是。请用 Excel 或 WPS 打开，另存为 XLSX 再上传。"
    case .brokenText(let line): "第 \(line) 行有不完整的文字编码，文件可能没有传完，或由两种编码拼成。请另存为 XLSX 再上传。"
    case .recordTooLong(let row, let kilobytes):
      "第 \(row) 行超过 \(kilobytes) KB，不是正常的表格。请检查是否少了换行或引号。"
    case .unclosedQuote(let row): "第 \(row) 行的双引号没有配对，到文件末尾都没有结束。请检查该行。"
    }
  }

  private func place(_ sheet: String, _ row: Int) -> String {
    sheet.isEmpty ? "第 \(row) 行" : "工作表“\(sheet)”第 \(row) 行"
  }
}
