package import Ground

extension AuditAction {
  static let readChecks = AuditAction("api.read_checks", "接口读取待核查名单", formerly: "api.checks")
  static let takeAnswers = AuditAction("api.take_answers", "接口报送答复", formerly: "api.answers")

  /// Every action of this room.
  package static let ofAPI: [AuditAction] = [readChecks, takeAnswers]
}
