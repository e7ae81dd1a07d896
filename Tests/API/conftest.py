"""The machine interface of a running portal, held against the description that it serves.

deploy/test has a portal with a demo county ready, its settings in the environment, and says
  PORTAL_TEST_URL        its address
  PORTAL_TEST_PROGRAM    the program `portal`
  PORTAL_TEST_FILTER     a regular expression on the names of the tests to run (optional)
"""

import json
import os
import re
import subprocess
import urllib.request

import pytest


def pytest_collection_modifyitems(config, items):
    wanted = os.environ.get("PORTAL_TEST_FILTER", "")
    if wanted:
        chosen = [item for item in items if re.search(wanted, item.nodeid)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


@pytest.fixture(scope="session")
def url():
    return os.environ["PORTAL_TEST_URL"]


@pytest.fixture(scope="session")
def issue_token():
    """issue_token(account, permissions) gives the text of a token, as an operator's command does."""

    def issue_token(account, permissions):
        arguments = [os.environ["PORTAL_TEST_PROGRAM"], "token", "create", "--account", account]
        arguments += ["--name", "接口测试", "--days", "1"]
        for permission in permissions:
            arguments += ["--permission", permission]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.split()[-1]

    return issue_token


@pytest.fixture(scope="session")
def read(url):
    """read(path, token) gives the JSON of an answer."""

    def read(path, token=None):
        request = urllib.request.Request(url + path)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    return read
