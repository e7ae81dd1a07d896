import Domain
import TestSupport
import Testing

@testable import Ground
@testable import Portal

/// 送达: each attempt of the ladder, with its proof.
@Suite(.serialized) struct DocumentServiceTests {
  @Test func aDocumentIsServedByHandWithWhoTookItSealed() async throws {
    let fixture = try await DocumentFixture()
    let document = try await fixture.issue(.demand)
    #expect(document.has("还没有送达。下一步：直接送达"))
    let bare = try await fixture.serve(
      document, ["manner": "hand", "outcome": "served", "served_by": "甲某、乙某"])
    #expect(bare.status == 422 && bare.has("请填写签收人") && bare.has("凭据在案卷里的编号"))
    let served = try await fixture.serve(
      document,
      [
        "manner": "hand", "outcome": "served", "served_by": "甲某、乙某", "receiver": "林大山",
        "relation": "父亲",
        "proof": "回证第3页",
      ])
    #expect(served.has("2021年8月20日视为送达") && served.has("林大山") && served.has("父亲"))
    #expect(
      try await fixture.lines(
        "SELECT manner, outcome, counts_on, strpos(document_services::text, '林大山') FROM document_services"
      )
        == ["hand|served|2021-08-20|0"])
    #expect(try await fixture.officer.open(fixture.address).has("2021-08-20 送达"))
    let receipt = try await fixture.officer.open(DocumentFixture.path(document) + "/receipt")
    #expect(
      receipt.has("送达回证") && receipt.has("林小满") && receipt.has("签收人林大山") && receipt.has("见证人签名"))
    let town = try await fixture.site.browser(signedInAs: "longjin")
    #expect(!(try await town.open(DocumentFixture.path(document)).has("林大山")))
  }

  @Test func scansProveItAndAreNamedWithIt() async throws {
    let fixture = try await DocumentFixture()
    let document = try await fixture.issue(.demand)
    let address = DocumentFixture.path(document) + "/service"
    let scan = SampleDocument.scan("回证.pdf", mark: "1")
    let photo = SampleDocument.scan("签收照片.pdf", mark: "2")
    let form = try await fixture.officer.open(address).form(to: address)
      .fill(["manner": "hand", "outcome": "served", "served_by": "甲某、乙某"])
      .choosing("files", [scan, photo])
    // What is missing is asked for, and the files once more.
    let bare = try await form.submit()
    #expect(bare.status == 422 && bare.has("请填写签收人") && bare.has("请重新选择刚才的 2 个文件"))
    let served = try await form.fill(["receiver": "林大山"]).submit()
    #expect(served.has("2021年8月20日视为送达") && served.has("回证、签收照片"))
    await fixture.site.portal.services.jobs.finishAll()
    let page = try await fixture.officer.open(DocumentFixture.path(document))
    #expect(try await fixture.officer.open(page.link("签收照片")).bytes == photo.bytes)
    #expect(
      try await fixture.lines(
        """
        SELECT f.kind, f.title, f.case_id = d.case_id FROM document_service_files x
        JOIN files f ON f.id = x.file_id JOIN document_services s ON s.id = x.service_id
        JOIN case_documents d ON d.id = s.document_id ORDER BY f.id
        """) == ["service|回证|t", "service|签收照片|t"])
    // Sent twice, it is one attempt; a scan that the case has proves another one too.
    _ = try await form.fill(["receiver": "林大山"]).submit()
    #expect(try await fixture.lines("SELECT count(*) FROM document_services") == ["1"])
    let again = try await fixture.officer.open(address).form(to: address)
      .fill(["manner": "hand", "outcome": "served", "served_by": "甲某", "receiver": "林大山"])
      .choosing("files", [scan]).submit()
    #expect(again.status == 200)
    #expect(
      try await fixture.lines(
        "SELECT count(*), count(DISTINCT file_id) FROM document_service_files")
        == ["3|2"])
    #expect(
      try await fixture.officer.open(DocumentFixture.path(document) + "/receipt").has("签收照片"))
    // Who does not see the files of cases reads that there are some.
    let civil = try await fixture.site.browser(signedInAs: "minzheng")
    let theirs = try await civil.open(DocumentFixture.path(document))
    #expect(theirs.has("附件 2 个") && !theirs.links.contains { $0.hasPrefix("/desk/case-files/") })
  }

  @Test func theLadderIsGoneUpStepByStep() async throws {
    let fixture = try await DocumentFixture()
    let document = try await fixture.issue(.demand)
    let early = try await fixture.serve(
      document,
      [
        "manner": "public", "outcome": "served", "served_by": "甲某", "carrier": "县政府网站",
        "proof": "截图",
      ])
    #expect(early.status == 422 && early.has("要有其他方式没有送达的记录") && early.keeps("县政府网站"))
    let refused = try await fixture.serve(
      document,
      ["manner": "hand", "outcome": "refused", "served_by": "甲某、乙某", "note": "开门后拒绝签收"])
    #expect(refused.has("下一步：留置送达"))
    let alone = try await fixture.serve(
      document, ["manner": "left", "outcome": "served", "served_by": "甲某、乙某", "proof": "录像7号"])
    #expect(alone.status == 422 && alone.has("见证人，或者有照片、录像"))
    let left = try await fixture.serve(
      document,
      [
        "manner": "left", "outcome": "served", "served_by": "甲某、乙某", "witness": "社区王主任",
        "proof": "录像7号",
      ])
    #expect(left.has("视为送达") && left.has("社区王主任"))
  }

  @Test func aPublicNoticeCountsThirtyDaysLater() async throws {
    let fixture = try await DocumentFixture()
    let document = try await fixture.issue(.demand)
    _ = try await fixture.serve(
      document,
      [
        "manner": "post", "outcome": "returned", "served_by": "甲某", "carrier": "EMS1",
        "note": "查无此人",
      ])
    let published = try await fixture.serve(
      document,
      [
        "manner": "public", "outcome": "served", "served_by": "甲某", "carrier": "县政府网站",
        "proof": "截图2",
      ])
    #expect(published.has("2021年9月19日视为送达"))
  }

  @Test func aMistakenEntryIsCorrectedByAnother() async throws {
    let fixture = try await DocumentFixture()
    let document = try await fixture.issue(.demand)
    _ = try await fixture.serve(
      document,
      ["manner": "hand", "outcome": "served", "served_by": "甲某", "receiver": "林大山", "proof": "回证1"])
    let address = DocumentFixture.path(document) + "/service"
    let form = try await fixture.officer.open(address).form(to: address)
    let corrected = try await form.fill([
      "replaces": form.option("replaces", "直接送达"), "manner": "hand", "outcome": "absent",
      "served_by": "甲某", "note": "敲门没有人应",
    ]).submit()
    #expect(corrected.has("已更正") && corrected.has("还没有送达"))
    #expect(try await fixture.lines("SELECT count(*) FROM document_services") == ["2"])
  }
}
