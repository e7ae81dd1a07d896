import Domain
import Foundation
import Ground
import Reviews
import Spreadsheet
import Web

// What the forms of deliveries read.
extension FormChecker {
  /// One of those that the person's bureau owes, or may deliver.
  mutating func ownCheckType(
    _ principal: Principal, among own: KeyPath<Bureau, [CheckType]>
  ) -> CheckType? {
    let own = principal.role.bureau?[keyPath: own] ?? []
    return choice("type", "核查项目", among: own.map(\.rawValue)).flatMap { CheckType(rawValue: $0) }
  }

  /// The day for which the bureau vouches.
  mutating func asOf(today: Day, required: Bool) -> Day? {
    guard let day = day("as_of", "数据截止日期", required: required) else { return nil }
    guard day <= today else {
      fail("as_of", "数据截止日期在今天之后，请核对")
      return nil
    }
    guard day >= today.adding(months: -36) else {
      fail("as_of", "数据截止日期在三年以前，请核对")
      return nil
    }
    return day
  }

  mutating func round() -> ReviewRoundID? {
    value("round", "资格复核", required: false, message: "请选择是哪一轮资格复核") { ReviewRoundID($0) }
  }

  /// The one file; what is no workbook at all is refused at once, while its sender can choose another.
  mutating func deliveredFile(_ upload: Upload) -> UploadedFile? {
    upload.report(to: &self, field: "file")
    guard let file = upload.files("file").first else {
      if errors["file"] == nil { fail("file", "请选择要上传的文件") }
      return nil
    }
    guard file.size > 0 else {
      fail("file", "文件是空的，没有任何内容。请检查是否选错了文件。")
      return nil
    }
    guard isValid else { return file }
    do {
      _ = try Workbook(
        path: file.path, fileName: file.declaredName, limits: ExtractMatching.limits)
    } catch {
      fail("file", error.description)
      return nil
    }
    return file
  }
}

extension DeliveryIntake {
  /// Takes a file in; nil where the form comes back with what stands in the way.
  func takeIn(
    _ file: UploadedFile, _ terms: DeliveryTerms, _ request: WebRequest,
    _ checker: inout FormChecker
  ) async throws -> DeliveryIntake.Taken? {
    do {
      return try await take(
        ArrivingFile(file), terms, as: try request.principal, by: try request.auditOrigin,
        at: request.now)
    } catch let refusal as DeliveryRefusal {
      checker.fail(refusal == .severalRounds ? "round" : "file", refusal.description)
    } catch let refusal as AnswerRefusal {
      checker.fail("round", refusal.message)
    }
    return nil
  }
}
