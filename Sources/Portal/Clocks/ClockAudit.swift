package import Ground

extension AuditAction {
  static let announceHolidays = AuditAction("holiday.announce", "登记节假日安排")
  static let openCalendar = AuditAction("calendar.open", "生成日历订阅地址")
  static let closeCalendar = AuditAction("calendar.close", "停用日历订阅地址")
  static let setClock = AuditAction("clock.set", "确认办理期限")

  /// Every action of this room.
  package static let ofClocks: [AuditAction] = [
    announceHolidays, openCalendar, closeCalendar, setClock,
  ]
}
