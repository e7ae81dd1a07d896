public import HTML

/// The head of a page: the way back up, the title, what the page is about, and its actions.
public func pageHeader(
  _ title: String, lead: String = "", breadcrumbs: [(String, Link)] = [], actions: HTML = HTML()
) -> HTML {
  let crumbs = breadcrumbs.map { name, link -> HTML in
    "<li><a href=\"\(path: link)\">\(name)</a></li>"
  }
  let way: HTML = """
    <nav class="breadcrumbs" aria-label="所在位置"><ol>\(crumbs)\
    <li aria-current="page">\(title)</li></ol></nav>

    """
  return """
    <div class="page-header">
    \(if: !crumbs.isEmpty, way)\
    <div class="page-header-row"><h1>\(title)</h1>\
    \(if: !actions.isEmpty, "<div class=\"page-actions\">\(actions)</div>")</div>
    \(if: !lead.isEmpty, "<p class=\"lead\">\(lead)</p>")
    </div>

    """
}

/// A link that looks like a button.
public func buttonLink(_ text: String, _ link: Link, isPrimary: Bool = true) -> HTML {
  """
  <a class="\(isPrimary ? "button" : "button button-secondary")" href="\(path: link)">\(text)</a>
  """
}

/// A form above a table; its fields are those of the page's address. It is a GET, but where somebody types in it: then
/// it is posted, and what was typed stands sealed in the address to which the answer leads.
///
/// - Parameter typed: the names of the fields in which somebody types.
public func filterBar(
  action: Link, typed: [String] = [], csrf: String = "", _ fields: () -> HTML
) -> HTML {
  let (method, target) = typed.isEmpty ? ("get", action) : ("post", Paths.find.link)
  return """
    <form class="filter-bar" method="\(method)" action="\(path: target)" role="search">
    \(if: !typed.isEmpty, FindForm(list: action, typed: typed).hidden(csrf: csrf))\(fields())
    <div class="filter-actions"><button class="button button-secondary" type="submit">筛选</button>\
    <a class="filter-reset" href="\(path: action)">清除</a></div>
    </form>

    """
}

/// One labelled choice of a filter bar. The empty value, first, means no restriction.
public func filterSelect(
  _ name: String, label: String, options: [(value: String, text: String)], selected: String?,
  any: String = "全部"
) -> HTML {
  let items = options.map { value, text -> HTML in
    "<option\(attribute: "value", value)\(attribute: "selected", if: value == selected)>\(text)</option>"
  }
  return """
    <div class="filter-field"><label for="filter-\(name)">\(label)</label>\
    <select id="filter-\(name)" name="\(name)"><option value="">\(any)</option>\(items)</select></div>

    """
}

/// One labelled text of a filter bar.
public func filterText(_ name: String, label: String, value: String?, hint: String? = nil) -> HTML {
  """
  <div class="filter-field"><label for="filter-\(name)">\(label)</label>\
  <input type="search" id="filter-\(name)" name="\(name)"\(attribute: "value", value)\
  \(attribute: "placeholder", hint)></div>

  """
}

/// One labelled day of a filter bar.
public func filterDay(_ name: String, label: String, value: String?) -> HTML {
  """
  <div class="filter-field"><label for="filter-\(name)">\(label)</label>\
  <input type="date" id="filter-\(name)" name="\(name)"\(attribute: "value", value)></div>

  """
}

/// A value of a filter bar that stays while the others change.
public func filterHidden(_ item: (name: String, value: String)?) -> HTML {
  guard let item else { return HTML() }
  return "<input type=\"hidden\" name=\"\(item.name)\" value=\"\(item.value)\">\n"
}

/// Says that there is nothing, and what to do next.
public func emptyState(_ title: String, hint: String = "", action: HTML = HTML()) -> HTML {
  """
  <div class="empty-state"><p class="empty-title">\(title)</p>\
  \(if: !hint.isEmpty, "<p>\(hint)</p>")\
  \(if: !action.isEmpty, "<p class=\"empty-action\">\(action)</p>")</div>

  """
}

/// Links to the pages before and after, with how many there are in all.
public func pager(next: Link?, previous: Link?, countText: String) -> HTML {
  """
  <nav class="pager" aria-label="翻页"><span class="pager-count">\(countText)</span>\
  \(ifLet: previous, { "<a class=\"button button-secondary\" rel=\"prev\" href=\"\(path: $0)\">上一页</a>" })\
  \(ifLet: next, { "<a class=\"button button-secondary\" rel=\"next\" href=\"\(path: $0)\">下一页</a>" })</nav>

  """
}

/// A box with a heading, the unit that desk pages are made of.
public func panel(_ title: String, actions: HTML = HTML(), _ body: HTML) -> HTML {
  """
  <section class="panel"><div class="panel-header"><h2>\(title)</h2>\
  \(if: !actions.isEmpty, "<div class=\"page-actions\">\(actions)</div>")</div>
  \(body)</section>

  """
}

/// A message that stays on the page: something to know before going on.
public func notice(_ kind: TagKind, _ body: HTML) -> HTML {
  "<div class=\"notice notice-\(kind.rawValue)\">\(body)</div>\n"
}

/// Asks once more before what cannot be undone.
/// - Parameters:
///   - consequence: what will happen, in words that can be judged.
///   - fields: further fields of the form, such as the reason.
public func confirmBox(
  title: String, consequence: HTML, action: Link, csrf: String, confirm: String, cancel: Link,
  fields: HTML = HTML(), isDestructive: Bool = true
) -> HTML {
  """
  <form class="confirm-box" method="post" action="\(path: action)">
  <h2>\(title)</h2>
  <div class="consequence">\(consequence)</div>
  <input type="hidden" name="csrf" value="\(csrf)">
  \(fields)
  <div class="form-actions">\
  <button class="\(isDestructive ? "button button-danger" : "button")" type="submit">\(confirm)</button>\
  <a class="button button-secondary" href="\(path: cancel)">取消</a></div>
  </form>

  """
}
