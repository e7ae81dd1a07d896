"""A county's whole way in a browser, from an empty database to a public figure: no command but the start, no SQL."""

import json
import os
import re
import urllib.request

import pytest
from playwright.sync_api import expect

import county_books as books
from conftest import VIEWPORTS
from own_portal import own_portal, sign_in_first

BOUGHT, EARNED, OWES = 3, 5, 8  # households in whose affairs a bureau finds something


@pytest.fixture(scope="module")
def portal():
    with own_portal(os.environ["PORTAL_TEST_PATH"]) as portal:
        yield portal


@pytest.fixture(scope="module")
def base_url(portal):
    return portal.address


@pytest.fixture
def viewport():
    return VIEWPORTS["desk-1280"]


def test_a_county_comes_from_an_empty_database_to_a_public_figure(portal, open_page, check_page, tmp_path):
    county = County(portal, open_page, check_page, tmp_path)
    county.is_set_up()
    county.has_accounts()
    county.imports_its_register()
    county.sets_lines_and_opens_a_campaign()
    county.opens_a_round()
    county.bureaus_answer()
    county.finds_and_confirms()
    county.publishes()


class County:
    """Who works there, each in a browser of their own."""

    def __init__(self, portal, open_page, check_page, folder):
        self.portal, self.open_page, self.check_page, self.folder = portal, open_page, check_page, folder
        self.people = {}

    def __getitem__(self, account):
        return self.people[account]

    def comes_in(self, account, password):
        page = self.people[account] = self.open_page()
        sign_in_first(page, self.portal.address, account, password)
        return page

    # ---------------------------------------------------------- the county and its people

    def is_set_up(self):
        page = self.open_page()
        page.goto(self.portal.link())
        page.get_by_label("县的名称或 6 位区划代码").fill("清流县")
        page.get_by_role("button", name="下一步").click()
        # Of the townships that are filled in two are kept.
        page.get_by_label(re.compile("乡镇、街道")).fill("350423100 龙津镇\n350423101 嵩溪镇")
        page.get_by_label("主办单位").fill("清流县住房和城乡建设局")
        page.get_by_label("联系方式").fill("0598-0000000")
        for field, name in [("system", "甲某"), ("security", "乙某"), ("audit", "丙某")]:
            page.locator(f"[name={field}_name]").fill(name)
        page.get_by_role("button", name="建立，显示首次登录单").click()
        for account, password in slips(page):
            self.comes_in(account, password)
        # Each of the three sees what is still missing.
        for account in ("sysadmin", "secadmin", "auditadmin"):
            admin = self[account]
            admin.goto("/admin")
            expect(admin.locator("main")).to_contain_text("开始工作前，还差")
            expect(admin.get_by_role("row", name=re.compile("县民政局"))).to_contain_text("没有账号")
            self.check_page(admin)

    def has_accounts(self):
        page = self["sysadmin"]
        page.goto("/admin")
        page.get_by_role("link", name="账号", exact=True).first.click()
        page.get_by_role("link", name="新建账号").click()
        page.get_by_label("账号", exact=True).fill("zhujian")
        page.get_by_label("姓名").fill("林立")
        page.get_by_label("角色").select_option(label="县住建局经办")
        page.get_by_label("所属区划").select_option("350423")
        page.get_by_role("button", name="建立并显示登录单").click()
        papers = slips(page)

        page.goto("/admin/accounts")
        page.get_by_role("link", name="从表格建立").click()
        template = download(page, lambda: page.get_by_role("link", name="下载模板").click(), self.folder / "账号.xlsx")
        books.fill_accounts(template, [
            ["lead", "陈敏", "县住建局负责人", "清流县"], ["minzheng", "吴宁", "民政局", "清流县"],
            ["ziran", "郑涛", "自然资源局", "清流县"], ["gongan", "黄勇", "公安局", "清流县"],
            ["zhuanban", "刘洋", "工作专班", "350423"],
            ["longjin", "李华", "乡镇", "龙津镇"], ["songxi", "周平", "乡镇", "嵩溪镇"],
        ])
        page.locator("main [name=file]").set_input_files(template)
        # A first password is worked out for each, slowly on purpose.
        page.get_by_role("button", name="检查并建立").click(timeout=90_000)
        expect(page.locator("h1")).to_have_text("首次登录单")
        papers += slips(page)
        for account, password in papers:
            if account not in ("longjin", "songxi"):
                self.comes_in(account, password)
        page.goto("/admin")
        expect(page.locator("main")).not_to_contain_text("开始工作前，还差")

    # ---------------------------------------------------------- register, lines, campaign, round

    def step(self, account, words):
        """Takes a step from the list on the desk."""
        page = self[account]
        page.goto("/desk")
        page.get_by_role("link", name=re.compile(words)).first.click()
        return page

    def is_ticked(self, account, *steps):
        page = self[account]
        page.goto("/desk")
        for words in steps:
            expect(page.get_by_role("row", name=re.compile(words)).first).to_contain_text("✓ 已完成")

    def imports_its_register(self):
        page = self["zhujian"]
        page.goto("/desk")
        expect(page.locator("main")).to_contain_text("由县住建局负责人办理")
        self.check_page(page)
        workbooks = books.register(self.folder)
        steps = {"estates": "导入项目", "homes": "导入房源", "households": "导入保障家庭", "leases": "导入租约"}
        for kind, words in steps.items():
            self.step("zhujian", words)
            expect(page.locator(f"main [name=kind][value={kind}]")).to_be_checked()
            page.locator("main [name=file]").set_input_files(workbooks[kind])
            page.get_by_role("button", name="上传并检查").click()
            expect(page.get_by_role("button", name="写入登记")).to_be_visible(timeout=30_000)
            expect(page.locator("main")).to_contain_text("没有发现问题")
            page.get_by_role("button", name="写入登记").click()
            expect(page.get_by_role("link", name="撤销这次导入")).to_be_visible(timeout=30_000)
        self.is_ticked("zhujian", *steps.values())

    def sets_lines_and_opens_a_campaign(self):
        page = self.step("lead", "设置认定标准")
        lines = {"人均月收入线": "1980", "家庭资产线": "150000", "车辆价值线": "80000", "空置月用电量": "3",
                 "空置月用水量": "1", "连续空置月数": "6", "累计欠租月数": "6"}
        for name, amount in lines.items():
            page.get_by_label(re.compile(f"^{name}（")).fill(amount)
            page.get_by_label(f"{name}的依据文件").fill("清政〔2021〕12号")
        page.get_by_role("button", name="保存").click()
        expect(page.locator("main")).not_to_contain_text("还没有设置")

        page = self.step("lead", "登记整治行动")
        page.get_by_label("文号").fill("清建〔2021〕35号")
        page.get_by_role("button", name="建立").click()
        expect(page.locator("main .flash, .flash")).to_contain_text("请核对各阶段的日期")
        page.get_by_role("button", name="保存").click()
        expect(page.locator("main")).to_contain_text("清建〔2021〕35号")
        self.is_ticked("zhujian", "设置认定标准", "登记整治行动")

    def opens_a_round(self):
        page = self.step("zhujian", "开始一轮复核")
        page.get_by_role("button", name="冻结名单并开始").click()
        expect(page.locator("body")).to_contain_text("冻结名单 12 户")
        self.check_page(page)
        self.is_ticked("zhujian", "开始一轮复核", "请各单位登录")

    # ---------------------------------------------------------- four bureaus, each in a way of its own

    def bureaus_answer(self):
        self.by_work_list()
        self.by_extract()
        self.by_interface()
        page = self["zhujian"]
        page.goto("/desk")
        expect(page.locator("main")).to_contain_text("还没有答复：县住建局。")
        self.by_screen()
        page.goto("/desk")
        expect(page.locator("main h1")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("第一天")

    def by_work_list(self):
        page = self["minzheng"]
        earned = {books.applicant(EARNED): {"年收入": "96000"}}
        for check, values in [("marriage", None), ("income", earned), ("assets", None)]:
            page.goto("/desk")
            page.get_by_role("link", name="核查清单").first.click()
            out = page.locator("form:has(button:text('导出核查清单'))")
            out.locator(f"[name=type][value={check}]").check()
            path = download(
                page, lambda: out.get_by_role("button", name="导出核查清单").click(), self.folder / f"{check}.xlsx")
            back = page.locator("form:has(button:text('上传并检查'))")
            back.locator(f"[name=type][value={check}]").check()
            back.locator("[name=as_of]").fill(today(page))
            back.locator("[name=file]").set_input_files(books.fill_work_list(path, values))
            back.get_by_role("button", name="上传并检查").click()
            self.comes_into_force(page)

    def by_extract(self):
        page = self["ziran"]
        page.goto("/desk")
        page.get_by_role("link", name="数据报送").first.click()
        page.get_by_role("link", name=re.compile("报送")).and_(page.locator("main a.button")).first.click()
        page.locator("main [name=type][value=registered_property]").check()
        page.get_by_label("全量数据").check()
        page.locator("main [name=file]").set_input_files(books.property_extract(self.folder, BOUGHT))
        page.get_by_role("button", name="上传并比对").click()
        self.comes_into_force(page)

    def comes_into_force(self, page):
        """What was read is shown first."""
        page.get_by_role("button", name="确认生效").click(timeout=30_000)
        expect(page.locator("main")).to_contain_text("已生效", timeout=30_000)

    def by_interface(self):
        page = self["sysadmin"]
        page.goto("/admin")
        page.get_by_role("link", name="接口令牌").first.click()
        page.get_by_role("link", name="签发令牌").first.click()
        page.get_by_label("系统名称").fill("户政系统")
        page.get_by_label("代表哪个账号").select_option("gongan")
        for permission in ("view_reviews", "answer_checks"):
            page.locator(f"[name=permission][value={permission}]").check()
        page.get_by_role("button", name="签发").click()
        token = page.locator(".fresh-password code").inner_text()
        (round_,) = self.call("/api/v1/rounds", token)["rounds"]
        for check in ("vehicles", "household_registration"):
            asked = self.call(f"/api/v1/rounds/{round_['id']}/checks?type={check}&limit=100", token)
            answers = [{"household": one["number"], "result": "clear"} for one in asked["households"]]
            body = {"check": check, "as_of": today(page), "answers": answers}
            assert self.call(f"/api/v1/rounds/{round_['id']}/answers", token, body)["new"] == 12

    def call(self, path, token, body=None):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if body:
            headers["Idempotency-Key"] = body["check"]
        request = urllib.request.Request(
            self.portal.address + path, data=body and json.dumps(body).encode(), headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def by_screen(self):
        page = self["zhujian"]
        page.goto("/desk")
        page.get_by_role("link", name="逐户答复").first.click()
        for check in ("网签购房合同", "其他保障性住房", "租金缴纳", "水电使用"):
            page.get_by_role("navigation", name="核查事项").get_by_role("link", name=re.compile(check)).click()
            page.locator(".queue-start a").click()
            for number in books.HOUSEHOLDS:
                expect(page.locator("main h1")).to_contain_text(books.household_number(number))
                if check == "租金缴纳" and number == OWES:
                    page.locator("[name=record-0-months]").fill("7")
                    page.locator("[name=record-0-amount]").fill("1120")
                    page.locator("[name=result][value=hit]").check()
                else:
                    page.locator("[name=result][value=clear]").check()
                page.locator(".check-form button[type=submit]").first.click()
                expect(page.locator(".flash")).to_contain_text("已记录：")
            expect(page).to_have_url(re.compile(r"/desk/checks\?"))

    # ---------------------------------------------------------- findings, a case, a release

    def finds_and_confirms(self):
        page = self["zhujian"]
        page.goto("/desk")
        page.get_by_role("link", name=re.compile("^疑点")).first.click()
        page.get_by_role("link", name="运行规则").first.click()
        page.get_by_role("button", name="运行规则").click()
        expect(page.locator("main")).to_contain_text("核对 12 户", timeout=30_000)
        page.goto("/desk/findings")
        table = page.locator("main table")
        for rule, number in [("R1", BOUGHT), ("R2", EARNED), ("R7", OWES)]:
            expect(table.get_by_role("row", name=re.compile(rule))).to_contain_text(books.household_number(number))
        expect(table.locator("tbody tr")).to_have_count(3)

        page.goto("/desk/findings?rule=R1")
        page.locator("main table .row-link").first.click()
        page.get_by_role("link", name="处理").click()
        page.get_by_role("button", name="把 1 个疑点转为问题").click()
        expect(page).to_have_url(re.compile(r"/desk/cases/\d+$"))
        expect(page.locator("main")).to_contain_text("疑点待核")
        self.check_page(page)

    def publishes(self):
        lead = self["lead"]
        lead.goto("/desk")
        lead.get_by_role("link", name="动态公布").first.click()
        lead.get_by_role("button", name="准备数据").click()
        expect(lead.locator("main")).to_contain_text("须由另一人发布")
        expect(lead.get_by_role("button", name="确认发布")).to_have_count(0)

        other = self["zhuanban"]
        other.goto("/desk")
        other.get_by_role("link", name=re.compile("^动态公布")).first.click()
        other.locator("main table .row-link").first.click()
        other.get_by_role("button", name="确认发布").click()
        expect(other.locator("body")).to_contain_text("已发布")

        citizen = self.open_page()
        citizen.goto("/progress")
        expect(citizen.locator("main")).to_contain_text("清建〔2021〕35号")
        expect(citizen.locator("main")).to_contain_text(re.compile(r"已复核\s*12\s*/ 12 户"))
        expect(citizen.get_by_role("row", name=re.compile("河滨公租房"))).to_contain_text("6")
        self.check_page(citizen)


def slips(page):
    """Accounts with their first passwords, from the papers on the page."""
    expect(page.locator("h1")).to_have_text("首次登录单")
    return [tuple(slip.locator("code").all_text_contents()[:2]) for slip in page.locator(".slip").all()]


def download(page, click, path):
    with page.expect_download() as waiting:
        click()
    waiting.value.save_as(path)
    return path


def today(page):
    """The day as people there write it."""
    return page.evaluate("new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })")
