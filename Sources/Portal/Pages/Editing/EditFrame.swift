public import HTML
public import HTTPTypes
public import Postgres
public import Web

/// Where the history of what a form changes is read.
public struct EditHistory: Sendable {
  /// Of the row, as it is now.
  let version: Int
  /// Where the history stands now.
  let mark: @Sendable (Transaction) throws -> Int64
  /// What has been done since a mark, as entries to show.
  let since: @Sendable (Transaction, Int64) throws -> [TimelineEvent]

  public init(
    version: Int, mark: @escaping @Sendable (Transaction) throws -> Int64 = { _ in 0 },
    since: @escaping @Sendable (Transaction, Int64) throws -> [TimelineEvent] = { _, _ in [] }
  ) {
    self.version = version
    self.mark = mark
    self.since = since
  }
}

/// What a form is drawn with, beside its fields' own values.
public struct EditFrame: Sendable {
  public let answer: FormAnswer
  public let base: EditBase?
  /// What others did since the form was first drawn, when it was overtaken.
  public let since: [TimelineEvent]
  public let csrf: String

  public init(
    answer: FormAnswer, base: EditBase?, since: [TimelineEvent] = [], csrf: String
  ) {
    self.answer = answer
    self.base = base
    self.since = since
    self.csrf = csrf
  }

  public var view: FormView { answer.view }

  public var status: HTTPResponse.Status { answer.status }

  /// The form with its hidden fields, below what somebody else has meanwhile changed.
  ///
  /// - Parameter hasFiles: whether files are sent with it.
  public func form(
    action: Link, hasFiles: Bool = false, button: String, _ content: HTML
  ) -> HTML {
    conflict
      + view.form(
        action: action, csrf: csrf, hasFiles: hasFiles, button: button, hidden + content)
  }

  private var hidden: HTML {
    guard let base else { return HTML() }
    return """
      <input type="hidden" name="version" value="\(base.version)">
      <input type="hidden" name="mark" value="\(base.mark)">

      """
  }

  private var conflict: HTML {
    guard answer.isOvertaken else { return HTML() }
    return notice(
      .alert,
      """
      <p><strong>您打开页面以后，这里已被修改，您填写的内容还没有保存。</strong></p>
      \(if: !since.isEmpty, timeline(since))
      <p>您填写的内容都在下面，请对照上面的变化核对，再提交一次。</p>
      """)
  }
}

extension Transaction {
  /// Reads what a form is drawn with.
  ///
  /// - Parameter history: of the row that the form changes; nil where it makes a new one.
  func frame(_ answer: FormAnswer, _ history: EditHistory?, csrf: String) throws -> EditFrame {
    guard let history else { return EditFrame(answer: answer, base: nil, csrf: csrf) }
    var since: [TimelineEvent] = []
    if case .overtaken(_, let mark) = answer { since = try history.since(self, mark) }
    let base = EditBase(version: history.version, mark: try history.mark(self))
    return EditFrame(answer: answer, base: base, since: since, csrf: csrf)
  }
}
