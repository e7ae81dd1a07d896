import TestSupport
import Testing

/// Who sends a form of the register after somebody else was faster is told, and overwrites nothing.
@Suite struct RegisterVersionTests {
  /// An estate with two homes, a household of two that leases one of them, and who works on it besides.
  private func settled() async throws -> (journey: RegisterJourney, lead: Browser) {
    let journey = try await RegisterJourney()
    let estate = try await journey.estate()
    _ = try await journey.home("502", of: estate)
    _ = try await journey.home("503", of: estate)
    let household = try await journey.household("林小满", 1)
    _ = try await journey.member("陈秋月", 2, "spouse", of: household)
    _ = try await journey.lease("HT-1", room: "502", of: household)
    return (journey, try await journey.fixture.site.browser(signedInAs: "zhujian-lead"))
  }

  /// A form that changes a row: what two people type into one of its fields, and what is stored.
  struct Change: Sendable, CustomTestStringConvertible {
    let table: String
    let link: String
    let field: String
    let early: String
    let late: String
    let stored: String

    var testDescription: String { table }
  }

  static let changes = [
    Change(
      table: "estates", link: "estates", field: "address", early: "城东路19号", late: "城东路20号",
      stored: "SELECT address FROM estates"),
    Change(
      table: "homes", link: "homes", field: "floor_area", early: "53.00", late: "54.00",
      stored: "SELECT floor_area FROM homes WHERE room = '502'"),
    Change(
      table: "persons", link: "persons", field: "name", early: "林小曼", late: "林小蔓",
      stored: "SELECT name FROM persons WHERE relation = 'applicant'"),
    Change(
      table: "leases", link: "leases", field: "monthly_rent", early: "170.00", late: "180.00",
      stored: "SELECT monthly_rent FROM leases"),
  ]

  @Test(arguments: changes) func whoSavesTooLateIsToldAndHasTypedNothingInVain(
    _ change: Change
  ) async throws {
    let (journey, lead) = try await settled()
    let id = try await journey.lines("SELECT min(id) FROM \(change.table)")[0]
    let address = "/desk/\(change.link)/\(id)/edit"
    let first = try await journey.officer.open(address).form(button: "保存")
    let second = try await lead.open(address).form(button: "保存")
    #expect(try await first.fill([change.field: change.early]).submit().status == 200)
    let late = try await second.fill([change.field: change.late]).submit()
    #expect(late.status == 409 && late.has("您填写的内容还没有保存"))
    #expect(try await journey.lines(change.stored) == [change.early])
    let again = try late.form(button: "保存")
    #expect(again[change.field] == change.late)
    #expect(try await again.submit().status == 200)
    #expect(try await journey.lines(change.stored) == [change.late])
  }

  /// A step whose form somebody has open while the row that it is about is changed.
  struct Step: Sendable, CustomTestStringConvertible {
    /// The query that gives the page's address.
    let address: String
    let button: String
    let typed: [(String, String)]
    /// The row that changes meanwhile.
    let changed: String
    /// What would be stored if the step were taken.
    let trace: String

    var testDescription: String { button }
  }

  static let steps = [
    Step(
      address: "SELECT '/desk/leases/' || id || '/ending' FROM leases", button: "终止租约",
      typed: [("ended_on", "2021-08-01"), ("reason", "到期不续租"), ("home_state", "vacant")],
      changed: "leases", trace: "SELECT 1 FROM leases WHERE ended_on IS NOT NULL"),
    Step(
      address: "SELECT '/desk/persons/' || max(id) || '/leaving' FROM persons", button: "登记离开",
      typed: [("left_on", "2021-08-01"), ("left_reason", "died")], changed: "persons",
      trace: "SELECT 1 FROM persons WHERE left_on IS NOT NULL"),
    Step(
      address: "SELECT '/desk/households/' || id || '/move' FROM households", button: "换房",
      typed: [
        ("building", "1"), ("unit", "1"), ("room", "503"), ("contract_number", "HT-2"),
        ("contract_version", "2016版"), ("starts_on", "2021-08-01"), ("ends_on", "2025-01-01"),
        ("monthly_rent", "168.5"), ("deposit", "500"), ("home_state", "vacant"),
      ], changed: "households", trace: "SELECT 1 FROM leases WHERE contract_number = 'HT-2'"),
    Step(
      address: "SELECT '/desk/households/' || id || '/split' FROM households", button: "分户",
      typed: [("category", "new_employee"), ("day", "2021-08-10")], changed: "households",
      trace: "SELECT 1 FROM persons WHERE left_reason = 'split'"),
  ]

  @Test(arguments: steps) func aStepOnWhatHasChangedMeanwhileIsNotTaken(_ step: Step) async throws {
    let (journey, _) = try await settled()
    let address = try await journey.lines(step.address)[0]
    var form = try await journey.officer.open(address).form(button: step.button)
    if step.button == "换房" { form = try form.fill(["estate": form.option("estate", "安居苑")]) }
    if step.button == "分户" {
      let member = try await journey.lines("SELECT max(id) FROM persons")[0]
      form = try form.fill(["person_\(member)": "applicant"])
    }
    for (name, value) in step.typed { form = try form.fill([name: value]) }
    _ = try await journey.lines("UPDATE \(step.changed) SET version = version + 1")
    let late = try await form.submit()
    #expect(late.status == 409 && late.has("这里已被修改"))
    #expect(try await journey.lines(step.trace).isEmpty)
    // With what the page shows now it is done.
    let done = try await late.form(button: step.button).submit()
    #expect(done.status == 200)
    #expect(try await journey.lines(step.trace).count == 1)
  }
}
