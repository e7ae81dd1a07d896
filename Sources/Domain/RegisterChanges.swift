/// Why a person no longer belongs to a household; they stay in the register as who left.
public enum LeftReason: String, CaseIterable, Codable, Hashable, Sendable {
  case died
  case marriedOut = "married_out"
  case movedOut = "moved_out"
  /// Now in the household that was split off.
  case split
  /// Now in the household that this one was merged into.
  case merged
  case other

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .died: "去世"
    case .marriedOut: "结婚迁出"
    case .movedOut: "搬离"
    case .split: "分户"
    case .merged: "并户"
    case .other: "其他"
    }
  }
}

/// What was done to the register, as its history keeps it.
public enum RegisterAction: String, CaseIterable, Codable, Hashable, Sendable {
  case createEstate = "create_estate"
  case changeEstate = "change_estate"
  case createHome = "create_home"
  case changeHome = "change_home"
  case createHousehold = "create_household"
  case changeHousehold = "change_household"
  case addMember = "add_member"
  case changeMember = "change_member"
  case memberLeaves = "member_leaves"
  case memberReturns = "member_returns"
  case createLease = "create_lease"
  case changeLease = "change_lease"
  case endLease = "end_lease"
  /// A lease that was ended by mistake runs on.
  case reopenLease = "reopen_lease"
  /// The household goes from one home to another: one lease ends, another begins.
  case moveHousehold = "move_household"
  case splitHousehold = "split_household"
  case mergeHouseholds = "merge_households"
  // What was entered by mistake and never used.
  case deleteEstate = "delete_estate"
  case deleteHome = "delete_home"
  case deleteHousehold = "delete_household"
  case deleteLease = "delete_lease"
  case `import`
  case undoImport = "undo_import"

  /// The words in a history.
  public var title: String {
    switch self {
    case .createEstate: "登记项目"
    case .changeEstate: "修改项目"
    case .createHome: "登记房源"
    case .changeHome: "修改房源"
    case .createHousehold: "登记家庭"
    case .changeHousehold: "修改家庭"
    case .addMember: "增加成员"
    case .changeMember: "修改成员"
    case .memberLeaves: "成员离开"
    case .memberReturns: "成员恢复"
    case .createLease: "签订租约"
    case .changeLease: "修改租约"
    case .endLease: "终止租约"
    case .reopenLease: "撤销终止"
    case .moveHousehold: "换房"
    case .splitHousehold: "分户"
    case .mergeHouseholds: "并户"
    case .deleteEstate: "删除项目"
    case .deleteHome: "删除房源"
    case .deleteHousehold: "删除家庭"
    case .deleteLease: "删除租约"
    case .import: "导入"
    case .undoImport: "撤销导入"
    }
  }
}
