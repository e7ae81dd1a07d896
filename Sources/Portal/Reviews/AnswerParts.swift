package import Domain
package import HTML
import Pages

extension HouseholdAnswers.Answer {
  /// The answer in a word, and whether it takes an earlier one back.
  package var tags: HTML {
    let word = line.result.word
    let mark =
      contradicts
      ? " " + tag("与此前答复矛盾", .alert) : line.sequence > 1 ? " " + tag("改过", .warn) : HTML()
    return tag(word.0, word.1) + mark
  }

  /// What it says, a line for each thing; nothing where it says no more than its result.
  package func values(_ names: [PersonID: String]) -> HTML {
    said.map { one -> HTML in
      let words =
        one.record.map { record in
          record.shown.map { "\($0.title) \($0.text)" }.joined(separator: "，")
        } ?? "无法显示"
      let who = one.person.map { "\(names[$0] ?? "已离开的成员")：" } ?? ""
      return "<p>\(who)\(words)</p>"
    }.joined()
  }

  /// The same in a table, where a dash says that there is nothing more.
  package func words(_ names: [PersonID: String]) -> HTML {
    said.isEmpty ? "—" : values(names)
  }

  /// Where it came from: the way, who, and the file with the first of its hash and the rows.
  package var source: HTML {
    let rows = said.compactMap(\.line)
    let file = line.fileName.map { name -> HTML in
      """
      <p>\(name)\(ifLet: line.fileHash, { " <code title=\"\(hexadecimal($0))\">\(hexadecimal($0.prefix(4)))</code>" })\
      \(if: !rows.isEmpty, "，第 \(rows.map(String.init).joined(separator: "、")) 行")</p>
      """
    }
    return "<p>\(line.way.title)，\(line.accountName)</p>\(file)"
  }
}
