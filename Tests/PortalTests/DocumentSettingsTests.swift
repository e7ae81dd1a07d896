import Domain
import TestSupport
import Testing

/// Templates and who sends documents: written by the lead, every version kept.
@Suite(.serialized) struct DocumentSettingsTests {
  @Test func theLeadWritesACountysOwnTextAndDocumentsFollowIt() async throws {
    let fixture = try await DocumentFixture()
    let lead = fixture.work.lead
    let address = "/desk/templates/demand"
    let form = try await lead.open(address).form(to: address)
    let wrong = try await form.fill(["body": "{{当事人}}：\n你欠{{欠款数}}，请于{{履行期限}}前缴清。再不缴清就起诉。"]).submit()
    #expect(wrong.status == 422 && wrong.has("第 2 行的占位“{{欠款数}}”不认识") && wrong.has("{{金额}}"))
    #expect(wrong.keeps("再不缴清就起诉"))
    let saved = try await form.fill([
      "body": """
      {{当事人}}：
      本县专用正文：请于{{履行期限}}前退回住房，到{{机关地址}}办理。可以陈述、申辩。逾期申请人民法院强制执行。
      """
    ]).submit()
    #expect(saved.has("已保存") && saved.has("第 1 版"))
    #expect(try await lead.open("/desk/templates").has("第 1 版"))
    let draft = try await fixture.draft(.demand)
    #expect(draft.has("本县专用正文") && !draft.has("履行义务的方式\n"))
    _ = try await fixture.issueForm(draft).submit()
    #expect(try await fixture.lines("SELECT template_sequence FROM case_documents") == ["1"])
    #expect(
      try await fixture.lines("SELECT action FROM audit_events WHERE entity = 'document_templates'")
        == ["document_template.set"])
    let officer = fixture.officer
    #expect(try await officer.open("/desk/templates").status == 200)
    #expect(try await officer.open(address).status == 403)
  }

  @Test func whoSendsDocumentsIsSaidOnce() async throws {
    let fixture = try await DocumentFixture()
    let address = "/desk/templates/office"
    let form = try await fixture.work.lead.open(address).form(to: address)
    #expect(form["organ"] == "清流县住房和城乡建设局" && form["organ_mark"] == "清住建")
    let saved = try await form.fill([
      "organ": "清流县住房保障中心", "organ_mark": "清房保", "phone": "0598-5320000",
    ])
    .submit()
    #expect(saved.has("清房保催〔2021〕12号"))
    let issued = try await fixture.issue(.demand)
    #expect(issued.has("清房保催〔2021〕1号") && issued.has("0598-5320000"))
    let empty = try await form.fill(["organ": ""]).submit()
    #expect(empty.status == 422)
  }

  @Test func theTextThatIsThereAlreadyIsNotSavedAgain() async throws {
    let fixture = try await DocumentFixture(upTo: .verified)
    let address = "/desk/templates/notice"
    let again = try await fixture.work.lead.open(address).form(to: address).submit()
    #expect(again.status == 422 && again.has("不用保存"))
  }
}
