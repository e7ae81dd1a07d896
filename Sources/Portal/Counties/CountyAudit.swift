package import Ground

extension AuditAction {
  static let createCounty = AuditAction("county.create", "建立县", formerly: "create_county")
  static let addArea = AuditAction("area.create", "增加区划")
  static let renameArea = AuditAction("area.rename", "区划更名")
  static let changeSite = AuditAction("site.change", "修改站点信息")

  /// Every action of this room.
  package static let ofCounties: [AuditAction] = [
    createCounty, addArea, renameArea, changeSite,
  ]
}
