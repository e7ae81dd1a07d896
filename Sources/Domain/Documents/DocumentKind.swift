/// A kind of document of a case (文书). The raw value is the text stored in SQL.
///
/// 送达回证 is drawn from the services of a document (``ServiceAttempt``), 退房交验单 from the return of a home: both are
/// forms of their own.
public enum DocumentKind: String, CaseIterable, Codable, Hashable, Sendable {
  case rectification
  case notice
  case returnOrder = "return_order"
  case leaveNotice = "leave_notice"
  case demand
  case enforcement
  case civilSuit = "civil_suit"
  case transfer
  case closing

  /// The title on the document, and on screens.
  public var title: String { form.title }

  /// The row of the table.
  public var form: DocumentForm { DocumentForm.of(self) }
}

extension DocumentKind: LosslessStringConvertible {
  /// By its raw value, as addresses have it.
  public init?(_ description: String) { self.init(rawValue: description) }
  public var description: String { rawValue }
}

/// The number of a document (发文字号): organ and kind, year, and a number that runs without gaps through the year.
///
/// Source: GB/T 9704-2012, 7.2.5: 发文机关代字、年份、发文顺序号; the year whole in 六角括号, the number without 第 and without zeros in
/// front.
public struct DocumentNumber: Hashable, Sendable {
  public let organMark: String
  public let kind: DocumentKind
  public let year: Int
  public let number: Int

  public init(organMark: String, kind: DocumentKind, year: Int, number: Int) {
    self.organMark = organMark
    self.kind = kind
    self.year = year
    self.number = number
  }

  /// `清住建催〔2021〕12号`.
  public var text: String { "\(organMark)\(kind.form.mark)〔\(year)〕\(number)号" }
}
