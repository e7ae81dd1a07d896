import Domain
import Ground
import HTML
import Pages
import Reviews
import Web

extension DeliveryState {
  var tagKind: TagKind {
    switch self {
    case .matching, .committing: .info
    case .matched: .warn
    case .done: .ok
    case .failed: .alert
    case .cancelled: .neutral
    }
  }
}

/// What bureaus have delivered, the newest first.
struct DeliveryListPage {
  static let perPage = 50

  let filter: DeliveryFilter
  let deliveries: [DeliveryRecord]
  let hasMore: Bool
  let isFirst: Bool
  let mayAnswer: Bool

  var html: HTML { filters + table + pages }

  private var filters: HTML {
    filterBar(action: Paths.deskDeliveries.link) {
      filterSelect(
        "type", label: "核查项目",
        options: CheckType.allCases.map { ($0.rawValue, "\($0.title)（\($0.bureau.title)）") },
        selected: filter.type?.rawValue)
        + filterSelect(
          "way", label: "方式", options: DeliveryWay.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.way?.rawValue, any: "文件和接口")
        + filterSelect(
          "state", label: "状态", options: DeliveryState.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.state?.rawValue)
    }
  }

  private var table: HTML {
    dataTable(
      caption: "数据报送", columns: Self.columns, rows: deliveries,
      link: { Paths.deskDelivery.link($0.id) },
      empty: emptyState(
        "没有符合条件的报送", hint: "各单位填好的核查清单和登记数据报上来以后，会列在这里。",
        action: mayAnswer ? buttonLink("报送登记数据", Paths.deskDeliveryNew.link) : HTML()))
  }

  static var columns: [Column<DeliveryRecord>] {
    [
      Column("编号", text: \.id.description),
      Column("核查项目", text: \.type.title),
      Column("方式", text: \.way.title),
      Column("状态", tag: { ($0.state.title, $0.state.tagKind) }),
      Column("数据截止", day: \.asOf),
      Column("用于", text: { $0.round == nil ? "定期交换" : $0.roundTitle }),
      Column("比中", number: \.matchedRows),
      Column("新答复", number: \.answersNew),
      Column("与以前不同", number: \.answersChanged),
      Column("报送人", text: \.accountName),
      Column("报送时间", text: { tableTime($0.deliveredAt) }),
    ]
  }

  private var pages: HTML {
    guard let last = deliveries.last else { return HTML() }
    return pager(
      next: hasMore ? filter.link.query("before", last.id.description) : nil,
      previous: isFirst ? nil : filter.link, countText: "本页 \(deliveries.count) 次")
  }
}

/// Where a file is chosen.
struct DeliveryFormPage {
  let bureau: Bureau
  let rounds: [ReviewRound]
  let today: Day
  let view: FormView
  let csrf: String

  var html: HTML {
    panel(
      "选择文件",
      view.form(
        action: Paths.deskDeliveries.link, csrf: csrf, hasFiles: true, button: "上传并比对",
        typeField(view, bureau)
          + view.input(
            "as_of", "数据截止日期", type: .date, value: today.iso, hint: "这份数据反映到哪一天为止的情况")
          + roundField(view, rounds)
          + view.checkbox(
            "complete", "全量数据",
            hint: "本单位登记的全部数据。没有出现的家庭也随之答复：没有房、没有车的是“无异常”，查不到人的是“查无此人”")
          + view.files(
            "file", "文件", accept: ".xlsx,.csv", multiple: false,
            hint: "XLSX 或 CSV，不超过 1 GB；列的先后不限，要有身份证号", required: true)))
      + explanation
  }

  private var explanation: HTML {
    panel(
      "怎么比对",
      """
      <p>按身份证号与在保家庭比对。<strong>不是在保家庭成员的行不保存</strong>，只计数。没有身份证号的行，按姓名和出生日期找，由您逐行认定。</p>
      <p>\(roundText)比对完先看结果，确认以后才生效。</p>
      """)
  }

  private var roundText: String {
    rounds.isEmpty
      ? "现在没有进行中的资格复核，这份数据作为定期交换。" : "这份数据答复进行中的资格复核：\(rounds.map(\.title).joined(separator: "、"))。"
  }
}

/// Which of the bureau's checks.
func typeField(_ view: FormView, _ bureau: Bureau) -> HTML {
  view.radios(
    "type", "核查项目",
    options: bureau.checks.map { type in
      (type.rawValue, "\(type.title)：\(type.fields.map(\.title).joined(separator: "、"))")
    })
}

/// Which round, where several run.
func roundField(_ view: FormView, _ rounds: [ReviewRound]) -> HTML {
  guard rounds.count > 1 else { return HTML() }
  return view.select(
    "round", "答复哪一轮资格复核",
    options: rounds.map { ($0.id.description, "\($0.areaName) \($0.title)") })
}
