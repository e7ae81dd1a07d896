"""The program killed while it writes: the whole file is in the register, or nothing of it."""

import datetime
import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest

from conftest import ACCOUNT
from people import id_numbers
from tables import TOWNSHIP

ROWS = 900
OWNER = os.environ.get("PORTAL_DATABASE_OWNER", "")
# What other people's sessions do is shown to a superuser alone.
SUPERUSER = re.sub(r"dbname=\S+", re.search(r"dbname=\S+|$", OWNER).group(), os.environ.get("PORTAL_TEST_CLUSTER", ""))
WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
      AND application_name = 'portal-import' AND wait_event_type = 'Lock'"""
ANY_LEFT = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
      AND application_name = 'portal-import' AND state <> 'idle'"""


def sql(statement, login=OWNER):
    command = ["psql", "-XqtA", "-v", "ON_ERROR_STOP=1", login, "-c", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def until(is_so, what, seconds=60):
    for _ in range(seconds * 20):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail(f"waited {seconds} s for {what}")


@contextmanager
def held(table):
    """Nobody writes to the table meanwhile, so that a commit stands still in its middle."""
    holder = subprocess.Popen(["psql", "-XqtA", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        holder.stdin.write(f"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE; SELECT 'held';\n")
        holder.stdin.flush()
        assert holder.stdout.readline().strip() == "held"
        yield
    finally:
        holder.communicate("ROLLBACK;\n")


@pytest.fixture
def people(tmp_path, request):
    """people(n) writes the n-th file: households of one, of numbers that no other file has."""

    def people(number):
        prefix = f"KILL{number}"
        birth = (datetime.date(1970, 1, 1) + datetime.timedelta(number)).strftime("%Y%m%d")
        path = tmp_path / f"{prefix}.csv"
        lines = ["家庭编号,乡镇,保障类别,与申请人关系,姓名,身份证号"]
        lines += [
            f"{prefix}-{place},{TOWNSHIP},低保,申请人,验收甲,{person}"
            for place, person in enumerate(id_numbers(birth)[:ROWS])
        ]
        path.write_text("\n".join(lines) + "\n")
        return prefix, path

    return people


def start(path):
    program = os.environ["PORTAL_TEST_PROGRAM"]
    return subprocess.Popen(
        [program, "import", "households", str(path), "--account", ACCOUNT, "--json"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill(program):
    program.send_signal(signal.SIGKILL)
    program.wait()
    until(lambda: sql(ANY_LEFT, SUPERUSER) == "0", "the server to give up what was not committed")


def stored(prefix):
    """How many households and how many of their people are in the register."""
    return tuple(int(sql(statement)) for statement in (
        f"SELECT count(*) FROM households WHERE number ^@ '{prefix}-'",
        f"SELECT count(*) FROM persons p JOIN households h ON h.id = p.household_id WHERE h.number ^@ '{prefix}-'",
    ))


def test_killed_in_the_middle_of_the_commit_nothing_is_there_and_it_can_be_done_again(people, portal_import):
    prefix, path = people(1)
    with held("persons"):
        program = start(path)
        until(lambda: sql(WAITING, SUPERUSER) == "1", "the commit to reach the lock")
        program.send_signal(signal.SIGKILL)
        program.wait()
    until(lambda: sql(ANY_LEFT, SUPERUSER) == "0", "the server to give up what was not committed")
    assert stored(prefix) == (0, 0)
    # The portal that runs beside it finds that the command is dead, and says so in the history.
    state = "SELECT state || ' ' || COALESCE(message, '') FROM imports ORDER BY id DESC LIMIT 1"
    until(lambda: sql(state).startswith("failed"), "the history to say so", 40)
    assert "没有写入任何数据" in sql(state)
    again = portal_import("households", path)
    assert again.code == 0 and again.report["isWritten"]
    assert stored(prefix) == (ROWS, ROWS)


def test_the_database_gives_up_what_nobody_waits_for_any_more(people):
    _, path = people(50)
    with held("persons"):
        program = start(path)
        until(lambda: sql(WAITING, SUPERUSER) == "1", "the commit to reach the lock")
        program.send_signal(signal.SIGKILL)
        program.wait()
        # The lock is still held: nothing but the end of the program ends the statement.
        until(lambda: sql(ANY_LEFT, SUPERUSER) == "0", "the server to notice that the program is gone", 10)


def test_killed_at_any_moment_all_or_nothing_is_there(people, portal_import):
    _, path = people(2)
    began = time.monotonic()
    assert portal_import("households", path).report["isWritten"]
    whole = time.monotonic() - began
    outcomes = []
    for number, part in enumerate((0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.2), 3):
        prefix, path = people(number)
        program = start(path)
        time.sleep(whole * part)
        kill(program)
        outcomes.append(stored(prefix))
        if outcomes[-1] == (0, 0):
            assert portal_import("households", path).report["isWritten"]
        assert stored(prefix) == (ROWS, ROWS)
    assert set(outcomes) <= {(0, 0), (ROWS, ROWS)}, outcomes
    # Some were killed before the end: else the test would have tried nothing.
    assert (0, 0) in outcomes
