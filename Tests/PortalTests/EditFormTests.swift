import Domain
import TestSupport
import Testing

/// What every form that is declared does with what is sent, tried on a household.
@Suite struct EditFormTests {
  private func county() async throws -> (RegisterFixture, Browser, String) {
    let fixture = try await RegisterFixture()
    let id = try await fixture.household("QL-1", members: [idNumber(1)])
    return (
      fixture, try await fixture.site.browser(signedInAs: "zhujian"), "/desk/households/\(id)"
    )
  }

  @Test func whatIsWrongComesBackAsItWasTyped() async throws {
    let (fixture, browser, household) = try await county()
    let form = try await browser.open(household + "/edit").form(to: household)
    let page = try await form.forging("category", "low_rent").forging("township", "350423101")
      .submit()
    #expect(page.status == 422 && page.errors.map(\.field) == ["category"])
    #expect(try page.form(to: household)["township"] == "350423101")
    #expect(try await fixture.lines("SELECT area, version FROM households") == ["350423100|1"])
  }

  @Test func whoIsLateSeesWhoDidWhatAndKeepsWhatWasTyped() async throws {
    let (fixture, browser, household) = try await county()
    let late = try await browser.open(household + "/edit").form(to: household)
    let lead = try await fixture.site.browser(signedInAs: "zhujian-lead")
    let first = try await lead.open(household + "/edit").form(to: household)
      .fill(["township": "350423101"]).submit()
    #expect(first.status == 200 && first.has("已保存。"))
    let page = try await late.fill(["category": "subsistence"]).submit()
    #expect(page.status == 409 && page.has("您打开页面以后，这里已被修改"))
    let items = page.all("li").filter { ($0["class"] ?? "").hasPrefix("timeline-") }
    #expect(items.count == 1 && items[0].text.contains("修改家庭"))
    let again = try page.form(to: household)
    #expect(again["category"] == "subsistence")
    #expect(try await again.submit().has("已保存。"))
    #expect(try await fixture.lines("SELECT version FROM households") == ["3"])
  }

  @Test func aFormWithoutItsVersionIsNotWritten() async throws {
    let (fixture, browser, household) = try await county()
    for version in ["", "0", "-1", "2147483648", "x"] {
      let form = try await browser.open(household + "/edit").form(to: household)
      #expect(try await form.forging("version", version).submit().status == 400)
    }
    #expect(try await fixture.lines("SELECT version FROM households") == ["1"])
  }

  @Test func whatIsOutOfSightIsNotFoundHoweverItIsSent() async throws {
    let (fixture, browser, household) = try await county()
    let form = try await browser.open(household + "/edit").form(to: household)
    let token = try #require(form["csrf"])
    for body in ["", "version=1&category=low_income&township=350423100"] {
      let page = try await browser.send(
        "/desk/households/999999", body: Array("csrf=\(token)&\(body)".utf8))
      #expect(page.status == 404)
    }
    #expect(try await fixture.lines("SELECT version FROM households") == ["1"])
  }
}
