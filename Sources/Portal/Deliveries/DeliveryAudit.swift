package import Ground

extension AuditAction {
  static let receiveDelivery = AuditAction("delivery.receive", "收到报送")
  static let confirmDelivery = AuditAction("delivery.confirm", "确认报送")
  static let commitDelivery = AuditAction("delivery.commit", "报送生效")
  static let cancelDelivery = AuditAction("delivery.cancel", "放弃报送")
  static let matchDelivery = AuditAction("delivery.match", "认定没有身份证号的行")
  static let exportWorkList = AuditAction("work_list.export", "导出核查清单")
  static let scheduleExchange = AuditAction("exchange.schedule", "约定定期交换")

  /// Every action of this room.
  package static let ofDeliveries: [AuditAction] = [
    receiveDelivery, confirmDelivery, commitDelivery, cancelDelivery, matchDelivery, exportWorkList,
    scheduleExchange,
  ]
}
