import HTML
import Testing

@testable import Web

@Suite struct FormViewTests {
  private func failed() -> FormView {
    var checker = FormChecker(["name": "<张>", "text": "\n一", "kind": "b", "agree": "yes"])
    checker.fail("name", "请填写真实姓名")
    checker.fail("kind", "请选择类型")
    return FormView(checker)
  }

  @Test func aFieldHasLabelHintErrorAndWhatWasTyped() {
    #expect(
      failed().input("name", "姓名", hint: "与身份证一致", maxlength: 20, autocomplete: "name").text == """
        <div class="field has-error">
        <label for="name">姓名</label>
        <p class="hint" id="name-hint">与身份证一致</p>
        <p class="error" id="name-error">请填写真实姓名</p>
        <input id="name" name="name" type="text" value="&lt;张&gt;" maxlength="20" \
        autocomplete="name" required aria-describedby="name-hint name-error" aria-invalid="true">
        </div>

        """)
  }

  @Test func theSummaryLinksToEachField() {
    let summary = failed().summary.text
    #expect(summary.contains("<h2>请先改正以下 2 处</h2>"))
    #expect(summary.contains("<a href=\"#name\">请填写真实姓名</a>"))
    #expect(summary.contains("role=\"alert\" tabindex=\"-1\""))
    #expect(FormView().summary.isEmpty)
  }

  @Test func aPasswordIsNeverShownAgain() {
    let view = FormView(["password": "Secret123"])
    #expect(!view.input("password", "密码", type: .password).text.contains("Secret123"))
  }

  @Test func aTextareaKeepsItsFirstEmptyLine() {
    #expect(failed().textarea("text", "说明").text.contains(">\n\n一</textarea>"))
  }

  @Test func choicesAreKeptAndGrouped() {
    let options = [("a", "甲"), ("b", "乙")].map { (value: $0.0, label: $0.1) }
    let radios = failed().radios("kind", "类型", options: options).text
    #expect(radios.contains("<fieldset class=\"field has-error\" id=\"kind\" tabindex=\"-1\""))
    #expect(radios.contains("<legend>类型</legend>"))
    #expect(radios.contains("id=\"kind-1\" name=\"kind\" type=\"radio\" value=\"b\" checked>"))
    #expect(radios.contains("<label for=\"kind-1\">乙</label>"))
    let select = failed().select("kind", "类型", options: options).text
    #expect(select.contains("<option value=\"b\" selected>乙</option>"))
    #expect(failed().checkbox("agree", "同意").text.contains(" checked"))
    #expect(
      failed().checkboxes("kind", "类型", options: options).text.contains("value=\"b\" checked"))
  }

  @Test func everyControlHasItsLabel() throws {
    let view = failed()
    let options = [(value: "a", label: "甲")]
    let form = view.form(
      action: Link(verbatim: "/x"), csrf: "t", hasFiles: true, button: "提交",
      view.input("a", "A") + view.textarea("b", "B") + view.select("c", "C", options: options)
        + view.radios("d", "D", options: options) + view.checkbox("e", "E")
        + view.files("f", "F", accept: "image/*")
    ).text
    #expect(form.contains("enctype=\"multipart/form-data\""))
    for control in form.matches(of: #/<(?:input|textarea|select) id="([^"]+)"/#) {
      #expect(form.contains("<label for=\"\(control.1)\">"), "\(control.1)")
    }
    #expect(form.matches(of: #/<(input|textarea|select) /#).count == 7)
  }

  @Test func severalFormsOnAPageHaveTheirOwnIds() {
    let view = FormView(idPrefix: "reply-")
    #expect(view.input("text", "回复").text.contains("id=\"reply-text\" name=\"text\""))
  }
}
