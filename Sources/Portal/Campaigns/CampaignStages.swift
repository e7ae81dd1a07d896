package import Domain
package import HTML
import Pages

extension CampaignStage {
  func state(on day: Day) -> Step.State {
    if day < startsOn { return .upcoming }
    return day <= endsOn ? .current : .done
  }
}

/// The stages of a campaign as stations, with those that run on a day marked; they may overlap.
package func stageStepper(_ stages: [CampaignStage], on day: Day) -> HTML {
  stepper(
    stages.map { stage in
      Step(
        title: stage.title, state: stage.state(on: day),
        note: "\(stage.startsOn.chinese) 至 \(stage.endsOn.chinese)")
    }, label: "行动阶段")
}

/// The stages that run on a day in words, or where the day lies when none does.
package func stageText(_ stages: [CampaignStage], on day: Day) -> String {
  let running = stages.filter { $0.state(on: day) == .current }.map(\.title)
  if !running.isEmpty { return running.joined(separator: "、") }
  if let next = stages.first(where: { $0.startsOn > day }) { return "\(next.title)尚未开始" }
  return stages.isEmpty ? "尚未排定阶段" : "各阶段时间已过，进入长效管理"
}
