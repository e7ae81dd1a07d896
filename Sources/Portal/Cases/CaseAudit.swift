package import Ground

extension AuditAction {
  static let confirmFinding = AuditAction("finding.confirm", "疑点转为问题", formerly: "findings.confirm")
  static let openCase = AuditAction("case.open", "列入问题清单")
  static let viewCase = AuditAction("case.view", "查看问题")

  /// Every action of this room.
  package static let ofCases: [AuditAction] = [confirmFinding, openCase, viewCase]
}
