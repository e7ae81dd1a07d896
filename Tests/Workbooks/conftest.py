"""Workbooks made by others, before the command that imports them.

deploy/test has a portal with a demo county ready, its settings in the environment, and says
  PORTAL_TEST_PROGRAM    the program `portal`
  PORTAL_TEST_CLUSTER    a superuser's connection to its PostgreSQL
  PORTAL_TEST_FILTER     a regular expression on the names of the tests to run (optional)
"""

import json
import os
import re
import subprocess
import tempfile
import time

import pytest

ACCOUNT = "zhujian"


def pytest_collection_modifyitems(config, items):
    wanted = os.environ.get("PORTAL_TEST_FILTER", "")
    if wanted:
        chosen = [item for item in items if re.search(wanted, item.nodeid)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


class Result:
    def __init__(self, code, output, error):
        self.code = code
        self.error = error.strip()
        self.report = json.loads(output) if output.strip() else None

    def problems(self, severity):
        """(row, column, cause) of every problem, in the order of the sheets and rows."""
        found = [p for p in self.report["problems"] if p["severity"] == severity]
        return sorted((p["sheet"], p["row"], p.get("column") or "", p["code"]) for p in found)


@pytest.fixture(scope="session")
def portal_import():
    """portal_import(kind, path) imports; with check=True it only says what is wrong."""
    program = os.environ["PORTAL_TEST_PROGRAM"]

    def portal_import(kind, path, check=False, good_rows=False, hidden=False, timeout=60):
        arguments = [program, "import", kind, str(path), "--account", ACCOUNT, "--json"]
        arguments += ["--check"] if check else []
        arguments += ["--good-rows"] if good_rows else []
        arguments += ["--hidden"] if hidden else []
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=timeout)
        return Result(done.returncode, done.stdout, done.stderr)

    return portal_import


@pytest.fixture(scope="session")
def check(portal_import):
    return lambda kind, path: portal_import(kind, path, check=True)


@pytest.fixture(scope="session")
def check_measured():
    """Like check, and gives the seconds and the most memory (bytes) that it took."""

    def check_measured(kind, path):
        program = os.environ["PORTAL_TEST_PROGRAM"]
        arguments = [program, "import", kind, str(path), "--account", ACCOUNT, "--json", "--check"]
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as error:
            began = time.monotonic()
            child = subprocess.Popen(arguments, stdout=output, stderr=error)
            _, status, usage = os.wait4(child.pid, 0)
            elapsed = time.monotonic() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            error.seek(0)
            result = Result(child.returncode, output.read(), error.read())
        return result, elapsed, usage.ru_maxrss * 1024

    return check_measured
