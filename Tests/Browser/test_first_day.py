"""A county's first day on an empty database, with nothing but a browser and the link that the start prints."""

import os
import re

import pytest
from playwright.sync_api import expect

from own_portal import own_portal, sign_in_first


@pytest.fixture(scope="module")
def first_portal():
    """Makes links to a portal without a county."""
    with own_portal(os.environ["PORTAL_TEST_FIRST"]) as portal:
        yield portal


def test_from_the_link_to_accounts_that_sign_in(first_portal, open_page, check_page, viewport):
    # Each size of screen sets up a county of its own.
    words, code, mark = ("清流", "350423", "a") if viewport["width"] > 600 else ("宁化县", "350424", "b")
    link = first_portal.link()
    address = re.match(r"https?://[^/]+", link).group()

    page = open_page()
    page.goto(link)
    check_page(page)
    page.get_by_label("县的名称或 6 位区划代码").fill(words)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("三明市")
    check_page(page)
    assert f"{code}100 " in page.get_by_label(re.compile("乡镇、街道")).input_value()
    for field, name in [("system", "甲某"), ("security", "乙某"), ("audit", "丙某")]:
        page.locator(f"[name={field}_name]").fill(name)
        account = page.locator(f"[name={field}_account]")
        account.fill(account.input_value() + "-" + mark)
    page.get_by_role("button", name="建立，显示首次登录单").click()
    expect(page.locator("h1")).to_have_text("首次登录单")
    check_page(page)
    account, password = page.locator(".slip code").all_text_contents()[:2]
    assert account == f"sysadmin-{mark}"

    sign_in_first(page, address, account, password)
    expect(page).to_have_url(re.compile("/admin$"))
    page.goto(address + "/admin/areas/new")
    page.locator("[name=places]").fill(f"{code}299 新设乡")
    page.get_by_role("button", name="增加").click()
    expect(page.locator("main")).to_contain_text("新设乡")
    check_page(page)

    page.goto(address + "/admin/accounts/new")
    page.locator("[name=account]").fill(f"xinshe-{mark}")
    page.locator("[name=display_name]").fill("丁某")
    page.locator("[name=role]").select_option(label="乡镇")
    page.locator("[name=area]").select_option(code + "299")
    check_page(page)
    page.get_by_role("button", name="建立并显示登录单").click()
    slip = page.locator(".slip code").all_text_contents()
    assert slip[0] == f"xinshe-{mark}"

    officer = open_page()
    sign_in_first(officer, address, *slip)
    expect(officer).to_have_url(re.compile("/desk$"))
    expect(officer.locator("header")).to_contain_text("新设乡")

    again = open_page()
    again.goto(link)
    expect(again.locator("h1")).to_have_text("这个地址已经用过")
    check_page(again)
