import Domain
import Postgres

/// Who is in the register, by the first eight bytes of the blind index of their ID numbers: a table with
/// open addressing, 16 bytes a place, so that a million persons take 32 MB and a look takes no time.
///
/// A stranger may share the eight bytes with somebody (one in 10¹³ rows); whoever uses what is found
/// compares the whole index.
struct RegisteredPersons: Sendable {
  private struct Place {
    /// 0 where nobody is.
    var prefix: UInt64 = 0
    var person: Int64 = 0
  }

  private var places = [Place](repeating: Place(), count: 1 << 10)
  private(set) var count = 0

  mutating func insert(_ prefix: UInt64, _ person: PersonID) {
    if count * 2 >= places.count { grow() }
    put(Place(prefix: max(prefix, 1), person: person.rawValue))
    count += 1
  }

  /// Those with these eight bytes: nobody, one, or the same person in two households.
  func persons(_ prefix: UInt64) -> [PersonID] {
    var found: [PersonID] = []
    each(max(prefix, 1)) { found.append(PersonID(rawValue: $0)) }
    return found
  }

  func contains(_ prefix: UInt64) -> Bool {
    places.withUnsafeBufferPointer { places in
      let prefix = max(prefix, 1)
      let mask = places.count - 1
      var index = Int(truncatingIfNeeded: prefix) & mask
      while places[index].prefix != 0 {
        if places[index].prefix == prefix { return true }
        index = (index + 1) & mask
      }
      return false
    }
  }

  private func each(_ prefix: UInt64, _ body: (Int64) -> Void) {
    let mask = places.count - 1
    var index = Int(truncatingIfNeeded: prefix) & mask
    while places[index].prefix != 0 {
      if places[index].prefix == prefix { body(places[index].person) }
      index = (index + 1) & mask
    }
  }

  private mutating func put(_ place: Place) {
    let mask = places.count - 1
    var index = Int(truncatingIfNeeded: place.prefix) & mask
    while places[index].prefix != 0 { index = (index + 1) & mask }
    places[index] = place
  }

  private mutating func grow() {
    let old = places
    places = [Place](repeating: Place(), count: old.count * 2)
    for place in old where place.prefix != 0 { put(place) }
  }
}

/// Texts of the register, such as names and contract numbers, as a set of their hashes: whoever finds
/// one compares the text itself afterwards.
struct RegisteredTexts: Sendable {
  private var hashes: Set<Int> = []

  mutating func insert(_ text: String) { hashes.insert(text.hashValue) }
  func contains(_ text: String) -> Bool { hashes.contains(text.hashValue) }
}

extension Transaction {
  /// All who are in the register, as far as the area goes.
  func registeredPersons() throws -> RegisteredPersons {
    var persons = RegisteredPersons()
    try copyOut(
      "COPY (SELECT id, substr(id_number_index, 1, 8) FROM persons WHERE left_on IS NULL) TO STDOUT"
    ) { line in
      if let (id, prefix) = parsedPerson(line) { persons.insert(prefix, PersonID(rawValue: id)) }
    }
    return persons
  }

  func registeredNames() throws -> RegisteredTexts {
    try texts("COPY (SELECT name FROM persons WHERE left_on IS NULL) TO STDOUT")
  }

  func registeredContracts() throws -> RegisteredTexts {
    try texts("COPY (SELECT contract_number FROM leases) TO STDOUT")
  }

  private func texts(_ sql: SQL) throws -> RegisteredTexts {
    var texts = RegisteredTexts()
    try copyOut(sql) { line in
      texts.insert(String(decoding: line.dropLast(), as: UTF8.self))
    }
    return texts
  }
}

/// `123<tab>\\x0011223344556677<newline>`
private func parsedPerson(_ line: UnsafeRawBufferPointer) -> (Int64, UInt64)? {
  var id: Int64 = 0
  var index = 0
  while index < line.count, line[index] != UInt8(ascii: "\t") {
    id = id &* 10 &+ Int64(line[index] &- UInt8(ascii: "0"))
    index += 1
  }
  while index < line.count, line[index] != UInt8(ascii: "x") { index += 1 }
  index += 1
  guard index + 16 <= line.count else { return nil }
  var prefix: UInt64 = 0
  for byte in line[index..<index + 16] {
    let digit = byte < UInt8(ascii: "a") ? byte &- UInt8(ascii: "0") : byte &- 87
    prefix = prefix << 4 | UInt64(digit)
  }
  return (id, prefix)
}
