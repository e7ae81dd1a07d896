import Domain
import HTML
import Pages
import Register
import Web

/// The form of an answer: the result first, then its day and what was found, all by keyboard.
struct CheckAnswerForm: Sendable {
  let sheet: CheckSheet
  let address: CheckAddress
  let state: CheckFormState
  let csrf: String
  let today: Day

  private var view: FormView { state.view }
  private var type: CheckType { sheet.type }

  var html: HTML {
    """
    \(view.summary)<form class="check-form" method="post" \
    action="\(path: Paths.deskCheck.link(sheet.household.id))" data-keys="result" novalidate>
    \(FormView.csrf(csrf))
    \(hidden)\(result)\(day)\(records)\(reason)\(buttons)
    </form>

    """
  }

  private var hidden: HTML {
    let fields: [(String, String?)] = [
      ("check", type.rawValue), ("round", sheet.round.id.description),
      ("sequence", String(sheet.sequence)), ("township", address.filter.township?.rawValue),
      ("estate", address.filter.estate?.description),
    ]
    return fields.compactMap { name, value -> HTML? in
      value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">\n" }
    }.joined()
  }

  private var result: HTML {
    view.radios(
      "result", "结果",
      options: CheckResult.answers.map { ($0.rawValue, $0.title) },
      value: sheet.current?.line.result.rawValue, hint: hint,
      autofocus: view.errors.isEmpty, accessKeys: ["1", "2", "3"])
  }

  private var hint: String {
    type.isMeasured
      ? "查到的数值，无异常时也可以填写。" : "查到任何一项，都选“有情况”并逐条写明。"
  }

  private var day: HTML {
    view.input(
      "as_of", "数据截至", type: .date,
      value: (address.asOf ?? today).iso, hint: "您查询的数据是哪一天的，不能晚于今天。")
  }

  // MARK: What was found

  /// What is drawn in a block before anything is typed.
  private struct Start {
    var person: PersonID?
    var record: CheckRecord?
  }

  private var records: HTML {
    let starts = starts
    let blocks = (0..<count(starts)).map { place in
      block(place, place < starts.count ? starts[place] : Start(person: onlyMember))
    }
    return blocks.joined()
  }

  private var onlyMember: PersonID? {
    sheet.members.count == 1 ? sheet.members.first?.person.id : nil
  }

  private var starts: [Start] {
    if let said = sheet.current?.said, !said.isEmpty {
      return said.map { Start(person: $0.person, record: $0.record) }
    }
    if type.isAboutPersons, type.isMeasured {
      return sheet.members.map { Start(person: $0.person.id) }
    }
    return Array(repeating: Start(person: onlyMember), count: type == .utilities ? 6 : 1)
  }

  private func count(_ starts: [Start]) -> Int {
    let typed = TypedAnswer.blocks(in: view.fields)
    if case .more = state { return min(typed + 1, TypedAnswer.mostRecords) }
    return max(view.fields.isEmpty ? starts.count : typed, 1)
  }

  private func block(_ place: Int, _ start: Start) -> HTML {
    let person =
      type.isAboutPersons
      ? view.select(
        TypedAnswer.field(place, "person"), "成员",
        options: sheet.members.map {
          ($0.person.id.description, "\($0.name)（\($0.person.relation.title)）")
        }, value: start.person?.description) : HTML()
    let fields = type.fields.map { field in
      control(field, TypedAnswer.field(place, field.name.rawValue), start.record?[field.name])
    }
    return """
      <fieldset class="record"><legend>\(type.title)情况 第 \(place + 1) 条</legend>
      <div class="record-fields">
      \(person)\(fields.joined())</div></fieldset>

      """
  }

  private func control(_ field: CheckField, _ name: String, _ value: String?) -> HTML {
    let label = field.unit.map { "\(field.title)（\($0)）" } ?? field.title
    let required = field.isRequired
    switch field.kind {
    case .choice(let choices):
      return view.select(
        name, label, options: choices.map { ($0.value, $0.title) }, value: value,
        required: required)
    case .day: return view.input(name, label, type: .date, value: value, required: required)
    case .money, .quantity:
      return view.input(name, label, value: value, required: required, inputmode: "decimal")
    case .whole:
      return view.input(name, label, value: value, required: required, inputmode: "numeric")
    case .month:
      return view.input(
        name, label, value: value, hint: "如 2021-07", required: required, maxlength: 7)
    case .area:
      return view.input(
        name, label, value: value, hint: "6 位或 9 位", required: required, inputmode: "numeric")
    case .text(let max):
      return view.input(name, label, value: value, required: required, maxlength: max)
    }
  }

  // MARK: The end

  private var reason: HTML {
    guard sheet.current != nil else { return HTML() }
    return view.input(
      "reason", "与此前答复不同的原因", hint: "本单位已经答复过；结果或内容不同的，要写明原因。", required: false,
      maxlength: 500)
  }

  private var buttons: HTML {
    let skip = sheet.next.map { next in
      buttonLink(
        "跳过，看下一户", address.link(next.household, type, in: sheet.round.id), isPrimary: false)
    }
    return """
      <p class="form-actions"><button class="button" type="submit" accesskey="s">\
      \(sheet.next == nil ? "保存" : "保存，看下一户")</button> \
      <button class="button button-secondary" type="submit" name="more" value="1" accesskey="a">\
      再添一条</button> \(skip)</p>
      <p class="hint" data-keys-hint hidden>键盘：<kbd>1</kbd> 无异常，<kbd>2</kbd> 有情况，\
      <kbd>3</kbd> 查无此人，<kbd>Enter</kbd> 保存并看下一户。</p>
      """
  }
}
