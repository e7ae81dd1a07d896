import Domain
import Ground
import Postgres
import Register

/// A member as a row names one, all of whom is there that must be.
struct StagedPerson: Sendable {
  let relation: Relation
  let name: String
  let idNumber: ResidentID
  /// The blind index of the number.
  let index: [UInt8]
  let record: MemberRecord
  let scope: ImportScope
}

extension HouseholdImport {
  /// What a cell leaves empty stays as it is.
  static let personColumns = StagedColumns<StagedPerson>(
    "p",
    [
      StagedColumn(key: "id_sealed", "bytea NOT NULL") {
        $1.append(try $0.scope.idNumbers.sealer.seal($0.idNumber.text))
      },
      StagedColumn(key: "id_index", "bytea NOT NULL") { $1.append($0.index) },
      StagedColumn(key: "name_written", "text") { $1.append($0.record.nameWritten) },
      StagedColumn(
        "relation", "text NOT NULL", shown: .init(title: "与申请人关系", text: relationTitle)
      ) { $1.append($0.relation) },
      StagedColumn(
        "name", "text NOT NULL", shown: .init(title: "姓名", text: { Masking.maskedName($0) })
      ) { $1.append($0.name) },
      StagedColumn("phone_sealed", "bytea", keepsWhenEmpty: true) { person, fields in
        fields.append(try person.record.phone.map { try person.scope.phones.sealer.seal($0.text) })
      },
      StagedColumn("phone_index", "bytea", keepsWhenEmpty: true, shown: phoneShown) {
        person, fields in
        fields.append(person.record.phone.map { person.scope.phones.hasher.hash($0.text).bytes })
      },
      StagedColumn(
        "marital_status", "text", keepsWhenEmpty: true, standard: "'unknown'",
        shown: .init(title: "婚姻状况", text: title(MaritalStatus.self, \.title))
      ) { $1.append($0.record.maritalStatus) },
      StagedColumn("registered_at", "text", keepsWhenEmpty: true, shown: .init(title: "户籍地代码")) {
        $1.append($0.record.registeredAt)
      },
      StagedColumn("left_on", "date", keepsWhenEmpty: true, shown: .init(title: "离开日期")) {
        $1.append($0.record.leftOn)
      },
      StagedColumn(
        "left_reason", "text", keepsWhenEmpty: true,
        shown: .init(title: "离开原因", text: title(LeftReason.self, \.title))
      ) { $1.append($0.record.leftReason) },
    ])

  static let relationTitle: @Sendable (String) -> String = title(Relation.self, \.title)

  /// A mark of each number, never the number.
  private static let phoneShown = StagedColumn<StagedPerson>.Shown(
    title: "联系电话", text: { $0.isEmpty ? "无" : $0 },
    old: "CASE WHEN p.phone_index IS NULL THEN '' ELSE '原号码' END",
    new: """
      CASE WHEN COALESCE(r.phone_index, p.phone_index) IS NULL THEN ''
        WHEN COALESCE(r.phone_index, p.phone_index) = p.phone_index THEN '原号码' ELSE '新号码' END
      """)
}
