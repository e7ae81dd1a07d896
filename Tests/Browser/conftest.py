"""A real browser before a running portal: Debian's Chromium, on a desk and on a phone.

deploy/test starts the portal and says where it is:
  PORTAL_TEST_URL         its address
  PORTAL_DEMO_PASSWORD    the password of the demo accounts
  PORTAL_TEST_FIRST       the settings of a portal without a county, on a database that is empty
  PORTAL_TEST_PATH        the settings of another one
  PORTAL_TEST_PHONE       the settings of a third one
  PORTAL_TEST_PROGRAM     the program `portal`
  PORTAL_TEST_FILTER      a regular expression on the names of the tests to run (optional)
  PORTAL_TEST_FAILURES    folder for the screenshot and the HTML of a page that failed (optional)
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

VIEWPORTS = {"desk-1280": {"width": 1280, "height": 900}, "phone-390": {"width": 390, "height": 844}}


def pytest_collection_modifyitems(config, items):
    wanted = os.environ.get("PORTAL_TEST_FILTER", "")
    if wanted:
        chosen = [item for item in items if re.search(wanted, item.nodeid)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call":
        item.failed_in_call = report.failed


@pytest.fixture(scope="session")
def base_url():
    return os.environ["PORTAL_TEST_URL"]


@pytest.fixture(scope="session")
def password():
    return os.environ["PORTAL_DEMO_PASSWORD"]


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or "/usr/bin/chromium"
    # Chromium refuses its sandbox to root, which is who runs the tests in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(params=VIEWPORTS.values(), ids=VIEWPORTS.keys())
def viewport(request):
    return request.param


@pytest.fixture
def open_page(browser, base_url, viewport, request):
    """Opens a page with cookies of its own, as another person's browser would have them."""
    pages = []

    def open_page():
        context = browser.new_context(
            base_url=base_url, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(f"script error: {error}"))
        page.on("console", lambda message: note_console(page, message))
        pages.append(page)
        return page

    yield open_page
    for number, page in enumerate(pages):
        if getattr(request.node, "failed_in_call", False):
            keep_failure(page, f"{request.node.name}-{number}")
        page.context.close()
    problems = [problem for page in pages for problem in page.problems]
    assert not problems, f"the browser complained: {problems}"


def note_console(page, message):
    # A refused style or script shows here, and only here. A page's own status (403, 422) is no error.
    if message.type == "error" and "Failed to load resource" not in message.text:
        page.problems.append(message.text)


def keep_failure(page, name):
    folder = os.environ.get("PORTAL_TEST_FAILURES")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    stem = Path(folder) / re.sub(r"[^\w.-]+", "_", name)
    page.screenshot(path=f"{stem}.png", full_page=True)
    stem.with_suffix(".html").write_text(page.content(), encoding="utf-8")


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def sign_in(open_page, password):
    """sign_in("zhujian") opens a page of its own and signs the account in there."""

    def sign_in(account, page=None):
        page = page or open_page()
        page.goto("/login")
        page.locator("main [name=account]").fill(account)
        page.locator("main [name=password]").fill(password)
        page.locator("main form:has([name=password]) button[type=submit]").click()
        expect(page.locator("main h1")).to_be_visible()
        return page

    return sign_in


@pytest.fixture
def check_page():
    """Asserts what holds on every page: no axe violation, nothing wider than the screen, a language."""

    def check_page(page):
        result = Axe().run(page)
        violations = [
            f"{violation['id']}: {violation['help']}: "
            + "; ".join(node["html"][:160] for node in violation["nodes"][:5])
            for violation in result.response["violations"]
        ]
        assert not violations, f"{page.url}: axe\n" + "\n".join(violations)
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{page.url}: {wider} px wider than the screen"
        assert page.locator("html").get_attribute("lang", timeout=1000).startswith("zh")

    return check_page


@pytest.fixture(scope="session")
def photo(tmp_path_factory):
    """A JPEG as a phone would send it, drawn at random."""
    path = tmp_path_factory.mktemp("photos") / "现场.jpg"
    plain = path.with_name("noise.jpg")
    subprocess.run(["vips", "gaussnoise", str(plain), "1200", "900"], check=True)
    return plain.rename(path)
