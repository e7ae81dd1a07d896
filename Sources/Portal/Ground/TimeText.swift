import Domain
public import Foundation
public import HTML

/// `2021-08-25 14:05:09`, in China, for tables.
public func tableTime(_ date: Date) -> String {
  ShanghaiTime.isoText(date).prefix(19).split(separator: "T").joined(separator: " ")
}

/// When somebody was seen; a dash when nobody has been.
public func seenText(_ date: Date?) -> HTML {
  guard let date else { return "—" }
  return HTML(text: String(tableTime(date).prefix(16)))
}
