import Domain
import HTML
import Pages

/// The list of households: its search, its filters, its table, its pages.
struct HouseholdListPage: Sendable {
  let filter: HouseholdFilter
  let page: ListLines<HouseholdLine>
  let counted: Int
  let estates: [EstateChoice]
  let csrf: String

  var html: HTML { householdSearchBox(csrf: csrf) + words + filters + table + pages }

  /// What is being looked for, with the way out.
  private var words: HTML {
    guard let words = filter.words else { return HTML() }
    var without = filter
    without.words = nil
    return """
      <p class="search-words"><span>正在查找：\(words.title)</span> \
      <a class="filter-reset" href="\(path: without.link)">取消查找</a></p>

      """
  }

  private var filters: HTML {
    filterBar(
      action: Paths.deskHouseholds.link, typed: [filter.words?.item.name].compactMap { $0 },
      csrf: csrf
    ) {
      filterHidden(filter.words?.item)
        + filterSelect(
          "township", label: "乡镇", options: estates.townships,
          selected: filter.township?.rawValue)
        + filterSelect(
          "estate", label: "项目", options: estates.map { ($0.id.description, $0.name) },
          selected: filter.estate?.description)
        + filterSelect(
          "category", label: "类别",
          options: HouseholdCategory.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.category?.rawValue)
        + filterSelect(
          "state", label: "状态",
          options: HouseholdStanding.allCases.map { ($0.rawValue, $0.title) },
          selected: filter.standing?.rawValue, any: "在租和无租约")
        + filterSelect(
          "finding", label: "疑点", options: [("1", "有未处理的疑点")],
          selected: filter.hasFinding ? "1" : nil)
    }
  }

  private var table: HTML {
    dataTable(
      caption: "保障家庭", columns: householdColumns(words: filter.words), rows: page.lines,
      link: { Paths.deskHousehold.link($0.id) }, empty: nothing)
  }

  private var nothing: HTML {
    guard let words = filter.words else {
      return emptyState(
        "没有符合条件的家庭", hint: "换一个筛选条件，或清除筛选查看全部。",
        action: buttonLink("查看全部", Paths.deskHouseholds.link, isPrimary: false))
    }
    let others = HouseholdWords.all(words.item.value).filter { $0.item.name != words.item.name }
    let links = others.map { other -> HTML in
      var filter = HouseholdFilter()
      filter.words = other
      return buttonLink("查\(other.title)", filter.link, isPrimary: false) + " "
    }
    return emptyState(
      "没有找到\(words.title)的家庭", hint: "核对字词，去掉筛选条件，或者换一种查法：", action: links.joined())
  }

  private var pages: HTML {
    page.pager(
      HouseholdSelection.order, filter.link,
      countText: page.lines.isEmpty
        ? nil : "共 \(filter.countText(counted))，本页 \(page.lines.count) 户")
  }
}

/// The columns of lists of households.
func householdColumns(words: HouseholdWords? = nil) -> [Column<HouseholdLine>] {
  var columns: [Column<HouseholdLine>] = [
    Column("家庭编号", text: \.number),
    Column("申请人", text: { Masking.maskedName($0.applicant ?? "") }),
    Column("人数", number: \.members),
    Column("类别", text: \.category.title),
    Column("项目", text: \.estate),
    Column("房号", text: \.home),
    Column("乡镇", text: \.township),
    Column("状态", tag: { ($0.standing.title, $0.standing.tagKind) }),
    Column("疑点", tag: { $0.hasFinding ? ("有疑点", .alert) : nil }),
  ]
  if case .name = words {
    columns.insert(
      Column(
        "查到的成员",
        text: { $0.matches.map { Masking.maskedName($0) }.joined(separator: "、") }), at: 2)
  }
  return columns
}

extension HouseholdWords {
  /// The same words, searched in every way.
  static func all(_ words: String) -> [HouseholdWords] {
    [.name(words), .contract(words), .address(words)]
  }
}

/// One field for whatever somebody has at hand. It is posted, as what is typed may be an ID number.
func householdSearchBox(csrf: String, typed: String? = nil, error: String? = nil) -> HTML {
  """
  <form class="search-box" method="post" action="\(path: Paths.deskHouseholdSearch)" role="search">
  <input type="hidden" name="csrf" value="\(csrf)">
  <label for="household-search">查找家庭</label>
  <div class="search-row"><input type="search" id="household-search" name="q" maxlength="100" \
  autocomplete="off" spellcheck="false"\(attribute: "value", typed)\
  \(attribute: "aria-invalid", error == nil ? nil : "true") \
  aria-describedby="household-search-hint\(if: error != nil, " household-search-error")">\
  <button class="button" type="submit">查找</button></div>
  \(ifLet: error, { "<p class=\"error\" id=\"household-search-error\">\($0)</p>\n" })\
  <p class="hint" id="household-search-hint">姓名的一部分、完整的身份证号、电话、合同编号、家庭编号或地址</p>
  </form>

  """
}

/// What an ID number or a phone was found to be; the number itself is in no address.
struct HouseholdFoundPage: Sendable {
  /// Masked.
  let number: String
  let lines: [HouseholdLine]
  let csrf: String

  var html: HTML {
    householdSearchBox(csrf: csrf)
      + panel(
        "\(number)：\(lines.isEmpty ? "没有找到" : "在 \(lines.count) 户家庭里")",
        dataTable(
          caption: "找到的家庭", columns: householdColumns(), rows: lines,
          link: { Paths.deskHousehold.link($0.id) },
          empty: emptyState(
            "登记里没有这个号码", hint: "请核对号码；不在本辖区的家庭查不到。",
            action: buttonLink("全部家庭", Paths.deskHouseholds.link, isPrimary: false))))
  }
}
