import Domain
import HTML
import Pages

/// The front door: three things a citizen comes for, the latest figures, how reporters are protected.
struct HomePage {
  let progress: PublicProgress
  let site: SiteSettings

  var html: HTML {
    """
    <h1>\(site.title)</h1>
    <p class="lead">公租房要留给真正需要的家庭。\(site.countyName)正在对政府投资公租房的承租户逐户复核资格、\
    入户走访，不再符合条件的限期清退，转租、出借的依规查处，并公布进展。</p>
    <div class="door-cards">
    \(door(.report, "发现转租、出借、空置，或不该住的人还在住，几分钟就能说清楚，可以拍照。"))
    \(door(.progress, "看看复核了多少户、发现多少问题、清退了多少。"))
    \(door(.track, "用回执上的查询码，看办到哪一步，补充情况。"))
    </div>
    <h2>最新进展</h2>
    \(latest)
    <h2>举报人怎样受到保护</h2>
    <ul>
    <li>不用登录，不用留姓名。匿名举报不记录您的网络地址，时间只记到小时。</li>
    <li>愿意留姓名和电话的，单独加密保存，未经批准任何人看不到。</li>
    <li>照片里的拍摄地点等信息会去掉；原件加密保存，只作证据。</li>
    <li>反映工作人员违规违纪的，直接送纪检监察组，住建部门看不到。</li>
    </ul>

    """
  }

  private func door(_ door: PublicDoor, _ text: String) -> HTML {
    """
    <a class="\(door == .report ? "door-card door-card-primary" : "door-card")" \
    href="\(path: door.link)"><strong>\(door.title)</strong> <span>\(text)</span></a>
    """
  }

  private var latest: HTML {
    guard let release = progress.release else {
      return "<p>尚未公布。第一次公布后，复核、清退和举报办理的数字会显示在这里。</p>"
    }
    let figures = release.content.figures
    let total = figures.total
    return figureCards([
      figureCard(
        "已复核", value: total.reviewed.shown, denominator: "/ \(total.households.shown) 户",
        link: Paths.progress.link),
      figureCard(
        "已清退", value: total.cleared.shown, denominator: "/ \(total.found.shown) 件问题", kind: .ok,
        link: Paths.progress.link),
      figureCard(
        "举报按时答复", value: figures.complaintsInTime.shown,
        denominator: "/ \(figures.complaintsReceived.shown) 件", link: Paths.progress.link),
    ]) + "<p>数据截至 \(ShanghaiTime.dateText(release.cutoffAt))。</p>"
  }
}
