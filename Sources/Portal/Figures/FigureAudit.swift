package import Ground

extension AuditAction {
  static let prepareRelease = AuditAction("release.prepare", "准备公布", formerly: "prepare_release")
  static let publishRelease = AuditAction("release.publish", "公布数据", formerly: "publish_release")
  static let discardRelease = AuditAction("release.discard", "放弃公布", formerly: "discard_release")

  /// Every action of this room.
  package static let ofFigures: [AuditAction] = [prepareRelease, publishRelease, discardRelease]
}
