package import Ground

extension AuditAction {
  static let askCounter = AuditAction("counter.ask", "窗口核查")
  static let viewHit = AuditAction("counter.view", "查看窗口命中")
  static let releaseCounter = AuditAction("counter.release", "窗口放行")
  static let settleHits = AuditAction("counter.settle", "放行时排除疑点")
  static let fileCounter = AuditAction("counter.file", "填写备案或登记编号")

  /// Every action of this room.
  package static let ofCounter: [AuditAction] = [
    askCounter, viewHit, releaseCounter, settleHits, fileCounter,
  ]
}
