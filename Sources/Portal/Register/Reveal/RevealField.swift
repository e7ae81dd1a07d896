package import Domain
import Ground
package import HTML
import Pages
import Web

/// What of a person is shown masked and can be asked for whole.
package enum RevealField: String, CaseIterable, Sendable {
  case idNumber = "id_number"
  case phone

  var title: String {
    switch self {
    case .idNumber: "身份证号"
    case .phone: "电话"
    }
  }

  var sealed: SealedField { self == .idNumber ? .personIDNumber : .personPhone }

  /// The number as lists and logs show it.
  func masked(_ number: String) -> String {
    self == .idNumber ? Masking.maskedResidentID(number) : Masking.maskedPhone(number)
  }
}

/// Asks for one number of one person whole, with the reason. It folds away behind one word, so that a
/// table of members stays a table.
///
/// - Parameters:
///   - of: whose number it is, in words for those who do not see the row.
///   - reason: what stands there already, where the page is for one purpose.
///   - next: where one goes on afterwards, when it is not the household.
package func revealForm(
  _ field: RevealField, of name: String, person: PersonID, csrf: String, reason: String? = nil,
  next: Link? = nil
) -> HTML {
  """
  <details class="reveal"><summary>显示\
  <span class="visually-hidden">\(name)的\(field.title)</span></summary>
  \(revealFields(field, person: person, csrf: csrf, reason: reason, next: next))</details>

  """
}

/// The form itself, also as it comes back when no reason was given.
func revealFields(
  _ field: RevealField, person: PersonID, csrf: String, _ view: FormView = FormView(),
  reason: String? = nil, next: Link? = nil
) -> HTML {
  let id = "reveal-\(person)-\(field.rawValue)"
  let error = view.errors["reason"]
  return """
    <form class="reveal-form" method="post" action="\(path: Paths.deskPersonReveal.link(person))">
    <input type="hidden" name="csrf" value="\(csrf)">
    <input type="hidden" name="field" value="\(field.rawValue)">
    \(ifLet: next, { "<input type=\"hidden\" name=\"next\" value=\"\($0.url)\">\n" })\
    <label for="\(id)">为什么要看完整的\(field.title)</label>
    \(ifLet: error, { "<p class=\"error\" id=\"\(id)-error\">\($0)</p>\n" })\
    <input type="text" id="\(id)" name="reason" maxlength="200" required \
    autocomplete="off"\(attribute: "value", view.fields["reason"] ?? reason)\
    \(attribute: "aria-invalid", error == nil ? nil : "true")\
    \(attribute: "aria-describedby", error == nil ? nil : "\(id)-error")>
    <button class="button button-secondary" type="submit">显示完整号码</button>
    <p class="hint">查看人、时间和原因会记入审计</p>
    </form>

    """
}
