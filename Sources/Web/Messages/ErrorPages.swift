public import HTML

/// What a page about an error says. All texts are Chinese.
public struct ErrorPage: Sendable {
  public let status: Int
  /// What happened.
  public let title: String
  /// What to do now.
  public let advice: String
  /// The number under which the log tells more; on pages about faults of ours only.
  public let reference: String?
  /// What else the page shows: who changed what, or the form to send again.
  public let content: HTML
}

/// Draws error pages in the portal's layout.
public struct ErrorPages: Sendable {
  let draw: @Sendable (ErrorPage, WebRequest) -> HTML

  /// - Parameter draw: makes the whole page. It must not ask the database for anything: it also
  ///   draws the page that says the database is away.
  public init(_ draw: @escaping @Sendable (ErrorPage, WebRequest) -> HTML) {
    self.draw = draw
  }

  /// Pages without a layout.
  public static let plain = ErrorPages { page, _ in
    """
    <!DOCTYPE html>
    <html lang="zh-CN"><head><meta charset="utf-8"><title>\(page.title)</title></head>
    <body><main>\(page.body)</main></body></html>
    """
  }
}

extension ErrorPage {
  /// The middle of the page: heading, advice, reference number, content.
  public var body: HTML {
    """
    <h1>\(title)</h1>
    <p>\(advice)</p>
    \(ifLet: reference, { "<p>参考编号：<strong>\($0)</strong>，联系我们时请报此编号。</p>" })
    \(content)
    """
  }
}

extension WebError {
  /// What the page about this error says; nil for the redirect to sign-in.
  func page(reference: String) -> ErrorPage? {
    switch self {
    case .signInNeeded, .passwordNeeded: nil
    case .badRequest(let message):
      ErrorPage(400, "提交的内容无法读取", message)
    case .forbidden:
      ErrorPage(403, "您的账号没有这项权限", "如工作需要，请联系本单位的系统管理员。")
    case .refused(let message):
      ErrorPage(403, "未能受理这次提交", message)
    case .notFound:
      ErrorPage(404, "没有找到这个页面", "请核对网址，或返回上一页重新选择；也可能您无权查看该内容。")
    case .methodNotAllowed:
      ErrorPage(405, "这个网址不支持这种操作", "请返回上一页，从页面上的按钮或链接重新操作。")
    case .conflict(let content):
      ErrorPage(409, "内容已被他人更改", "请核对下面的变化，再决定是否重新提交。", content: content)
    case .payloadTooLarge(let message):
      ErrorPage(413, "提交的内容太大", message)
    case .unsupportedMediaType:
      ErrorPage(415, "提交的格式无法识别", "请使用页面上的表单提交。")
    case .tooManyRequests(let seconds):
      ErrorPage(429, "操作太频繁", "请等待 \(Self.inWords(seconds))后再试。")
    case .unavailable:
      ErrorPage(
        503, "系统暂时无法使用", "数据库正忙或正在维护，请稍等片刻再试；您的提交没有被保存。",
        reference: reference)
    }
  }

  private static func inWords(_ seconds: Int) -> String {
    seconds < 120 ? "\(seconds) 秒" : "\((seconds + 59) / 60) 分钟"
  }
}

extension ErrorPage {
  init(
    _ status: Int, _ title: String, _ advice: String, reference: String? = nil,
    content: HTML = HTML()
  ) {
    self.init(status: status, title: title, advice: advice, reference: reference, content: content)
  }

  /// A fault that nobody foresaw.
  static func fault(reference: String) -> ErrorPage {
    ErrorPage(
      500, "系统出了问题", "这次操作没有完成。请稍后再试；如仍不行，请把下面的编号告诉我们。",
      reference: reference)
  }
}
