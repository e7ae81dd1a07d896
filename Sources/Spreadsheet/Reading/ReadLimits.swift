/// How much of a file is read before it is refused. Memory and time are bounded by these, whatever
/// the file says about itself.
public struct ReadLimits: Hashable, Sendable {
  /// Rows in all sheets together.
  public var rows = 2_000_000
  /// The last column that may hold something, counted from 1.
  public var columns = 512
  /// Characters of one cell: what Excel holds.
  public var cellCharacters = 32_767
  /// Bytes of one CSV record, line ends in quotes included.
  public var recordBytes = 1 << 20
  /// Bytes of all parts of an XLSX file once they are inflated.
  public var inflatedBytes = 200 << 20
  /// How many times its packed size a part of more than 16 MiB may be.
  public var inflation = 200
  /// Parts of an XLSX file.
  public var parts = 1_000
  /// Merged ranges of one sheet.
  public var merges = 100_000
  /// Cells in all merged ranges of one sheet together.
  public var mergedCells = 5_000_000

  public init() {}

  /// What the characters of one cell take at most in XML, each written as `_x000D_`.
  var cellBytes: Int { cellCharacters * 7 }
}
