/// Why a photo or a scan is not taken in. Their names are stored with it.
public enum FileRefusal: String, Error, CaseIterable, Sendable {
  case unknownType = "unknown_type"
  /// It opens only where decoders are caged, and here they are not.
  case heicNotTaken = "heic_not_taken"
  case undecodable
  /// Too many pixels, too many bits, or too much of both.
  case tooLarge = "too_large"
  /// An animation, or a series in one file.
  case severalPictures = "several_pictures"
  /// It took too long, or more memory than one photo may.
  case tooMuchWork = "too_much_work"
  /// A PDF that wants a password.
  case encrypted
  /// A PDF with programs or other files in it.
  case active
  case tooManyPages = "too_many_pages"

  /// Completes 「第 2 张照片…」 or 「文件“…”…」.
  public var message: String {
    switch self {
    case .unknownType: "不是照片文件，只收 JPEG、PNG、WebP、HEIC，请重新选择"
    case .heicNotTaken: "是 HEIC 格式，本平台目前不收，请在手机上转成 JPEG（或截屏）后重新选择"
    case .undecodable: "打不开，可能已经损坏，请重新选择或重新拍一张"
    case .tooLarge: "像素太多，请换一张小一些的（截屏或压缩后再选）"
    case .severalPictures: "里有多张画面（动图或连拍），请选单张照片"
    case .tooMuchWork: "太复杂，处理不了，请换一张（截屏或压缩后再选）"
    case .encrypted: "设有密码，请先取消密码（或打印后重新扫描）再上传"
    case .active: "里有程序或夹带的附件，请另存为普通 PDF（或打印后重新扫描）再上传"
    case .tooManyPages: "超过 \(PortableDocument.mostPages) 页，请分成几个文件再上传"
    }
  }
}
