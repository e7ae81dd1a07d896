import Domain
import Files
import Foundation
import Pages
import Postgres
import Web

/// An estate as the form offers it.
struct ComplaintEstate: RowDecodable {
  let id: EstateID
  let name: String

  init(_ row: Row) throws {
    id = try row("id")
    name = try row("name")
  }
}

func complaintEstates(in area: AreaCode) -> Query<ComplaintEstate> {
  Query("SELECT id, name FROM estates WHERE area ^@ \(area) ORDER BY name")
}

extension ComplaintKind {
  /// Whether it is about a home, so that its place must be known.
  var needsPlace: Bool {
    switch self {
    case .ineligible, .sublet, .lent, .vacant: true
    case .misconduct, .suggestion, .other: false
    }
  }

  /// What it means, in one plain line.
  var explanation: String {
    switch self {
    case .ineligible: "承租人已买房、收入或资产超标等，却还住着公租房"
    case .sublet: "承租人把公租房租给别人，收租金"
    case .lent: "承租人把公租房借给别人住，不收租金"
    case .vacant: "房子很久没人住"
    case .misconduct: "只有纪检监察机关能看到"
    case .suggestion: "对公租房管理的意见和建议"
    case .other: "以上都不是"
    }
  }
}

/// What a complaint form brings, whether a citizen or staff filled it in.
struct ComplaintForm: Sendable {
  static let otherEstate = "other"
  static let longestDescription = 2_000
  static let longestAddress = 100

  var checker: FormChecker
  let submission: Submission
  let kind: ComplaintKind?
  let channel: ComplaintChannel?
  let estate: EstateID?
  let address: String?
  let description: String?
  let identity: ComplainantIdentity?

  /// The form on the public side.
  init(public fields: FormFields) {
    self.init(fields, kinds: ComplaintKind.allCases, channels: [.web])
  }

  /// The form for what arrives by phone, letter or visit. Misconduct is not taken there.
  init(desk fields: FormFields) {
    self.init(
      fields, kinds: ComplaintKind.allCases.filter { !$0.isForInspectorsOnly },
      channels: [.phone, .letter, .visit])
  }

  private init(_ fields: FormFields, kinds: [ComplaintKind], channels: [ComplaintChannel]) {
    var checker = FormChecker(fields)
    submission = Submission(typed: fields[Submission.field])
    channel =
      channels == [.web]
      ? .web
      : checker.choice("channel", "来源", among: channels.map(\.rawValue))
        .flatMap { ComplaintChannel(rawValue: $0) }
    kind = checker.choice("kind", "举报类型", among: kinds.map(\.rawValue))
      .flatMap { ComplaintKind(rawValue: $0) }
    (estate, address) = Self.place(&checker, kind: kind)
    description = checker.stored(
      checker.paragraph("description", "情况说明", max: Self.longestDescription, min: 5),
      "description", "情况说明", most: 5_000)
    identity = Self.identity(&checker)
    self.checker = checker
  }

  private static func place(
    _ checker: inout FormChecker, kind: ComplaintKind?
  ) -> (EstateID?, String?) {
    let typed = checker.fields["estate"] ?? ""
    let isElsewhere = typed == otherEstate
    let estate =
      isElsewhere
      ? nil
      : checker.value(
        "estate", "小区（项目）", required: false, message: "请从列表中选择小区（项目），或选“不在列表中”"
      ) { EstateID($0) }
    let address = checker.stored(
      checker.text("address", "地址", max: longestAddress, required: false), "address", "地址",
      most: 200)
    let hasPlace = estate != nil || address != nil
    if kind?.needsPlace == true, !hasPlace, checker.errors["estate"] == nil,
      checker.errors["address"] == nil
    {
      if isElsewhere {
        checker.fail("address", "请写明地址，例如哪个小区、几栋几单元几号")
      } else {
        checker.fail("estate", "请选择小区（项目），或者在下一栏写明地址")
      }
    }
    return (estate, address)
  }

  /// Anonymous unless both are filled.
  private static func identity(_ checker: inout FormChecker) -> ComplainantIdentity? {
    let name = checker.text("name", "姓名", max: 30, required: false)
    let typed = checker.text("phone", "电话", max: 40, required: false)
    var phone: PhoneNumber?
    if let typed {
      do {
        phone = try PhoneNumber(typed)
      } catch {
        checker.fail("phone", "\(error)")
      }
    }
    if name == nil, typed != nil, checker.errors["name"] == nil {
      checker.fail("name", "填了电话，请把姓名也填上；想匿名就把电话清空")
    }
    if name != nil, typed == nil, checker.errors["phone"] == nil {
      checker.fail("phone", "填了姓名，请把电话也填上；想匿名就把姓名清空")
    }
    guard let name, let phone else { return nil }
    return ComplainantIdentity(name: name, phone: phone)
  }

  /// The complaint, when nothing is wrong.
  func filing(photos: SentFiles, area: AreaCode) -> ComplaintFiling? {
    guard checker.isValid, let kind, let channel, let description else { return nil }
    return ComplaintFiling(
      kind: kind, channel: channel, estate: estate, address: address, description: description,
      identity: identity, photos: photos, submission: submission, area: area)
  }
}

extension FormChecker {
  /// The text of a message.
  mutating func message(_ field: String = "body", _ label: String = "留言") -> String? {
    stored(paragraph(field, label, max: 1_000), field, label, most: 2_000)
  }
}
