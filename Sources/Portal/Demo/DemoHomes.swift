import Domain

/// The homes of the demo county: numbered from 1 through the estates, every fourteenth without a
/// tenant.
struct DemoHomes {
  struct Home {
    let ordinal: Int
    let estate: Int
    let building: String
    let unit: String
    let room: String
    /// Hundredths of a square metre.
    let floorArea: Int

    var place: String { building + unit + room }
  }

  let count: Int
  /// The first home of each estate, and one past the last of all.
  private let starts: [Int]

  init(households: Int) {
    // Thirteen tenants to fourteen homes, and always a home to spare.
    count = households + households / 13 + 1
    var starts = [0]
    var share = 0
    let whole = DemoPlaces.estates.reduce(0) { $0 + $1.share }
    for estate in DemoPlaces.estates {
      share += estate.share
      starts.append(count * share / whole)
    }
    self.starts = starts
  }

  /// The home in which a household lives.
  static func home(ofHousehold ordinal: Int) -> Int { ordinal + ordinal / 13 }

  /// The household that lives in a home, if one does.
  func household(inHome ordinal: Int, of households: Int) -> Int? {
    guard ordinal % 14 != 13 else { return nil }
    let household = ordinal - ordinal / 14
    return household < households ? household : nil
  }

  func home(_ ordinal: Int) -> Home {
    // The first start past the home ends its estate.
    let estate = (starts.firstIndex { $0 > ordinal } ?? starts.count - 1) - 1
    let within = ordinal - starts[estate]
    let floors = DemoPlaces.estates[estate].floors
    let perUnit = floors * 4
    let unit = within / perUnit
    let inUnit = within % perUnit
    return Home(
      ordinal: ordinal, estate: estate, building: "\(unit / 2 + 1)栋", unit: "\(unit % 2 + 1)单元",
      room: "\(inUnit / 4 + 1)0\(inUnit % 4 + 1)", floorArea: 3_600 + (ordinal * 37 % 12) * 200)
  }
}
