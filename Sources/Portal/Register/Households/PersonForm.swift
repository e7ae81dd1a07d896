import Domain
import HTML
import Pages
import Postgres
import Web

/// A person as typed. In a correction, an ID number or a phone that is left empty stays as it is.
struct TypedPerson: Sendable {
  let name: String
  let relation: Relation
  let idNumber: ResidentID?
  let phone: PhoneNumber?
  let removesPhone: Bool
  let maritalStatus: MaritalStatus
  let registeredAt: AreaCode?

  /// Nil when something is missing or wrong, which the checker then says.
  ///
  /// - Parameters:
  ///   - relation: nil when it is typed too.
  ///   - correcting: whether the person is known and numbers may be left empty.
  init?(_ checker: inout FormChecker, relation given: Relation?, correcting: Bool = false) {
    let name = checker.personName("name")
    let relation =
      given
      ?? checker.choice("relation", "与申请人的关系", among: Relation.ofMembers.map(\.rawValue))
      .flatMap { Relation(rawValue: $0) }
    idNumber = checker.residentID("id_number", required: !correcting)
    phone = checker.phone("phone")
    removesPhone = correcting && checker.isChecked("no_phone")
    if removesPhone, phone != nil {
      checker.fail("phone", "要么填新的电话，要么删去，请只选一样")
    }
    let maritalStatus: MaritalStatus? = checker.choice("marital_status", "婚姻状况")
    registeredAt = checker.areaCode("registered_at", "户籍地")
    guard checker.isValid, let name, let relation, let maritalStatus else { return nil }
    self.name = name
    self.relation = relation
    self.maritalStatus = maritalStatus
  }

  /// For the audit log: masked.
  var audited: [String: String] {
    var fields = [
      "name": Masking.maskedName(name), "relation": relation.rawValue,
      "marital_status": maritalStatus.rawValue,
    ]
    fields["id_number"] = idNumber?.masked
    fields["phone"] = removesPhone ? "" : phone?.masked
    fields["registered_at"] = registeredAt?.rawValue
    return fields
  }
}

extension Relation {
  /// Those that a member may have besides the applicant.
  static let ofMembers = allCases.filter { $0 != .applicant }
}

extension FormChecker {
  /// A name in its normal form, as imports read it.
  mutating func personName(_ field: String) -> String? {
    guard let name = column(field, "姓名", max: 60).map(NormalForm.name) else { return nil }
    if let problem = PersonName.problem(name) { fail(field, problem) }
    return name
  }
}

/// The fields of a person. Numbers that are known are shown masked beside their empty fields.
func personFields(_ view: FormView, _ known: MaskedPerson?, isApplicant: Bool) -> HTML {
  let person = known?.person
  let relation =
    isApplicant
    ? HTML()
    : view.select(
      "relation", "与申请人的关系", options: Relation.ofMembers.map { ($0.rawValue, $0.title) },
      value: person?.relation.rawValue)
  return view.input("name", "姓名", value: person?.name, maxlength: 60, autocomplete: "off")
    + relation
    + view.input(
      "id_number", "身份证号", hint: known.map { "现为 \($0.idNumber)，不改请留空。" },
      required: known == nil, autocomplete: "off")
    + view.input(
      "phone", "电话", hint: known?.phone.map { "现为 \($0)，不改请留空。" }, required: false,
      autocomplete: "off", inputmode: "tel")
    + (known?.phone == nil ? HTML() : view.checkbox("no_phone", "删去登记的电话"))
    + view.select(
      "marital_status", "婚姻状况", options: MaritalStatus.allCases.map { ($0.rawValue, $0.title) },
      value: person?.maritalStatus.rawValue)
    + view.input(
      "registered_at", "户籍地", value: person?.registeredAt?.rawValue,
      hint: "6 位或 9 位行政区划代码，例如 350423100。", required: false, inputmode: "numeric")
}
