"""A bureau's browser at the desk of a running portal: pages are opened, forms filled in and sent."""

import os
import re
import time

import mechanicalsoup


class Desk:
    """desk = Desk("minzheng"): signed in."""

    def __init__(self, account):
        self.url = os.environ["PORTAL_TEST_URL"]
        self.browser = mechanicalsoup.StatefulBrowser(soup_config={"features": "html.parser"})
        self.open("/login")
        self.form("/login", account=account, password=os.environ["PORTAL_DEMO_PASSWORD"])
        assert "/login" not in self.browser.url, f"{account} could not sign in"

    def open(self, path):
        answer = self.browser.open(self.url + path)
        assert answer.ok, f"{path}: {answer.status_code}"
        return self.browser.page

    def form(self, action, /, **fields):
        """Fills in the form that is sent to `action` and sends it; the page that comes back."""
        self.fill(action, fields)
        return self.send()

    def fill(self, action, fields):
        forms = [form for form in self.browser.page.select("form") if form.get("action", "").endswith(action)]
        assert forms, f"{self.browser.url}: no form to {action}"
        self.browser.select_form(forms[-1])
        for name, value in fields.items():
            self.browser[name] = value

    def send(self, button=None):
        answer = self.browser.submit_selected(btnName=button)
        assert answer.ok, f"{self.browser.url}: {answer.status_code} {self.said}"
        return self.browser.page

    def download(self, action, path, /, **fields):
        """The file that a form brings, written to `path`."""
        self.fill(action, fields)
        answer = self.browser.submit_selected(update_state=False)
        assert answer.ok and "attachment" in answer.headers["Content-Disposition"], answer.status_code
        path.write_bytes(answer.content)
        return path

    def wait(self, until, seconds=120):
        """Opens the page again until it says so: work goes on behind it."""
        end = time.monotonic() + seconds
        while not until(self):
            assert time.monotonic() < end, f"{self.browser.url}: {self.text}"
            time.sleep(0.2)
            self.browser.refresh()

    @property
    def text(self):
        return self.browser.page.select_one("main").get_text(" ", strip=True)

    @property
    def said(self):
        """What is wrong with a form, or the first of the page."""
        errors = self.browser.page and self.browser.page.select_one("main .error-summary")
        return errors.get_text(" ", strip=True) if errors else self.text[:300]

    def number(self, pattern):
        """The number in the address of the page."""
        return int(re.search(pattern, self.browser.url).group(1))
