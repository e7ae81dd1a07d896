import Domain
import Foundation
import Postgres
import Web

// What the register's forms read: each nil with a message at its field when it is missing or wrong.
extension FormChecker {
  /// A text that fits its column, which counts code points.
  mutating func column(
    _ field: String, _ label: String, max: Int, required: Bool = true
  ) -> String? {
    stored(text(field, label, max: max, required: required), field, label, most: max)
  }

  /// Money or square metres, `168` or `168.50`.
  mutating func hundredths(
    _ field: String, _ label: String, in range: ClosedRange<Hundredths>
  ) -> Hundredths? {
    let wanted = "\(label)应为 \(range.lowerBound.text) 到 \(range.upperBound.text) 之间的数，最多两位小数"
    let typed = value(field, label, message: wanted) { text in
      let plain = text.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? text
      return Hundredths(plain.filter { $0 != "," && $0 != " " })
    }
    guard let typed else { return nil }
    guard range.contains(typed) else {
      fail(field, wanted)
      return nil
    }
    return typed
  }

  mutating func residentID(_ field: String, required: Bool = true) -> ResidentID? {
    guard let typed = text(field, "身份证号", max: 40, required: required) else { return nil }
    do {
      return try ResidentID(typed)
    } catch {
      fail(field, "\(error)")
      return nil
    }
  }

  mutating func phone(_ field: String) -> PhoneNumber? {
    guard let typed = text(field, "电话", max: 40, required: false) else { return nil }
    do {
      return try PhoneNumber(typed)
    } catch {
      fail(field, "\(error)")
      return nil
    }
  }

  /// An area code of six or nine digits, such as where somebody is registered.
  mutating func areaCode(_ field: String, _ label: String) -> AreaCode? {
    value(
      field, label, required: false, message: "\(label)应为 6 位或 9 位行政区划代码，如 350423100"
    ) { text in
      AreaCode(text).flatMap { [.county, .township].contains($0.level) ? $0 : nil }
    }
  }
}

/// A township as a choice in a form.
struct TownshipChoice: RowDecodable {
  let code: AreaCode
  let name: String

  init(_ row: Row) throws {
    code = try row("code")
    name = try row("name")
  }
}

/// The townships of an area: where estates stand and households belong.
func townships(in area: AreaCode) -> Query<TownshipChoice> {
  Query(
    """
    SELECT code, name FROM areas
    WHERE code ^@ \(area) AND length(code) = \(constant: AreaLevel.township.digits)
    ORDER BY code
    """)
}

extension FormChecker {
  /// One of the townships that the editor may see.
  mutating func township(_ principal: Principal) -> AreaCode? {
    value("township", "乡镇", message: "请选择乡镇") { text in
      AreaCode(text).flatMap {
        $0.level == .township && principal.area.contains($0) ? $0 : nil
      }
    }
  }
}
