package import Domain

/// The demo's accounts, one for each role. All share the password that `portal seed demo` is given.
package enum DemoAccounts {
  package struct Account: Sendable {
    package let account: String
    package let displayName: String
    package let role: Role
    package let area: String
  }

  static let officer = "李文清"
  static let lead = "黄志平"

  package static let all: [Account] = [
    Account(account: "zhujian", displayName: officer, role: .housingOfficer, area: "350423"),
    Account(account: "zhujian-lead", displayName: lead, role: .housingLead, area: "350423"),
    Account(account: "minzheng", displayName: "吴秀兰", role: .civilAffairs, area: "350423"),
    Account(account: "ziran", displayName: "江建辉", role: .naturalResources, area: "350423"),
    Account(account: "gongan", displayName: "巫国强", role: .publicSecurity, area: "350423"),
    Account(account: "longjin", displayName: "马春萍", role: .townOfficer, area: "350423100"),
    Account(account: "chuangkou", displayName: "童雅婷", role: .counterClerk, area: "350423"),
    Account(account: "zhuanban", displayName: "邓明华", role: .taskForce, area: "350423"),
    Account(account: "jiwei", displayName: "罗正平", role: .inspector, area: "350423"),
    Account(account: "shiju", displayName: "叶永生", role: .cityViewer, area: "3504"),
    Account(account: "sysadmin", displayName: "魏俊杰", role: .systemAdmin, area: "350423"),
    Account(account: "secadmin", displayName: "肖海涛", role: .securityAdmin, area: "350423"),
    Account(account: "auditadmin", displayName: "谢思琴", role: .auditAdmin, area: "350423"),
  ]
}
