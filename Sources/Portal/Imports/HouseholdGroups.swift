import Domain
import Pages
import Register
import Spreadsheet

/// What a row of the sheet 家庭与成员 says of its household.
struct MemberLead: Sendable {
  let number: String?
  let area: AreaCode?
  let category: HouseholdCategory?
  let mergedInto: String?
  /// Nil when the cell could not be read.
  let relation: Relation?
  let name: String?
  let hasLeft: Bool
  /// The first bytes of the blind index: equal for the same person, and hardly ever otherwise.
  let person: UInt64?
}

/// The households of a file, put together from its rows: by number, else from one applicant's row to
/// the next.
struct HouseholdGroups {
  struct Group {
    var number: String?
    var area: AreaCode?
    var category: HouseholdCategory?
    var mergedInto: String?
    let ordinal: Int32
    let sheet: Int16
    let line: Int32
    var rows: Int32 = 0
    /// Who has not left, and how many of them are called the applicant.
    var members: Int32 = 0
    var applicants: Int32 = 0
    var spouses: Int32 = 0
    /// Whether it began with somebody of whom nobody knows whose they are.
    var isLoose = false
    /// The applicant's name.
    var applicant: String?
    var isBad = false
  }

  private(set) var groups: [Group] = []
  private var byNumber: [String: Int] = [:]
  private var current: Int?
  private var sheets: [String] = []
  private var rows: Int32 = 0

  /// Whether some household has no number, and so is found by its applicant.
  private(set) var hasUnnumbered = false

  /// Rows placed so far, which number the persons of the file.
  var rowCount: Int { Int(rows) }

  subscript(_ place: Int) -> Group {
    get { groups[place] }
    set { groups[place] = newValue }
  }

  /// The household of the next row; what contradicts its other rows goes to the notes.
  mutating func place(_ lead: MemberLead, _ notes: inout RowNotes) -> Int {
    rows += 1
    if sheets.last != notes.sheet {
      sheets.append(notes.sheet)
      current = nil
    }
    let place = find(lead, &notes)
    current = place
    groups[place].rows += 1
    if !lead.hasLeft {
      groups[place].members += 1
      if lead.relation == .applicant {
        groups[place].applicants += 1
        groups[place].applicant = lead.name
      } else if lead.relation == .spouse {
        groups[place].spouses += 1
        if groups[place].spouses == 2, groups[place].number != nil {
          notes.note(.warning, .spouseTwice, "与申请人关系", "这一户有两个配偶，照样导入；请核对关系和家庭编号")
        }
      }
    }
    merge(lead, into: place, &notes)
    return place
  }

  private mutating func find(_ lead: MemberLead, _ notes: inout RowNotes) -> Int {
    if let number = lead.number {
      if let current, groups[current].number == number { return current }
      if let known = byNumber[number] { return known }
      byNumber[number] = groups.count
      return begin(number, notes.line)
    }
    let isNew = lead.relation == .applicant && !lead.hasLeft
    if let current {
      // The applicant of those whom nobody could tell is theirs: the household is wrong as a whole.
      if isNew, groups[current].isLoose, groups[current].applicants == 0 { return current }
      if !isNew {
        guard isOfNobody(lead, current, &notes) else { return current }
        hasUnnumbered = true
        let place = begin(nil, notes.line)
        groups[place].isLoose = true
        return place
      }
    }
    hasUnnumbered = true
    return begin(nil, notes.line)
  }

  /// Whether the place of a row without number does not say whose member it is: below a blank row, where the next
  /// household may begin with somebody else than its applicant, or as a second spouse.
  private func isOfNobody(_ lead: MemberLead, _ current: Int, _ notes: inout RowNotes) -> Bool {
    if notes.isApart {
      notes.fail(
        .householdUnclear, SheetTitles.householdNumber,
        "上面隔着空行或没有导入的行，这一行又不是申请人，不能确定是哪一户的；请填家庭编号，或把每户的申请人放在第一行")
      return true
    }
    guard groups[current].number == nil, lead.relation == .spouse, !lead.hasLeft,
      groups[current].spouses > 0
    else { return false }
    notes.fail(
      .householdUnclear, SheetTitles.householdNumber,
      "上面那一户已经有配偶，不能确定这一行是哪一户的；请填家庭编号，或把每户的申请人放在第一行")
    return true
  }

  private mutating func begin(_ number: String?, _ line: Int) -> Int {
    groups.append(
      Group(
        number: number, ordinal: rows, sheet: Int16(sheets.count - 1),
        line: Int32(truncatingIfNeeded: line)))
    return groups.count - 1
  }

  private mutating func merge(_ lead: MemberLead, into place: Int, _ notes: inout RowNotes) {
    func together<Value: Equatable>(
      _ own: inout Value?, _ said: Value?, _ column: String, _ notes: inout RowNotes
    ) {
      guard let said else { return }
      if let known = own, known != said {
        notes.fail(.householdRows, column, "与同一家庭其他行的“\(column)”不一致，请核对")
      }
      own = said
    }
    together(&groups[place].area, lead.area, SheetTitles.township, &notes)
    together(&groups[place].category, lead.category, "保障类别", &notes)
    together(&groups[place].mergedInto, lead.mergedInto, "并入家庭编号", &notes)
  }
}

/// The persons of a file by the first bytes of their blind index, to tell cheaply that nobody is in
/// it twice: open addressing, eight bytes a slot.
struct SeenPersons {
  private var slots = [UInt64](repeating: 0, count: 1 << 12)
  private var count = 0

  /// Whether the person was seen before (or, once in many billions, another one like it).
  mutating func insert(_ person: UInt64) -> Bool {
    if count * 2 >= slots.count { grow() }
    let value = person == 0 ? 1 : person
    var place = Int(truncatingIfNeeded: value) & (slots.count - 1)
    while slots[place] != 0 {
      if slots[place] == value { return true }
      place = (place + 1) & (slots.count - 1)
    }
    slots[place] = value
    count += 1
    return false
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for value in old where value != 0 {
      var place = Int(truncatingIfNeeded: value) & (slots.count - 1)
      while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = value
    }
  }
}
