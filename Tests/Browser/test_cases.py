"""Two cases worked from their beginning to their end, in the browser alone: a home that was sublet goes the administrative way to
the court and comes back; a household that no longer qualifies goes the civil way over market rent. Their documents print."""

import re
import subprocess
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from conftest import VIEWPORTS

pytestmark = pytest.mark.parametrize("viewport", [VIEWPORTS["desk-1280"]], ids=["desk-1280"], indirect=True)


def day(ago):
    """So many days ago, as a field of a date takes it."""
    return (date.today() - timedelta(days=ago)).isoformat()


@pytest.fixture
def county(sign_in, check_page, tmp_path):
    return County(sign_in("zhujian"), sign_in("zhujian-lead"), check_page, tmp_path)


class County:
    def __init__(self, officer, lead, check_page, folder):
        self.officer, self.lead, self.check_page, self.folder = officer, lead, check_page, folder

    def fill(self, values):
        """Types into the form of the page: text, a choice of several, one of a list."""
        for name, value in values.items():
            field = self.officer.locator(f"main [name={name}]").first
            kind = field.evaluate("element => element.type")
            if kind == "radio":
                self.officer.locator(f"main [name={name}][value={value}]").check()
            elif kind.startswith("select"):
                field.select_option(value)
            else:
                field.fill(value)

    def step(self, address, action, button, state=None, **values):
        """Takes a step by the form of its button; two people where it is proposed."""
        self.officer.goto(address)
        self.officer.locator(f"main a[href='{address}/step?take={action}']").click()
        self.check_page(self.officer)
        self.fill(values)
        self.officer.locator("main form:has([name=take]) button[type=submit]").click()
        if button == "报审":
            expect(self.officer.locator("main")).to_contain_text("已报审")
            self.lead.goto(f"{address}/proposal")
            self.check_page(self.lead)
            self.lead.locator("[name=decision][value=approve]").check()
            self.lead.locator("main form:has([name=decision]) button[type=submit]").click()
            expect(self.lead.locator("main")).to_contain_text("已批准")
        else:
            expect(self.officer.locator("main")).to_contain_text("已办理")
        self.officer.goto(address)
        if state:
            expect(self.officer.locator("main")).to_contain_text(state)

    def issue(self, address, kind, **values):
        """Drafts a document, issues it, prints it: how many pages it has."""
        page = self.officer
        page.goto(f"{address}/documents/new?kind={kind}")
        self.fill({name: value for name, value in values.items() if page.locator(f"main [name={name}]").count()})
        page.get_by_role("button", name="生成正文").click()
        self.check_page(page)
        expect(page.locator("main")).to_contain_text("可以签发")
        page.get_by_role("link", name="签发", exact=True).click()
        page.get_by_label(re.compile("我已通读全文")).check()
        page.get_by_role("button", name="签发").click()
        expect(page.locator("main")).to_contain_text("已签发")
        document = re.search(r"/desk/documents/\d+", page.url).group()
        page.goto(f"{document}/sheet")
        self.check_page(page)
        paper = self.folder / f"{kind}.pdf"
        page.pdf(path=str(paper), prefer_css_page_size=True)
        text = subprocess.run(["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True).stdout
        assert "（加盖公章）" in re.sub(r"\s", "", text)
        return re.sub(r"\s", "", text)

    def returned(self, address):
        """The return sheet: one page, with what was read off the meters."""
        self.officer.goto(f"{address}/return")
        self.check_page(self.officer)
        paper = self.folder / "return.pdf"
        self.officer.pdf(path=str(paper), prefer_css_page_size=True)
        text = subprocess.run(["pdftotext", "-layout", str(paper), "-"], check=True, capture_output=True, text=True).stdout
        assert text.count("\f") == 1 and "321.50" in text, text


def households(page):
    page.goto("/desk/households")
    return page.locator("main table a[href^='/desk/households/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )


def open_sublet(county):
    """A case by hand, of the first household about which none of its kind runs."""
    page = county.officer
    for household in reversed(households(page)):
        page.goto(f"{household}/case")
        if page.locator("select[name=nature]").count() == 0:
            continue
        county.fill({"nature": "sublet", "source": "visit", "facts": "走访时开门的是外地人，说每月付租金。"})
        page.get_by_role("button", name="列入问题清单").click()
        found = re.search(r"/desk/cases/\d+", page.url)
        if found:
            return found.group()
    raise AssertionError("no household of the first page can have a case")


def confirm_finding(county):
    """A case from a finding of a household that no longer qualifies."""
    page = county.officer
    page.goto("/desk/findings")
    page.get_by_role("link", name="运行规则").first.click()
    page.get_by_role("button", name="运行规则").click()
    expect(page.locator("main")).to_contain_text("已完成", timeout=60_000)
    for rule in ["R2", "R3", "R1"]:
        page.goto(f"/desk/findings?rule={rule}&state=open")
        links = page.locator("main table a[href^='/desk/findings/']").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        for link in links:
            number = link.split("/")[-1]
            page.goto(f"/desk/findings/choice?finding={number}")
            form = page.locator("main form[action='/desk/findings/confirmation']")
            if form.count() == 0:
                continue
            form.locator("button[type=submit]").click()
            expect(page).to_have_url(re.compile(r"/desk/(cases/\d+|findings/confirmation)"))
            found = re.search(r"/desk/cases/\d+", page.url)
            # A finding of a household whose case goes on already becomes part of that one.
            if found and page.locator("main a[href$='take=verify']").count():
                return found.group()
    raise AssertionError("no open finding becomes a case")


def test_a_sublet_home_comes_back_over_the_court(county):
    address = open_sublet(county)
    county.step(address, "verify", "报审", "已核实", discovered_on=day(90), route="administrative", facts="走访和付款记录证明转租")
    notice = county.issue(address, "notice", answer_by=day(-10))
    assert "陈述" in notice and "申辩" in notice
    county.step(address, "serve_notice", "", "已告知", noticed_on=day(70), manner="hand", document="告知书", answer_by=day(60))
    county.step(address, "hear", "", heard_on=day(62), hearing="heard", statement="说是亲戚，拿不出证明")
    county.step(address, "decide", "报审", "已作决定", decided_on=day(55), document="决定书", facts="转租属实",
                basis="《公共租赁住房管理办法》第二十七条", remedies="六十日内申请行政复议，或者六个月内提起行政诉讼")
    county.step(address, "start_moving", "", "限期搬迁", decision_served_on=day(50), manner="left", moves_by=day(30))
    county.step(address, "record_refusal", "", "拒不腾退", refused_on=day(28), facts="期满后两次上门，拒不搬出")
    county.step(address, "demand", "", "已催告", demanded_on=day(25), manner="post", document="催告书")
    county.step(address, "apply_to_court", "", "已申请强制执行", filed_on=day(5), court="清流县人民法院")
    county.step(address, "record_ruling", "", ruled_on=day(3), document="（2026）闽0423行审1号", facts="准予执行")
    county.step(address, "vacate", "", "已清退", vacated_on=day(1), water="321.5", keys="2", bills="settled", handed_by="承租人本人",
                home_state="vacant", facts="法院执行，当场交回")
    county.returned(address)
    county.step(address, "close", "报审", "已销号", facts="退房交验单")
    county.officer.goto("/desk/recovered")
    county.check_page(county.officer)
    expect(county.officer.locator("main")).to_contain_text(day(1))


def test_who_no_longer_qualifies_leaves_after_a_time_at_market_rent(county):
    address = confirm_finding(county)
    county.step(address, "verify", "报审", "已核实", discovered_on=day(90), route="civil", facts="核查结果属实", local_rule="租赁合同第九条")
    leave = county.issue(address, "leave_notice", term=day(-60))
    assert "腾退" in leave
    county.step(address, "serve_notice", "", "已告知", noticed_on=day(80), manner="hand", document="腾退通知书")
    county.step(address, "start_moving", "", "限期搬迁", moves_by=day(40), facts="给两个月搬迁期")
    county.step(address, "charge_market_rent", "", "按市场租金过渡", market_rent_from=day(39), review_by=day(5), facts="名下没有其他住房")
    county.officer.goto(f"{address}/money/market-rent")
    county.check_page(county.officer)
    county.fill({"monthly": "600", "from": day(39), "through": day(2)})
    county.officer.get_by_role("button", name="计算并记入应收").click()
    expect(county.officer.locator("main")).to_contain_text("尚欠")
    county.officer.goto(f"{address}/money/entry")
    county.fill({"kind": "payment", "item": "market_rent", "amount": "100.5", "note": "收据 12 号"})
    county.officer.get_by_role("button", name="记账").click()
    county.check_page(county.officer)
    expect(county.officer.locator("main")).to_contain_text("100.50 元")
    county.step(address, "vacate", "", "已清退", vacated_on=day(1), water="321.5", keys="3", bills="settled", handed_by="承租人本人",
                home_state="vacant", facts="自行退房")
    county.returned(address)
    county.step(address, "close", "报审", "已销号", facts="退房交验单")
