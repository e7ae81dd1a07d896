import Cases
import Domain
import Findings
import HTML
import Pages
import Register
import Reviews
import Web

/// The page of one household: facts, members, leases, findings and cases, and everything in time order.
struct DossierPage: Sendable {
  let dossier: Dossier
  let principal: Principal
  let csrf: String
  let today: Day

  private var household: HouseholdDetail { dossier.household }
  private var mayEdit: Bool { principal.may(.editRegister) && household.mergedInto == nil }

  var html: HTML {
    notices + panel("概况", facts)
      + panel("家庭成员", actions: memberActions, memberTable + formerTable)
      + panel("租约", actions: leaseActions, leaseTable)
      + findings + evidence + authorisations + vacancies + panel("全部经过", timeline(dossier.events))
  }

  /// What may be done with the household as a whole.
  var actions: HTML {
    let id = household.id
    let print = buttonLink("打印", Paths.deskHouseholdPrint.link(id), isPrimary: false)
    let list: HTML =
      principal.may(.workCases) && household.mergedInto == nil
      ? buttonLink("列入问题清单", Paths.deskHouseholdCase.link(id), isPrimary: false) : HTML()
    guard mayEdit else { return print + list }
    return print + list
      + buttonLink("修改", Paths.deskHouseholdEdit.link(id), isPrimary: false)
      + buttonLink("分户", Paths.deskHouseholdSplit.link(id), isPrimary: false)
      + buttonLink("并户", Paths.deskHouseholdMerger.link(id), isPrimary: false)
      + buttonLink("删除", Paths.deskHouseholdDeletion.link(id), isPrimary: false)
  }

  private var notices: HTML {
    let merged = household.mergedInto.map { target in
      notice(
        .info,
        """
        <p>这个家庭已并入 <a href="\(path: Paths.deskHousehold.link(target))">\
        \(household.mergedNumber ?? "另一个家庭")</a>，这里只保留历史。</p>
        """)
    }
    return (merged ?? HTML())
      + dossier.findings.filter { $0.state == .open }.map { finding in
        notice(.warn, "<p>疑点 \(finding.rule.rawValue)：\(findingText(finding))</p>")
      }.joined()
  }

  private func findingText(_ finding: DossierFinding) -> HTML {
    guard let other = finding.otherHousehold else { return "\(finding.text)" }
    return """
      \(finding.text) <a href="\(path: Paths.deskHousehold.link(other))">查看另一个家庭</a>
      """
  }

  private var facts: HTML {
    let home: HTML =
      dossier.runningLease.map { lease in
        """
        <a href="\(path: Paths.deskEstate.link(lease.estate))">\(lease.estateName)</a> \
        <a href="\(path: Paths.deskHome.link(lease.home))">\(lease.place)</a>
        """
      } ?? "没有在租的房屋"
    return definitionList([
      ("家庭编号", "\(household.number)"), ("申请人", "\(dossier.applicant?.name ?? "无")"),
      ("保障类别", tag(household.category.title, .info)), ("乡镇", "\(household.township)"),
      ("在册人口", "\(dossier.members.count) 人"), ("现住房屋", home),
    ])
  }

  // MARK: Members

  private var memberActions: HTML {
    mayEdit
      ? buttonLink("增加成员", Paths.deskHouseholdMemberNew.link(household.id), isPrimary: false)
      : HTML()
  }

  private var memberTable: HTML {
    dataTable(
      caption: "家庭成员", columns: memberColumns + (mayEdit ? [memberSteps] : []),
      rows: dossier.members, empty: emptyState("没有在册的成员"))
  }

  private var memberColumns: [Column<MaskedPerson>] {
    [
      Column("姓名") { "\($0.name)" }, Column("关系") { "\($0.person.relation.title)" },
      Column("身份证号") { number($0, .idNumber, $0.idNumber) },
      Column("年龄", numeric: true) { age($0) },
      Column("电话") { person in
        person.phone.map { number(person, .phone, $0) } ?? "未登记"
      },
      Column("婚姻状况") { "\($0.person.maritalStatus.title)" },
      Column("户籍地") { "\($0.person.registeredName ?? $0.person.registeredAt?.rawValue ?? "未登记")" },
    ]
  }

  /// Masked, and whole to somebody who says why.
  private func number(_ person: MaskedPerson, _ field: RevealField, _ masked: String) -> HTML {
    guard principal.may(.revealPersonalData) else { return "\(masked)" }
    return "\(masked) \(revealForm(field, of: person.name, person: person.person.id, csrf: csrf))"
  }

  private func age(_ person: MaskedPerson) -> HTML {
    person.age(on: today).map { "\($0)" } ?? "—"
  }

  private var memberSteps: Column<MaskedPerson> {
    Column("办理") { member in
      """
      <span class="row-steps"><a href="\(path: Paths.deskPersonEdit.link(member.person.id))">修改</a> \
      <a href="\(path: Paths.deskPersonLeaving.link(member.person.id))">离开</a></span>
      """
    }
  }

  private var formerTable: HTML {
    guard !dossier.former.isEmpty else { return HTML() }
    let back: Column<MaskedPerson> = Column("办理") { member in
      """
      <span class="row-steps"><a href="\(path: Paths.deskPersonReturn.link(member.person.id))">恢复</a>\
      </span>
      """
    }
    return "<h3>已离开的成员</h3>\n"
      + dataTable(
        caption: "已离开的成员",
        columns: [
          Column("姓名") { "\($0.name)" }, Column("关系") { "\($0.person.relation.title)" },
          Column("身份证号") { "\($0.idNumber)" },
          Column("离开日期") { "\($0.person.leftOn?.iso ?? "")" },
          Column("原因") { "\($0.person.leftReason?.title ?? "")" },
        ] + (mayEdit ? [back] : []), rows: dossier.former, empty: HTML())
  }

  private var authorisations: HTML {
    guard principal.may(.viewCases) else { return HTML() }
    return authorisationPanel(
      dossier.authorisations, missing: dossier.unauthorised, of: household.id, on: today,
      mayRecord: principal.may(.answerChecks) && household.mergedInto == nil)
  }

  private var vacancies: HTML {
    guard principal.may(.viewCases) else { return HTML() }
    return vacancyPanel(
      dossier.vacancies, of: household.id,
      mayRecord: principal.may(.workFindings) && household.mergedInto == nil)
  }

  // MARK: Leases, findings, cases

  private var leaseActions: HTML {
    guard mayEdit else { return HTML() }
    return dossier.runningLease == nil
      ? buttonLink("签订租约", Paths.deskHouseholdLeaseNew.link(household.id), isPrimary: false)
      : buttonLink("换房", Paths.deskHouseholdMove.link(household.id), isPrimary: false)
  }

  private var leaseTable: HTML { LeaseTable.ofHousehold.html(dossier.leases, today: today) }

  private var findings: HTML {
    let list = caseTable + findingTable
    return list.isEmpty ? HTML() : panel("疑点与问题", list)
  }

  private var caseTable: HTML {
    dataTable(
      caption: "问题",
      columns: [
        Column("编号") { "\($0.number)" }, Column("退出性质") { tag($0.nature.markedTitle) },
        Column("状态") { tag($0.state.title, $0.state.tagKind) },
        Column("立案日期") { "\($0.openedOn.iso)" },
        Column("期限") { dueText($0.dueOn, state: $0.state, today: today) },
      ], rows: dossier.cases, link: { Paths.deskCase.link($0.id) }, empty: HTML())
  }

  private var findingTable: HTML {
    dataTable(
      caption: "疑点",
      columns: [
        Column("规则") { "\($0.rule.rawValue) \($0.rule.title)" },
        Column("内容") { findingText($0) },
        Column("状态") { tag($0.state.title, $0.state.tagKind) },
        Column("发现日期") { "\(ShanghaiTime.day(of: $0.foundAt).iso)" },
        Column("消除日期") { "\($0.resolvedOn?.iso ?? "—")" },
      ], rows: dossier.findings, link: { Paths.deskFinding.link($0.id) }, empty: HTML())
  }
}
