import Domain
import Ground
import HTML
import Pages
import Register
import Web

/// Where a file is chosen.
struct ImportFormPage {
  let view: FormView
  let csrf: String

  var html: HTML {
    panel(
      "选择文件",
      view.form(
        action: Paths.deskImports.link, csrf: csrf, hasFiles: true, button: "上传并检查",
        view.radios(
          "kind", "表格种类",
          options: RegisterSheet.allCases.map { ($0.rawValue, "\($0.title)：\($0.explanation)") })
          + view.files(
            "file", "文件", accept: ".xlsx,.csv", multiple: false,
            hint: "XLSX 或 CSV，不超过 256 MB；带宏、带密码的不接收", required: true)))
  }
}
