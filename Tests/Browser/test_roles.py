"""Each role signs in and stands on its own first page."""

import re

import pytest
from playwright.sync_api import expect

HOMES = {
    "zhujian": "/desk",
    "zhujian-lead": "/desk",
    "minzheng": "/desk",
    "ziran": "/desk",
    "gongan": "/desk",
    "longjin": "/desk",
    "chuangkou": "/desk",
    "zhuanban": "/desk",
    "jiwei": "/oversight",
    "shiju": "/desk",
    "sysadmin": "/admin",
    "secadmin": "/admin",
    "auditadmin": "/admin",
}


@pytest.mark.parametrize("account,home", HOMES.items(), ids=HOMES.keys())
def test_each_role_signs_in_to_its_home(sign_in, check_page, account, home):
    page = sign_in(account)
    expect(page).to_have_url(re.compile(rf"^https?://[^/]+{home}(/|\?|$)"))
    check_page(page)


def test_a_wrong_password_is_refused_in_words(page, check_page):
    page.goto("/login")
    page.locator("main [name=account]").fill("shiju")
    page.locator("main [name=password]").fill("Wrong-12345-wrong")
    page.locator("main form:has([name=password]) button[type=submit]").click()
    expect(page.locator("main [name=account]")).to_have_value("shiju")
    expect(page.locator("main")).to_contain_text("密码")
    check_page(page)


def test_the_desk_asks_for_sign_in(page):
    page.goto("/desk")
    expect(page).to_have_url(re.compile("/login"))


@pytest.mark.parametrize("path", ["/desk/estates", "/desk/cases", "/desk/complaints"])
def test_lists_of_the_desk_can_be_read_by_everybody(sign_in, check_page, path):
    page = sign_in("zhujian")
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()
    check_page(page)
