import Domain
package import HTML
package import HTTPTypes
package import Pages
import Postgres
package import Web

/// What every form of the register's pages is drawn with.
package struct EditFrame: Sendable {
  package let answer: FormAnswer
  package let base: EditBase?
  /// What others did since the form was first drawn, when it was overtaken.
  package let since: [RegisterChange]
  package let csrf: String

  package init(answer: FormAnswer, base: EditBase?, since: [RegisterChange], csrf: String) {
    self.answer = answer
    self.base = base
    self.since = since
    self.csrf = csrf
  }

  package var view: FormView { answer.view }

  package var status: HTTPResponse.Status {
    switch answer {
    case .fresh: .ok
    case .invalid: .unprocessableContent
    case .overtaken: .conflict
    }
  }

  /// The form with its hidden fields, below what somebody else has meanwhile changed.
  package func form(action: Link, button: String, _ content: HTML) -> HTML {
    conflict + view.form(action: action, csrf: csrf, button: button, hidden + content)
  }

  private var hidden: HTML {
    guard let base else { return HTML() }
    return """
      <input type="hidden" name="version" value="\(base.version)">
      <input type="hidden" name="mark" value="\(base.mark)">

      """
  }

  private var conflict: HTML {
    guard case .overtaken = answer else { return HTML() }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，这里已被修改，您填写的内容还没有保存。</strong></p>
      \(if: !since.isEmpty, timeline(ChangeOperation.grouped(since).map(\.event)))
      <p>您填写的内容都在下面，请对照上面的变化核对，再提交一次。</p>
      """)
  }
}

extension Transaction {
  /// Reads what a form is drawn with.
  ///
  /// - Parameters:
  ///   - version: of the row that the form changes; nil where it makes a new one.
  func frame(
    _ answer: FormAnswer, _ scope: ChangeScope, version: Int?, csrf: String
  ) throws -> EditFrame {
    guard let version else {
      return EditFrame(answer: answer, base: nil, since: [], csrf: csrf)
    }
    var since: [RegisterChange] = []
    if case .overtaken(_, let mark) = answer {
      since = try all(registerChanges(of: scope, after: mark))
    }
    let base = EditBase(version: version, mark: try one(changeMark(of: scope)))
    return EditFrame(answer: answer, base: base, since: since, csrf: csrf)
  }
}
