package import Ground

extension AuditAction {
  static let signIn = AuditAction("session.sign_in", "登录", formerly: "sign_in")
  static let lockSignIn = AuditAction("session.lock", "锁定登录", formerly: "lock_sign_in")
  static let signOut = AuditAction("session.sign_out", "退出", formerly: "sign_out")
  static let moveSession = AuditAction("session.move", "登录的网络地址改变")
  static let endSessions = AuditAction("session.end", "结束登录", formerly: "end_sessions")
  static let changePassword = AuditAction(
    "account.change_password", "修改密码", formerly: "change_password")
  static let checkPassword = AuditAction("account.check_password", "再次输入密码")
  static let createAccount = AuditAction("account.create", "新建账号", formerly: "create_account")
  static let correctAccount = AuditAction("account.correct", "更正账号")
  static let disableAccount = AuditAction("account.disable", "停用账号", formerly: "disable_account")
  static let enableAccount = AuditAction("account.enable", "启用账号", formerly: "enable_account")
  static let resetPassword = AuditAction(
    "account.reset_password", "重设密码", formerly: "reset_password")
  static let unlockAccount = AuditAction("account.unlock", "解除锁定", formerly: "unlock_account")
  static let issueToken = AuditAction("token.issue", "签发接口令牌")
  static let revokeToken = AuditAction("token.revoke", "撤销接口令牌")

  /// Codes of what happens before anybody is signed in.
  static let ofSigningIn = signIn.codes + lockSignIn.codes

  /// Every action of this room.
  package static let ofAccounts: [AuditAction] = [
    signIn, lockSignIn, signOut, moveSession, endSessions, changePassword, checkPassword,
    createAccount, correctAccount, disableAccount,
    enableAccount, resetPassword, unlockAccount, issueToken, revokeToken,
  ]
}
