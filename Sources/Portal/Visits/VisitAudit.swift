package import Ground

extension AuditAction {
  static let makeRoster = AuditAction("roster.make", "生成走访名单")
  static let assignRoster = AuditAction("roster.assign", "分派走访")
  static let takeRosterOut = AuditAction("roster.print", "打印走访表")
  static let makeTeam = AuditAction("visit_team.create", "建立走访小组")
  static let changeTeam = AuditAction("visit_team.change", "修改走访小组")
  static let endTeam = AuditAction("visit_team.end", "解散走访小组")
  static let recordVisit = AuditAction("visit.record", "登记走访")
  static let readVisit = AuditAction("visit.read", "查看走访")
  static let addVisitPhotos = AuditAction("visit.photos", "上传走访照片")
  static let confirmVisit = AuditAction("visit.confirm", "同行人确认走访")
  static let acceptVisit = AuditAction("visit.accept", "采纳走访")
  static let returnVisit = AuditAction("visit.return", "退回走访")
  static let answerVisit = AuditAction("visit.answer", "补充走访")
  static let reopenVisit = AuditAction("visit.reopen", "重新审核走访")
  static let voidVisit = AuditAction("visit.void", "作废走访")
  static let loadPhone = AuditAction("visit_phone.load", "手机下载待走访房源")
  static let keepPhoneKey = AuditAction("visit_phone.key", "手机领取本机密钥")
  static let dropPhoneKey = AuditAction("visit_phone.drop", "手机密钥作废")
  static let startWatch = AuditAction("watch.start", "列入重点监控")
  static let changeWatch = AuditAction("watch.change", "修改重点监控")
  static let endWatch = AuditAction("watch.end", "结束重点监控")
  static let recordPatrol = AuditAction("patrol.record", "登记巡查")
  static let readPatrol = AuditAction("patrol.read", "查看巡查")
  static let noteRepair = AuditAction("repair.note", "登记报修")
  static let beginRepair = AuditAction("repair.begin", "安排维修")
  static let finishRepair = AuditAction("repair.finish", "修复完成")
  static let declineRepair = AuditAction("repair.decline", "不予维修")
  static let reopenRepair = AuditAction("repair.reopen", "重新处理报修")

  /// Every action of this room.
  package static let ofVisits: [AuditAction] = [
    makeRoster, assignRoster, takeRosterOut, makeTeam, changeTeam, endTeam, recordVisit, readVisit,
    addVisitPhotos, confirmVisit, acceptVisit, returnVisit, answerVisit, reopenVisit, voidVisit,
    loadPhone, keepPhoneKey, dropPhoneKey, startWatch, changeWatch, endWatch, recordPatrol,
    readPatrol, noteRepair, beginRepair, finishRepair, declineRepair, reopenRepair,
  ]
}
