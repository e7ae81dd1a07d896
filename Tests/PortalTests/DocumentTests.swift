import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Cases
@testable import Ground
@testable import Portal

/// Documents of a case: drafted from a template, looked over for what the law asks, numbered, frozen.
@Suite(.serialized) struct DocumentTests {
  @Test func aDocumentIsDraftedFromWhatThePortalKnows() async throws {
    let fixture = try await DocumentFixture()
    let choice = try await fixture.officer.open("\(fixture.address)/documents/new")
    #expect(choice.has("催告书") && choice.has("“责令退回”不用腾退通知书"))
    let draft = try await fixture.draft(.demand)
    #expect(draft.has("已按模板生成正文") && draft.has("法律要求写明的内容都有了"))
    #expect(draft.has("林小满：") && draft.has("2021年8月10日") && draft.has("清住建〔2021〕12号"))
    #expect(draft.has("龙津路1号安居苑") && draft.has("请于2021年9月10日前履行"))
    // Without a sum, the line about it is left out.
    #expect(!draft.has("大写"))
    #expect(
      try await fixture.lines(
        "SELECT count(*) FROM document_drafts WHERE strpos(document_drafts::text, '林小满') > 0") == [
          "0"
        ])
  }

  @Test func aSumStandsInFiguresAndInWords() async throws {
    let fixture = try await DocumentFixture()
    let draft = try await fixture.draft(.demand, ["amount": "1,008.50", "payment": "转入县财政专户"])
    #expect(draft.has("1008.50元（大写：壹仟零捌元伍角整）"))
    let wrong = try await fixture.draft(.demand, ["amount": "-3", "term": "2021-08-01"])
    #expect(wrong.status == 422 && wrong.has("最多两位小数") && wrong.has("不能早于今天"))
  }

  @Test func whatTheLawAsksForHasToStandInItBeforeItIsIssued() async throws {
    let fixture = try await DocumentFixture()
    let draft = try await fixture.draft(.demand, ["answer_by": ""])
    #expect(draft.has("还不能签发") && draft.has("“陈述申辩期限”还没有填"))
    let path = DocumentFixture.path(draft)
    let bare = try await draft.form(to: path)
      .fill(["body": "林小满：\n请于2021年9月10日前退回住房，逾期将申请人民法院强制执行。"]).submit()
    #expect(bare.has("缺“依法享有的陈述权和申辩权”（《行政强制法》第三十五条第四项、第三十六条）"))
    #expect(try await fixture.officer.open(path + "/issue").has("还不能签发"))
    // Nor does it help to send the form all the same.
    let other = try await fixture.draft(.demand)
    let form = try await fixture.issueForm(other)
    _ = try await fixture.officer.open(DocumentFixture.path(other)).form(
      to: DocumentFixture.path(other)
    )
    .fill(["body": "林小满：\n请于2021年9月10日前退回住房，不然就不客气了。"]).submit()
    let refused = try await form.submit()
    #expect(refused.status == 422 && refused.has("还不能签发"))
    #expect(try await fixture.lines("SELECT count(*) FROM case_documents") == ["0"])
  }

  @Test func anIssuedDocumentIsNumberedAndFrozen() async throws {
    let fixture = try await DocumentFixture()
    let issued = try await fixture.issue(.demand)
    #expect(issued.has("已签发") && issued.has("清住建催〔2021〕1号") && issued.has("与正文相符"))
    #expect(try await fixture.lines("SELECT count(*) FROM document_drafts") == ["0"])
    #expect(
      try await fixture.lines(
        """
        SELECT number_text, issued_on, length(content_sha256), strpos(case_documents::text, '林小满')
        FROM case_documents
        """) == ["清住建催〔2021〕1号|2021-08-20|32|0"])
    #expect(try await fixture.officer.open(fixture.address).has("清住建催〔2021〕1号"))
    let sheet = try await fixture.officer.open(DocumentFixture.path(issued) + "/sheet")
    #expect(
      sheet.has("催告书") && sheet.has("（加盖公章）") && sheet.has("2021年8月20日") && sheet.has("清流县住房和城乡建设局")
    )
    for statement in [
      "UPDATE case_documents SET number = 2", "DELETE FROM case_documents",
      "UPDATE document_services SET proof = 'x'", "DELETE FROM document_templates",
    ] {
      #expect(
        try await fixture.site.database.refused(as: .staff, ["portal.area": "350423"], statement))
    }
    let audited = try await fixture.lines(
      "SELECT after ->> 'document_number' FROM audit_events WHERE action = 'case_document.issue'")
    #expect(audited == ["清住建催〔2021〕1号"])
  }

  @Test func whoChangesABytesIsFoundOut() async throws {
    let fixture = try await DocumentFixture()
    let issued = try await fixture.issue(.demand)
    try await fixture.site.owner.transaction { tx in
      try tx.execute("ALTER TABLE case_documents DISABLE TRIGGER case_documents_append_only")
      try tx.execute("UPDATE case_documents SET content_sha256 = sha256('x')")
    }
    #expect(try await fixture.officer.open(DocumentFixture.path(issued)).status == 500)
  }

  @Test func aMistakenDocumentIsVoidedAndItsNumberStays() async throws {
    let fixture = try await DocumentFixture()
    let issued = try await fixture.issue(.demand)
    let address = DocumentFixture.path(issued) + "/void"
    let form = try await fixture.officer.open(address).form(to: address)
    #expect(try await form.submit().status == 422)
    let voided = try await form.fill(["reason": "期限写错了"]).submit()
    #expect(voided.has("已作废") && voided.has("期限写错了"))
    #expect(try await form.fill(["reason": "再来一次"]).submit().status == 422)
    #expect(try await fixture.issue(.demand).has("清住建催〔2021〕2号"))
    #expect(
      try await fixture.officer.open(DocumentFixture.path(issued) + "/sheet").has("作废"))
    #expect(
      try await fixture.officer.open(DocumentFixture.path(issued) + "/service").has("已经作废，不能送达"))
  }

  @Test func aFormSentTwiceMakesOneDraftAndOneDocument() async throws {
    let fixture = try await DocumentFixture()
    let form = try await fixture.form(.demand)
    let (first, second) = (try await form.submit(), try await form.submit())
    #expect(DocumentFixture.path(first) == DocumentFixture.path(second))
    let issue = try await fixture.issueForm(first)
    let (one, two) = (try await issue.submit(), try await issue.submit())
    #expect(one.status == 200 && DocumentFixture.path(one) == DocumentFixture.path(two))
    #expect(try await fixture.lines("SELECT count(*), max(number) FROM case_documents") == ["1|1"])
  }

  @Test func ofTwoWhoEditADraftTheSecondIsTold() async throws {
    let fixture = try await DocumentFixture()
    let draft = try await fixture.draft(.demand)
    let path = DocumentFixture.path(draft)
    let late = try await fixture.work.lead.open(path).form(to: path)
    _ = try await draft.form(to: path).fill(["body": "林小满：\n这是经办先改好的正文，有二十个字以上。"]).submit()
    let answer = try await late.fill(["body": "林小满：\n这是负责人后改的正文，也有二十个字以上。"]).submit()
    #expect(answer.status == 409 && answer.keeps("这是负责人后改的正文"))
    let gone = try await fixture.officer.open(path + "/discard").form(to: path + "/discard")
      .submit()
    #expect(gone.has("已删除草稿"))
    #expect(try await fixture.officer.open(path).status == 404)
  }

  @Test func onlyWhatACourtGetsHoldsTheWholeIDNumber() async throws {
    let fixture = try await DocumentFixture(upTo: .demanded)
    let number = try idNumber(1)
    #expect(!(try await fixture.draft(.demand).has(number)))
    let form = try await fixture.form(.enforcement)
    #expect(!form.page.has(number) && form.page.has("完整身份证号"))
    let draft = try await form.submit()
    #expect(draft.has("公民身份号码\(number)") && draft.has("法律要求写明的内容都有了"))
    let audited = try await fixture.lines(
      "SELECT after ->> 'id_number' FROM audit_events WHERE action = 'case_document.whole_number'")
    #expect(audited == [Masking.maskedResidentID(number)])
    // What a clerk types into another kind does not stand whole there.
    let demand = try await fixture.draft(.demand)
    let path = DocumentFixture.path(demand)
    let typed = try await demand.form(to: path)
      .fill(["body": "林小满（\(number)）：\n请于2021年9月10日前退回所承租的住房。"]).submit()
    #expect(!typed.has(number) && typed.has(Masking.maskedResidentID(number)))
    let issued = try await fixture.issueForm(draft).submit()
    #expect(issued.has("清住建执〔2021〕1号"))
    let sheet = try await fixture.officer.open(DocumentFixture.path(issued) + "/sheet")
    #expect(sheet.has(number) && sheet.has("行政机关负责人（签名）"))
    // Others read that it is there, and not what it says.
    let town = try await fixture.site.browser(signedInAs: "longjin")
    let seen = try await town.open(DocumentFixture.path(issued))
    #expect(seen.status == 200 && !seen.has("林小满") && seen.has("只给办理和审批"))
    #expect(try await town.open(DocumentFixture.path(issued) + "/sheet").status == 403)
  }

  @Test func aDecisionIsNotIssuedBeforeTheTenantCouldBeHeard() async throws {
    let fixture = try await DocumentFixture(upTo: .verified)
    #expect(try await fixture.draft(.notice).has("法律要求写明的内容都有了"))
    _ = try await fixture.work.take(.serveNotice, of: fixture.address, ["answer_by": "2021-08-25"])
    let draft = try await fixture.draft(.returnOrder)
    #expect(draft.has("还不能签发") && draft.has("陈述申辩期到 2021-08-25"))
    _ = try await fixture.work.take(.hear, of: fixture.address)
    let heard = try await fixture.draft(.returnOrder)
    #expect(heard.has("当事人说只是朋友借住") && heard.has("六十日内向清流县人民政府申请行政复议"))
    let issued = try await fixture.issueForm(heard).submit()
    #expect(issued.has("清住建决〔2021〕1号"))
    #expect(try await fixture.officer.open(DocumentFixture.path(issued) + "/service").has("还没有批准"))
  }

  @Test(arguments: DocumentKind.allCases)
  func everyBuiltInTextIsRightAndCanSayWhatTheLawAsksFor(kind: DocumentKind) throws {
    let held = HeldTemplate(kind, nil)
    let template = try held.template
    #expect(kind.form.required.subtracting(template.placeholders) == [])
    var values = Dictionary(
      uniqueKeysWithValues: DocumentPlaceholder.allCases.map { ($0, "某\($0.name)") })
    for day in DocumentPlaceholder.allCases where day.kind == .day { values[day] = "2021年8月25日" }
    values[.amount] = "100.00元"
    values[.manner] = "腾退住房"
    values[.remedies] = "可以六十日内申请行政复议，或者六个月内提起行政诉讼"
    let body = template.text(values, required: kind.form.required)
    #expect(kind.form.missing(in: body, values: values) == [])
  }

  @Test func theMannersOfAStepAreThoseOfService() {
    guard case .choice(let choices) = CaseStepTable.manner.kind else { return }
    #expect(choices.map(\.code) == ServiceManner.allCases.map(\.rawValue))
  }
}
