"""The question at the counter: how many a second through the interface, each logged and audited durably."""

import json
import os
import statistics
from pathlib import Path

from county import County
from load import CLIENTS, lua_string, measured
from sheets import id_number

# A little over three persons to a household of the demo.
HOUSEHOLDS = int(os.environ.get("BENCH_COUNTER_HOUSEHOLDS", "420000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))
HERE = Path(__file__).parent


def counter(report):
    county = County("counter")
    county.seed(HOUSEHOLDS)
    persons = int(county.sql("SELECT count(*) FROM persons"))
    token = county.portal("token", "create", "--account", "chuangkou", "--name", "测量", "--permission", "ask_counter", "--days", "1").split()[-1]
    county.environment["PORTAL_API_RATE"] = "10000000"
    county.serve(32150)
    try:
        bodies = [json.dumps({"name": "某某某", "id_number": id_number(person), "purpose": "registration"}, ensure_ascii=False) for person in range(400)]
        script = SCRATCH / "counter.lua"
        script.write_text((HERE / "counter.lua").read_text().replace("@TOKEN@", lua_string(token)).replace(
            "@BODIES@", "{" + ", ".join(lua_string(body) for body in bodies) + "}"))
        url = county.url + "/api/v1/counter-checks"
        measured(url, 2, script=str(script))
        before = int(county.sql("SELECT count(*) FROM counter_checks"))
        found = [measured(url, SECONDS, script=str(script)) for _ in range(ROUNDS)]
        logged = int(county.sql("SELECT count(*) FROM counter_checks")) - before
        answered = sum(rate for rate, _ in found) * SECONDS
        if logged < answered * 0.95:
            raise SystemExit(f"counter: {answered:.0f} answered, {logged} logged")
        report.add("counter", statistics.median(rate for rate, _ in found), "req/s", f"{CLIENTS} clients, {persons} persons", least=3000)
        report.add("counter.p99", statistics.median(slow for _, slow in found), "ms", most=20)
    finally:
        county.stop()
