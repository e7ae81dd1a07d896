import Domain
import Findings
import Ground
import HTML
import HTTPTypes
import Pages
import Postgres
import Web

/// Findings become cases.
struct CaseOpeningHandlers: Sendable {
  let services: Services

  /// `POST /desk/findings/confirmation`
  func confirmFindings(_ request: WebRequest, _ fields: FormFields) async throws -> WebResponse {
    let choice = FindingChoiceHandlers(services: services)
    let chosen = try FindingSelection(fields)
    var checker = FormChecker(fields)
    let nature = checker.choice("nature", "退出性质", of: ExitNature.self, required: false)
    let note = checker.column("note", "说明", max: 500, required: false)
    guard checker.isValid else {
      return try await choice.answer(
        request, chosen, .confirmation, checker, .unprocessableContent)
    }
    let opening = CaseOpening(
      chosen: chosen, nature: nature, note: note, principal: try request.principal,
      origin: try request.auditOrigin, now: request.now)
    do {
      let cases = try await services.databases.transaction(as: opening.principal) { tx in
        try tx.confirm(opening)
      }
      return .redirect(to: Self.target(cases), flash: Self.words(cases))
    } catch let problem as DecisionProblem {
      return try await choice.answer(request, chosen, .confirmation, checker, problem)
    } catch let problem as CaseOpeningProblem {
      let (field, message) = problem.message
      checker.fail(field, message)
      return try await choice.answer(
        request, chosen, .confirmation, checker, .unprocessableContent)
    }
  }

  private static func target(_ cases: OpenedCases) -> Link {
    let all = cases.opened + cases.joined
    return all.count == 1 ? Paths.deskCase.link(all[0]) : Paths.deskCases.link
  }

  private static func words(_ cases: OpenedCases) -> String {
    let opened = cases.opened.isEmpty ? nil : "新列 \(cases.opened.count) 件问题"
    let joined = cases.joined.isEmpty ? nil : "并入已有的 \(cases.joined.count) 件"
    return "已转为问题：" + [opened, joined].compactMap(\.self).joined(separator: "，") + "。"
      + cases.left.joined()
  }
}

extension CaseOpeningProblem {
  /// The field of the form that it is about, and what is to be done.
  var message: (field: String, text: String) {
    switch self {
    case .natureNeeded: ("nature", "请选择退出性质")
    case .withoutHome(let numbers):
      (
        "note",
        "\(fewHouseholds(numbers))没有履行中的租约，没有房屋可以清退；请先登记租约，或排除疑点"
      )
    case .outsideCampaign(let numbers):
      (
        "note",
        "\(fewHouseholds(numbers))租的不是政府投资公租房，不在整治范围内；请排除疑点，或在“行动方案”里修改整治范围"
      )
    case .contested(let numbers):
      (
        "note",
        "\(fewHouseholds(numbers))对核查结果提出了异议，还没有决定；决定以前不能列入问题清单"
      )
    case .withoutCampaign: ("note", "本县还没有登记整治行动，问题没有归属；请先登记行动方案")
    }
  }
}
