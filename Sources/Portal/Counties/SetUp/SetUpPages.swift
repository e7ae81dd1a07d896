import Domain
import Ground
import HTML
import HTTPTypes
import Pages
import Web

/// The pages on which the first person sets a county up.
struct SetUpPages {
  let token: SessionToken
  let codes: AreaCatalogue
  let csrf: String

  /// Which county? Found by its code or its name.
  func choice(_ view: FormView, found: [AreaCatalogue.Entry]) -> HTML {
    let options = found.map { ($0.code.rawValue, "\(codes.fullName(of: $0.code))（\($0.code)）") }
    let several = view.form(
      action: Paths.setUp.link, csrf: csrf, button: "下一步",
      hidden("step", "choose")
        + view.radios("chosen", "是哪一个县？", options: options, required: true))
    let search = view.form(
      action: Paths.setUp.link, csrf: csrf, button: found.isEmpty ? "下一步" : "重新查找",
      hidden("step", "find")
        + view.input(
          "county", "县的名称或 6 位区划代码", hint: "如 清流县，或 350423。代码表截至 2024 年底，表里没有的可以填代码，名称下一步自己填。",
          maxlength: 60, autocomplete: "off", autofocus: true))
    return """
      <h1>建立一个县</h1>
      <p class="lead">第 1 步，共 2 步。建好后，这里显示三位管理员的首次登录单。</p>
      \(found.isEmpty ? HTML() : several)\(search)
      """
  }

  /// What it is called and made of, and who its three administrators are.
  func county(_ code: AreaCode, _ view: FormView) -> HTML {
    let townships = codes.townships(of: code).map { "\($0.code) \($0.name)" }
    let hint =
      townships.isEmpty
      ? "一行一个：9 位代码、空格、名称，如 \(code)100 龙津镇。以后也可以补。"
      : "一行一个。已按国家统计局 2023 年的代码填好 \(townships.count) 个，请核对，增删改都可以；以后也可以补。"
    return """
      <h1>建立一个县</h1>
      <p class="lead">第 2 步，共 2 步。核对名称和乡镇，填三位管理员。</p>
      \(if: codes.entry(code) == nil, notice(.warn, "<p>代码表里没有 \(code.rawValue)：请核对代码，名称请自己填写。</p>"))\
      \(view.form(
        action: Paths.setUp.link, csrf: csrf, button: "建立，显示首次登录单",
        """
        \(hidden("step", "make"))\(hidden("chosen", code.rawValue))
        <h2>县和乡镇</h2>
        \(above(code, view))\
        \(view.input(
          "county_name", "县的名称（\(code)）", value: codes.name(of: code), maxlength: AreaName.longest,
          autocomplete: "off"))\
        \(view.textarea(
          "townships", "乡镇、街道", rows: min(max(townships.count + 1, 5), 18),
          value: townships.joined(separator: "\n"), hint: hint, required: false, maxlength: 8000))
        <h2>公开页面的页脚</h2>
        \(view.input(
          "organiser", "主办单位", hint: "如 清流县住房和城乡建设局", required: false, maxlength: 100,
          autocomplete: "off"))\
        \(view.input(
          "contact", "联系方式", hint: "群众能打通的电话和地址", required: false, maxlength: 100,
          autocomplete: "off"))
        <h2>三位管理员</h2>
        <p class="hint">三员分立，须是三个人：系统管理员管账号和设置，安全管理员管登录安全，审计管理员看审计记录。都看不到业务数据。</p>
        \(TypedCounty.administrators.map { administrator($0.role, $0.field, $0.account, view) })
        """))
      """
  }

  /// Province and city by name; asked for where the list has none.
  private func above(_ code: AreaCode, _ view: FormView) -> HTML {
    [(code.parent?.parent, "province_name", "省级"), (code.parent, "city_name", "市级")].map {
      area, field, level -> HTML in
      guard let area else { return HTML() }
      if let name = codes.name(of: area) {
        return "<p>\(level)：<strong>\(name)</strong>（\(area.rawValue)）</p>\n"
      }
      return view.input(
        field, "\(level)名称（\(area)）", maxlength: AreaName.longest, autocomplete: "off")
    }.joined()
  }

  private func administrator(
    _ role: Role, _ field: String, _ account: String, _ view: FormView
  ) -> HTML {
    """
    <fieldset class="field"><legend>\(role.title)</legend>
    \(view.input(field + "_name", "姓名", maxlength: 60, autocomplete: "off"))\
    \(view.input(
      field + "_account", "账号", value: account, hint: "小写字母、数字或连字符", maxlength: 32,
      autocomplete: "off"))
    </fieldset>

    """
  }

  private func hidden(_ name: String, _ value: String) -> HTML {
    """
    <input type="hidden" name="\(name)" value="\(value)">\
    \(if: name == "step", "<input type=\"hidden\" name=\"code\" value=\"\(token.text)\">")

    """
  }

  /// Why a link opens nothing, and what to do.
  static func refusal(_ state: SetUpState) -> (status: HTTPResponse.Status, HTML) {
    let again: HTML =
      "<p>请运维人员在服务器上再运行 <code>deploy/start</code> 或 <code>portal county link</code>，取得新的地址。</p>"
    switch state {
    case .used, .done:
      return (
        .gone,
        """
        <h1>这个地址已经用过</h1>
        <p>县已经建好，一个地址只能用一次。三位管理员请<a href="\(path: Paths.login)">登录</a>。</p>
        <p>没有拿到首次登录单的，请运维人员用 <code>portal account password 账号</code> 重设密码。</p>
        """
      )
    case .exists:
      return (
        .conflict,
        """
        <h1>这个县已经建立</h1>
        <p>刚才有别人建立了它，您填写的内容没有保存。三位管理员请<a href="\(path: Paths.login)">登录</a>；\
        乡镇和站点信息由系统管理员在“区划”里补充。</p>
        """
      )
    case .over:
      return (
        .gone,
        """
        <h1>这个地址已经过期</h1>
        <p>一次性地址一小时内有效，什么也没有建立。</p>\(again)
        """
      )
    case .unknown, .open:
      return (
        .notFound,
        """
        <h1>地址不对</h1>
        <p>这不是有效的一次性建县地址：请整条复制，不要漏掉末尾；后来又生成过新地址的，以新的为准。</p>\(again)
        """
      )
    }
  }

  /// For whoever comes without a code.
  static let door: HTML = """
    <h1>建立一个县</h1>
    <p>空库第一次启动（<code>deploy/start --empty</code>）时，最后会打印一个一次性地址。请打开那个地址，在这里建立县和三位管理员。</p>
    <p>地址一小时内有效，只能用一次；过期的，请运维人员运行 <code>portal county link</code> 重新生成。</p>
    """
}
