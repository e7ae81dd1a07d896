"""A bureau answers the checks of a round with nothing but the keyboard."""

import re

from playwright.sync_api import expect


def open_round(officer):
    """An open round with something to answer, as the housing bureau opens it; the demo's own if it runs."""
    officer.goto("/desk/reviews/new")
    officer.locator("main [name=title]").fill("键盘答复试验")
    officer.locator("main form:has([name=title]) button[type=submit]").click()
    expect(officer.locator("main h1")).to_be_visible()


def test_checks_are_answered_by_keyboard_alone(sign_in, check_page):
    open_round(sign_in("zhujian"))
    page = sign_in("gongan")
    page.goto("/desk/checks")
    check_page(page)
    start = page.locator("main .queue-start a")
    start.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/checks/\d+\?"))
    check_page(page)
    expect(page.locator("main [data-keys-hint]")).to_be_visible()

    # The keyboard stands on the result; 3 chooses, Enter saves and goes on to the next household.
    first = page.url
    assert page.evaluate("document.activeElement.name") == "result"
    page.keyboard.press("3")
    expect(page.locator("main [name=result][value=not_found]")).to_be_checked()
    page.keyboard.press("1")
    expect(page.locator("main [name=result][value=clear]")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    expect(page.locator("main .flash")).to_contain_text("已记录")
    check_page(page)


def test_a_hit_is_typed_by_keyboard_and_room_is_made_for_another(sign_in, check_page):
    open_round(sign_in("zhujian"))
    page = sign_in("gongan")
    page.goto("/desk/checks?check=vehicles")
    if page.locator("main .queue-start a").count() == 0:
        return
    page.locator("main .queue-start a").press("Enter")
    page.wait_for_url(re.compile(r"/desk/checks/\d+\?"))
    page.keyboard.press("2")
    page.locator("main [name=record-0-plate]").focus()
    # Digits typed into a field stay there.
    page.keyboard.type("闽G12345")
    expect(page.locator("main [name=record-0-plate]")).to_have_value("闽G12345")
    expect(page.locator("main [name=result][value=hit]")).to_be_checked()
    page.locator("main button[name=more]").press("Enter")
    expect(page.locator("main [name=record-0-plate]")).to_have_value("闽G12345")
    page.locator("main [name=record-0-value]").fill("-5")
    page.keyboard.press("Enter")
    expect(page.locator("main .error-summary")).to_be_visible()
    check_page(page)
    page.locator("main [name=record-0-value]").fill("52000")
    person = page.locator("main [name=record-0-person]")
    person.select_option(index=1)
    page.locator("main [name=record-0-value]").press("Enter")
    expect(page.locator("main .flash")).to_contain_text("有情况")


def test_the_pages_of_a_round_can_be_read_by_everybody(sign_in, check_page):
    page = sign_in("zhujian")
    open_round(page)
    page.goto("/desk/reviews")
    check_page(page)
    page.locator("main table .row-link").first.click()
    page.wait_for_url(re.compile(r"/desk/reviews/\d+"))
    check_page(page)
    round_url = page.url
    for rest in ("/closing", "/dues", "/checks"):
        page.goto(round_url + rest)
        expect(page.locator("main h1")).to_be_visible()
        check_page(page)
