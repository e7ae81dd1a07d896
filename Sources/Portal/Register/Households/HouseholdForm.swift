import Domain
import HTML
import Pages
import Postgres
import Web

/// What the form of a new household brings: the household and its applicant.
struct TypedHousehold: Sendable {
  /// Confirms that somebody who is an applicant already is entered once more.
  static let anyway = "anyway"

  let township: AreaCode
  let category: HouseholdCategory
  /// Nil when the portal is to give one.
  let number: String?
  let applicant: TypedPerson
  let isConfirmed: Bool

  init?(_ checker: inout FormChecker, _ principal: Principal) {
    let township = checker.township(principal)
    let category: HouseholdCategory? = checker.choice("category", "保障类别")
    let number = checker.householdNumber()
    let applicant = TypedPerson(&checker, relation: .applicant)
    guard let township, let category, let applicant else { return nil }
    self.township = township
    self.category = category
    self.number = number
    self.applicant = applicant
    isConfirmed = checker.isChecked(Self.anyway)
  }
}

extension FormChecker {
  /// A number that the county gave; those that the portal gives have a form of their own.
  mutating func householdNumber() -> String? {
    guard let typed = column("number", "家庭编号", max: 40, required: false) else { return nil }
    let number = NormalForm.name(typed)
    if number.contains(/^[0-9]{6}-[0-9]{7}$/) {
      fail("number", "这种编号由系统给出，请留空，或填原有的编号")
      return nil
    }
    return number
  }
}

/// The fields of a new household.
func householdFields(_ view: FormView, townships: [TownshipChoice]) -> HTML {
  let confirmation =
    view.errors[TypedHousehold.anyway] == nil && !view.fields.isChecked(TypedHousehold.anyway)
    ? HTML() : view.checkbox(TypedHousehold.anyway, "已核对，仍要登记为另一个家庭")
  return view.select(
    "township", "乡镇", options: townships.map { ($0.code.rawValue, $0.name) })
    + categoryField(view, nil)
    + view.input(
      "number", "家庭编号", hint: "留空由系统编号；县里原来有编号的，填原编号。", required: false,
      maxlength: 40) + "<h3>申请人</h3>\n" + personFields(view, nil, isApplicant: true) + confirmation
}

func categoryField(_ view: FormView, _ category: HouseholdCategory?) -> HTML {
  view.select(
    "category", "保障类别", options: HouseholdCategory.allCases.map { ($0.rawValue, $0.title) },
    value: category?.rawValue)
}
