"""A county's first day on an empty database, with nothing but a browser and the link that the start prints."""

import os
import re
import subprocess
import time
import urllib.request

import pytest
from playwright.sync_api import expect

OWN = "My-own-2026-pw"


@pytest.fixture(scope="module")
def first_portal():
    """A portal without a county: its address, and what makes links."""
    program = os.environ["PORTAL_TEST_PROGRAM"]
    with open(os.environ["PORTAL_TEST_FIRST"], encoding="utf-8") as lines:
        settings = dict(line.rstrip("\n").split("=", 1) for line in lines)
    environment = {**os.environ, **settings}

    def portal(*arguments):
        done = subprocess.run(
            [program, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()

    portal("keys", "create", settings["PORTAL_KEYS"])
    portal("migrate")
    address = "http://" + settings["PORTAL_LISTEN"]
    environment["PORTAL_PUBLIC_URL"] = address
    log = open(os.environ["PORTAL_TEST_FIRST"] + ".log", "wb")
    serving = subprocess.Popen([program, "serve"], env=environment, stdout=log, stderr=log)
    try:
        await_ready(address, serving)
        yield portal
    finally:
        serving.terminate()
        serving.wait(timeout=30)
        log.close()


def await_ready(address, serving):
    for _ in range(300):
        assert serving.poll() is None, "the portal ended"
        try:
            if urllib.request.urlopen(address + "/readyz", timeout=2).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("the portal did not become ready")


def test_from_the_link_to_accounts_that_sign_in(first_portal, open_page, check_page, viewport):
    # Each size of screen sets up a county of its own.
    words, code, mark = ("清流", "350423", "a") if viewport["width"] > 600 else ("宁化县", "350424", "b")
    link = first_portal("county", "link")
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


def sign_in_first(page, address, account, password):
    """Signs in with a slip and chooses a password of one's own."""
    page.goto(address + "/login")
    page.locator("main [name=account]").fill(account)
    page.locator("main [name=password]").fill(password)
    page.locator("main form:has([name=password]) button[type=submit]").click()
    expect(page).to_have_url(re.compile("/account/password"))
    page.locator("[name=current_password]").fill(password)
    page.locator("[name=new_password]").fill(OWN)
    page.locator("[name=new_password_again]").fill(OWN)
    page.locator("main form:has([name=new_password]) button[type=submit]").click()
