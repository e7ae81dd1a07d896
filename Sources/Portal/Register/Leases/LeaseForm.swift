import Domain
import HTML
import Pages
import Postgres
import Web

/// What a contract says.
struct LeaseTerms: Sendable {
  let contractNumber: String
  let contractVersion: String
  let startsOn: Day
  let endsOn: Day
  let monthlyRent: Hundredths
  let deposit: Hundredths

  static let largestSum = Hundredths(count: 999_999_999)

  init?(_ checker: inout FormChecker) {
    let number = checker.column("contract_number", "合同编号", max: 60).map(NormalForm.name)
    let version = checker.column("contract_version", "合同文本", max: 60)
    let startsOn = checker.day("starts_on", "起租日")
    let endsOn = checker.day("ends_on", "到期日")
    if let startsOn, let endsOn, endsOn <= startsOn {
      checker.fail("ends_on", "到期日应晚于起租日，请核对")
    }
    let rent = checker.hundredths("monthly_rent", "月租金", in: .zero...Self.largestSum)
    let deposit = checker.hundredths("deposit", "押金", in: .zero...Self.largestSum)
    guard checker.isValid, let number, let version, let startsOn, let endsOn, let rent, let deposit
    else { return nil }
    contractNumber = number
    contractVersion = version
    self.startsOn = startsOn
    self.endsOn = endsOn
    monthlyRent = rent
    self.deposit = deposit
  }

  var audited: [String: String] {
    [
      "contract_number": contractNumber, "contract_version": contractVersion,
      "starts_on": startsOn.iso, "ends_on": endsOn.iso, "monthly_rent": monthlyRent.text,
      "deposit": deposit.text,
    ]
  }
}

extension LeaseDetail {
  var audited: [String: String] {
    [
      "contract_number": contractNumber, "contract_version": contractVersion,
      "starts_on": startsOn.iso, "ends_on": endsOn.iso, "monthly_rent": monthlyRent.text,
      "deposit": deposit.text,
    ]
  }
}

func leaseTermFields(_ view: FormView, _ lease: LeaseDetail?, startsLabel: String = "起租日") -> HTML {
  view.input("contract_number", "合同编号", value: lease?.contractNumber, maxlength: 60)
    + view.input(
      "contract_version", "合同文本", value: lease?.contractVersion, hint: "所用的合同文本版本，例如 2016版。",
      maxlength: 60)
    + view.input("starts_on", startsLabel, type: .date, value: lease?.startsOn.iso)
    + view.input("ends_on", "到期日", type: .date, value: lease?.endsOn.iso)
    + view.input(
      "monthly_rent", "月租金（元）", value: lease?.monthlyRent.text, inputmode: "decimal")
    + view.input("deposit", "押金（元）", value: lease?.deposit.text, inputmode: "decimal")
}

/// Which home is meant: its estate, and building, unit and room as people write them.
struct TypedPlace: Sendable {
  let estate: EstateID
  let building: String
  let unit: String
  let room: String

  init?(_ checker: inout FormChecker) {
    let estate = checker.value("estate", "项目", message: "请选择项目") { EstateID($0) }
    let building = checker.column("building", "楼栋", max: 40)
    let unit = checker.column("unit", "单元", max: 40, required: false)
    let room = checker.column("room", "房号", max: 40)
    guard checker.isValid, let estate, let building, let room else { return nil }
    self.estate = estate
    self.building = building
    self.unit = unit ?? ""
    self.room = room
  }
}

func placeFields(_ view: FormView, _ home: HomeDetail?, estates: [EstateChoice]) -> HTML {
  view.select(
    "estate", "项目", options: estates.map { ($0.id.description, "\($0.name)（\($0.township)）") },
    value: home?.estate.description)
    + view.input("building", "楼栋", value: home?.building, hint: "例如 3栋", maxlength: 40)
    + view.input(
      "unit", "单元", value: home?.unit, hint: "例如 1单元", required: false, maxlength: 40)
    + view.input(
      "room", "房号", value: home?.room, hint: "例如 502。空置的房屋见项目的房源分布。", maxlength: 40)
}

extension Transaction {
  /// The home that is meant; `3` is taken for `3栋` where only that exists.
  func home(at place: TypedPlace) throws -> HomeDetail {
    func spellings(_ text: String, _ endings: [String]) -> [String] {
      [text] + (text.isEmpty ? [] : endings.map { text + $0 })
    }
    let found = try all(
      homes(
        in: place.estate, buildings: spellings(place.building, ["栋", "幢", "号楼"]),
        units: spellings(place.unit, ["单元"]), rooms: spellings(place.room, ["室", "号"])))
    guard let home = found.first else {
      throw EditProblem.field("room", "这个项目里没有这套房，请核对楼栋、单元和房号的写法")
    }
    guard found.count == 1 else {
      throw EditProblem.field("room", "有几套房都像是这一套，请把楼栋、单元和房号写完整")
    }
    return home
  }
}
