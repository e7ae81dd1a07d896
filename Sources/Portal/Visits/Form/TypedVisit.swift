import Domain
import Foundation
import Ground
import Pages
import Postgres
import Web

/// What somebody typed of a visit, on a desk or on a phone that may have kept it for days.
struct TypedVisit: Sendable {
  /// Made when the form was opened: what comes twice with it is one visit.
  let key: UUID
  /// Put right by how far the phone's clock is off.
  let startedAt: Date?
  let visitedAt: Date
  let clockOff: Int?
  let met: VisitMet
  let isIDChecked: Bool
  /// Nil where nobody was met and nothing was to be seen.
  let use: VisitUse?
  let occupants: Int?
  let emptySince: Day?
  let emptyReason: VacancyReason?
  let water: Hundredths?
  let electricity: Hundredths?
  let gas: Hundredths?
  let isRedecorated: Bool
  let recordingNumber: String?
  let renews: Bool
  let arrears: Hundredths?
  let arrearsBy: Day?
  let personal: VisitPersonal
  let second: SecondVisitor?
  let repair: TypedRepair?
  /// Degrees north and east, to some ten metres.
  let place: (latitude: Int, longitude: Int)?
  /// SHA-256 of the photos that a phone will send apart.
  let photos: [[UInt8]]
}

/// Who goes along: somebody with an account, who confirms it there, or somebody without.
enum SecondVisitor: Hashable, Sendable {
  case colleague(AccountID, String)
  case named(String)

  var account: AccountID? {
    if case .colleague(let id, _) = self { id } else { nil }
  }

  var name: String {
    switch self {
    case .colleague(_, let name), .named(let name): name
    }
  }
}

/// Something broken that a visit brings.
struct TypedRepair: Sendable {
  let kind: RepairKind
  let words: String
  let isUrgent: Bool
}

extension TypedVisit {
  /// Reads the form.
  ///
  /// - Parameters:
  ///   - colleagues: who may go along.
  ///   - now: the server's clock.
  /// - Returns: nil, with messages in the checker, when something is wrong.
  init?(
    _ checker: inout FormChecker, among colleagues: [Colleague], by actor: AccountID, at now: Date
  ) {
    let times = checker.visitTimes(now: now)
    let met = checker.choice("met", "见到了谁", of: VisitMet.self)
    let wantsUse = met != .nobody
    let use = checker.choice("home_use", "房屋使用情况", of: VisitUse.self, required: wantsUse)
    let today = ShanghaiTime.day(of: now)
    let past = (Day(year: 1990, month: 1, day: 1) ?? today)...today
    let isEmpty = use == .empty
    let emptySince = isEmpty ? checker.day("empty_since", "空置开始日期", in: past, required: false) : nil
    let emptyReason =
      isEmpty
      ? checker.choice("empty_reason", "空置原因", of: VacancyReason.self, required: false) : nil
    var personal = VisitPersonal()
    personal.occupants = checker.personal("occupants_words", "实际居住人")
    personal.emptyProof = isEmpty ? checker.personal("empty_proof", "空置原因的证明") : nil
    personal.familyChange = checker.personal("family_change", "家庭变化")
    personal.workChange = checker.personal("work_change", "工作变化")
    personal.decoration = checker.personal("decoration", "装修改动")
    personal.vehicles = checker.personal("vehicles", "车辆")
    personal.notes = checker.personal("notes", "备注", max: 1000)
    if emptyReason != nil, personal.emptyProof == nil {
      checker.fail("empty_proof", "请写明空置原因有什么证明，如务工合同、住院证明；没有证明就不要选择原因")
    }
    if let met, met != .nobody, use == .sublet || use == .lent, personal.occupants == nil {
      checker.fail("occupants_words", "住的不是承租人，请写明实际居住人是谁、与承租人什么关系")
    }
    let occupants = checker.integer("occupants", "居住人数", in: 0...50, required: false)
    let meters = checker.meters()
    let arrears = checker.money("arrears", "欠租", required: false)
    let until = today...today.adding(months: 36)
    let arrearsBy = checker.day("arrears_by", "约定交清日期", in: until, required: false)
    if let arrears, arrears.count > 0, arrearsBy == nil {
      checker.fail("arrears_by", "请填写约定哪一天交清欠租")
    } else if arrears == nil, arrearsBy != nil {
      checker.fail("arrears", "请填写约定交清多少欠租")
    }
    if let arrears, arrears.count <= 0 { checker.fail("arrears", "欠租应大于 0 元；没有欠租请留空") }
    let recording = checker.column("recording_number", "录音录像编号", max: 40, required: false)
    let second = checker.second(among: colleagues, by: actor)
    let repair = checker.repair()
    let place = checker.place()
    guard checker.isValid, let times, let met else { return nil }
    self.init(
      key: checker.visitKey(), startedAt: times.started, visitedAt: times.visited,
      clockOff: times.off, met: met, isIDChecked: checker.isChecked("id_checked"),
      use: use, occupants: occupants, emptySince: emptySince, emptyReason: emptyReason,
      water: meters.water, electricity: meters.electricity, gas: meters.gas,
      isRedecorated: checker.isChecked("is_redecorated") || personal.decoration != nil,
      recordingNumber: recording, renews: checker.isChecked("renews"), arrears: arrears,
      arrearsBy: arrearsBy, personal: personal, second: second, repair: repair, place: place,
      photos: checker.photoHashes())
  }
}

extension FormChecker {
  /// The day and the time that the form says, put right by how far the phone's clock is off.
  ///
  /// A phone says when it sends (`sent_at`, milliseconds since 1970): what that differs from the server's clock, its
  /// clock is off.
  mutating func visitTimes(
    now: Date
  ) -> (started: Date?, visited: Date, off: Int?)? {
    let sent = fields["sent_at"].flatMap { Double($0) }
    let off = sent.map { Int(($0 / 1000 - now.timeIntervalSince1970).rounded()) }
    // A second or two are the way of the message.
    let correction = off.map { abs($0) > 60 ? Double(-$0) : 0 } ?? 0
    let started = fields["opened_at"].flatMap { Double($0) }.map {
      Date(timeIntervalSince1970: $0 / 1000 + correction)
    }
    let day = day("visited_on", "走访日期")
    let minutes = value("visited_time", "走访时间", message: "走访时间应写成 19:30 这样的时间，请核对") {
      Self.minutes($0)
    }
    guard let day, let minutes else { return nil }
    let typed = ShanghaiTime.date(on: day, hour: minutes / 60, minute: minutes % 60)
    let visited = typed.addingTimeInterval(correction)
    guard visited <= now.addingTimeInterval(120) else {
      fail("visited_on", "走访时间不能晚于现在（\(ShanghaiTime.dateTimeText(now))），请核对日期和时间")
      return nil
    }
    guard visited > now.addingTimeInterval(-366 * 86_400) else {
      fail("visited_on", "走访日期在一年以前，请核对")
      return nil
    }
    return (started, visited, off)
  }

  /// `9:05` or `１９：３０` as minutes of the day.
  private static func minutes(_ text: String) -> Int? {
    let plain = text.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? text
    let parts = plain.split(separator: ":").map { Int($0.trimmingCharacters(in: .whitespaces)) }
    guard parts.count >= 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }

  fileprivate mutating func personal(_ field: String, _ label: String, max: Int = 300) -> String? {
    paragraph(field, label, max: max, required: false)
  }

  /// Readings of the meters; whole units or with two decimals.
  fileprivate mutating func meters() -> (
    water: Hundredths?, electricity: Hundredths?, gas: Hundredths?
  ) {
    func reading(_ checker: inout FormChecker, _ field: String, _ label: String) -> Hundredths? {
      guard let typed = checker.fields[field], !typed.allSatisfy(\.isWhitespace) else { return nil }
      return checker.hundredths(field, label, in: .zero...Hundredths(count: 9_999_999_99))
    }
    return (
      reading(&self, "water", "水表读数"), reading(&self, "electricity", "电表读数"),
      reading(&self, "gas", "燃气表读数")
    )
  }

  /// Who goes along: an id, or a name where there is no account.
  fileprivate mutating func second(
    among colleagues: [Colleague], by actor: AccountID
  ) -> SecondVisitor? {
    let chosen = fields["second"] ?? ""
    if chosen.isEmpty {
      return column("second_name", "同行人姓名", max: 40, required: false).map { .named($0) }
        ?? {
          fail("second", "走访要两个人，请选择同行人；同行人没有账号的，请填写姓名")
          return nil
        }()
    }
    guard let found = colleagues.first(where: { $0.id.description == chosen }) else {
      fail("second", "请重新选择同行人")
      return nil
    }
    guard found.id != actor else {
      fail("second", "同行人不能是自己")
      return nil
    }
    return .colleague(found.id, found.name)
  }

  fileprivate mutating func repair() -> TypedRepair? {
    let words = column("repair_words", "损坏情况", max: 500, required: false)
    let kind = choice("repair_kind", "损坏部位", of: RepairKind.self, required: words != nil)
    if kind != nil, words == nil { fail("repair_words", "请写明损坏情况") }
    guard let kind, let words else { return nil }
    return TypedRepair(
      kind: kind, words: Masking.withoutResidentIDs(words), isUrgent: isChecked("repair_urgent"))
  }

  /// Where the phone was, if it said so; what makes no sense is left out.
  fileprivate func place() -> (latitude: Int, longitude: Int)? {
    guard let north = fields["latitude"].flatMap({ Double($0) }),
      let east = fields["longitude"].flatMap({ Double($0) }), abs(north) <= 90, abs(east) <= 180
    else { return nil }
    return (Int((north * 10_000).rounded()), Int((east * 10_000).rounded()))
  }

  fileprivate func photoHashes() -> [[UInt8]] {
    fields.all("photo_sha256").prefix(20).compactMap { bytes(hexadecimal: $0) }
      .filter { $0.count == 32 }
  }

  fileprivate func visitKey() -> UUID { fields["key"].flatMap { UUID(uuidString: $0) } ?? UUID() }
}
