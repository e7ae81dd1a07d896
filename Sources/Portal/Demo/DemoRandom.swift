/// SplitMix64: a small generator whose whole sequence follows from its seed, on every machine.
///
/// Each household has a generator of its own, made from the county's seed and the household's
/// ordinal, so that every table can be streamed in a pass of its own and still agree with the others.
struct DemoRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, ordinal: Int) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(ordinal) &* 0xD1B5_4A32_D192_ED03
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// An integer in `range`, by multiplication: the bias of at most 2⁻³² does not matter here.
  mutating func int(_ range: Range<Int>) -> Int {
    range.lowerBound + Int(((next() >> 32) &* UInt64(range.count)) >> 32)
  }

  /// An element of a table that is not empty.
  mutating func pick<Element>(_ table: [Element]) -> Element { table[int(0..<table.count)] }

  /// True in `percent` of 100 calls.
  mutating func chance(_ percent: Int) -> Bool { int(0..<100) < percent }
}
