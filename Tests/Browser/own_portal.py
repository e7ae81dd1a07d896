"""A portal on an empty database of its own, as `deploy/start --empty` leaves it, and how somebody signs in there first."""

import contextlib
import os
import re
import subprocess
import time
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import expect

OWN = "My-own-2026-pw"


@dataclass
class OwnPortal:
    address: str
    environment: dict
    log: object = None
    serving: object = None

    def run(self, *arguments):
        """The output of the program `portal`."""
        command = [os.environ["PORTAL_TEST_PROGRAM"], *arguments]
        done = subprocess.run(
            command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()

    def serve(self):
        """Serves, once nobody does any more."""
        command = [os.environ["PORTAL_TEST_PROGRAM"], "serve"]
        self.serving = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log
        )
        await_ready(self.address, self.serving)

    def kill(self):
        """As when the machine fails: at once, whatever it is doing."""
        self.serving.kill()
        self.serving.wait(timeout=30)

    def sql(self, text):
        """The rows of a query, as the owner of the tables, cells separated by `|`."""
        command = ["psql", self.environment["PORTAL_DATABASE_OWNER"], "-XqAt", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(
            command, input=text, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.split()

    def link(self):
        """What the start prints last: the address at which the first person sets the county up."""
        return self.run("county", "link")


@contextlib.contextmanager
def own_portal(settings_file, households=0):
    """Serves with the settings of a file until the end.

    settings_file -- names an empty database, the login for it, and an address
    households -- of the made-up county that fills it; it stays empty without
    """
    with open(settings_file, encoding="utf-8") as lines:
        settings = dict(line.rstrip("\n").split("=", 1) for line in lines)
    address = "http://" + settings["PORTAL_LISTEN"]
    environment = {**os.environ, **settings, "PORTAL_PUBLIC_URL": address}
    portal = OwnPortal(address, environment)
    portal.run("keys", "create", settings["PORTAL_KEYS"])
    portal.run("migrate")
    if households:
        portal.run("seed", "demo", "--households", str(households), "--seed", "1")
    with open(settings_file + ".log", "wb") as portal.log:
        try:
            portal.serve()
            yield portal
        finally:
            portal.serving.terminate()
            portal.serving.wait(timeout=30)


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
    expect(page).to_have_url(re.compile("/(desk|admin|oversight)$"))
