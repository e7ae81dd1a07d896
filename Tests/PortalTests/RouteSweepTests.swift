import Domain
import Foundation
import HTTPTypes
import Postgres
import TestSupport
import Testing
import Web

@testable import Demo

/// Every route, for everybody.
@Suite(.serialized) struct RouteSweepTests {
  private static let shared = Task { try await RouteSweep() }

  private func sweep() async throws -> RouteSweep { try await Self.shared.value }

  @Test func everyPageOpensForExactlyThoseWhoMayAndWhoseAreaItIs() async throws {
    let sweep = try await sweep()
    for visitor in sweep.visitors {
      for route in sweep.pages {
        for sample in route.hasArgument ? sweep.samples : [sweep.samples[0]] {
          let address = sweep.address(route, try sweep.id(route.pattern, in: sample))
          let page = try await visitor.browser.open(address, following: false)
          let expected = sweep.expectedStatus(route, visitor, in: sample)
          #expect(
            page.status == expected, "\(visitor.name) \(address) in \(sample.area.rawValue)")
          if expected == 303, visitor.account == nil {
            #expect(page.location?.hasPrefix("/login?next=") == true, "\(address)")
          }
        }
      }
    }
  }

  @Test func everyFormIsClosedToThoseWhoMayNotAndToEverybodyWithoutToken() async throws {
    let sweep = try await sweep()
    let before = try await sweep.site.fingerprint()
    for visitor in sweep.visitors {
      for route in sweep.forms {
        let address = sweep.address(route, try sweep.id(route.pattern, in: sweep.samples[0]))
        let body = Array("version=1&from=received&text=abcdef&account=x&password=y".utf8)
        let answer = try await visitor.browser.send(address, body: body)
        #expect(answer.status == 403, "\(visitor.name) \(address)")
        let mayTryAgain = answer.has("请再确认一次") || answer.has("登录已失效")
        #expect(
          mayTryAgain == (visitor.account == nil || visitor.mayUse(route.access)),
          "\(visitor.name) \(address)")
      }
    }
    #expect(try await sweep.site.fingerprint() == before)
  }

  @Test func everyFormIsClosedToThoseWhoLackThePermissionEvenWithAToken() async throws {
    let sweep = try await sweep()
    let before = try await sweep.site.fingerprint()
    for visitor in sweep.visitors where visitor.account != nil {
      let token = try #require(
        try await visitor.browser.open("/account/password").form()["csrf"])
      for route in sweep.forms where !visitor.mayUse(route.access) {
        let address = sweep.address(route, try sweep.id(route.pattern, in: sweep.samples[0]))
        let body = Array("version=1&from=received&text=abcdef&csrf=\(token)".utf8)
        #expect(
          try await visitor.browser.send(address, body: body).status == 403,
          "\(visitor.name) \(address)")
      }
    }
    #expect(try await sweep.site.fingerprint() == before)
  }

  @Test func aRowOutOfReachCannotBeChangedWithAToken() async throws {
    let sweep = try await sweep()
    let far = sweep.samples[3]
    let before = try await sweep.site.fingerprint()
    for visitor in sweep.visitors where visitor.account != nil {
      let token = try #require(
        try await visitor.browser.open("/account/password").form()["csrf"])
      for route in sweep.forms where route.hasArgument && visitor.mayUse(route.access) {
        let address = sweep.address(route, try sweep.id(route.pattern, in: far))
        let body = Array(
          "version=1&from=received&text=abcdef&body=abcdef&assignee=1&csrf=\(token)".utf8)
        let status = try await visitor.browser.send(address, body: body).status
        // A step that does not fit the state is refused before the row is looked for.
        #expect([404, 422, 400].contains(status), "\(visitor.name) \(address): \(status)")
      }
    }
    #expect(try await sweep.site.fingerprint() == before)
  }

  @Test func everyPageKeepsToTheRulesOfPages() async throws {
    let sweep = try await sweep()
    for visitor in sweep.visitors {
      for route in sweep.pages {
        let address = sweep.address(route, try sweep.id(route.pattern, in: sweep.samples[0]))
        let page = try await visitor.browser.open(address, following: false)
        let problems =
          page.status == 303 ? sweep.rules.headerProblems(page) : sweep.rules.problems(of: page)
        #expect(problems.isEmpty, "\(visitor.name) \(address)")
        if visitor.account != nil, route.access != .public {
          #expect(page.header("Cache-Control") == "no-store", "\(visitor.name) \(address)")
        }
      }
    }
  }

  @Test func everyLinkThatSomebodyIsShownOpensForThem() async throws {
    let sweep = try await sweep()
    for visitor in sweep.visitors {
      var waiting = [visitor.account.map { "/\($0.role.home.rawValue)" } ?? "/"]
      var seen = Set(waiting)
      var looked: [String: Int] = [:]
      while let address = waiting.popLast() {
        let page = try await visitor.browser.open(address)
        #expect(page.status == 200, "\(visitor.name) \(address)")
        #expect(sweep.rules.problems(of: page).isEmpty, "\(visitor.name) \(address)")
        for link in page.links where seen.insert(link).inserted {
          // A few of each kind: rows of a list are alike.
          let pattern = sweep.rules.route(.get, link)?.pattern ?? link
          let kind = link.contains("?") ? pattern + "?" : pattern
          looked[kind, default: 0] += 1
          if looked[kind, default: 0] <= 6 { waiting.append(link) }
        }
      }
    }
  }

  @Test func anAddressThatNoRouteHasIsAPageOfItsOwn() async throws {
    let sweep = try await sweep()
    for visitor in sweep.visitors {
      for address in [
        "/nowhere", "/desk/cases/x", "/desk/cases/0", "/desk/cases/99999999999999999999",
      ] {
        let page = try await visitor.browser.open(address, following: false)
        let isDesk = address.hasPrefix("/desk")
        let expected =
          !isDesk || visitor.mayUse(.needs(.viewCases)) ? 404 : visitor.account == nil ? 303 : 403
        #expect(page.status == expected, "\(visitor.name) \(address)")
        if expected == 404 { #expect(sweep.rules.problems(of: page).isEmpty, "\(address)") }
      }
    }
  }
}
