import Complaints
import Crypto
import Domain
import Foundation
import Ground
package import Postgres

/// A made-up complaint and what came of it.
struct DemoComplaint {
  enum Fate {
    case waits
    case accepted(after: Int)
    case declined(after: Int, reason: String)
    case finished(after: Int, result: String)
  }

  enum Received {
    case on(month: Int, day: Int)
    case daysAgo(Int)
  }

  let kind: ComplaintKind
  /// From 1, as `DemoPlaces.estates` are numbered; nil for none.
  let estate: Int?
  let address: String?
  let text: String
  let received: Received
  let fate: Fate

  static let all: [DemoComplaint] = [
    DemoComplaint(
      kind: .sublet, estate: 1, address: "2栋1单元504", text: "这套房子去年起租给外地来的一家人，每月收六百元，原来的租户没有住过。",
      received: .on(month: 6, day: 18),
      fate: .finished(after: 21, result: "已入户核实转租属实，列入问题清单，送达腾退通知，房屋已收回。")),
    DemoComplaint(
      kind: .vacant, estate: 3, address: "4栋602", text: "一年多没见亮过灯，信箱都塞满了，想申请的人还在排队。",
      received: .on(month: 6, day: 25),
      fate: .finished(after: 30, result: "水电用量核查确认长期闲置，租户已交回房屋。")),
    DemoComplaint(
      kind: .ineligible, estate: 2, address: "碧林家园6栋", text: "租户在县城东门买了新房，已经装修好了，还占着公租房。",
      received: .on(month: 7, day: 2),
      fate: .finished(after: 26, result: "自然资源局核查确认已购置房产，已进入搬迁期。")),
    DemoComplaint(
      kind: .lent, estate: 5, address: "1栋302", text: "房子借给亲戚家住，租户自己在省城打工。",
      received: .on(month: 7, day: 5), fate: .finished(after: 33, result: "入户走访确认出借属实，已清退。")),
    DemoComplaint(
      kind: .suggestion, estate: nil, address: nil, text: "建议把每个小区的清退进度贴在门口的公告栏，老人不会上网。",
      received: .on(month: 7, day: 9),
      fate: .finished(after: 12, result: "已采纳：每半月在各小区公告栏张贴一次整治进展。")),
    DemoComplaint(
      kind: .ineligible, estate: 4, address: "北山新村3栋", text: "租户开一辆新买的小汽车，说是自己做生意。",
      received: .on(month: 7, day: 16),
      fate: .finished(after: 22, result: "公安、民政核查车辆和收入均未超过标准，予以说明。")),
    DemoComplaint(
      kind: .other, estate: nil, address: "老车站旁", text: "出租屋晚上太吵，影响休息。",
      received: .on(month: 7, day: 20),
      fate: .declined(after: 4, reason: "所反映的是私人出租房噪声，不属于公租房管理，请拨打110或向龙津派出所反映。")),
    DemoComplaint(
      kind: .sublet, estate: 1, address: "5栋2单元901", text: "门口贴过“日租房”的纸条，换过好几拨人。",
      received: .on(month: 8, day: 1), fate: .accepted(after: 8)),
    DemoComplaint(
      kind: .misconduct, estate: nil, address: nil, text: "分房时有工作人员收了烟酒，排队靠后的反而先拿到房。",
      received: .on(month: 8, day: 3), fate: .waits),
    DemoComplaint(
      kind: .vacant, estate: 6, address: "滨江2栋", text: "一楼那套一直空着，只放了些旧家具。", received: .daysAgo(6),
      fate: .accepted(after: 2)),
    DemoComplaint(
      kind: .sublet, estate: 7, address: "和谐苑1栋401", text: "房东换锁那天我在场，现在住的人说是花钱租的。",
      received: .daysAgo(3), fate: .waits),
    DemoComplaint(
      kind: .ineligible, estate: 8, address: "教师周转楼203", text: "住户已经调到县城工作两年了。",
      received: .daysAgo(1),
      fate: .waits),
  ]
}

extension DemoCounty {
  /// Files the complaints and takes their steps through the same functions as the running portal.
  /// The accounts must be there.
  package func writeComplaints(to owner: Database) async throws {
    try await owner.transaction { tx in
      let officer = try tx.one(Self.principal("zhujian"))
      for (index, complaint) in DemoComplaint.all.enumerated() {
        try write(complaint, number: index, as: officer, tx)
      }
    }
  }

  private func write(
    _ complaint: DemoComplaint, number: Int, as officer: Principal, _ tx: Transaction
  ) throws {
    let receivedAt = moment(of: complaint.received)
    let digest = Array(SHA256.hash(data: Data("demo \(seed) \(number)".utf8)).prefix(16))
    guard let submission = Submission(bytes: digest) else { return }
    let filing = ComplaintFiling(
      kind: complaint.kind, channel: .web,
      estate: complaint.estate.map { EstateID(rawValue: Int64($0)) }, address: complaint.address,
      description: complaint.text, identity: nil, submission: submission, area: Self.area)
    _ = try tx.file(
      filing, keys: keys, at: receivedAt, by: .citizen(area: Self.area, at: receivedAt))
    let id = try tx.one(
      Query<ComplaintID>(
        "SELECT id FROM complaints WHERE submission_hash = \(keys.hash(submission))"))
    for (version, step) in complaint.fate.steps.enumerated() {
      let at = receivedAt.addingTimeInterval(Double(step.days) * 86_400 + 1_800)
      guard
        let transition = ComplaintWorkflow.transition(
          from: version == 0 ? .received : .accepted, action: step.action, of: complaint.kind)
      else { continue }
      try tx.apply(
        ComplaintChange(
          complaint: id, version: version + 1, kind: .step(transition, text: step.text)),
        by: ActingPerson(
          officer, .staff(officer, address: "seed demo", reference: "", at: at), at: at))
    }
  }

  private func moment(of received: DemoComplaint.Received) -> Date {
    switch received {
    case .on(let month, let day):
      ShanghaiTime.date(
        on: calendar.moved(Day(year: 2021, month: month, day: day) ?? DemoCalendar.planDay),
        hour: 10)
    case .daysAgo(let days):
      ShanghaiTime.date(on: calendar.asOf - days, hour: 10)
    }
  }

  private static func principal(_ account: String) -> Query<Principal> {
    Query(
      """
      SELECT id, account, display_name, role, area FROM accounts WHERE account = \(account)
      """
    ) { row in try Principal(row) }
  }
}

extension DemoComplaint.Fate {
  fileprivate var steps: [(action: ComplaintAction, days: Int, text: String?)] {
    switch self {
    case .waits: []
    case .accepted(let days): [(.accept, days, nil)]
    case .declined(let days, let reason): [(.decline, days, reason)]
    case .finished(let days, let result):
      [(.accept, min(days, 5), nil), (.finish, days, result)]
    }
  }
}
