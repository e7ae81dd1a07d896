import Domain
import HTML
import Pages
import Postgres
import Web

extension LeaseEditHandlers {
  /// `GET /desk/leases/:id/ending`
  func showEnding(_ request: WebRequest, _ id: LeaseID) async throws -> WebResponse {
    try await endingPage(request, id, .fresh)
  }

  /// `POST /desk/leases/:id/ending`
  func endLease(
    _ request: WebRequest, _ id: LeaseID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    var checker = FormChecker(fields)
    let day = checker.pastDay("ended_on", "终止日期", today: ShanghaiTime.day(of: request.now))
    let reason = checker.column("reason", "终止原因", max: 200)
    let state = checker.homeStateAfterLease()
    guard checker.isValid, let day, let reason, let state else {
      return try await endingPage(request, id, .invalid(checker))
    }
    let ending = TypedEnding(day: day, reason: reason, homeState: state)
    let result = try await services.editRegister(request, checker, since: base) { tx, editor in
      try tx.endLease(id, ending, version: base.version, by: editor)
    }
    switch result {
    case .done(let lease):
      return .redirect(
        to: Paths.deskHousehold.link(lease.household),
        flash: "已终止租约 \(lease.contractNumber)，房屋现为“\(state.title)”。")
    case .again(let answer): return try await endingPage(request, id, answer)
    }
  }

  /// `GET /desk/leases/:id/reopening`
  func showReopening(_ request: WebRequest, _ id: LeaseID) async throws -> WebResponse {
    try await reopeningPage(request, id, .fresh)
  }

  /// `POST /desk/leases/:id/reopening`
  func reopenLease(
    _ request: WebRequest, _ id: LeaseID, _ fields: FormFields
  ) async throws -> WebResponse {
    let base = try EditBase(fields)
    let result = try await services.editRegister(request, FormChecker(fields), since: base) {
      tx, editor in
      try tx.reopenLease(id, version: base.version, by: editor)
    }
    switch result {
    case .done(let lease):
      return .redirect(
        to: Paths.deskLease.link(id), flash: "租约 \(lease.contractNumber) 恢复履行。")
    case .again(let answer): return try await reopeningPage(request, id, answer)
    }
  }

  // MARK: Pages

  private func endingPage(
    _ request: WebRequest, _ id: LeaseID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let view = seen.frame.view
    let body =
      seen.lease.state == .ended
      ? emptyState("这份租约已经终止")
      : seen.frame.form(
        action: Paths.deskLeaseEnding.link(id), button: "终止租约",
        view.input(
          "ended_on", "终止日期", type: .date, value: ShanghaiTime.day(of: request.now).iso,
          hint: "不能晚于今天。")
          + view.input("reason", "终止原因", hint: "例如 到期不续租、已清退。", maxlength: 200)
          + homeStateField(view))
    return try await services.deskPage(
      request, title: "终止租约", lead: "\(seen.lease.estateName) \(seen.lease.place)",
      breadcrumbs: leaseCrumbs(seen.lease), status: seen.frame.status, panel("终止", body))
  }

  private func reopeningPage(
    _ request: WebRequest, _ id: LeaseID, _ answer: FormAnswer
  ) async throws -> WebResponse {
    let seen = try await seen(request, id, answer)
    let lease = seen.lease
    let body =
      lease.state == .running
      ? emptyState("这份租约在履行中，没有终止")
      : seen.frame.form(
        action: Paths.deskLeaseReopening.link(id), button: "撤销终止",
        """
        <p id="reason">这份租约于 \(lease.endedOn?.chinese ?? "") 终止。撤销后恢复履行，房屋改为“已出租”；\
        终止的记录留在历史里。</p>
        """)
    return try await services.deskPage(
      request, title: "撤销终止", lead: "\(lease.estateName) \(lease.place)",
      breadcrumbs: leaseCrumbs(lease), status: seen.frame.status, panel("撤销终止", body))
  }
}

func homeStateField(_ view: FormView, _ label: String = "房屋以后的状态") -> HTML {
  view.radios(
    "home_state", label,
    options: HomeState.afterLease.map { ($0.rawValue, $0.title) },
    value: HomeState.vacant.rawValue, hint: "人还没有搬出的，选“待收回”。")
}

extension FormChecker {
  mutating func homeStateAfterLease() -> HomeState? {
    choice("home_state", "房屋以后的状态", among: HomeState.afterLease.map(\.rawValue))
      .flatMap { HomeState(rawValue: $0) }
  }
}
