import Domain
import Spreadsheet

/// One row of a workbook of accounts.
struct AccountRow: Sendable {
  var account: String?
  var displayName: String?
  var role: Role?
  /// A code or a name.
  var area: String?

  static let map = ColumnMap<AccountRow>(
    sheet: "账号",
    columns: [
      SheetColumn(
        "账号", synonyms: ["登录名", "用户名", "账号名"], .code(max: 60), required: true, width: 18,
        hint: "登录时用，2 至 32 个小写字母、数字或连字符，以字母开头", at: \AccountRow.account),
      SheetColumn(
        "姓名", synonyms: ["使用人", "人员姓名"], .name(max: 60), required: true, width: 12,
        at: \AccountRow.displayName),
      SheetColumn(
        "角色", synonyms: ["岗位", "单位角色"],
        .choice(Role.given.map { ($0, $0.title, $0.otherNames + [$0.rawValue]) }), required: true,
        width: 26, at: \AccountRow.role),
      SheetColumn(
        "区划", synonyms: ["所属区划", "区划代码", "行政区划", "乡镇"], .code(max: 40), required: true, width: 16,
        hint: "区划代码或名称：乡镇账号填它的乡镇，其余填县", at: \AccountRow.area),
    ], blank: { AccountRow() })
}

/// A workbook of accounts, read: what it asks for, and all that is wrong with it.
struct AccountSheet: Sendable {
  /// A password is worked out for every row, which takes a good tenth of a second each.
  static let mostRows = 100

  private(set) var accounts: [(account: String, typed: TypedAccount, row: Int)] = []
  private(set) var problems: [RowProblem] = []
  private var rows = 0
  private var namesSeen: [String: Int] = [:]
  private var peopleSeen: [String: Int] = [:]

  /// - Parameters:
  ///   - taken: the names of accounts that there are.
  ///   - places: the areas that may be given.
  init(_ workbook: Workbook, taken: Set<String>, places: [AccountPlace]) throws {
    var reader = TableReader(AccountRow.map)
    try workbook.forEachRow { row in
      guard case .record(let record, let found) = reader.take(row) else { return }
      rows += 1
      problems += found.filter { $0.severity == .error }.map { Self.explained($0) }
      enter(record, at: row, taken: taken, places: places)
    }
    problems += reader.finish()
    if rows > Self.mostRows {
      problems.append(Self.problem("", 0, nil, "一次最多 \(Self.mostRows) 个账号，这个文件有 \(rows) 行，请分成几个文件"))
    } else if rows == 0, problems.isEmpty {
      problems.append(Self.problem("", 0, nil, "表里一行账号也没有，请从第 3 行起填写"))
    }
  }

  private mutating func enter(
    _ record: AccountRow, at row: SheetRow, taken: Set<String>, places: [AccountPlace]
  ) {
    var name: String?
    func fail(_ column: String, _ message: String, _ problems: inout [RowProblem]) {
      problems.append(Self.problem(row.sheet, row.number, column, message))
    }
    if let typed = record.account {
      let account = AccountName.normalised(typed)
      if !AccountName.isValid(account) {
        fail("账号", "“\(typed)”不行：应为 2 至 32 个小写字母、数字或连字符，以字母开头", &problems)
      } else if taken.contains(account) {
        fail("账号", "账号“\(account)”已经有了，请换一个；要改它的角色、区划，请在账号列表点“更正”", &problems)
      } else if let first = namesSeen[account] {
        fail("账号", "账号“\(account)”在第 \(first) 行已写过，请换一个", &problems)
      } else {
        namesSeen[account] = row.number
        name = account
      }
    }
    guard let text = record.area else { return }
    let found = places.filter { $0.code.rawValue == text || $0.name == text }
    guard found.count == 1, let area = found.first?.code else {
      let message =
        found.isEmpty
        ? "没有区划“\(text)”：请填本县的区划代码或名称；漏建的乡镇先在“区划”里增加" : "有几个区划叫“\(text)”，请填代码"
      return fail("区划", message, &problems)
    }
    guard let role = record.role, let displayName = record.displayName else { return }
    if let problem = role.problem(with: area) { fail("区划", problem, &problems) }
    let person = [displayName, role.rawValue, area.rawValue].joined(separator: "\n")
    if let first = peopleSeen[person] {
      fail("角色", "“\(displayName)”的同一个角色在第 \(first) 行已写过：一个人一个角色只要一个账号，请删去一行", &problems)
    } else {
      peopleSeen[person] = row.number
    }
    guard let name else { return }
    let typed = TypedAccount(displayName: displayName, role: role, area: area)
    accounts.append((name, typed, row.number))
  }

  /// A cell with two roles says so, rather than that there is no such role.
  private static func explained(_ problem: RowProblem) -> RowProblem {
    guard problem.column == "角色" else { return problem }
    let parts = problem.shown.split { "、,，;；/和及".contains($0) }.map(String.init)
    let roles = parts.compactMap { Role(named: $0) }
    if roles.count > 1, roles.count == parts.count {
      return Self.problem(
        problem.sheet, problem.row, "角色", "一格里写了 \(roles.count) 个角色：一个账号只有一个角色，请分成几行，各用一个账号名")
    }
    if let role = Role(named: problem.shown), role.isAdministrator {
      return Self.problem(
        problem.sheet, problem.row, "角色", "“\(role.title)”不在这里建立：三员分立，由建县的地址或运维人员的命令建立")
    }
    return problem
  }

  private static func problem(
    _ sheet: String, _ row: Int, _ column: String?, _ message: String
  ) -> RowProblem {
    RowProblem(
      sheet: sheet, row: row, column: column, cause: ProblemCause("account_row", "账号不能建立"),
      shown: "", message: message)
  }
}
