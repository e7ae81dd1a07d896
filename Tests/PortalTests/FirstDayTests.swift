import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import Counties
@testable import Portal

/// A county's first day in the browser: from a one-time link to accounts that sign in.
@Suite struct FirstDayTests {
  /// Opens a link as the first person does.
  private func open(_ site: TestPortal, after seconds: TimeInterval = 0) async throws -> Page {
    let link = try #require(
      try await SetUpLinks(site.owner).make(onlyFirst: true, at: site.clock.now))
    site.clock.advance(by: seconds)
    return try await site.browser().open(link)
  }

  private func found(_ page: Page, _ words: String = "清流") async throws -> Page {
    try await page.form(to: "/setup").fill(["county": words]).submit()
  }

  private static let administrators: KeyValuePairs<String, String> = [
    "system_name": "系统员甲", "security_name": "安全员乙", "audit_name": "审计员丙",
  ]

  private func counties(_ site: TestPortal) async throws -> [String] {
    try await site.owner.read {
      try $0.all(
        Query<String>("SELECT area || ' ' || county_name FROM site_settings ORDER BY area"))
    }
  }

  @Test func `the first person makes the county, its townships and the three administrators`()
    async throws
  {
    let site = try await TestPortal.start(.nothing)
    let second = try await found(try await open(site))
    #expect(second.has("福建省") && second.has("三明市"), "\(second.text.prefix(400))")
    let form = try second.form(to: "/setup")
    #expect(form["county_name"] == "清流县")
    #expect(form["townships"]?.contains("350423100 龙津镇") == true)
    let slips = try await form.fill(Self.administrators)
      .fill(["organiser": "清流县住房和城乡建设局", "contact": "0598-5322222"]).submit()
    #expect(slips.status == 200 && slips.has("首次登录单"), "\(slips.text.prefix(400))")
    let codes = slips.all("code").map(\.text)
    try #require(codes.count == 6)
    let names = try await site.owner.read {
      try $0.all(
        Query<String>(
          "SELECT code || name FROM areas WHERE length(code) < 9 ORDER BY code"))
    }
    #expect(names == ["35福建省", "3504三明市", "350423清流县"])
    #expect(try await counties(site) == ["350423 清流县"])
    for (index, home) in ["/admin", "/admin", "/admin"].enumerated() {
      let browser = site.browser()
      let signedIn = try await browser.signIn(codes[index * 2], codes[index * 2 + 1])
      #expect(signedIn.address == "/account/password")
      let changed = try await signedIn.form(to: "/account/password").fill([
        "current_password": codes[index * 2 + 1], "new_password": "My-own-2026-pw",
        "new_password_again": "My-own-2026-pw",
      ]).submit()
      #expect(changed.address == home)
    }
    // The page of the county stands, and the log tells who made what.
    #expect(try await site.browser().open("/complaints/track").has("清流县住房和城乡建设局"))
    let events = try await site.owner.read {
      try $0.all(
        Query<String>("SELECT action FROM audit_events WHERE origin = 'command' ORDER BY id"))
    }
    #expect(events == ["county.create", "account.create", "account.create", "account.create"])
  }

  @Test func `a link opens once, for an hour, and says why not after that`() async throws {
    let site = try await TestPortal.start(.nothing)
    let first = try await found(try await open(site)).form(to: "/setup").fill(Self.administrators)
    #expect(try await first.submit().has("首次登录单"))
    let again = try await first.submit()
    #expect(again.status == 410 && again.has("已经用过"))
    #expect(try await counties(site).count == 1)
    #expect(try await SetUpLinks(site.owner).make(onlyFirst: true, at: site.clock.now) == nil)

    let late = try await TestPortal.start(.nothing)
    let expired = try await open(late, after: 3601)
    #expect(expired.status == 410 && expired.has("已经过期"))
    let earlier = try await open(late)
    _ = try await open(late)
    let replaced = try await late.browser().open(earlier.address)
    #expect(replaced.status == 404 && replaced.has("地址不对"))
    #expect(try await late.browser().open("/setup?code=x").status == 404)
    #expect(try await late.browser().open("/setup").has("deploy/start --empty"))
    #expect(try await counties(late) == [])
  }

  @Test func `of two who set up at once one is told that the other was faster`() async throws {
    let site = try await TestPortal.start(.nothing)
    let link = try #require(
      try await SetUpLinks(site.owner).make(onlyFirst: true, at: site.clock.now))
    var forms: [PageForm] = []
    for _ in 1...2 {
      forms.append(
        try await found(try await site.browser().open(link)).form(to: "/setup")
          .fill(Self.administrators))
    }
    let (left, right) = (forms[0], forms[1])
    async let one = left.submit()
    async let other = right.submit()
    let statuses = try await [one.status, other.status].sorted()
    #expect(statuses == [200, 410])
    let accounts = try await site.owner.read {
      try $0.one(Query<Int>("SELECT count(*) FROM accounts"))
    }
    #expect(accounts == 3)
  }

  @Test
  func
    `a county that somebody else made meanwhile, and names that are taken, leave nothing half done`()
    async throws
  {
    let site = try await TestPortal.start(.nothing)
    let form = try await found(try await open(site)).form(to: "/setup").fill(Self.administrators)
    try await NewCounty(code: "350423", name: "清流县").write(
      to: site.owner, codes: AreaCatalogue(folder: ""), at: site.clock.now)
    let exists = try await form.submit()
    #expect(exists.status == 409 && exists.has("这个县已经建立"))
    // The link is good for another county, whose administrators cannot be called as those of the first.
    let link =
      form.page.address.contains("code=") ? form.page.address : "/setup?code=\(form["code"] ?? "")"
    try await AccountAdministration(
      database: site.owner,
      passwords: PasswordHasher(cost: .init(logRounds: 4, blockSize: 1, parallelism: 1))
    ).create(
      NewAccount(
        account: "secadmin", displayName: "某", role: .securityAdmin,
        area: try #require(AreaCode("350423")), password: TestPortal.password))
    let other = try await found(try await site.browser().open(link), "宁化县").form(to: "/setup")
      .fill(Self.administrators)
    let taken = try await other.submit()
    #expect(taken.status == 422 && taken.has("有一个账号已被别的县使用"))
    #expect(try await counties(site) == ["350423 清流县"])
    let done = try await other.fill([
      "system_account": "nh-sys", "security_account": "nh-sec", "audit_account": "nh-audit",
    ]).submit()
    #expect(done.has("首次登录单"))
    #expect(try await counties(site) == ["350423 清流县", "350424 宁化县"])
  }

  @Test func `what is wrong with a county is said and nothing is made`() async throws {
    let site = try await TestPortal.start(.nothing)
    let page = try await open(site)
    let ended = try await found(page, "350402")
    #expect(ended.status == 422 && ended.has("2021 年停用") && ended.has("350404"))
    #expect(try await found(page, "亚特兰蒂斯").has("代码表里没有"))
    let several = try await found(page, "三明市")
    #expect(several.status == 200 && several.has("是哪一个县") && several.has("永安市"))
    let chosen = try await several.form(button: "下一步").fill(["chosen": "350481"]).submit()
    #expect(try chosen.form(to: "/setup")["county_name"] == "永安市")
    let unlisted = try await found(page, "359999")
    #expect(unlisted.has("代码表里没有 359999"))

    let form = try await found(page).form(to: "/setup")
    let wrong = try await form.fill(Self.administrators).fill([
      "townships": "350423100 龙津镇\n3504231 嵩溪镇\n350424100 翠江镇\n350423100 龙津\n350423102",
      "security_name": "系统员甲", "audit_account": "sysadmin",
    ]).submit()
    #expect(wrong.status == 422)
    for said in [
      "第 2 行：“3504231”不是9 位的区划代码", "第 3 行：350424100 不在 350423 之内", "第 4 行：350423100 在第 1 行已写过",
      "第 5 行：350423102 后面缺名称", "一个人不能兼任两个", "写了两次",
    ] { #expect(wrong.has(said), "\(said)") }
    #expect(try await counties(site) == [])
  }

  @Test func `before there is a county every public page answers in words`() async throws {
    let site = try await TestPortal.start(.nothing)
    let browser = site.browser()
    #expect(try await browser.open("/complaints/new").has("还没有建立县"))
    for path in ["/", "/progress", "/complaints/track", "/login", "/setup"] {
      let page = try await browser.open(path)
      #expect(page.status == 200, "\(path): \(page.status) \(page.text.prefix(200))")
    }
    let refused = try await browser.open("/login").form(to: "/login")
      .fill(["account": "nobody", "password": "Some-2026-pw"]).submit()
    #expect(refused.status == 422, "\(refused.text.prefix(300))")
  }

  // MARK: Accounts

  private func administrator(_ site: TestPortal) async throws -> Browser {
    try await site.browser(signedInAs: "sysadmin")
  }

  @Test func `the system administrator makes an account, which signs in with its slip`()
    async throws
  {
    let site = try await TestPortal.start(.empty)
    let browser = try await administrator(site)
    let form = try await browser.open("/admin/accounts/new").form(to: "/admin/accounts/new")
    let wrong = try await form.fill([
      "account": "zhujian", "display_name": "王芳", "role": "town_officer", "area": "350423",
    ]).submit()
    #expect(wrong.status == 422 && wrong.has("应属于乡镇一级"))
    let slip = try await form.fill([
      "account": "Wang-Fang", "display_name": "王芳", "role": "town_officer", "area": "350423100",
    ]).submit()
    let codes = slip.all("code").map(\.text)
    #expect(codes.count == 2 && codes[0] == "wang-fang", "\(slip.text.prefix(300))")
    #expect(try await site.browser().signIn(codes[0], codes[1]).address == "/account/password")
    let taken = try await form.fill([
      "account": "wang-fang", "display_name": "王芳", "role": "town_officer", "area": "350423100",
    ]).submit()
    #expect(taken.status == 422 && taken.has("已经存在"))
    // Not an administrator, whatever is sent, and nothing outside of the county.
    for (field, value) in [("role", "system_admin"), ("area", "3504")] {
      let forged = try await form.fill([
        "account": "mole", "display_name": "甲", "role": "civil_affairs", "area": "350423",
      ]).forging(field, value).submit()
      #expect(forged.status == 422)
    }
  }

  @Test func `name, role and area are corrected, with what was before in the log`() async throws {
    let site = try await TestPortal.start(.empty)
    let browser = try await administrator(site)
    let id = try await site.owner.read {
      try $0.one(Query<AccountID>("SELECT id FROM accounts WHERE account = 'longjin'"))
    }
    let page = try await browser.open("/admin/accounts/\(id)/correction")
    let form = try page.form(to: "/admin/accounts/\(id)/correction")
    let done = try await form.fill([
      "display_name": "改名了", "role": "civil_affairs", "area": "350423",
    ]).submit()
    #expect(done.has("已更正“改名了”"))
    let overtaken = try await form.fill(["display_name": "又改"]).submit()
    #expect(overtaken.status == 409)
    let event = try await site.owner.read {
      try $0.one(
        Query<String>(
          """
          SELECT concat_ws(' ', before ->> 'role', before ->> 'area', after ->> 'role', after ->> 'area')
          FROM audit_events WHERE action = 'account.correct'
          """))
    }
    #expect(event == "town_officer 350423100 civil_affairs 350423")
    let other = try await site.owner.read {
      try $0.one(Query<AccountID>("SELECT id FROM accounts WHERE account = 'secadmin'"))
    }
    let renamed = try await browser.open("/admin/accounts/\(other)/correction")
      .form(to: "/admin/accounts/\(other)/correction").forging("role", "civil_affairs")
      .fill(["display_name": "安全员"]).submit()
    #expect(renamed.has("已更正"))
    let role = try await site.owner.read {
      try $0.one(Query<String>("SELECT role FROM accounts WHERE account = 'secadmin'"))
    }
    #expect(role == "security_admin")
  }

  @Test func `changes of accounts ask for the password that was typed a while ago`() async throws {
    let site = try await TestPortal.start(.empty)
    let browser = try await administrator(site)
    site.clock.advance(by: 660)
    for path in ["/admin/accounts/new", "/admin/accounts/import", "/admin/areas/new"] {
      let asked = try await browser.open(path)
      #expect(asked.has("要改动账号或设置，请再输入一次登录密码"), "\(path)")
    }
    let back = try await browser.open("/admin/accounts/new").form(to: "/account/password-check")
      .fill(["password": TestPortal.password]).submit()
    #expect(back.address == "/admin/accounts/new")
  }

  // MARK: A workbook of accounts

  private func send(_ browser: Browser, _ csv: String) async throws -> Page {
    try await browser.open("/admin/accounts/import").form(to: "/admin/accounts/import")
      .choosing("file", [ChosenFile(name: "账号.csv", type: "text/csv", bytes: Array(csv.utf8))])
      .submit()
  }

  private func names(_ site: TestPortal) async throws -> [String] {
    try await site.owner.read {
      try $0.all(Query<String>("SELECT account FROM accounts ORDER BY id OFFSET 13"))
    }
  }

  @Test func `a workbook makes all of its accounts, each with a slip`() async throws {
    let site = try await TestPortal.start(.empty)
    let browser = try await administrator(site)
    let slips = try await send(
      browser,
      """
      账号,姓名,角色,区划
      min-zheng,甲某,民政局,清流县
      xiang-zhen,乙某,乡镇,嵩溪镇
      ji-wei,丙某,inspector,350423
      """)
    #expect(slips.status == 200 && slips.has("首次登录单"), "\(slips.text.prefix(400))")
    #expect(try await names(site) == ["min-zheng", "xiang-zhen", "ji-wei"])
    let codes = slips.all("code").map(\.text)
    #expect(try await site.browser().signIn(codes[2], codes[3]).address == "/account/password")
    let template = try await browser.open("/admin/accounts/template")
    #expect(template.header("Content-Disposition") != nil && template.bytes.starts(with: [80, 75]))
  }

  @Test func `every bad row of a workbook is said with its number and no account is made`()
    async throws
  {
    let site = try await TestPortal.start(.empty)
    let page = try await send(
      try await administrator(site),
      """
      账号,姓名,角色,区划
      good-one,甲某,民政局,清流县
      zhujian,乙某,公安局,清流县
      good-one,丙某,公安局,清流县
      two-roles,丁某,民政局、公安局,清流县
      no-area,戊某,民政局,清水县
      Bad_Name,己某,民政局,清流县
      wrong-level,庚某,乡镇,清流县
      admin-two,辛某,系统管理员,清流县
      again-one,甲某,县民政局,350423
      no-role,壬某,,清流县
      """)
    #expect(page.status == 422)
    let rows = page.all("tr").map(\.text)
    for (row, said) in [
      (3, "已经有了"), (4, "第 2 行已写过"), (5, "2 个角色"), (6, "没有区划“清水县”"), (7, "小写字母"),
      (8, "应属于乡镇一级"), (9, "三员分立"), (10, "同一个角色在第 2 行已写过"), (11, "必须填写"),
    ] {
      #expect(
        rows.contains { $0.contains("第 \(row) 行") && $0.contains(said) }, "\(row) \(said): \(rows)")
    }
    #expect(!rows.contains { $0.hasPrefix("第 2 行") })
    #expect(try await names(site) == [])
  }

  // MARK: Areas and what pages say

  @Test func `a township that was forgotten is added and one misspelt renamed`() async throws {
    let site = try await TestPortal.start(.empty)
    let browser = try await administrator(site)
    let form = try await browser.open("/admin/areas/new").form(to: "/admin/areas/new")
    // What the list of codes has and the county has not stands there already.
    #expect(form["places"]?.contains("350423103 灵地镇") == true)
    let wrong = try await form.fill(["places": "350423100 龙津镇\n350424100 翠江镇"]).submit()
    #expect(wrong.status == 422 && wrong.has("350423100 已经有了，叫“龙津镇”"))
    #expect(wrong.has("不在 350423 之内"))
    #expect(
      try await form.fill(["places": "350423103　零地镇"]).submit().has("已增加零地镇"))
    let renaming = try await browser.open("/admin/areas/350423103/name")
      .form(to: "/admin/areas/350423103/name").fill(["name": "灵地镇"])
    #expect(try await renaming.submit().has("已更名为“灵地镇”"))
    #expect(try await renaming.submit().status == 409)
    #expect(try await browser.open("/admin/areas/350424/name").status == 404)
    let event = try await site.owner.read {
      try $0.one(
        Query<String>(
          "SELECT concat(before ->> 'name', after ->> 'name') FROM audit_events WHERE action = 'area.rename'"
        ))
    }
    #expect(event == "零地镇灵地镇")
    // The county's own name stands at the head of its pages at once.
    _ = try await browser.open("/admin/areas/350423/name").form(to: "/admin/areas/350423/name")
      .fill(["name": "清流新县"]).submit()
    #expect(try await site.browser().open("/complaints/track").has("清流新县"))
  }

  @Test func `what the foot of public pages says is changed with what was before in the log`()
    async throws
  {
    let site = try await TestPortal.start(.empty)
    let browser = try await administrator(site)
    let form = try await browser.open("/admin/areas/350423/site")
      .form(to: "/admin/areas/350423/site")
    for (organiser, contact) in [("甲局", "0598-1"), ("乙局", "0598-2")] {
      _ = try await browser.open("/admin/areas/350423/site").form(to: form.action)
        .fill(["organiser": organiser, "contact": contact, "icp_record": "闽ICP备1号"]).submit()
    }
    let home = try await site.browser().open("/complaints/track")
    #expect(home.has("乙局") && home.has("0598-2") && home.has("闽ICP备1号"), "\(home.text.suffix(300))")
    let event = try await site.owner.read {
      try $0.all(
        Query<String>(
          """
          SELECT concat_ws('>', before ->> 'organiser', after ->> 'organiser') FROM audit_events
          WHERE action = 'site.change' ORDER BY id
          """))
    }
    #expect(event == [">甲局", "甲局>乙局"])
    #expect(try await form.fill(["organiser": "丙局"]).submit().status == 409)
    for account in ["secadmin", "zhujian-lead"] {
      let other = try await site.browser(signedInAs: account)
      #expect(try await other.open("/admin/areas/350423/site").status == 403)
    }
  }

  @Test func `the database makes no administrator and gives nothing outside of the county`()
    async throws
  {
    let fixture = try await AccountsFixture(roles: [.systemAdmin, .securityAdmin])
    let (admin, security) = (
      try await fixture.welcome("system-admin").session,
      try await fixture.welcome("security-admin").session
    )
    func says(_ proof: [UInt8], _ call: String) async throws -> String {
      let answer = try await fixture.test.psql(
        as: .staff, ["portal.proof": "session:\(hexadecimal(proof))"], "SELECT \(call)")
      return answer.lines.first ?? String(answer.errors.prefix(60))
    }
    func making(_ name: String, _ role: String, _ area: String) -> String {
      "create_account('\(name)', 'x', '\(role)', '\(area)', 'scrypt$4$1$1$AAAAAAAAAAA=$AA==', now()) IS NULL"
    }
    #expect(try await says(admin.tokenHash, making("a1", "audit_admin", "350423")) == "t")
    #expect(try await says(admin.tokenHash, making("a2", "civil_affairs", "350424")) == "t")
    #expect(try await says(security.tokenHash, making("a3", "civil_affairs", "350423")) == "t")
    #expect(try await says(admin.tokenHash, making("a4", "civil_affairs", "350423")) == "f")
    let target = try await fixture.principal("zhujian").accountID
    let up = "correct_account(\(target), 1, 'x', 'system_admin', '350423')"
    #expect(try await says(admin.tokenHash, up) == "f")
    #expect(try await says(security.tokenHash, "rename_area('350423', 1, 'x')") == "f")
    #expect(
      try await fixture.test.psql(as: .staff, [:], "SELECT token_hash FROM setup_links").errors
        .contains("42501"))
  }
}
