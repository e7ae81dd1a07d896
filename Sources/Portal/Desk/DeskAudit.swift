package import Ground

extension AuditAction {
  static let viewOversight = AuditAction("oversight.view", "查看监督首页", formerly: "view_oversight")

  /// Every action of this room.
  package static let ofDesk: [AuditAction] = [viewOversight]
}
