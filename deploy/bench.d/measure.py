"""The measurements of deploy/bench, which has started what is measured: measure.py [--json FILE] [NAME ...]"""

import argparse
import json
import os
import re
import statistics
import subprocess
import time
import urllib.request
import uuid
from pathlib import Path

from counter import counter
from imports import imports
from load import CLIENTS, URL, Form, Visitor, lua_string, wrk
from matching import matching
from register import register
from reviews import reviews
from workbooks import workbooks

HERE = Path(__file__).parent
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))


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


def interleaved(first, second):
    """Both by turns, so that what the machine does meanwhile falls on both: medians and median ratio."""
    first(2), second(2)  # both warm
    pairs = [(first(SECONDS), second(SECONDS)) for _ in range(ROUNDS)]
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def pgbench(script, user, variables=()):
    """Transactions per second of a script with as many clients as wrk has connections."""

    def run(seconds):
        command = [
            os.environ["BENCH_PGBENCH"], "--no-vacuum", "--protocol=prepared", f"--client={CLIENTS}",
            "--jobs=2", f"--time={seconds}", f"--file={script}",
        ]
        command += [f"--define={name}={value}" for name, value in variables]
        command.append(os.environ[f"PORTAL_DATABASE_{user}"])
        out = subprocess.run(command, capture_output=True, text=True)
        if out.returncode or re.search(r"failed transactions: [1-9]", out.stdout):
            raise SystemExit(f"pgbench {script}: {out.stderr.strip() or out.stdout.strip()}")
        return float(re.search(r"tps = ([\d.]+)", out.stdout).group(1))

    return run


def query(user, sql):
    command = ["psql", "-XqtA", "-v", "ON_ERROR_STOP=1", os.environ.get(f"PORTAL_DATABASE_{user}") or os.environ[user], "-c", sql]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def statements_of(action, login):
    """What the portal asks of PostgreSQL while `action` runs, as a pgbench script and its variables.

    Read from the server's own log, so that it is the same also when the portal changes."""
    log = SCRATCH / "postgres.log"
    settings = {"log_statement": "all", "log_parameter_max_length": "-1",
                "log_error_verbosity": "default", "log_line_prefix": "#%u "}
    for name, value in settings.items():
        query("BENCH_SUPERUSER", f"ALTER SYSTEM SET {name} = '{value}'")
    query("BENCH_SUPERUSER", "SELECT pg_reload_conf()")
    time.sleep(1)
    start = log.stat().st_size
    action()
    time.sleep(0.5)
    text = log.read_bytes()[start:].decode()
    query("BENCH_SUPERUSER", "ALTER SYSTEM RESET ALL")
    query("BENCH_SUPERUSER", "SELECT pg_reload_conf()")
    time.sleep(1)
    lines, variables = [], []
    found = re.findall(
        rf"^#{login} LOG:  (?:statement|execute [^:]*): (.*?)\n"
        rf"(?:#{login} DETAIL:  parameters: (.*?)\n)?(?=#|\d{{4}}-|\Z)", text, re.MULTILINE | re.DOTALL)
    for number, (statement, parameters) in enumerate(found):
        values = {}
        for position, value in re.findall(r"\$(\d+) = (NULL|'(?:[^']|'')*')", parameters):
            values[position] = value
        lines.append(re.sub(r"\$(\d+)", lambda match: bound(number, match[1], values, variables), statement))
    if not lines:
        raise SystemExit(f"no statement of {login} in the server's log")
    script = SCRATCH / "statements.sql"
    script.write_text("".join(" ".join(line.split()).rstrip(";") + ";\n" for line in lines))
    return script, variables


def bound(statement, position, values, variables):
    """A pgbench variable in the place of a parameter; a NULL can only be written out."""
    value = values[position]
    if value == "NULL":
        return "NULL"
    variable = (f"v{statement}_{position}", value[1:-1].replace("''", "'"))
    if variable not in variables:
        variables.append(variable)
    return f":{variable[0]}"


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
    stored = query("OWNER", "SELECT count(*) FROM cases")
    script, variables = statements_of(lambda: officer.get("/desk/cases"), "portal_staff")
    cookie = f"Cookie: {officer.cookie}"
    page, bare, ratio = interleaved(
        lambda seconds: wrk(URL + "/desk/cases", seconds, headers=[cookie]),
        pgbench(script, "STAFF", variables),
    )
    report.add("cases", page, "req/s", f"{rows} rows of {stored} cases", least=1000)
    count = script.read_text().count(";\n")
    report.add("cases.pgbench", bare, "tps", f"the same {count} statements, read from the server's log")
    report.add("cases.ratio", ratio, "×", least=0.25)


def complaints(report):
    citizen = Visitor()
    form = Form(citizen.get("/complaints/new"), "description")
    form.fields.update(description="三栋二单元的住户把公租房租给了别人，每月收租金。", address="三栋二单元")
    script = SCRATCH / "complaints.lua"
    script.write_text(complaint_script(form, citizen.cookie))
    estate = form.fields.get("estate") or "0"
    area = query("OWNER", "SELECT min(code) FROM areas WHERE length(code) = 6")
    before = int(query("OWNER", "SELECT count(*) FROM complaints"))
    sent = 0.0

    def post(seconds):
        nonlocal sent
        rate = wrk(URL + (form.action or "/complaints"), seconds, script=str(script))
        sent += rate * seconds
        return rate

    # Stored is what counts: a run whose complaints did not arrive measures nothing.
    page, bare, ratio = interleaved(post, pgbench(HERE / "complaints.sql", "PUBLIC", [("estate", estate), ("area", area)]))
    stored = int(query("OWNER", "SELECT count(*) FROM complaints")) - before
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
                "workbooks": workbooks, "imports": imports, "register": register,
                "matching": matching, "reviews": reviews, "counter": counter}


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
