import Domain
import HTML
import Pages
import Web

/// Asks for the other household, then shows what merging the two will do.
struct MergerPage: Sendable {
  let source: MergerSide
  let target: MergerSide?
  /// What was typed as the other household's number.
  let number: String?
  let frame: EditFrame
  let today: Day

  static func field(_ person: PersonID) -> String { "person_\(person)" }

  var html: HTML {
    guard source.household.mergedInto == nil else {
      return emptyState("这个家庭已经并入其他家庭")
    }
    guard let target, problem == nil else { return question }
    return panel("将要发生什么", consequence(target)) + panel("确认并户", form(target))
  }

  private var question: HTML {
    let message = problem.map { notice(.warn, "<p>\($0)</p>") } ?? HTML()
    return message
      + panel(
        "并入哪个家庭",
        """
        <form method="post" action="\(path: Paths.find)">
        \(FindForm(list: list, typed: ["target"]).hidden(csrf: frame.csrf))\(FormView().input(
          "target", "那个家庭的编号", value: number, hint: "在保障家庭清单里查找；下一步会先说明将要发生什么。"))\
        <p class="actions"><button type="submit">下一步</button></p>
        </form>

        """)
  }

  private var list: Link { Paths.deskHouseholdMerger.link(source.household.id) }

  private var problem: String? {
    guard let number else { return nil }
    guard let target else { return "没有编号为 \(number) 的家庭，请核对。" }
    if target.household.id == source.household.id { return "不能并入自己，请填另一个家庭的编号。" }
    if target.household.mergedInto != nil { return "家庭 \(number) 已并入其他家庭，请填并入后的家庭。" }
    if source.lease != nil, target.lease != nil {
      return "两个家庭都有履行中的租约，请先终止其中一份，再并户。"
    }
    return nil
  }

  private func consequence(_ target: MergerSide) -> HTML {
    let people = source.members.map { "\($0.name)" }.joined(separator: "、")
    let applicant = target.members.first { $0.person.relation == .applicant }
    let lease: HTML =
      source.lease.map { lease in
        """
        <li>租约 \(lease.contractNumber)（\(lease.estateName) \(lease.place)）转到家庭 \
        \(target.household.number) 名下</li>
        """
      } ?? HTML()
    return """
      <ul>
      <li>\(people.isEmpty ? "没有成员" : people) 从家庭 \(source.household.number) 转到家庭 \
      <a href="\(path: Paths.deskHousehold.link(target.household.id))">\
      \(target.household.number)</a>（申请人 \(applicant?.name ?? "无")，现有 \
      \(target.members.count) 人）</li>
      \(lease)\
      <li>两个家庭里都有的人只算一人，由此产生的“一人多户”疑点随之消除</li>
      <li>家庭 \(source.household.number) 不再出现在清单里，它的历史保留</li>
      </ul>

      """
  }

  private func form(_ target: MergerSide) -> HTML {
    let view = frame.view
    let applicant = target.members.first { $0.person.relation == .applicant }?.name ?? "申请人"
    let people = source.members.map { member in
      view.select(
        Self.field(member.person.id), "\(member.name)是\(applicant)的",
        options: Relation.ofMembers.map { ($0.rawValue, $0.title) })
    }
    return frame.form(
      action: Paths.deskHouseholdMerger.link(source.household.id), button: "确认并户",
      """
      <input type="hidden" name="target" value="\(target.household.number)">
      <input type="hidden" name="target_version" value="\(target.household.version)">
      \(people)\
      \(view.input("day", "并户日期", type: .date, value: today.iso, hint: "不能晚于今天。"))\
      \(view.input("reason", "并户原因", hint: "例如 结婚、子女并入。", maxlength: 200))
      """)
  }
}
