/// What a sum of a case is for. The raw value is the text stored in SQL.
///
/// Source: 《公共租赁住房管理办法》 arts. 27, 29 to 31 (rent, market rent), 35, 36 (fine, illegal gains).
public enum LedgerItem: String, CaseIterable, Codable, Hashable, Sendable {
  case rent
  case marketRent = "market_rent"
  case fine
  case illegalGains = "illegal_gains"
  case damage
  case bills
  case other

  /// The words shown.
  public var title: String {
    switch self {
    case .rent: "租金"
    case .marketRent: "市场租金"
    case .fine: "罚款"
    case .illegalGains: "违法所得"
    case .damage: "损坏赔偿"
    case .bills: "水电等费用"
    case .other: "其他"
    }
  }
}
