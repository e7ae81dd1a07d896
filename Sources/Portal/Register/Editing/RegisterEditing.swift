import Domain
import Ground
import Pages
import Postgres

extension Editor {
  /// Says in the history and in the audit log what the rest of the transaction does.
  ///
  /// - Parameters:
  ///   - before: masked where it is about people, like `after`.
  func record(
    _ action: RegisterAction, _ entity: RegisterEntity, _ id: Int64, reason: String? = nil,
    before: [String: String]? = nil, after: [String: String]? = nil, in tx: Transaction
  ) throws {
    try tx.describeChange(action: action, reason: reason, by: principal.displayName)
    var event = AuditEvent(
      action: action.audited, entity: entity.rawValue, entityID: String(id))
    event.before = before
    event.after = after
    try tx.audit(event, by: origin)
  }
}

/// What the register's unique constraints say in a form.
let takenInRegister: TakenValues = [
  "estates_area_name_key": ("name", "这个乡镇已经有同名的项目，请核对"),
  "homes_place_key": ("room", "这个项目里已经有这套房，请核对楼栋、单元和房号"),
  "households_number_key": ("number", "这个家庭编号已经用过，请换一个，或留空由系统编号"),
  "persons_household_id_number_key": (
    "id_number", "这个家庭里已经有这个身份证号的人；如果是已离开的成员，请用“恢复”"
  ),
  "leases_contract_number_key": ("contract_number", "这个合同编号已经用过，请核对"),
  "leases_running_home_key": ("room", "这套房刚刚租给了别的家庭，请核对"),
  "leases_running_household_key": ("contract_number", "这个家庭刚刚签了另一份租约，请核对"),
]
