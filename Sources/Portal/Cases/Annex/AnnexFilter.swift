import Domain
import HTML
import Pages
import Postgres
import Register

/// Of which area or estate the annex is, and as of which day.
struct AnnexFilter: ListFilter {
  typealias Choices = [EstateChoice]

  var area: AreaCode?
  var estate: EstateID?
  /// Nil for now.
  var until: Day?

  static var list: Link { Paths.deskAnnex.link }

  static let fields: [FilterField<AnnexFilter>] = [
    .area(\.area, "area", "乡镇", among: \.townships) { caseIsIn($0) },
    .estate(\.estate) { "c.estate_id = \($0)" },
    // What it changes is the state that is looked at.
    .day(\.until, "until", "截止日期") { _, _ in "true" },
  ]
}

extension ListRequest<AnnexFilter> {
  var moment: CaseMoment { CaseMoment(filter.until, today: today) }

  /// The cases behind a number of the annex.
  func cases(_ part: AnnexPart, of row: AnnexRow? = nil, _ nature: ExitNature? = nil) -> Link {
    var cases = CaseFilter()
    cases.annex = part
    cases.until = moment.isPast ? moment.day : nil
    cases.estate = row?.estate ?? filter.estate
    cases.nature = row?.nature ?? nature
    cases.township = filter.area
    return cases.link
  }
}

/// The condition that a case (`c`) is one of an area.
func caseIsIn(_ area: AreaCode) -> SQL {
  area.level == .township ? "c.area = \(area)" : "c.area ^@ \(area)::text"
}
