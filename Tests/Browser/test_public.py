"""What a citizen does, without an account: look, report, follow up."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

DESCRIPTION = "三栋二单元的住户把公租房租给了别人，每月收租金，租客已经住了半年。"


def report(page, photo=None, **fields):
    """Fills in the form from the home page's door and sends it; ends on the receipt."""
    page.goto("/")
    page.locator("main a[href='/complaints/new']").first.click()
    form = page.locator("main form:has([name=description])")
    choose(form, "kind", 1)
    form.locator("[name=address]").fill("三栋二单元")
    form.locator("[name=description]").fill(fields.get("description", DESCRIPTION))
    if photo:
        form.locator("[name=photos]").set_input_files(photo)
    form.locator("button[type=submit]").last.click()
    page.wait_for_url(re.compile("/complaints/receipt"))


def choose(form, name, position):
    """One of several, whether a select or radio buttons."""
    select = form.locator(f"select[name={name}]")
    if select.count():
        select.select_option(index=position)
    else:
        form.locator(f"input[type=radio][name={name}]").nth(position).check()


def number_on(page):
    return re.search(r"\b\d{4}-\d{8}\b", page.locator("main").inner_text()).group()


def code_on(page):
    found = re.search(r"\b\d{4}(?:[ -]?\d{4}){4}\b", page.locator("main").inner_text())
    assert found, "the receipt shows no follow-up code of 20 digits"
    return found.group()


def track(page, code):
    page.goto("/complaints/track")
    form = page.locator("main form:has([name=code])").first
    form.locator("[name=code]").fill(code)
    form.locator("button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("受理")


@pytest.mark.parametrize(
    "path", ["/", "/progress", "/complaints/new", "/complaints/track", "/login", "/no-such-page"]
)
def test_public_pages_can_be_read_by_everybody(page, check_page, path):
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()
    check_page(page)


def test_a_citizen_reports_with_a_photo_and_follows_up(page, check_page, photo):
    report(page, photo=photo)
    expect(page.locator("main")).to_contain_text("编号")
    check_page(page)
    code = code_on(page)
    track(page, code)
    expect(page.locator("main")).to_contain_text(DESCRIPTION[:10])
    check_page(page)


def test_while_there_is_a_flood_the_form_works_before_it_is_sent(page):
    page.goto("/complaints/new")
    form = page.locator("main form:has([name=description])")
    choose(form, "kind", 1)
    form.locator("[name=address]").fill("五栋门口")
    form.locator("[name=description]").fill(DESCRIPTION)
    bits = 14
    form.evaluate(
        """(form, bits) => {
          form.dataset.work = bits;
          form.addEventListener("submit", (event) => event.preventDefault(), { once: true });
        }""",
        bits,
    )
    form.locator("button[type=submit]").last.click()
    answer = form.locator("[name=work_answer]")
    expect(answer).not_to_have_value("")
    challenge = form.locator("[name=work]").input_value().split(".")[1]
    digest = hashlib.sha256(f"{challenge}.{answer.input_value()}".encode()).digest()
    assert int.from_bytes(digest, "big") < 1 << (256 - bits)
    form.evaluate("form => form.submit()")
    expect(page.locator("main")).to_contain_text("编号")


def test_an_empty_report_comes_back_with_its_errors_and_keeps_what_was_typed(page, check_page):
    page.goto("/complaints/new")
    form = page.locator("main form:has([name=description])")
    form.evaluate("form => form.noValidate = true")
    form.locator("[name=address]").fill("五栋门口")
    form.locator("button[type=submit]").last.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    expect(page.locator("main [name=address]")).to_have_value("五栋门口")
    check_page(page)


def test_an_unknown_code_is_told_what_to_do(page, check_page):
    page.goto("/complaints/track")
    form = page.locator("main form:has([name=code])").first
    form.locator("[name=code]").fill("1234 5678 9012 3456 7890")
    form.locator("button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(re.compile("查询码|核对"))
    check_page(page)


def test_officer_answers_and_the_citizen_reads_it(page, sign_in, check_page):
    mark = "门牌号是九栋七零一"
    report(page, description=f"{DESCRIPTION}{mark}")
    code, number = code_on(page), number_on(page)

    officer = sign_in("zhujian")
    officer.goto("/desk/complaints")
    check_page(officer)
    officer.locator("main table a[href^='/desk/complaints/']", has_text=number).first.click()
    expect(officer.locator("main")).to_contain_text(mark)
    check_page(officer)
    form = officer.locator("main form[action$='/messages']")
    form.locator("textarea").fill("已安排工作人员上门核实。")
    form.locator("button[type=submit]").click()
    expect(officer.locator("main")).to_contain_text("已安排工作人员上门核实。")

    track(page, code)
    expect(page.locator("main")).to_contain_text("已安排工作人员上门核实。")
    check_page(page)
