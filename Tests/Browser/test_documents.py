"""A document of a case from its case to paper: 22 lines of 28 characters a page, as GB/T 9704-2012 asks."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

LETTER = "国" * 28 * 60
MILLIMETRE = 72 / 25.4


@pytest.fixture
def verified_case(sign_in):
    """A case that an officer opened and a lead verified: the officer's page, and its address."""
    officer, lead = sign_in("zhujian"), sign_in("zhujian-lead")
    address = open_case(officer)
    officer.goto(f"{address}/step?take=verify")
    officer.locator("[name=discovered_on]").fill("2021-07-01")
    officer.locator("[name=route][value=administrative]").check()
    officer.locator("[name=facts]").fill("走访查明，住的是别人。")
    officer.get_by_role("button", name="报审").click()
    lead.goto(f"{address}/proposal")
    lead.locator("[name=decision][value=approve]").check()
    lead.locator("main form:has([name=decision]) button[type=submit]").click()
    expect(lead.locator("main")).to_contain_text("已批准")
    return officer, address


def open_case(page):
    page.goto("/desk/households")
    links = page.locator("main table a[href^='/desk/households/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for link in links:
        page.goto(f"{link}/case")
        nature = page.locator("[name=nature][value=lent], select[name=nature]").first
        if nature.count() == 0:
            continue
        if nature.evaluate("element => element.tagName") == "SELECT":
            nature.select_option("lent")
        else:
            nature.check()
        source = page.locator("select[name=source], [name=source][value=visit]").first
        if source.evaluate("element => element.tagName") == "SELECT":
            source.select_option("visit")
        else:
            source.check()
        page.locator("[name=facts]").fill("走访时开门的是外地人。")
        page.locator("main form:has([name=facts]) button[type=submit]").click()
        if re.search(r"/desk/cases/\d+", page.url):
            return re.search(r"/desk/cases/\d+", page.url).group()
    raise AssertionError("no household of the first page can have a case")


def lines_of(pdf):
    """Each page as its lines: the baseline's place, the first and the last character's edge, the text."""
    layout = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    word = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
    pages = []
    for page in layout.split("<page ")[1:]:
        lines = {}
        for found in re.finditer(word, page):
            key = round(float(found[2]))
            near = next((known for known in lines if abs(known - key) <= 2), key)
            lines.setdefault(near, []).append((float(found[1]), float(found[3]), found[5]))
        pages.append(
            [
                (y, min(w[0] for w in words), max(w[1] for w in words), "".join(w[2] for w in words))
                for y, words in sorted(lines.items())
            ]
        )
    return pages


def test_a_document_prints_as_the_standard_says(verified_case, check_page, tmp_path, viewport):
    page, address = verified_case
    page.goto(address)
    check_page(page)
    page.goto(f"{address}/documents/new?kind=notice")
    check_page(page)
    page.locator("[name=answer_by]").fill("2099-09-01")
    page.get_by_role("button", name="生成正文").click()
    body = page.locator("[name=body]")
    body.fill(body.input_value() + "\n" + LETTER)
    page.get_by_role("button", name="保存正文").click()
    expect(page.locator("main")).to_contain_text("可以签发")
    check_page(page)
    page.get_by_role("link", name="签发", exact=True).click()
    page.get_by_label(re.compile("我已通读全文")).check()
    page.get_by_role("button", name="签发").click()
    expect(page.locator("main")).to_contain_text("已签发")
    check_page(page)
    document = re.search(r"/desk/documents/\d+", page.url).group()

    page.goto(f"{document}/sheet")
    check_page(page)
    pdf = tmp_path / "document.pdf"
    page.pdf(path=str(pdf), prefer_css_page_size=True)
    pages = lines_of(pdf)
    assert len(pages) >= 4
    text = [line for line in pages[1] if line[3].startswith("国")]
    assert len(text) == 22, "22 lines a page"
    assert {len(line[3]) for line in text[1:]} == {28}, "28 characters a line"
    assert len(text[0][3]) in (26, 28), "a paragraph begins two characters further in"
    assert abs(text[1][1] - 28 * MILLIMETRE) < 2 and text[1][2] <= (210 - 26) * MILLIMETRE + 1
    pitch = (text[-1][0] - text[0][0]) / 21
    assert abs(pitch - 28.95) < 0.1
    for number, lines in enumerate(pages, 1):
        assert re.sub(r"\s", "", lines[-1][3]) == f"—{number}—", "the number stands below the text"
    # Odd pages carry it at the right, even ones at the left.
    assert pages[0][-1][1] > 300 > pages[1][-1][1]
    assert "（加盖公章）" in "".join(line[3] for line in pages[-1])

    page.goto(f"{document}/receipt")
    check_page(page)
    receipt = tmp_path / "receipt.pdf"
    page.pdf(path=str(receipt), prefer_css_page_size=True)
    assert len(lines_of(receipt)) == 1, "a receipt is one page"


def test_service_is_recorded_and_templates_are_read(verified_case, check_page, sign_in):
    lead = sign_in("zhujian-lead")
    for address in ["/desk/templates", "/desk/templates/demand", "/desk/templates/office"]:
        lead.goto(address)
        check_page(lead)
    page, address = verified_case
    page.goto(f"{address}/documents/new")
    check_page(page)
    page.get_by_role("link", name="告知书").click()
    page.locator("[name=answer_by]").fill("2099-09-01")
    page.get_by_role("button", name="生成正文").click()
    page.get_by_role("link", name="签发", exact=True).click()
    page.get_by_label(re.compile("我已通读全文")).check()
    page.get_by_role("button", name="签发").click()
    page.get_by_role("link", name="登记送达").click()
    check_page(page)
    page.locator("[name=manner][value=left]").check()
    page.locator("[name=outcome][value=served]").check()
    page.locator("[name=served_by]").fill("甲某、乙某")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("main")).to_contain_text("请填写见证人或者录像")
    check_page(page)
    page.locator("[name=witness]").fill("社区王主任")
    page.locator("[name=proof]").fill("录像 7 号")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("main")).to_contain_text("视为送达")
    check_page(page)
