import Accounts
import Campaigns
import Cases
import Clocks
import Complaints
import Counter
import Deliveries
package import Domain
import Figures
import Findings
import Foundation
package import Ground
import HTML
import Imports
import Logging
package import Pages
import Postgres
import Register
import Reviews
import Visits

/// The desk's navigation: what a role may open, with how many wait there.
package final class DeskNavigation: Navigation {
  private struct Key: Hashable {
    let role: Role
    let area: AreaCode
  }

  private let databases: Databases
  private let counts = TimedCache<Key, DeskCounts?>(lifetime: 15)

  package init(databases: Databases) {
    self.databases = databases
  }

  /// Never fails: where the counts cannot be had, the entries stand without them.
  package func items(for principal: Principal, path: String) async -> [NavigationItem] {
    let counts = await counts(for: principal)
    return Self.entries.compactMap { entry in
      guard entry.isFor(principal) else { return nil }
      let isCurrent =
        path == entry.link.url || (!entry.isHome && path.hasPrefix(entry.link.url + "/"))
      return NavigationItem(
        entry.title, entry.link, isCurrent: isCurrent,
        count: counts.flatMap { entry.count($0, principal) })
    }
  }

  private func counts(for principal: Principal) async -> DeskCounts? {
    guard !principal.role.isAdministrator else { return nil }
    let now = Date()
    let key = Key(role: principal.role, area: principal.area)
    return try? await counts.value(for: key, at: now) { [databases] in
      // A database that is slow or away is asked once in a while, not by every page.
      try? await databases.read(as: principal) { tx in
        try tx.execute("SELECT set_config('statement_timeout', '500ms', true)")
        return try tx.one(deskCounts(today: ShanghaiTime.day(of: now), for: principal))
      }
    }
  }
}

extension DeskNavigation {
  private struct Entry: Sendable {
    let title: String
    let link: Link
    var isHome = false
    let isFor: @Sendable (Principal) -> Bool
    var count: @Sendable (DeskCounts, Principal) -> Int? = { _, _ in nil }

    init(
      _ title: String, _ page: PagePath, _ permission: Permission, isHome: Bool = false,
      count: @escaping @Sendable (DeskCounts, Principal) -> Int? = { _, _ in nil }
    ) {
      self.title = title
      link = page.link
      self.isHome = isHome
      isFor = { $0.may(permission) }
      self.count = count
    }
  }

  private static let entries: [Entry] = [
    Entry("首页", Paths.desk, .viewDesk, isHome: true),
    Entry("日程", Paths.deskCalendar, .viewDesk),
    Entry("监督首页", Paths.oversight, .viewOversight, isHome: true),
    Entry("违规违纪举报", Paths.oversightComplaints, .viewMisconduct) { counts, _ in
      counts.misconductComplaints
    },
    Entry("投诉举报", Paths.deskComplaints, .viewComplaints) { counts, _ in counts.newComplaints },
    Entry("问题（整改）清单", Paths.deskCases, .viewCases) { counts, principal in
      principal.may(.workCases) ? counts.suspectedCases : counts.overdueCases
    },
    Entry("应退未退情况表", Paths.deskAnnex, .viewCases),
    Entry("入户走访", Paths.deskRoster, .viewVisits) { counts, principal in
      principal.may(.planVisits) ? counts.dueVisits : nil
    },
    Entry("手机走访", Paths.visitPhone, .recordVisits),
    // Not its pages below: the roster and the watches stand there too.
    Entry("走访记录", Paths.deskVisits, .viewVisits, isHome: true),
    Entry("重点监控", Paths.deskWatches, .viewVisits),
    Entry("巡查", Paths.deskPatrols, .viewVisits),
    Entry("报修", Paths.deskRepairs, .viewVisits),
    Entry("资格复核", Paths.deskReviews, .viewReviews) { counts, principal in
      principal.may(.runReviews) ? counts.lateBureaus : nil
    },
    Entry("逐户答复", Paths.deskChecks, .answerChecks) { counts, principal in
      principal.role.bureau.map { counts.openChecks[$0] ?? 0 }
    },
    Entry("核查清单", Paths.deskWorkLists, .answerChecks),
    Entry("数据报送", Paths.deskDeliveries, .viewReviews),
    Entry("定期交换", Paths.deskExchange, .viewReviews),
    Entry("疑点", Paths.deskFindings, .viewFindings) { counts, principal in
      principal.may(.workFindings) ? counts.openFindings : nil
    },
    Entry("授权书", Paths.deskAuthorisations, .viewReviews),
    Entry("异议", Paths.deskContests, .viewReviews),
    Entry("认定标准", Paths.deskThresholds, .setThresholds),
    Entry("办理期限", Paths.deskClocks, .setClocks),
    Entry("窗口核查", Paths.deskCounter, .askCounter),
    Entry("窗口命中", Paths.deskCounterHits, .releaseCounter) { counts, _ in counts.counterHits },
    Entry("保障家庭", Paths.deskHouseholds, .viewHouseholds),
    Entry("查看号码记录", Paths.deskReveals, .viewReveals) { counts, _ in counts.quickReveals },
    Entry("租约", Paths.deskLeases, .viewHouseholds),
    Entry("项目与房源", Paths.deskEstates, .viewEstates),
    Entry("房源清单", Paths.deskHomes, .viewHouseholds),
    Entry("导入", Paths.deskImports, .importRegister),
    Entry("行动方案", Paths.deskCampaign, .viewCampaign),
    Entry("动态公布", Paths.deskDisclosure, .viewProgressFigures) { counts, principal in
      principal.may(.publishRelease) ? counts.preparedReleases : nil
    },
    Entry("管理首页", Paths.admin, .viewAdmin, isHome: true),
    Entry("账号", Paths.adminAccounts, .manageAccounts),
    Entry("区划", Paths.adminAreas, .manageAreas),
    Entry("节假日", Paths.adminHolidays, .manageHolidays),
    Entry("接口令牌", Paths.adminTokens, .manageTokens),
    Entry("安全", Paths.adminSecurity, .manageSecurity),
    Entry("审计记录", Paths.adminAudit, .viewAudit),
  ]
}
