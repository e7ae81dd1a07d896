import Domain
import HTML
import Pages
import Postgres
import Web

/// What the form of an estate brings.
struct TypedEstate: Sendable {
  let name: String
  let township: AreaCode
  let address: String
  let ownership: EstateOwnership

  init?(_ checker: inout FormChecker, _ principal: Principal) {
    let name = checker.column("name", "项目名称", max: 100).map(NormalForm.name)
    let township = checker.township(principal)
    let address = checker.column("address", "地址", max: 200).map(NormalForm.words)
    let ownership: EstateOwnership? = checker.choice("ownership", "产权")
    guard let name, let township, let address, let ownership else { return nil }
    self.name = name
    self.township = township
    self.address = address
    self.ownership = ownership
  }

  var audited: [String: String] {
    [
      "name": name, "area": township.rawValue, "address": address,
      "ownership": ownership.rawValue,
    ]
  }
}

/// The fields of an estate.
func estateFields(
  _ view: FormView, _ estate: EstateSummary?, townships: [TownshipChoice]
) -> HTML {
  view.input("name", "项目名称", value: estate?.name, maxlength: 100)
    + view.select(
      "township", "乡镇", options: townships.map { ($0.code.rawValue, $0.name) },
      value: estate?.area.rawValue, hint: estate == nil ? nil : "已有房源的项目不能改乡镇。")
    + view.input("address", "地址", value: estate?.address, maxlength: 200)
    + view.radios(
      "ownership", "产权", options: EstateOwnership.allCases.map { ($0.rawValue, $0.title) },
      value: estate?.ownership.rawValue)
}

extension Transaction {
  func createEstate(_ typed: TypedEstate, by editor: Editor) throws -> EstateID {
    try describeChange(action: .createEstate, by: editor.principal.displayName)
    let id = try one(
      Query<EstateID>(
        """
        INSERT INTO estates (area, name, address, ownership)
        VALUES (\(typed.township), \(typed.name), \(typed.address), \(typed.ownership))
        RETURNING id
        """))
    try editor.record(.createEstate, .estates, id.rawValue, after: typed.audited, in: self)
    return id
  }

  func changeEstate(
    _ id: EstateID, to typed: TypedEstate, version: Int, by editor: Editor
  ) throws {
    guard let before = try first(estateSummary(id)) else { throw WebError.notFound }
    if before.area != typed.township, before.homeCount > 0 {
      throw EditProblem.field("township", "这个项目已有房源，乡镇不能再改")
    }
    try editor.record(
      .changeEstate, .estates, id.rawValue,
      before: [
        "name": before.name, "area": before.area.rawValue, "address": before.address,
        "ownership": before.ownership.rawValue,
      ], after: typed.audited, in: self)
    let changed = try execute(
      """
      UPDATE estates SET area = \(typed.township), name = \(typed.name),
        address = \(typed.address), ownership = \(typed.ownership), version = version + 1
      WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw EditProblem.overtaken }
  }
}
