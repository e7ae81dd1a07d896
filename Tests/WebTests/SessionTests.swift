import Domain
import HTML
import HTTPTypes
import Testing
import WebTesting

@testable import Web

@Suite struct SessionTests {
  @Test func whoeverIsNotSignedInGoesToSignInAndComesBack() async throws {
    try await TestSite().test { client in
      let page = try await client.get("/desk/cases/7?tab=%E4%BA%BA&x=1")
      #expect(page.status == .seeOther)
      #expect(
        page.headers[.location] == "/login?next=%2Fdesk%2Fcases%2F7%3Ftab%3D%25E4%25BA%25BA%26x%3D1"
      )
      #expect(page.headers[.cacheControl] == "no-store")
    }
  }

  @Test func nextLeadsNowhereButToThisSite() {
    for bad in [
      "//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "", "x",
    ] {
      let fields: FormFields = ["next": bad]
      #expect(fields["next"].flatMap { Link(local: $0) } == nil)
    }
  }

  @Test func theSessionOpensTheDesk() async throws {
    let site = TestSite()
    let signedIn = try site.sessions.signIn(.housingOfficer)
    try await site.test { client in
      let page = try await client.get("/desk", signedIn)
      #expect(page.text.contains("张小丰"))
      #expect(page.headers[.cacheControl] == "no-store")
      #expect(page.headers[.setCookie] == nil)
      #expect(try await client.get("/desk/cases/7", signedIn).text.contains("案件 7"))
      site.sessions.endAll()
      #expect(try await client.get("/desk", signedIn).status == .seeOther)
    }
  }

  @Test func anIdThatDoesNotParseIsNotFound() async throws {
    let site = TestSite()
    let signedIn = try site.sessions.signIn(.housingOfficer)
    try await site.test { client in
      for id in ["x", "-", "%FF", "99999999999999999999", "7%00"] {
        let page = try await client.get("/desk/cases/\(id)", signedIn)
        #expect(page.status == .notFound, "\(id)")
      }
    }
  }

  @Test func lackingThePermissionIsA403() async throws {
    let site = TestSite()
    let inspector = try site.sessions.signIn(.inspector)
    try await site.test { client in
      let page = try await client.get("/desk/cases/7", inspector)
      #expect(page.status == .forbidden)
      #expect(page.text.contains("没有这项权限"))
      let post = try await client.post("/desk/notes", "text=1", inspector)
      #expect(post.status == .forbidden)
      #expect(site.seen.fields.isEmpty)
    }
  }

  @Test func aPasswordThatMustBeChangedComesFirst() async throws {
    let site = TestSite()
    let signedIn = try site.sessions.signIn(.housingOfficer, mustChangePassword: true)
    try await site.test { client in
      for uri in ["/desk", "/desk/cases/7"] {
        let page = try await client.get(uri, signedIn)
        #expect(page.headers[.location] == "/password")
      }
      #expect(try await client.get("/", signedIn).status == .ok)
      let post = try await client.post("/desk/notes", "text=1", signedIn)
      #expect(post.headers[.location] == "/password")
      let logout = try await client.post("/logout", "", signedIn)
      #expect(logout.status == .forbidden)
    }
  }

  @Test func aSessionTokenIsKeptAsItsHashOnly() throws {
    let token = SessionToken()
    #expect(token.text.count == 64)
    #expect(token.hash.count == 32)
    #expect(SessionToken(token.text)?.hash == token.hash)
    #expect(SessionToken("x") == nil)
    #expect(SessionToken(token.text.uppercased() + "g") == nil)
  }
}
