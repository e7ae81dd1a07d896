/// How an answer reached the portal.
public enum DeliveryWay: String, CaseIterable, Codable, Hashable, Sendable {
  case screen
  case workList = "work_list"
  case extract
  case api

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .screen: "逐户填写"
    case .workList: "核查清单"
    case .extract: "数据比对"
    case .api: "系统接口"
    }
  }
}

/// Where a delivery stands.
public enum DeliveryState: String, WorkflowState, Codable {
  case matching
  /// Matched and shown; nothing counts before it is confirmed.
  case matched
  case committing
  case done
  /// Its answers are in force no more; what it said stays in the history.
  case withdrawn
  case failed
  case cancelled

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .matching: "正在比对"
    case .matched: "等待确认"
    case .committing: "正在写入"
    case .done: "已生效"
    case .withdrawn: "已撤回"
    case .failed: "未完成"
    case .cancelled: "已放弃"
    }
  }
}

/// How often a source delivers (定期交换).
///
/// Source: 清建〔2021〕35号, part two (二) 2 and 4: 定期交换数据信息、定期获取在保人员相关信息变化.
public enum ExchangeInterval: String, CaseIterable, Codable, Hashable, Sendable {
  case week
  case month

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .week: "每周"
    case .month: "每月"
    }
  }
}

/// What a question at the counter is asked for.
///
/// Source: 清建〔2021〕35号, part two (二) 2: 在保障对象办理房屋交易合同网签备案和不动产登记前.
public enum CounterPurpose: String, CaseIterable, Codable, Hashable, Sendable {
  case contractFiling = "contract_filing"
  case registration

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .contractFiling: "房屋交易合同网签备案"
    case .registration: "不动产登记"
    }
  }
}

/// A line of a county and year above, or below, which a rule speaks.
public enum ThresholdKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// Yuan a month for each member of the household (R2).
  case incomePerHead = "income_per_head"
  /// Yuan, all assets of the household together (R3).
  case householdAssets = "household_assets"
  /// Yuan, all vehicles of the household together (R3).
  case vehicleValue = "vehicle_value"
  /// Kilowatt-hours a month at or below which a home counts as unused (R6).
  case electricity
  /// Tonnes of water a month at or below which a home counts as unused (R6).
  case water
  /// Months in a row without use (R6). 《公共租赁住房管理办法》 art. 27: 6.
  case emptyMonths = "empty_months"
  /// Months of rent owed in all (R7). 《公共租赁住房管理办法》 art. 29: 6.
  case arrearsMonths = "arrears_months"

  /// The name shown on screens.
  public var title: String {
    switch self {
    case .incomePerHead: "人均月收入线"
    case .householdAssets: "家庭资产线"
    case .vehicleValue: "车辆价值线"
    case .electricity: "空置月用电量"
    case .water: "空置月用水量"
    case .emptyMonths: "连续空置月数"
    case .arrearsMonths: "累计欠租月数"
    }
  }

  /// What it is counted in.
  public var unit: String {
    switch self {
    case .incomePerHead, .householdAssets, .vehicleValue: "元"
    case .electricity: "度"
    case .water: "吨"
    case .emptyMonths, .arrearsMonths: "个月"
    }
  }
}
