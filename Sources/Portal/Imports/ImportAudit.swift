package import Ground

extension AuditAction {
  static let uploadImport = AuditAction("import.upload", "上传导入文件", formerly: "upload_import")
  static let recheckImport = AuditAction(
    "import.recheck", "再次检查导入", formerly: "check_repeated_import")
  static let confirmImport = AuditAction("import.confirm", "确认导入", formerly: "confirm_import")
  static let commitImport = AuditAction("import.commit", "导入写入", formerly: "commit_import")
  static let cancelImport = AuditAction("import.cancel", "放弃导入", formerly: "cancel_import")
  static let askUndoImport = AuditAction("import.ask_undo", "申请撤销导入", formerly: "ask_undo_import")
  static let undoImport = AuditAction("import.undo", "撤销导入", formerly: "undo_import")
  static let downloadMarkedImport = AuditAction(
    "import.download_marked", "下载标注的导入文件", formerly: "download_marked_import")

  /// Every action of this room.
  package static let ofImports: [AuditAction] = [
    uploadImport, recheckImport, confirmImport, commitImport, cancelImport, askUndoImport,
    undoImport, downloadMarkedImport,
  ]
}
