import Domain
import HTML
import Pages

/// A floor plan as a page shows it: a table a unit, each home with the sign of its state.
struct FloorPlanView: Sendable {
  let plan: FloorPlan
  /// Whether homes lead to their pages and say who lives in them.
  let showsOccupants: Bool

  var html: HTML {
    "<div class=\"floor-plans\">\(plan.units, unitTable)</div>\n"
  }

  private func unitTable(_ unit: FloorPlan.Unit) -> HTML {
    let name = unit.name.isEmpty ? plan.building : unit.name
    return """
      <section class="floor-plan"><h3>\(name)</h3>
      \(if: !unit.floors.isEmpty, grid(unit, name: name))\
      \(if: !unit.others.isEmpty, others(unit.others))</section>

      """
  }

  private func grid(_ unit: FloorPlan.Unit, name: String) -> HTML {
    let rows = unit.floors.map { floor -> HTML in
      let cells = unit.places.map { place -> HTML in
        "<td>\(floor.homes[place, default: []], cell)</td>"
      }
      return "<tr><th scope=\"row\">\(floor.number)层</th>\(cells)</tr>\n"
    }
    return """
      <div class="plan-box" tabindex="0" role="region" aria-label="\(plan.building)\(name)楼层图">
      <table class="plan"><caption class="visually-hidden">\(plan.building)\(name)</caption>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  private func others(_ homes: [PlanHome]) -> HTML {
    """
    <p class="hint">房号看不出楼层的：</p>
    <div class="plan-others">\(homes, cell)</div>
    """
  }

  private func cell(_ home: PlanHome) -> HTML {
    let content: HTML = """
      <span class="plan-room">\(home.room)</span>\
      <span class="plan-sign" aria-hidden="true">\(home.state.sign)</span>\
      <span class="visually-hidden">\(home.state.title)</span>
      """
    let kind = "plan-home plan-\(home.state.rawValue)"
    guard showsOccupants else {
      return "<span class=\"\(kind)\" title=\"\(home.state.title)\">\(content)</span>"
    }
    let words =
      ([home.state.title] + [home.occupant].compactMap { $0 }.map { Masking.maskedName($0) })
      .joined(separator: "：")
    return """
      <a class="\(kind)" href="\(path: Paths.deskHome.link(home.id))" title="\(words)">\(content)</a>
      """
  }
}

/// What the signs of a floor plan mean, with how many there are of each.
func planLegend(_ homes: [HomeState: Int]) -> HTML {
  let items = HomeState.allCases.map { state -> HTML in
    """
    <li><span class="plan-key plan-\(state.rawValue)" aria-hidden="true">\(state.sign)</span> \
    \(state.title) \(homes[state, default: 0]) 套</li>
    """
  }
  return "<ul class=\"plan-legend\">\(items)</ul>\n"
}
