package import Ground

extension AuditAction {
  static let receiveDelivery = AuditAction("delivery.receive", "收到报送")
  static let confirmDelivery = AuditAction("delivery.confirm", "确认报送")
  static let commitDelivery = AuditAction("delivery.commit", "报送生效")
  static let cancelDelivery = AuditAction("delivery.cancel", "放弃报送")
  static let askWithdrawal = AuditAction("delivery.ask_withdrawal", "申请撤回报送")
  static let declineWithdrawal = AuditAction("delivery.decline_withdrawal", "不同意撤回报送")
  static let withdrawDelivery = AuditAction("delivery.withdraw", "撤回报送")
  static let viewDeliveryValues = AuditAction("delivery.view_values", "查看报送的内容")
  static let viewMatch = AuditAction("delivery.view_match", "查看待认定的行")
  static let matchDelivery = AuditAction("delivery.match", "认定没有身份证号的行")
  static let revokeMatch = AuditAction("delivery.revoke_match", "不再沿用以前的认定")
  static let exportWorkList = AuditAction("work_list.export", "导出核查清单")
  static let scheduleExchange = AuditAction("exchange.schedule", "约定定期交换")

  /// Every action of this room.
  package static let ofDeliveries: [AuditAction] = [
    receiveDelivery, confirmDelivery, commitDelivery, cancelDelivery, askWithdrawal,
    declineWithdrawal, withdrawDelivery, viewDeliveryValues, viewMatch, matchDelivery,
    revokeMatch, exportWorkList, scheduleExchange,
  ]
}
