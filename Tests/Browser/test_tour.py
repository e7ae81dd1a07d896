"""The steps of the tour in README, walked as they are written, on the demo county."""

import re

import pytest
from playwright.sync_api import expect

from conftest import VIEWPORTS
from test_public import code_on, number_on, report, track


@pytest.fixture
def viewport():
    return VIEWPORTS["desk-1280"]


def go(page, *words):
    """Follows the links with these words, one after the other."""
    for word in words:
        page.get_by_role("link", name=re.compile(f"^{word}")).first.click()
    return page


def test_a_report_is_answered_and_read(page, sign_in, photo):
    report(page, photo=photo)
    number, code = number_on(page), code_on(page)
    expect(page.locator("main")).to_contain_text("签名")

    officer = go(sign_in("zhujian"), "投诉举报")
    officer.get_by_role("row", name=re.compile(number)).locator(".row-link").first.click()
    officer.get_by_role("button", name="受理", exact=True).click()
    officer.get_by_label("给举报人的留言").fill("已派人上门核实，感谢反映。")
    officer.get_by_role("button", name="发送留言").click()
    expect(officer.locator("main")).to_contain_text("已派人上门核实")

    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("查询办理")).first).to_be_visible()
    track(page, code)
    expect(page.locator("main")).to_contain_text("已派人上门核实")


def test_new_figures_are_prepared_and_published_by_a_second_person(page, sign_in):
    lead = go(sign_in("zhujian-lead"), "动态公布")
    lead.get_by_role("button", name="准备数据").click()
    release = lead.url
    second = sign_in("zhuanban")
    second.goto(release)
    second.get_by_role("button", name="确认发布").click()
    expect(second.locator("body")).to_contain_text("已发布")
    page.goto("/")
    go(page, "整治进展")
    expect(page.locator("main")).to_contain_text("各项目情况")
    answer = page.request.get("/progress.json")
    assert answer.ok and answer.json()


def test_workbooks_come_in_by_a_template(sign_in):
    officer = go(sign_in("zhujian"), "导入")
    with officer.expect_download():
        officer.get_by_role("link", name="项目模板").click()


def test_a_household_is_found_its_number_seen_and_asked_at_the_counter(sign_in):
    officer = go(sign_in("zhujian"), "保障家庭")
    officer.locator("main table .row-link").first.click()
    officer.wait_for_url(re.compile(r"/desk/households/\d+$"))
    household = officer.url
    member = officer.locator("main table").first.locator("tbody tr").first
    name = member.locator("td, th").first.inner_text().strip()
    member.locator("summary").first.click()
    member.get_by_label(re.compile("为什么要看完整的身份证号")).fill("窗口核查演练")
    member.get_by_role("button", name="显示完整号码").first.click()
    number = re.search(r"\b\d{17}[\dX]\b", officer.locator("main").inner_text()).group()

    go(officer, "保障家庭")
    officer.get_by_label("查找家庭").fill(number)
    officer.get_by_label("查找家庭").press("Enter")
    expect(officer.locator("main")).to_contain_text(re.search(r"\d+$", household).group())

    lead = go(sign_in("zhujian-lead"), "保障家庭", "登记表")
    expect(lead.locator("main h1")).to_have_text("导出登记表")
    go(lead, "查看号码记录")
    expect(lead.locator("main")).to_contain_text("窗口核查演练")

    clerk = go(sign_in("chuangkou"), "窗口核查")
    clerk.get_by_label("姓名").fill(name)
    clerk.get_by_label("身份证号").fill(number)
    clerk.locator("main input[type=radio]").first.check()
    clerk.get_by_role("button", name="查询").click()
    expect(clerk.locator("main")).to_contain_text("等待县住建局")

    go(officer, "窗口命中")
    officer.get_by_role("link", name=re.compile("放行")).first.click()
    officer.get_by_label("放行原因").fill("演练，已核实不影响资格")
    officer.get_by_role("button", name=re.compile("放行")).click()
    expect(officer.locator("body")).to_contain_text("已放行")
    go(clerk, "窗口核查")
    expect(clerk.locator("main")).to_contain_text("演练，已核实不影响资格")


def test_bureaus_have_each_of_their_ways_and_rules_can_be_run(sign_in):
    for account in ("minzheng", "ziran", "gongan"):
        bureau = sign_in(account)
        for words in ("逐户答复", "核查清单", "数据报送"):
            expect(go(bureau, words).locator("main h1")).to_have_text(words)
    officer = go(sign_in("zhujian"), "资格复核", "疑点", "运行规则")
    expect(officer.get_by_role("button", name="运行规则")).to_be_visible()


def test_misconduct_is_for_inspectors_alone(page, sign_in):
    page.goto("/complaints/new")
    page.get_by_label("工作人员违规违纪").check()
    page.get_by_label(re.compile("地址")).first.fill("窗口")
    page.locator("main [name=description]").fill("办事人员收了好处费，才给办手续，请查一查。")
    page.get_by_role("button", name="提交举报").click()
    page.wait_for_url(re.compile("/complaints/receipt"))
    number = number_on(page)
    officer = go(sign_in("zhujian"), "投诉举报")
    expect(officer.locator("main")).not_to_contain_text(number)
    inspector = sign_in("jiwei")
    inspector.wait_for_url(re.compile("/oversight$"))
    go(inspector, "违规违纪举报")
    expect(inspector.locator("main")).to_contain_text(number)


def test_other_systems_have_tokens_and_the_auditor_sees_who_asks(page, sign_in):
    admin = go(sign_in("sysadmin"), "接口令牌")
    expect(admin.get_by_role("link", name="签发令牌").first).to_be_visible()
    assert page.request.get("/api/v1/openapi.json").ok
    auditor = sign_in("auditadmin")
    auditor.goto("/admin/audit/counter")
    expect(auditor.locator("main")).to_contain_text("chuangkou")
