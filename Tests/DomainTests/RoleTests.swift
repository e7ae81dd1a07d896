import Testing

@testable import Domain

@Suite struct RoleTests {
  @Test func thereAreThirteenRolesWithNamesOfTheirOwn() {
    #expect(Role.allCases.count == 13)
    #expect(Set(Role.allCases.map(\.title)).count == 13)
    #expect(Role.allCases.map(\.rawValue).allSatisfy { $0 == $0.lowercased() })
    #expect(Role.housingOfficer.rawValue == "housing_officer")
  }

  @Test func aRoleIsFoundByItsTitleItsCodeAndTheNamesThatOfficesUse() {
    for role in Role.allCases {
      for name in [role.rawValue, role.title] + role.otherNames {
        #expect(Role(named: name) == role, "\(name)")
      }
    }
    #expect(Role(named: " 县 民政局 ") == .civilAffairs)
    #expect(Role(named: "民政局、公安局") == nil && Role(named: "") == nil)
  }

  @Test(arguments: [Role.inspector, .cityViewer])
  func readersHoldNothingThatWrites(role: Role) {
    #expect(role.permissions.filter(\.writes).isEmpty)
  }

  @Test func permissionsToLookNeverWriteAndTheOthersAlwaysDo() {
    for permission in Permission.allCases {
      let looks = ["view_", "reveal_", "export_"].contains { permission.rawValue.hasPrefix($0) }
      #expect(permission.writes != looks, "\(permission)")
    }
  }

  @Test func wholeListsOfNumbersAreTheLeadsAlone() {
    #expect(Role.holding(.exportPersonalData) == [.housingLead])
    #expect(Role.holding(.editRegister) == [.housingOfficer, .housingLead])
    #expect(Role.holding(.importRegister) == [.housingOfficer, .housingLead])
  }

  @Test func namesAreWholeForWhoWorksAHouseholdAlone() {
    #expect(Role.holding(.viewNames) == [.housingOfficer, .housingLead, .townOfficer])
  }

  @Test func whoMayRevealANumberSeesItsHousehold() {
    for role in Role.holding(.revealPersonalData) {
      #expect(role.permissions.contains(.viewHouseholds), "\(role)")
    }
  }

  @Test func administratorsSeeNoBusinessData() {
    for role in Role.allCases where role.isAdministrator {
      #expect(role.permissions.filter(\.isBusiness).isEmpty)
      #expect(!role.permissions.isEmpty)
    }
    for role in Role.allCases where !role.isAdministrator {
      #expect(role.permissions.allSatisfy { $0.isBusiness })
    }
  }

  @Test func theThreeAdministratorsShareNothingButTheirHomePage() {
    let admins = Role.allCases.filter(\.isAdministrator)
    #expect(admins == [.systemAdmin, .securityAdmin, .auditAdmin])
    for first in admins {
      for second in admins where first != second {
        #expect(first.permissions.intersection(second.permissions) == [.viewAdmin])
      }
    }
  }

  @Test func misconductIsForInspectorsOnly() {
    #expect(Role.holding(.viewMisconduct) == [.inspector])
    #expect(!Role.inspector.permissions.contains(.viewComplaints))
  }

  @Test func theLeadMayEverythingTheOfficerMayAndApproves() {
    #expect(Role.housingLead.permissions.isStrictSuperset(of: Role.housingOfficer.permissions))
    #expect(!Role.housingOfficer.permissions.contains(.approveCases))
    #expect(Role.housingLead.permissions.contains(.approveCases))
    #expect(Role.holding(.prepareRelease) == [.housingLead])
  }

  @Test func aSecondRoleCanPublishWhatTheLeadPrepared() {
    #expect(Set(Role.holding(.publishRelease)) == [.housingLead, .taskForce])
  }

  @Test func complaintsAreWorkedByTheHousingBureauAlone() {
    #expect(Role.holding(.handleComplaints) == [.housingOfficer, .housingLead])
    #expect(Role.holding(.finishComplaints) == [.housingOfficer, .housingLead])
  }

  @Test func theCounterSeesNeitherCasesNorComplaints() {
    #expect(Role.counterClerk.permissions == [.viewDesk, .askCounter])
    #expect(Role.holding(.askCounter) == [.naturalResources, .counterClerk])
  }

  @Test func everyPermissionIsHeldBySomebody() {
    for permission in Permission.allCases {
      #expect(!Role.holding(permission).isEmpty, "\(permission)")
    }
  }

  @Test func everyRoleMayOpenItsHome() {
    for role in Role.allCases {
      let needed: Permission =
        switch role.home {
        case .desk: .viewDesk
        case .oversight: .viewOversight
        case .admin: .viewAdmin
        }
      #expect(role.permissions.contains(needed), "\(role)")
    }
  }

  @Test func aPrincipalMayWhatItsRoleMay() throws {
    let principal = Principal(
      accountID: AccountID(rawValue: 1), account: "zhujian", displayName: "张三",
      role: .housingOfficer, area: try #require(AreaCode("350423")))
    #expect(principal.may(.handleComplaints))
    #expect(!principal.may(.viewAudit))
  }
}
