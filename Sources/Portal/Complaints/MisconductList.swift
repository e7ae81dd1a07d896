import Domain
import Ground
import HTML
import Pages
import Postgres

struct MisconductFilter: ListFilter {
  static var list: Link { Paths.oversightComplaints.link }
}

/// 违规违纪举报: the inspectors' list. That they looked is itself recorded.
struct MisconductList: RecordList {
  var asked: ListRequest<MisconductFilter>

  let title = "违规违纪举报"
  let lead = "反映工作人员违规违纪的举报，住建等部门看不到。"
  let entity = "complaints"
  let unit = "件"
  var audit: AuditEvent? { AuditEvent(action: .listComplaints, entity: "complaints") }

  let order = ListOrder<ComplaintLine>.newest
  let tables: SQL = "complaints c"
  let basis: SQL = "c.kind = 'misconduct'"
  let counting = ListCounting.exactly

  func query(_ part: ListPart) -> SQL { complaintSQL(part, assignee: "NULL::text") }

  var columns: [Column<ComplaintLine>] {
    [
      Column("编号", text: \.number),
      Column("收到", day: { ShanghaiTime.day(of: $0.receivedAt) }),
      Column("地点", text: { complaintPlace(estate: $0.estate, address: $0.address) }),
      Column("照片", number: \.photos),
      Column("留言", shown: { $0.hasNews ? tag("有新留言", .info) : HTML() }),
    ]
  }

  func link(_ line: ComplaintLine) -> Link? { Paths.oversightComplaint.link(line.id) }

  var empty: HTML {
    emptyState("没有违规违纪举报", hint: "群众在“我要举报”选择“工作人员违规违纪”提交的，会出现在这里。")
  }
}
