import Domain
import HTML
import Pages
import Register

/// The household on paper: facts, members, leases, and everything in time order.
struct DossierSheet: Sendable {
  let dossier: Dossier
  let day: Day

  var html: HTML {
    """
    <p class="sheet-meta"><span>家庭编号：\(dossier.household.number)</span>\
    <span>截至 \(day.chinese)</span></p>
    \(facts)<h2>家庭成员</h2>
    \(members)<h2>租约</h2>
    \(leases)\(evidence)<h2>全部经过</h2>
    \(events)
    """
  }

  private var facts: HTML {
    let lease = dossier.runningLease
    return definitionList([
      ("申请人", "\(dossier.applicant?.name ?? "无")"),
      ("保障类别", "\(dossier.household.category.title)"),
      ("乡镇", "\(dossier.household.township)"),
      ("现住房屋", "\(lease.map { "\($0.estateName) \($0.place)" } ?? "无")"),
    ])
  }

  private var members: HTML {
    table(
      ["姓名", "关系", "身份证号", "电话", "婚姻状况", "离开"],
      dossier.persons.map { person in
        let left = person.person.leftOn.map { day in
          "\(day.iso) \(person.person.leftReason?.title ?? "")"
        }
        return [
          person.name, person.person.relation.title, person.idNumber, person.phone ?? "未登记",
          person.person.maritalStatus.title, left ?? "",
        ]
      })
  }

  private var leases: HTML {
    table(
      ["合同编号", "房屋", "租期", "月租金（元）", "状态"],
      dossier.leases.map { lease in
        [
          lease.contractNumber, "\(lease.estateName) \(lease.place)",
          "\(lease.startsOn.iso) 至 \(lease.endsOn.iso)", lease.monthlyRent.text,
          lease.endedOn.map { "\($0.iso) 终止" } ?? lease.state.title,
        ]
      })
  }

  private var events: HTML {
    let rows = dossier.events.map { event -> HTML in
      """
      <tr><td>\(event.time)</td><td>\(event.title)\
      \(ifLet: event.actor, { "（\($0)）" })</td><td>\(event.detail)</td></tr>

      """
    }
    return """
      <table class="sheet-events"><thead><tr><th scope="col">时间</th><th scope="col">事项</th>\
      <th scope="col">内容</th></tr></thead>
      <tbody>\(rows)</tbody></table>

      """
  }

  private func table(_ heads: [String], _ rows: [[String]]) -> HTML {
    """
    <table><thead><tr>\(heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead>
    <tbody>\(rows, { row in "<tr>\(row, cell)</tr>\n" })</tbody></table>

    """
  }

  /// Numbers, days and terms are not broken at their hyphens.
  private func cell(_ text: String) -> HTML {
    "<td\(attribute: "class", text.utf8.count <= 28 ? "keep" : nil)>\(text)</td>"
  }
}
