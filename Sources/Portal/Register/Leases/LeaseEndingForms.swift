import Domain
import HTML
import Pages
import Postgres
import Web

extension LeaseForms {
  /// `/desk/leases/:id/ending`
  var ending: EditForm<LeaseID, LeaseDetail, TypedEnding, LeaseDetail> {
    EditForm(
      services, taken: takenInRegister, load: load, history: history, page: endingPage,
      read: { checker, seen in
        let day = checker.pastDay("ended_on", "终止日期", today: seen.asked.today)
        let reason = checker.column("reason", "终止原因", max: 200)
        let state = checker.homeStateAfterLease()
        guard let day, let reason, let state else { return nil }
        return TypedEnding(day: day, reason: reason, homeState: state)
      },
      write: { tx, typed, edit in
        try tx.endLease(edit.id, typed, version: edit.version, by: edit.editor)
      },
      done: { lease, typed, _ in
        (
          Paths.deskHousehold.link(lease.household),
          "已终止租约 \(lease.contractNumber)，房屋现为“\(typed.homeState.title)”。"
        )
      })
  }

  @Sendable private func endingPage(
    _ lease: EditSeen<LeaseID, LeaseDetail>, _ frame: EditFrame
  ) -> EditPage {
    let view = frame.view
    let body =
      lease.state == .ended
      ? emptyState("这份租约已经终止")
      : frame.form(
        action: Paths.deskLeaseEnding.link(lease.id), button: "终止租约",
        view.input(
          "ended_on", "终止日期", type: .date, value: lease.asked.today.iso, hint: "不能晚于今天。")
          + view.input("reason", "终止原因", hint: "例如 到期不续租、已清退。", maxlength: 200)
          + homeStateField(view))
    return EditPage(
      title: "终止租约", lead: "\(lease.estateName) \(lease.place)",
      breadcrumbs: leaseCrumbs(lease.model), panel("终止", body))
  }

  /// `/desk/leases/:id/reopening`
  var reopening: EditForm<LeaseID, LeaseDetail, Void, LeaseDetail> {
    EditForm(
      services, taken: takenInRegister, load: load, history: history, page: reopeningPage,
      read: { _, _ in () },
      write: { tx, _, edit in
        try tx.reopenLease(edit.id, version: edit.version, by: edit.editor)
      },
      done: { lease, _, id in
        (Paths.deskLease.link(id), "租约 \(lease.contractNumber) 恢复履行。")
      })
  }

  @Sendable private func reopeningPage(
    _ lease: EditSeen<LeaseID, LeaseDetail>, _ frame: EditFrame
  ) -> EditPage {
    let body =
      lease.state == .running
      ? emptyState("这份租约在履行中，没有终止")
      : frame.form(
        action: Paths.deskLeaseReopening.link(lease.id), button: "撤销终止",
        """
        <p id="reason">这份租约于 \(lease.endedOn?.chinese ?? "") 终止。撤销后恢复履行，房屋改为“已出租”；\
        终止的记录留在历史里。</p>
        """)
    return EditPage(
      title: "撤销终止", lead: "\(lease.estateName) \(lease.place)",
      breadcrumbs: leaseCrumbs(lease.model), panel("撤销终止", body))
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
