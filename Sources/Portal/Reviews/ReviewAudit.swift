package import Ground

extension AuditAction {
  static let openReview = AuditAction("review.open", "开始资格复核")
  static let changeReviewDues = AuditAction("review.change_dues", "修改答复期限", formerly: "review.dues")
  static let closeReview = AuditAction("review.close", "结束资格复核")
  static let answerCheck = AuditAction("check.answer", "答复核查")

  /// Every action of this room.
  package static let ofReviews: [AuditAction] = [
    openReview, changeReviewDues, closeReview, answerCheck,
  ]
}
