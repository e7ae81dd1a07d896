import Domain
import HTML
import Pages
import Web

/// The sheets of the register, each to be taken out.
struct RegisterExportPage: Sendable {
  let mayExportWhole: Bool
  let csrf: String
  let view: FormView

  var html: HTML {
    if mayExportWhole { return view.summary + masked + whole }
    return masked
  }

  private var masked: HTML {
    panel(
      "个人信息隐去的登记表",
      dataTable(
        caption: "登记表",
        columns: [
          Column("登记表") { "\($0.title)" },
          Column("导出") { links($0) },
          Column("内容") { "\($0.explanation)" },
        ], rows: RegisterSheet.allCases, empty: HTML())
        + "<p class=\"hint\">家庭与成员里的姓名、身份证号和电话已隐去，不能再导入；其余三张表可以原样导入。</p>\n")
  }

  private func links(_ sheet: RegisterSheet) -> HTML {
    let links = ExportFormat.allCases.map { format -> HTML in
      let link = Paths.deskRegisterExport.link.query("sheet", sheet.rawValue)
        .query("format", format.rawValue)
      return """
        <a href="\(path: link)">\(format.title)\
        <span class="visually-hidden">：\(sheet.title)</span></a>
        """
    }
    return "<span class=\"row-actions\">\(links.joined(separator: " "))</span>"
  }

  private var whole: HTML {
    panel(
      "含完整个人信息的登记表",
      """
      <p>文件里会写明导出人、时间和原因，并记入审计。请按保密要求保管，用完删除。</p>
      <form method="post" action="\(path: Paths.deskRegisterExport)" novalidate>
      \(FormView.csrf(csrf))
      \(view.select(
        "sheet", "登记表",
        options: [RegisterSheet.households, .leases, .homes, .estates].map { ($0.rawValue, $0.title) }
      ))\
      \(view.radios(
        "format", "格式", options: ExportFormat.allCases.map { ($0.rawValue, $0.title) },
        value: ExportFormat.xlsx.rawValue))\
      \(view.input(
        "reason", "导出原因", hint: "例如：报市住建局复核，依据某号文", maxlength: 200, autocomplete: "off"))\
      <p class="actions"><button type="submit">导出完整登记表</button></p>
      </form>

      """)
  }
}
