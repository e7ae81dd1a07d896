import HTML

/// The page for a form whose token is not right: it says so and carries everything typed in a
/// fresh form with a right token and one button, so that nothing is lost and nothing is sent that
/// the person does not confirm.
struct Confirmation {
  enum Reason {
    case wrong, expired, sessionEnded
  }

  let reason: Reason
  let request: WebRequest
  let fields: FormFields
  /// The names of the file fields that brought files.
  let files: [String]

  /// Never shown again, but asked for again.
  private static let secrets = [
    "password": "密码", "new_password": "新密码", "new_password_again": "再次输入新密码",
    "current_password": "当前密码", "code": "验证码（查询码）",
  ]

  func page(signIn: Link) -> ErrorPage {
    switch reason {
    case .wrong:
      ErrorPage(
        403, "请再确认一次", "为防止他人冒用您的浏览器提交，需要您再确认一次。您填写的内容都在，核对后按下面的按钮即可。",
        content: form)
    case .expired:
      ErrorPage(
        403, "页面打开太久，请再确认一次", "您填写的内容都在，核对后按下面的按钮即可。", content: form)
    case .sessionEnded:
      ErrorPage(
        403, "登录已失效，内容还没有提交", "请先在新窗口登录，再回到本页按下面的按钮；您填写的内容都在。",
        content: """
          <p><a href="\(path: signIn)" target="_blank" rel="noopener">在新窗口登录</a></p>
          \(form)
          """)
    }
  }

  private var form: HTML {
    let kept = fields.fields.filter { $0.name != "csrf" && Self.secrets[$0.name] == nil }
    let asked = fields.names.filter { Self.secrets[$0] != nil }
    return """
      <form class="confirm-again" method="post" action="\(path: request.link)"\
      \(attribute: "enctype", files.isEmpty ? nil : "multipart/form-data")>
      <input type="hidden" name="csrf" value="\(request.csrf)">
      \(kept, hidden)\
      \(if: kept.contains { isForPeople($0.value) }, typed(kept))\
      \(asked, secret)\
      \(uniqueFiles, fileInput)\
      <p><button type="submit">核对无误，继续提交</button></p>
      </form>
      """
  }

  private func hidden(_ field: FormFields.Field) -> HTML {
    "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">\n"
  }

  private func typed(_ kept: [FormFields.Field]) -> HTML {
    """
    <h2>您填写的内容</h2>
    <ul class="typed">\(kept.filter { isForPeople($0.value) }, { "<li>\($0.value)</li>" })</ul>

    """
  }

  /// Keys of choices and the form's own values are kept, but would tell people nothing.
  private func isForPeople(_ value: String) -> Bool {
    let isKey = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return !isKey || isPhoneLike(value)
  }

  private func isPhoneLike(_ value: String) -> Bool {
    value.utf8.count >= 7
      && value.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
  }

  private func secret(_ name: String) -> HTML {
    """
    <div class="field"><label for="again-\(name)">\(optional: Self.secrets[name])\
    （出于安全，请重新填写）</label>
    <input id="again-\(name)" name="\(name)" \
    type="\(name == "code" ? "text" : "password")" autocomplete="off"></div>

    """
  }

  private var uniqueFiles: [String] {
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted }
  }

  private func fileInput(_ name: String) -> HTML {
    """
    <div class="field"><label for="again-\(name)">文件不能保留，请重新选择</label>
    <input id="again-\(name)" name="\(name)" type="file" multiple></div>

    """
  }
}
