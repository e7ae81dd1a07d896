public import Domain

/// Things as somebody saw them, in few bytes, for a form that carries thousands: each id as its distance to the one
/// before, then its version unless that is 1, to the base of 36.
public enum PackedVersions {
  public static func text<ID: RecordID>(_ things: [SeenVersion<ID>]) -> String {
    var last: Int64 = 0
    return things.sorted { $0.id.rawValue < $1.id.rawValue }.map { one in
      defer { last = one.id.rawValue }
      let distance = String(one.id.rawValue - last, radix: 36)
      return one.version == 1 ? distance : distance + "." + String(one.version, radix: 36)
    }.joined(separator: " ")
  }

  /// - Returns: nil for what no form has: nothing, what is no number, or more than so many.
  public static func read<ID: RecordID>(_ text: String, most: Int) -> [SeenVersion<ID>]? {
    var last: Int64 = 0
    var things: [SeenVersion<ID>] = []
    for part in text.split(separator: " ") {
      let numbers = part.split(separator: ".", omittingEmptySubsequences: false)
      guard numbers.count <= 2, things.count < most,
        let distance = Int64(numbers[0], radix: 36), distance > 0,
        case (let id, let isOver) = last.addingReportingOverflow(distance), !isOver,
        let version = numbers.count == 1 ? 1 : Int32(numbers[1], radix: 36), version > 0
      else { return nil }
      last = id
      things.append(SeenVersion(ID(rawValue: id), version: Int(version)))
    }
    return things.isEmpty ? nil : things
  }
}
