import Domain
import Foundation
import HTML
import Pages
import Web

/// The page that opens without signal. It is the same for everybody and holds nothing of anybody: who is signed in, the
/// homes and the colleagues come apart from it, and are sealed on the phone.
struct PhonePage {
  /// In the order in which they build on one another.
  static let scripts = [
    "/visit-store.js", "/visit-form.js", "/visit-send.js", "/visit-outbox.js", "/visit-homes.js",
    "/visit-check.js", "/visit-entry.js", "/visit-phone.js",
  ]

  let site: SiteSettings
  /// The address of a static file with its digest.
  let asset: (String) -> String

  /// What it is made of besides itself.
  var parts: [String] {
    ["/portal.css", "/favicon.svg"].map { $0 == "/favicon.svg" ? $0 : asset($0) }
      + (Self.scripts + ["/visit-leaving.js"]).map(asset)
  }

  var html: HTML {
    bareDocument(
      title: "入户走访", surface: "desk phone-page", site: site, style: asset("/portal.css"),
      scripts: Self.scripts.map(asset), body: topBar + main)
  }

  private var topBar: HTML {
    """
    <header class="top-bar">
    <a class="desk-name" href="\(path: Paths.desk.link)">\(logo())\
    <span class="desk-county">\(site.countyName)</span></a>
    <div class="who"><span class="who-name" data-name></span>
    <form method="post" action="\(path: Paths.logout)" data-leave hidden>\
    <input type="hidden" name="csrf" value="">\
    <button class="top-bar-button" type="submit">退出</button></form></div>
    </header>

    """
  }

  private var main: HTML {
    """
    <main id="main" class="desk-main" data-session="\(path: Paths.visitPhoneSession.link)" \
    data-homes="\(path: Paths.visitPhoneHomes.link)" data-key="\(path: Paths.visitPhoneKey.link)" \
    data-records="\(path: Paths.visitPhoneRecords.link)" \
    data-photos="\(Paths.visitPhonePhotos.pattern.replacing(":id", with: ""))" \
    data-worker="\(path: Paths.visitPhoneWorker.link)" data-page="\(path: Paths.visitPhone.link)" \
    data-login="\(path: Paths.login.link.query("next", Paths.visitPhone.link.url))" \
    data-leaving="\(asset("/visit-leaving.js"))">
    <h1>入户走访</h1>
    <noscript>\(notice(.warn, """
      <p>这一页需要 JavaScript，才能在没有信号时使用。没有它，请在有信号的地方从\
      <a href="\(path: Paths.deskRoster.link)">走访名单</a>打开每一户登记。</p>
      """))</noscript>
    <div id="visit-note" role="status"></div>
    <section class="panel" id="outbox" aria-label="没有发出的走访" hidden></section>
    <section id="homes" hidden>
    <div class="search-row"><input type="search" id="home-search" aria-label="查找：项目、房号、姓名、编号" \
    placeholder="项目、房号、姓名、编号" autocomplete="off">\
    <button type="button" class="button button-secondary" data-reload>更新</button></div>
    <div class="choice"><input type="checkbox" id="home-all"><label for="home-all">包括已走访的</label></div>
    <p class="hint" id="home-count"></p>
    <div id="home-list"></div>
    </section>
    <section id="visit" hidden></section>
    <template id="visit-form">\(form)</template>
    </main>
    """
  }

  /// Empty, and without anybody's name: the phone fills in when, who and for which home.
  private var form: HTML {
    let blank = ["key", "opened_at", "visited_on", "visited_time"]
      .reduce(FormFields()) { $0.adding($1, "") }
    let seen = VisitFormSeen(
      colleagues: [], second: nil, secondName: nil, now: Date(timeIntervalSince1970: 0))
    return """
      <form method="post" action="\(path: Paths.visitPhoneRecords.link)" novalidate>
      \(VisitFields(view: FormView(blank), seen: seen).html)\
      <p class="actions"><button type="submit">保存走访</button>\
      <button type="button" class="button button-secondary" data-back>返回名单</button></p>
      </form>
      """
  }
}
