import Ground
import Spreadsheet

/// What comes out of a delivered file: its rows piece by piece, and what is wrong with it as a whole.
enum DeliveryStep<Piece: Sendable>: Sendable {
  case piece(Piece)
  case end([RowProblem])
}

/// Reads a delivered file on one thread and converts its pieces on others, in the order of the file.
///
/// - Parameters:
///   - limits: nil for those with which the workbook was opened.
///   - headerErrors: what keeps every row below a header from being read, with all else that is to be
///     said of it; nothing is read any more where there is something.
func deliveryPipeline<Row: Sendable, Piece: Sendable>(
  _ workbook: Workbook, _ map: ColumnMap<Row>, limits: ReadLimits? = nil,
  headerErrors: @escaping @Sendable (DataPiece<Row>) -> [RowProblem],
  convert: @escaping @Sendable (DataPiece<Row>) throws -> Piece
) -> OrderedPipeline<DeliveryStep<DataPiece<Row>>, DeliveryStep<Piece>> {
  OrderedPipeline(width: 2, ahead: 12) { give in
    var reader = TableReader(map)
    do {
      try workbook.forEachPiece(limits: limits) { piece in
        try reader.take(piece) { data in
          let wrong = headerErrors(data)
          if !wrong.isEmpty {
            try give(.end(wrong))
            throw Hopeless()
          }
          try give(.piece(data))
        }
      }
      try give(.end(reader.finish()))
    } catch is Hopeless {}
  } convert: { step in
    switch step {
    case .piece(let data): .piece(try convert(data))
    case .end(let problems): .end(problems)
    }
  }
}

/// Thrown where reading on is of no use: the rest would be a million complaints.
private struct Hopeless: Error {}
