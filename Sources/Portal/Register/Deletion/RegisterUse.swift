import Domain
import Postgres

/// Why a row of the register stays: so many of a kind rest on it.
struct RegisterUse: RowDecodable, Equatable {
  let kind: RegisterUseKind
  let count: Int

  init(_ row: Row) throws {
    kind = try row("kind")
    count = try row("uses")
  }

  var text: String { kind.words.replacing("%", with: String(count)) }
}

/// What may rest on a row, as the database's `register_uses` says it.
enum RegisterUseKind: String, CaseIterable, Sendable, PostgresEncodable, PostgresDecodable {
  case answers, authorisations, cases, complaints, contests, counter, deliveries, findings, homes,
    leases, matches, mergers, patrols, repairs, roster, rounds, split, vacancies, visits, watches

  /// With % for how many.
  var words: String {
    switch self {
    case .answers: "% 项部门核查答复"
    case .authorisations: "% 份授权书"
    case .cases: "% 件问题"
    case .complaints: "% 件投诉举报"
    case .contests: "% 件异议"
    case .counter: "% 次窗口核查"
    case .deliveries: "% 次数据报送等待确认"
    case .findings: "% 个疑点"
    case .homes: "% 套房源"
    case .leases: "% 份租约"
    case .matches: "% 条人员认定"
    case .mergers: "% 次并户"
    case .patrols: "% 次巡查"
    case .repairs: "% 项报修"
    case .roster: "已列入 % 份走访名单"
    case .rounds: "已列入 % 轮资格复核"
    case .split: "由分户产生"
    case .vacancies: "% 条空置原因"
    case .visits: "% 次入户走访"
    case .watches: "% 次重点监控"
    }
  }
}

/// What rests on a row; nothing where it may be deleted.
func registerUses(of entity: RegisterEntity, _ id: Int64) -> Query<RegisterUse> {
  Query("SELECT kind, uses FROM register_uses(\(entity)::text, \(id))")
}
