import Domain
import HTML
package import Pages

extension RegisterChange {
  /// The row in words, a person's name masked.
  var rowText: String {
    switch entity {
    case .persons: "成员 \(Masking.maskedName(label))"
    case .leases: "租约 \(label)"
    case .homes: "房源 \(label)"
    case .households: "家庭 \(label)"
    case .estates: "项目 \(label)"
    }
  }

  /// What differs, in words: `月租金：100.00 → 120.00`.
  var lines: [String] {
    fields.compactMap { field in
      guard let column = Self.columns[field.name] else { return nil }
      switch column.kind {
      case .hidden:
        let word = field.before == nil ? "已填写" : field.after == nil ? "已删去" : "已更正"
        return "\(column.title)：\(word)"
      case .name:
        return difference(column.title, field) { Masking.maskedName($0) }
      case .text(let words):
        return difference(column.title, field, words)
      }
    }
  }

  private func difference(
    _ title: String, _ field: Field, _ words: (String) -> String
  ) -> String {
    let (before, after) = (field.before.map(words) ?? "无", field.after.map(words) ?? "无")
    return before == after ? "\(title)：已更正" : "\(title)：\(before) → \(after)"
  }

  private enum Kind: Sendable {
    /// Only that it changed may be told.
    case hidden
    case name
    case text(@Sendable (String) -> String)
  }

  private struct ColumnWords: Sendable {
    let title: String
    let kind: Kind

    init(_ title: String, _ kind: Kind = .text { $0 }) {
      self.title = title
      self.kind = kind
    }
  }

  /// Columns that people know; the rest (ids, versions) say nothing to them.
  private static let columns: [String: ColumnWords] = [
    "address": ColumnWords("地址"),
    "ownership": ColumnWords("产权", .text { EstateOwnership(rawValue: $0)?.title ?? $0 }),
    "building": ColumnWords("楼栋"), "unit": ColumnWords("单元"), "room": ColumnWords("房号"),
    "floor_area": ColumnWords("建筑面积（m²）"),
    "state": ColumnWords(
      "状态", .text { HomeState(rawValue: $0)?.title ?? LeaseState(rawValue: $0)?.title ?? $0 }),
    "number": ColumnWords("家庭编号"), "area": ColumnWords("行政区划"),
    "category": ColumnWords("保障类别", .text { HouseholdCategory(rawValue: $0)?.title ?? $0 }),
    "merged_into": ColumnWords("并入其他家庭", .hidden),
    "name": ColumnWords("姓名", .name),
    "relation": ColumnWords("关系", .text { Relation(rawValue: $0)?.title ?? $0 }),
    "id_number_index": ColumnWords("身份证号", .hidden),
    "phone_index": ColumnWords("电话", .hidden),
    "marital_status": ColumnWords("婚姻状况", .text { MaritalStatus(rawValue: $0)?.title ?? $0 }),
    "registered_at": ColumnWords("户籍地"), "left_on": ColumnWords("离开日期"),
    "left_reason": ColumnWords("离开原因", .text { LeftReason(rawValue: $0)?.title ?? $0 }),
    "contract_number": ColumnWords("合同编号"), "contract_version": ColumnWords("合同文本"),
    "starts_on": ColumnWords("起租日"), "ends_on": ColumnWords("到期日"),
    "monthly_rent": ColumnWords("月租金（元）"), "deposit": ColumnWords("押金（元）"),
    "ended_on": ColumnWords("终止日期"), "ended_reason": ColumnWords("终止原因"),
  ]
}

/// What was done at once, as one event: a move ends one lease, begins another and changes two homes.
package struct ChangeOperation: Sendable {
  package let changes: [RegisterChange]

  /// - Parameter changes: the newest first.
  package static func grouped(_ changes: [RegisterChange]) -> [ChangeOperation] {
    var groups: [[RegisterChange]] = []
    for change in changes {
      if let last = groups.last?.last, last.operation == change.operation, last.at == change.at {
        groups[groups.count - 1].append(change)
      } else {
        groups.append([change])
      }
    }
    return groups.map { ChangeOperation(changes: $0.reversed()) }
  }

  package var event: TimelineEvent {
    let first = changes[0]
    let rows = changes.map { change -> HTML in
      let lines = change.lines
      let words = lines.isEmpty ? (change.isNew ? "登记" : "") : lines.joined(separator: "；")
      return "<p>\(change.rowText)\(if: !words.isEmpty, "：\(words)")</p>"
    }
    return TimelineEvent(
      time: ShanghaiTime.dateTimeText(first.at), title: first.title, actor: first.accountName,
      detail: "\(ifLet: first.reason, { "<p>原因：\($0)</p>" })\(rows)", kind: .info)
  }
}

/// A history as a page shows it.
func changeHistory(_ changes: [RegisterChange]) -> HTML {
  guard !changes.isEmpty else { return emptyState("还没有修改记录") }
  return timeline(ChangeOperation.grouped(changes).map(\.event))
}
