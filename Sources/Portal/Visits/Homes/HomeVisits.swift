package import Domain
import HTML
import Pages
import Postgres
package import Register

extension HomePart {
  /// Visits, watch and repairs on the page of a home, and the buttons for what is new there.
  package static let ofVisits = HomePart { tx, id, principal in
    guard principal.may(.viewVisits) else { return (HTML(), HTML()) }
    let visits = try tx.all(homeVisits(of: id))
    let repairs = try tx.all(Visits.repairs(of: id))
    let watch = try tx.all(watches(of: id)).first { $0.endedAt == nil }
    var actions = HTML()
    if principal.may(.recordVisits) {
      if let entry = try tx.first(newestEntry(of: id)) {
        actions = actions + buttonLink("登记走访", Paths.deskVisitForm.link(entry), isPrimary: false)
      }
      actions =
        actions + buttonLink("登记巡查", Paths.deskHomePatrol.link(id), isPrimary: false)
        + buttonLink("登记报修", Paths.deskHomeRepair.link(id), isPrimary: false)
    }
    if principal.may(.watchHomes), watch == nil {
      actions = actions + buttonLink("列入重点监控", Paths.deskHomeWatch.link(id), isPrimary: false)
    }
    let watched: HTML =
      watch.map { watch in
        notice(
          .warn,
          """
          <p>重点监控：<a href="\(path: Paths.deskWatch.link(watch.id))">\(watch.reason.title)</a>，\
          下次走访 \(watch.next.day.chinese) \(watch.next.slot.title)</p>
          """)
      } ?? HTML()
    let broken: HTML =
      repairs.isEmpty ? HTML() : panel("报修", "<ul>\(repairs.map(\.item).joined())</ul>")
    return (actions, watched + panel("走访", VisitTable(visits: visits).html) + broken)
  }
}
