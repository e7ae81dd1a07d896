import Domain
import Ground
import HTML
import Pages
import Register
import Spreadsheet
import Web

/// Where a file is chosen.
struct ImportFormPage {
  let view: FormView
  /// The kind that whoever leads here means.
  var kind: RegisterSheet?
  let csrf: String

  var html: HTML {
    panel(
      "选择文件",
      view.form(
        action: Paths.deskImports.link, csrf: csrf, hasFiles: true, button: "上传并检查",
        view.radios(
          "kind", "表格种类",
          options: RegisterSheet.allCases.map { ($0.rawValue, "\($0.title)：\($0.explanation)") },
          value: kind?.rawValue)
          + view.files(
            "file", "文件", accept: ".xlsx,.csv", multiple: false,
            hint: """
              XLSX 或 CSV，不超过 \(ImportHandlers.uploadLimits.fileBytes >> 20) MB、\
              \(grouped(ReadLimits().rows)) 行，XLSX 展开后不超过 \(ReadLimits().inflatedBytes >> 20) MB；\
              再多的请分成几个文件。带宏、带密码的不接收
              """, required: true)))
  }
}
