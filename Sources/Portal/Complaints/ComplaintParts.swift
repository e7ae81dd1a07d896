import Domain
import Files
import Foundation
import Ground
import HTML
import Pages

// Pieces that the pages of citizens, staff and inspectors share.

/// Estate and address, or that none was given.
func complaintPlace(estate: String?, address: String?) -> String {
  let parts = [estate, address].compactMap { $0 }
  return parts.isEmpty ? "未填" : parts.joined(separator: " ")
}

func complaintStateTag(_ state: ComplaintState) -> HTML {
  switch state {
  case .received: tag(state.title, .warn)
  case .accepted: tag(state.title, .info)
  case .notAccepted: tag(state.title, .neutral)
  case .finished: tag(state.title, .ok)
  }
}

/// Where the complaint stands on its way, with the days.
func complaintStepper(
  _ state: ComplaintState, received: Date, decided: Date?, finished: Date?
) -> HTML {
  let isDeclined = state == .notAccepted
  var steps = [
    Step(
      title: ComplaintState.received.title, state: state == .received ? .current : .done,
      note: ShanghaiTime.dateText(received)),
    Step(
      title: isDeclined ? ComplaintState.notAccepted.title : ComplaintState.accepted.title,
      state: state == .received ? .upcoming : state == .finished ? .done : .current,
      note: decided.map { ShanghaiTime.dateText($0) }),
  ]
  if !isDeclined {
    steps.append(
      Step(
        title: ComplaintState.finished.title, state: state == .finished ? .current : .upcoming,
        note: finished.map { ShanghaiTime.dateText($0) }))
  }
  return stepper(steps)
}

/// Thumbnails that open the picture; of those that are not there yet, or never will be, why.
func photoGrid(
  _ photos: [StoredFile], forCitizen: Bool, link: (FileID) -> Link
) -> HTML {
  guard !photos.isEmpty else { return HTML() }
  let items = photos.enumerated().map { index, photo -> HTML in
    switch photo.state {
    case .clean:
      """
      <li><a href="\(path: link(photo.id))"><img src="\(path: link(photo.id))" alt="照片 \(index + 1)" \
      loading="lazy"></a></li>
      """
    case .waiting:
      "<li class=\"photo-absent\">照片 \(index + 1)：照片处理中\(if: forCitizen, "，已经收到，稍后刷新可以看到")</li>"
    case .unreadable(let refusal):
      """
      <li class="photo-absent">照片 \(index + 1)\(if: forCitizen, "\(refusal.message)，在下面“补充照片”里再交一次")\
      \(if: !forCitizen, "：打不开，举报人凭查询码会看到，可以重新补交")</li>
      """
    }
  }
  return "<ul class=\"photo-grid\">\(items)</ul>\n"
}

/// Messages both ways, the oldest first. Citizens see no names of staff; nobody sees when exactly
/// a citizen wrote.
func messageList(_ messages: [ComplaintMessage], forCitizen: Bool) -> HTML {
  timeline(
    messages.map { message in
      let staff = forCitizen ? "工作人员" : message.accountName ?? "工作人员"
      return TimelineEvent(
        time: message.isByCitizen
          ? ShanghaiTime.hourText(message.postedAt) : ShanghaiTime.dateTimeText(message.postedAt),
        title: message.isByCitizen ? (forCitizen ? "您" : "举报人") : staff,
        detail: "<p class=\"typed-text\">\(message.body)</p>",
        kind: message.isByCitizen ? .info : .neutral)
    })
}
