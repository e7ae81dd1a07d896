/// Refuses a ZIP file whose directory says that it has more parts, before anything makes a list of
/// them.
///
/// Every place that could be the end of the directory (APPNOTE 4.3.16), or its larger form (4.3.14),
/// is looked at, so that it does not matter which of them libzip believes.
func checkPartCount(path: String, limit: Int) throws(WorkbookError) {
  let file = try FileBytes(path: path)
  // The end, a comment as long as it can be, and the larger form with what leads to it.
  let start = max(0, file.size - (22 + 0xFFFF + 76))
  try file.seek(to: start)
  let tail = try file.prefix(file.size - start)
  guard tail.count >= 22 else { throw .damaged }
  for place in 0...(tail.count - 22) where tail[place] == 0x50 && tail[place + 1] == 0x4B {
    switch (tail[place + 2], tail[place + 3]) {
    case (5, 6):
      let parts = number(tail, at: place + 10, bytes: 2)
      // So many mean that only the larger form says how many.
      if parts > limit, parts != 0xFFFF || !hasLocator(tail, before: place) {
        throw .tooManyParts(limit: limit)
      }
    case (6, 7):
      let end = number(tail, at: place + 8, bytes: 8) - start
      guard end >= 0, end <= place - 56, tail[end...].starts(with: [0x50, 0x4B, 6, 6]) else {
        throw .damaged
      }
      if number(tail, at: end + 32, bytes: 8) > limit { throw .tooManyParts(limit: limit) }
    default: break
    }
  }
}

private func hasLocator(_ tail: [UInt8], before place: Int) -> Bool {
  place >= 20 && tail[(place - 20)...].starts(with: [0x50, 0x4B, 6, 7])
}

/// Least byte first; what is no `Int` is the largest.
private func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> Int {
  let value = bytes[start..<(start + count)].reversed()
    .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  return Int(exactly: value) ?? .max
}
