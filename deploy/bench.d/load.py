"""Loads: a browser's worth of HTTP to sign in and read forms, and wrk for the load itself."""

import html.parser
import http.cookiejar
import os
import re
import subprocess
import urllib.parse
import urllib.request

URL = os.environ.get("BENCH_URL", "")
CLIENTS = 32


class Form(html.parser.HTMLParser):
    """The named fields of the form that has the field `having`, and where it is sent."""

    def __init__(self, text, having, action=""):
        super().__init__()
        self.wanted = action
        self.having, self.open, self.action, self.fields = having, None, None, None
        self.feed(text)
        if self.fields is None:
            raise SystemExit(f"no form with a field {having}")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.open = (attributes, {})
        elif self.open and tag == "option" and self.select and attributes.get("value"):
            self.open[1].setdefault(self.select, attributes["value"])
        elif self.open and attributes.get("name") and tag in ("input", "textarea", "select"):
            kind = attributes.get("type")
            if tag == "select":
                self.select = attributes["name"]
            elif kind == "radio":
                self.open[1].setdefault(attributes["name"], attributes.get("value", ""))
            elif kind not in ("file", "checkbox", "submit"):
                self.open[1][attributes["name"]] = attributes.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        if tag == "form" and self.open:
            attributes, fields = self.open
            if self.fields is None and self.having in fields and self.wanted in (attributes.get("action") or ""):
                self.action, self.fields = attributes.get("action"), fields
                self.multipart = "multipart" in attributes.get("enctype", "")
            self.open = None

    select = None


class Visitor:
    """One browser: keeps cookies, follows redirects."""

    def __init__(self, url=URL):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        with self.opener.open(self.url + path) as response:
            return response.read().decode()

    def post(self, path, fields):
        data = self.encoded(fields).encode()
        with self.opener.open(urllib.request.Request(self.url + path, data)) as response:
            return response.geturl(), response.read().decode()

    def sign_in(self, account):
        form = Form(self.get("/login"), "password")
        form.fields.update(account=account, password=os.environ["PORTAL_DEMO_PASSWORD"])
        reached, _ = self.post(form.action or "/login", form.fields)
        if "/login" in reached:
            raise SystemExit(f"{account} could not sign in")
        return self

    @staticmethod
    def encoded(fields):
        return urllib.parse.urlencode(fields)

    @property
    def cookie(self):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def wrk(url, seconds, script=None, headers=(), clients=CLIENTS):
    """Requests answered per second; anything but an answer that the load expects is an error."""
    return measured(url, seconds, script, headers, clients)[0]


def measured(url, seconds, script=None, headers=(), clients=CLIENTS):
    """Requests answered per second, and the time in milliseconds within which 99 of 100 were."""
    command = ["wrk", "-c", str(clients), "-t", str(min(2, clients)), "-d", f"{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", script]
    done = subprocess.run(command + [url], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"wrk {url}: {(done.stderr or done.stdout).strip()}")
    out = done.stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out) or re.search(r"Socket errors: (.*)", out)
    if bad:
        raise SystemExit(f"wrk {url}: {bad.group(0)}")
    time, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    slow = float(time) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), slow


def lua_string(text):
    return '"' + "".join(f"\\{byte:03d}" for byte in text.encode()) + '"'
