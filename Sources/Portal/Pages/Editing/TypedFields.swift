public import Domain
import Foundation
public import Web

// What forms read: each nil with a message at its field when it is missing or wrong.
extension FormChecker {
  /// Columns count code points where forms count characters: a text of many joined emoji is
  /// stopped here, with words, and not by the database.
  public mutating func stored(
    _ text: String?, _ field: String, _ label: String, most: Int
  ) -> String? {
    guard let text, text.unicodeScalars.count > most else { return text }
    fail(field, "\(label)里的特殊符号太多，请删去一些")
    return nil
  }

  /// A text that fits its column, which counts code points.
  public mutating func column(
    _ field: String, _ label: String, max: Int, required: Bool = true
  ) -> String? {
    stored(text(field, label, max: max, required: required), field, label, most: max)
  }

  /// A day that has come already.
  public mutating func pastDay(_ field: String, _ label: String, today: Day) -> Day? {
    guard let day = day(field, label) else { return nil }
    guard day <= today, day.year >= 1949 else {
      fail(field, "\(label)不能晚于今天（\(today.iso)），请核对")
      return nil
    }
    return day
  }

  /// Money or square metres, `168` or `168.50`.
  public mutating func hundredths(
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

  /// A sum of money as clerks type it, `1,234.5` or `１２３４.50元`.
  public mutating func money(
    _ field: String, _ label: String, most: Hundredths = Money.most, required: Bool = true
  ) -> Hundredths? {
    guard let typed = text(field, label, max: 40, required: required) else { return nil }
    do {
      return try Money.read(typed, most: most)
    } catch {
      fail(field, "\(label)：\(error)")
      return nil
    }
  }

  public mutating func residentID(_ field: String, required: Bool = true) -> ResidentID? {
    guard let typed = text(field, "身份证号", max: 40, required: required) else { return nil }
    do {
      return try ResidentID(typed)
    } catch {
      fail(field, "\(error)")
      return nil
    }
  }

  public mutating func phone(_ field: String) -> PhoneNumber? {
    guard let typed = text(field, "电话", max: 40, required: false) else { return nil }
    do {
      return try PhoneNumber(typed)
    } catch {
      fail(field, "\(error)")
      return nil
    }
  }

  /// An area code of six or nine digits, such as where somebody is registered.
  public mutating func areaCode(_ field: String, _ label: String) -> AreaCode? {
    value(
      field, label, required: false, message: "\(label)应为 6 位或 9 位行政区划代码，如 350423100"
    ) { text in
      AreaCode(text).flatMap { [.county, .township].contains($0.level) ? $0 : nil }
    }
  }
}
