public import Ground

extension AuditAction {
  static let exportList = AuditAction("list.export", "导出清单")

  /// Every action of this room.
  public static let ofPages: [AuditAction] = [exportList]
}
