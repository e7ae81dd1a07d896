import Spreadsheet

// How long a workbook takes to be read or written, for deploy/bench: the seconds, without the start of
// the program.
//   WorkbookSpeed read FILE
//   WorkbookSpeed write FILE ROWS COLUMNS

let arguments = CommandLine.arguments
let clock = ContinuousClock()

func seconds(_ work: () throws -> Void) rethrows -> Double {
  let (seconds, attoseconds) = try clock.measure(work).components
  return Double(seconds) + Double(attoseconds) * 1e-18
}

switch arguments.dropFirst().first {
case "read" where arguments.count == 3:
  var filled = 0
  let taken = try seconds {
    try Workbook(path: arguments[2], fileName: "cells.xlsx").forEachRow { row in
      for cell in row.cells where cell != .empty { filled += 1 }
    }
  }
  precondition(filled > 0, "nothing was read")
  print(taken)
case "write" where arguments.count == 5:
  guard let rows = Int(arguments[3]), let columns = Int(arguments[4]) else { fatalError("numbers") }
  print(
    try seconds {
      let writer = try XLSXWriter(path: arguments[2], sheet: "数据")
      for row in 0..<rows {
        try writer.row(
          (0..<columns).map { column in
            column % 3 == 0 ? .number(Double(row * 12 + column)) : .text("第\(row)行第\(column)列")
          })
      }
      try writer.finish()
    })
default:
  print("WorkbookSpeed read FILE | write FILE ROWS COLUMNS")
}
