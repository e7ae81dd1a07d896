package import Ground

extension AuditAction {
  static let setThreshold = AuditAction("threshold.set", "设置认定标准")
  static let runRules = AuditAction("rule.run", "运行规则", formerly: "rules.run")
  static let scheduleRules = AuditAction("rule.schedule", "安排每晚运行规则")
  static let viewFinding = AuditAction("finding.view", "查看疑点")
  static let dismissFinding = AuditAction("finding.dismiss", "排除疑点", formerly: "findings.dismiss")
  static let reopenFinding = AuditAction("finding.reopen", "取消排除")

  /// Every action of this room.
  package static let ofFindings: [AuditAction] = [
    setThreshold, runRules, scheduleRules, viewFinding, dismissFinding, reopenFinding,
  ]
}
