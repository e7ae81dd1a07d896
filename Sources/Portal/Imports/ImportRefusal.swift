import Domain
import Postgres
import Spreadsheet

/// Why an import was not made, for whoever asked for it; nil for a fault of the program.
func importMessage(_ error: any Error) -> String? {
  switch error {
  case let error as WorkbookError: return error.description
  case let error as ImportRefusal: return error.description
  case let error as ImportFile.Unreadable: return error.description
  case let error as PostgresError:
    switch error.server?.constraint {
    case "households_number_key": return "有家庭编号已被其他地方使用，没有写入任何数据，请核对家庭编号"
    case "leases_contract_number_key": return "有合同编号已被其他地方使用，没有写入任何数据，请核对合同编号"
    case "leases_running_home_key", "leases_running_household_key":
      return "有房源或家庭会同时有两份履行中的租约，没有写入任何数据，请重新检查文件"
    case "estates_area_name_key", "homes_place_key", "persons_household_id_number_key":
      return "检查之后有人登记了同样的内容，没有写入任何数据，请重新检查"
    default: return error.isUnavailable ? "数据库暂时不可用，没有写入任何数据，请稍后再试" : nil
    }
  default: return nil
  }
}

/// Why something asked of an import is not done; the text says what to do.
enum ImportRefusal: Error, Equatable, CustomStringConvertible {
  case notPermitted
  /// It stands elsewhere meanwhile.
  case state(ImportState)
  /// Something was built on it.
  case builtOn([String])

  var description: String {
    switch self {
    case .notPermitted: "这个账号没有导入的权限"
    case .state(let state): "这次导入现在是“\(state.title)”，不能这样操作"
    case .builtOn(let reasons): "不能撤销：" + reasons.joined(separator: "；")
    }
  }
}
