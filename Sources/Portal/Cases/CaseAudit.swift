package import Ground

extension AuditAction {
  static let confirmFinding = AuditAction("finding.confirm", "疑点转为问题", formerly: "findings.confirm")
  static let openCase = AuditAction("case.open", "列入问题清单")
  static let viewCase = AuditAction("case.view", "查看问题")
  static let takeCaseStep = AuditAction("case.step", "办理问题")
  static let proposeCaseStep = AuditAction("case.propose", "问题报审")
  static let approveCaseStep = AuditAction("case.approve", "批准报审")
  static let declineCaseStep = AuditAction("case.decline", "不同意报审")
  static let withdrawCaseProposal = AuditAction("case.withdraw_proposal", "撤回报审")
  static let reviewCaseStep = AuditAction("case.review", "法制审核")
  static let markHardship = AuditAction("case.mark_hardship", "标记困难情形")
  static let noteCase = AuditAction("case.note", "补充问题情况")
  static let planCase = AuditAction("case.plan", "问题的经办人和计划")
  static let addCaseFiles = AuditAction("case.add_files", "上传问题材料")
  static let viewCaseFile = AuditAction("case.view_file", "查看问题材料")
  static let removeCaseFile = AuditAction("case.remove_file", "移除问题材料")
  static let splitCase = AuditAction("case.split", "分出疑点另立问题")
  static let mergeCase = AuditAction("case.merge", "并入另一件问题")
  static let enterMoney = AuditAction("case.money", "问题的账目")
  static let addComplaintToCase = AuditAction("case.add_complaint", "问题并入举报")
  static let linkHousehold = AuditAction("complaint.link_household", "举报关联家庭")
  static let unlinkHousehold = AuditAction("complaint.unlink_household", "取消举报关联的家庭")
  static let releaseFinding = AuditAction("finding.release", "撤案后重新打开疑点")
  static let setExitGround = AuditAction("exit_ground.set", "确认处理依据")
  static let setCaseSettings = AuditAction("case_settings.set", "设置办理规定")

  /// Every action of this room.
  package static let ofCases: [AuditAction] = [
    confirmFinding, openCase, viewCase, takeCaseStep, proposeCaseStep, approveCaseStep,
    declineCaseStep, withdrawCaseProposal, reviewCaseStep, markHardship, noteCase,
    addComplaintToCase, linkHousehold, unlinkHousehold, planCase, addCaseFiles, viewCaseFile,
    removeCaseFile, splitCase, mergeCase, enterMoney, releaseFinding, setExitGround,
    setCaseSettings,
  ]
}
