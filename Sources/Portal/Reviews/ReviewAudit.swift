package import Ground

extension AuditAction {
  static let openReview = AuditAction("review.open", "开始资格复核")
  static let changeReviewDues = AuditAction("review.change_dues", "修改答复期限", formerly: "review.dues")
  static let closeReview = AuditAction("review.close", "结束资格复核")
  static let viewCheck = AuditAction("check.view", "查看待核查的家庭")
  static let recordContest = AuditAction("contest.record", "记录异议")
  static let viewContest = AuditAction("contest.view", "查看异议")
  static let decideContest = AuditAction("contest.decide", "决定异议")
  static let addAuthorisation = AuditAction("authorisation.add", "登记授权书")
  static let importAuthorisations = AuditAction("authorisation.import", "用表格登记授权书")
  static let setAuthorisation = AuditAction("authorisation.set", "设置没有授权书怎么办")
  static let viewScan = AuditAction("authorisation.view_scan", "查看授权书扫描件")
  static let recordVacancy = AuditAction("vacancy.record", "登记空置原因")
  static let revokeVacancy = AuditAction("vacancy.revoke", "取消空置原因")
  static let answerCheck = AuditAction("check.answer", "答复核查")

  /// Every action of this room.
  package static let ofReviews: [AuditAction] = [
    openReview, changeReviewDues, closeReview, viewCheck, recordContest, viewContest,
    decideContest, addAuthorisation,
    importAuthorisations, setAuthorisation, viewScan, recordVacancy, revokeVacancy, answerCheck,
  ]
}
