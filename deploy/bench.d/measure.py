"""The measurements of deploy/bench, which has started what is measured: measure.py [--json FILE] [NAME ...]"""

import argparse
import json
import os
import re
import subprocess
import time
import urllib.request
import uuid
from pathlib import Path

from again import again
from annex import annex
from bare import SCRATCH, Pgbench, interleaved, query, replayed, statements_of_page
from counter import counter
from imports import imports
from load import CLIENTS, URL, Form, Visitor, lua_string, wrk
from matching import matching
from photos import photos
from register import register
from reviews import reviews
from roster import roster
from steps import steps
from workbooks import workbooks
from worklists import worklists

HERE = Path(__file__).parent
OWNER, STAFF, PUBLIC = (os.environ[f"PORTAL_DATABASE_{login}"] for login in ("OWNER", "STAFF", "PUBLIC"))


class Report:
    def __init__(self):
        self.lines, self.missed = [], False

    def add(self, name, value, unit, note="", least=None, most=None):
        limit = f"≥ {least:g}" if least is not None else f"< {most:g}" if most is not None else ""
        good = (least is None or value >= least) and (most is None or value < most)
        self.missed |= not good
        told = "; ".join(part for part in (note, limit and f"limit {limit}", "" if good else "MISSED") if part)
        shown = f"{value:.2f}" if value < 100 else f"{value:.0f}"
        print(f"{name} {shown} {unit} {told}", flush=True)
        self.lines.append({"name": name, "value": value, "unit": unit, "note": told, "met": good})


def progress(report):
    with urllib.request.urlopen(URL + "/progress") as response:
        size = len(response.read())
    port = int(URL.rsplit(":", 1)[1]) + 1
    empty = subprocess.Popen([os.environ["BENCH_EMPTY_ROUTE"], str(port), str(size)],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(port)
        page, bare, ratio = interleaved(
            lambda seconds: wrk(URL + "/progress", seconds),
            lambda seconds: wrk(f"http://127.0.0.1:{port}/", seconds),
        )
    finally:
        empty.terminate()
        empty.wait()
    report.add("progress", page, "req/s", f"{size} bytes")
    report.add("progress.empty", bare, "req/s", "an empty route with a body of the same size")
    report.add("progress.ratio", ratio, "×", least=0.8)


def await_port(port):
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("EmptyRoute did not start")


def cases(report):
    officer = Visitor().sign_in("zhujian")
    rows = officer.get("/desk/cases").count("<tr") - 1
    stored = query(OWNER, "SELECT count(*) FROM cases")
    statements = statements_of_page(officer, "/desk/cases", STAFF)
    cookie = f"Cookie: {officer.cookie}"
    page, bare, ratio = interleaved(
        lambda seconds: wrk(URL + "/desk/cases", seconds, headers=[cookie]), replayed(statements, STAFF).rate)
    report.add("cases", page, "req/s", f"{rows} rows of {stored} cases")
    report.add("cases.pgbench", bare, "tps", f"the same {len(statements)} statements, read from the server's log")
    report.add("cases.ratio", ratio, "×", least=0.44)


def complaints(report):
    citizen = Visitor()
    form = Form(citizen.get("/complaints/new"), "description")
    form.fields.update(description="三栋二单元的住户把公租房租给了别人，每月收租金。", address="三栋二单元")
    script = SCRATCH / "complaints.lua"
    script.write_text(complaint_script(form, citizen.cookie))
    estate = form.fields.get("estate") or "0"
    area = query(OWNER, "SELECT min(code) FROM areas WHERE length(code) = 6")
    of_citizens = "SELECT count(*) FROM complaints WHERE signing_key <> 'bench'"  # not pgbench's own
    before = int(query(OWNER, of_citizens))
    sent = 0.0

    def post(seconds):
        nonlocal sent
        rate = wrk(URL + (form.action or "/complaints"), seconds, script=str(script))
        sent += rate * seconds
        return rate

    # Stored is what counts: a run whose complaints did not arrive measures nothing.
    page, bare, ratio = interleaved(post, Pgbench(HERE / "complaints.sql", PUBLIC, {"estate": estate, "area": area}).rate)
    stored = int(query(OWNER, of_citizens)) - before
    if stored < sent * 0.9:
        raise SystemExit(f"complaints: {sent:.0f} sent, {stored} stored")
    report.add("complaints", page, "req/s", "stored and audited durably")
    report.add("complaints.pgbench", bare, "tps", "the same INSERTs and COMMIT")
    report.add("complaints.ratio", ratio, "×", least=0.4)


def complaint_script(form, cookie):
    """A Lua script for wrk: the same report again and again, each with an idempotency key of its own."""
    key = "submission"
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in form.fields.items():
        value = "@KEY@" if name == key else value
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n')
    before, after = ("".join(parts) + f"--{boundary}--\r\n").split("@KEY@")
    text = (HERE / "complaints.lua").read_text()
    for name, value in {"BOUNDARY": boundary, "COOKIE": cookie, "BEFORE": before, "AFTER": after}.items():
        text = text.replace(f"@{name}@", lua_string(value))
    return text


def memory(report):
    officer = Visitor().sign_in("zhujian")
    script = SCRATCH / "mixed.lua"
    script.write_text((HERE / "mixed.lua").read_text().replace("@COOKIE@", lua_string(officer.cookie)))
    rate = wrk(URL + "/", 60, script=str(script))
    status = Path(f"/proc/{os.environ['BENCH_PORTAL_PID']}/status").read_text()
    resident = int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024
    report.add("memory", resident, "MB",
               f"resident after a minute of {CLIENTS} clients, {rate:.0f} req/s mixed; peak {peak:.0f}", most=150)


# Memory before complaints: tens of thousands of open reports are no county's, and weigh on each desk.
MEASUREMENTS = {"progress": progress, "cases": cases, "memory": memory, "complaints": complaints,
                "photos": photos, "workbooks": workbooks, "imports": imports, "again": again, "register": register,
                "matching": matching, "worklists": worklists, "reviews": reviews, "counter": counter,
                "annex": annex, "steps": steps, "roster": roster}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    report = Report()
    for name in options.names or MEASUREMENTS:
        MEASUREMENTS[name](report)
    if options.json:
        Path(options.json).write_text(json.dumps(report.lines, ensure_ascii=False, indent=2) + "\n")
    raise SystemExit(1 if report.missed else 0)


main()
