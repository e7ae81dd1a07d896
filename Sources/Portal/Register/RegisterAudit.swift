import Domain
package import Ground

extension AuditAction {
  /// The other way in which a county comes to be: with made-up data.
  package static let seedCounty = AuditAction("county.seed", "装入演示数据", formerly: "seed_demo")
  static let searchHousehold = AuditAction("household.search", "按号码查找家庭")
  package static let viewHousehold = AuditAction("household.view", "查看家庭")
  static let viewHome = AuditAction("home.view", "查看房源")
  static let viewLease = AuditAction("lease.view", "查看租约")
  static let viewPerson = AuditAction("person.view", "查看人员")
  static let revealPerson = AuditAction("person.reveal", "查看完整号码")
  package static let revealMany = AuditAction("person.reveal_many", "一小时内查看大量完整号码")
  static let exportRegister = AuditAction("register.export", "导出登记表")

  /// Every action of this room.
  package static let ofRegister: [AuditAction] =
    [
      seedCounty, searchHousehold, viewHousehold, viewHome, viewLease, viewPerson,
      revealPerson, revealMany, exportRegister,
    ]
    + RegisterAction.allCases.filter(\.isEdit).map(\.audited)
}

extension RegisterAction {
  /// The same in the audit log, in the history's own words.
  var audited: AuditAction { AuditAction("register.\(rawValue)", title) }

  /// Whether somebody did it on a page of the register: imports have their own actions in the log.
  fileprivate var isEdit: Bool { self != .import && self != .undoImport }
}
