import Testing

@testable import Domain

@Suite struct DocumentTemplateTests {
  private let known: [DocumentPlaceholder] = [.party, .home, .amount, .facts, .term]

  private func problems(_ text: String) -> DocumentTemplateProblems? {
    do {
      _ = try DocumentTemplate(text, knowing: known)
      return nil
    } catch {
      return error as? DocumentTemplateProblems
    }
  }

  @Test func placesAreFilledAndTheRestStaysAsItIs() throws {
    let template = try DocumentTemplate("{{当事人}}：\n住在{{ 房屋坐落 }}，{单个括号}", knowing: known)
    #expect(template.placeholders == [.party, .home])
    #expect(
      template.text([.party: "张三", .home: "1栋101"], required: []) == "张三：\n住在1栋101，{单个括号}")
  }

  @Test func aLineWhosePlacesAreAllEmptyIsLeftOutUnlessTheyHaveToBeThere() throws {
    let template = try DocumentTemplate("甲\n金额{{金额}}，{{房屋坐落}}\n乙{{当事人}}", knowing: known)
    #expect(template.text([.party: "张三"], required: []) == "甲\n乙张三")
    #expect(template.text([.party: "张三"], required: [.amount]) == "甲\n金额【金额】，\n乙张三")
    #expect(template.text([.home: "某处"], required: []) == "甲\n金额，某处")
  }

  @Test func aRowOfATableStaysOneLineAndKeepsItsBars() throws {
    let template = try DocumentTemplate("| 事实 | {{事实}} |", knowing: known)
    #expect(template.text([.facts: "一\n二|三"], required: []) == "| 事实 | 一；二｜三 |")
  }

  @Test func aPlaceholderThatTheKindDoesNotKnowIsNamedWithThoseThatItKnows() throws {
    let message = try #require(problems("第一行\n{{当事人}}欠{{欠款}}")).message
    #expect(message.contains("第 2 行的占位“{{欠款}}”不认识") && message.contains("{{当事人}}、{{房屋坐落}}"))
    // One that another kind knows is as unknown here.
    #expect(problems("{{诉讼请求}}")?.problems == [.unknown("诉讼请求", line: 1)])
    #expect(problems("{{}}")?.message.contains("空的占位") == true)
  }

  @Test(
    arguments: [
      ("{{当事人", DocumentTemplateProblem.unclosed(line: 1)),
      ("甲\n{{当事人{{房屋坐落}}", .unclosed(line: 2)),
      ("当事人}}", .unopened(line: 1)), ("{{当事人}}}}", .unopened(line: 1)),
      ("｛｛当事人｝｝", .fullWidth(line: 1)),
    ])
  func bracesThatDoNotCloseAreFound(text: String, problem: DocumentTemplateProblem) {
    #expect(problems(text)?.problems == [problem])
  }

  @Test func everythingThatIsWrongIsSaidAtOnce() {
    #expect(problems("{{甲}}\n{{乙}}\n{{当事人")?.problems.count == 3)
  }

  @Test func whatStandsInAValueIsNotReadAsATemplate() throws {
    let template = try DocumentTemplate("{{当事人}}", knowing: known)
    #expect(template.text([.party: "{{房屋坐落}}"], required: []) == "{{房屋坐落}}")
  }

  @Test func linesOfATextAreSetByHowTheyBegin() {
    let body = "张三：\n一、查明的事实\n（一）转租\n经查：\n\n| 案由 | 转租 |\n<某法院\n附件：甲"
    #expect(
      DocumentLine.lines(of: body) == [
        .addressee("张三："), .heading("一、查明的事实"), .subheading("（一）转租"), .paragraph("经查："),
        .row(["案由", "转租"]), .flush("某法院"), .paragraph("附件：甲"),
      ])
  }

  @Test func aNumberIsWrittenAsTheStandardSays() {
    let number = DocumentNumber(organMark: "清住建", kind: .demand, year: 2021, number: 12)
    #expect(number.text == "清住建催〔2021〕12号")
    #expect(Set(DocumentKind.allCases.map(\.form.mark)).count == DocumentKind.allCases.count)
  }
}

@Suite struct DocumentContentTests {
  private let demand = """
    张三：
    请于2021年8月30日前履行。退回住房。应当缴纳的金额为100.00元，缴款方式：转账。
    依法享有陈述和申辩的权利。逾期将向人民法院申请强制执行。
    """

  @Test func aDemandThatSaysWhatTheLawAsksForLacksNothing() {
    #expect(DocumentKind.demand.form.missing(in: demand, values: [.amount: "100.00元"]) == [])
  }

  @Test(
    arguments: [
      ("2021年8月30日前", "履行义务的期限"), ("退回住房。应当缴纳", "履行义务的方式"), ("申辩", "陈述权和申辩权"),
      ("人民法院", "逾期不履行的后果"),
    ])
  func whatIsMissingIsNamedWithItsArticle(words: String, title: String) {
    let body = demand.replacing(words, with: "").replacing("缴款方式：转账", with: "")
    let missing = DocumentKind.demand.form.missing(in: body, values: [:])
    #expect(missing.contains { $0.contains(title) && $0.contains("《行政强制法》") })
  }

  @Test func aSumIsAskedForWhereMoneyIsOwedAlone() {
    let body = demand.replacing("100.00元", with: "若干")
    #expect(DocumentKind.demand.form.missing(in: body, values: [:]) == [])
    #expect(
      DocumentKind.demand.form.missing(in: body, values: [.amount: "100.00元"]).joined()
        .contains("第三十五条第三项"))
  }

  @Test func whatIsStillToBeFilledInIsNamed() {
    let missing = DocumentKind.demand.form.missing(in: demand + "\n【决定文号】{{房屋坐落}}", values: [:])
    #expect(missing.count == 2 && missing[0].contains("“决定文号”还没有填") && missing[1].contains("{{ }}"))
  }

  @Test func aDecisionSaysWhereAndUntilWhenItCanBeContested() {
    let body = "经查，事实清楚。依据第二十七条，于2021年9月1日前退回。可以申请行政复议。"
    let missing = DocumentKind.returnOrder.form.missing(in: body, values: [:])
    #expect(missing.count == 1 && missing[0].contains("救济途径和期限"))
  }

  @Test func aDocumentIsDraftedOnItsWayAndInItsStatesAlone() {
    func refusal(
      _ kind: DocumentKind, _ state: CaseState, _ route: CaseRoute?, _ nature: ExitNature = .arrears
    )
      -> String?
    {
      kind.form.refusal(state, route: route, nature: nature)
    }
    #expect(refusal(.demand, .refused, .administrative) == nil)
    #expect(refusal(.demand, .moving, .administrative)?.contains("限期搬迁") == true)
    #expect(refusal(.leaveNotice, .verified, .administrative)?.contains("责令退回") == true)
    #expect(refusal(.notice, .suspected, nil) == "核实以后才能拟写文书")
    #expect(refusal(.rectification, .verified, .civil) == nil)
    #expect(refusal(.rectification, .verified, .administrative, .sublet)?.contains("转租") == true)
  }

  @Test func onlyWhatACourtGetsNamesTheWholeIDNumber() {
    let whole = DocumentKind.allCases.filter { $0.form.needsWholeNumber }
    #expect(whole == [.enforcement, .civilSuit])
  }

  @Test func everyRouteHasADocumentForEveryHardStep() {
    for route in CaseRoute.allCases {
      let kinds = DocumentKind.allCases.filter { $0.form.routes.contains(route) }
      #expect(kinds.contains(.demand) && kinds.contains(.closing))
      #expect(kinds.contains(route == .civil ? .civilSuit : .enforcement))
    }
  }
}
