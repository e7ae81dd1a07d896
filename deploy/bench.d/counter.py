"""The question at the counter: how many a second through the interface, each logged and audited durably, against
pgbench with the statements of one question."""

import json
import os
import urllib.request
from pathlib import Path

from bare import SCRATCH, compared, replayed, statements_of, timed, transaction_with
from county import County
from load import CLIENTS, lua_string, measured
from sheets import id_number

# A little over three persons to a household of the demo.
HOUSEHOLDS = int(os.environ.get("BENCH_COUNTER_HOUSEHOLDS", "420000"))
HERE = Path(__file__).parent


class Counter:
    """A counter's own system, with the token it shows."""

    def __init__(self, county):
        self.county = county
        self.url = county.url + "/api/v1/counter-checks"
        self.token = county.portal("token", "create", "--account", "chuangkou", "--name", "测量", "--permission", "ask_counter", "--days", "1").split()[-1]
        self.bodies = [json.dumps({"name": "某某某", "id_number": id_number(person), "purpose": "registration"}, ensure_ascii=False)
                       for person in range(400)]
        self.script = SCRATCH / "counter.lua"
        self.script.write_text((HERE / "counter.lua").read_text().replace("@TOKEN@", lua_string(self.token)).replace(
            "@BODIES@", "{" + ", ".join(lua_string(body) for body in self.bodies) + "}"))

    def ask(self):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(self.url, self.bodies[0].encode(), headers)).close()

    def measured(self, seconds):
        before = self.logged()
        rate, slow = measured(self.url, seconds, script=str(self.script))
        logged = self.logged() - before
        if logged < rate * seconds * 0.95:
            raise SystemExit(f"counter: {rate * seconds:.0f} answered, {logged} logged")
        return rate, slow

    def logged(self):
        return int(self.county.sql("SELECT count(*) FROM counter_checks"))


def counter(report):
    county = County("counter")
    county.seed(HOUSEHOLDS)
    persons = int(county.sql("SELECT count(*) FROM persons"))
    county.environment["PORTAL_API_RATE"] = "10000000"
    county.serve(32150)
    try:
        found = beside_pgbench(Counter(county))
    finally:
        county.stop()
    rate, bare_rate, rate_ratio = compared([(ours[0], bare[0]) for ours, bare in found])
    slow, bare_slow, slow_ratio = compared([(ours[1], bare[1]) for ours, bare in found])
    report.add("counter", rate, "req/s", f"{CLIENTS} clients, {persons} persons")
    report.add("counter.pgbench", bare_rate, "tps", f"one question a transaction, p99 {bare_slow:.1f} ms")
    report.add("counter.ratio", rate_ratio, "×", least=1)
    report.add("counter.p99", slow, "ms")
    report.add("counter.p99.ratio", slow_ratio, "×", "to that of pgbench", most=1.5)


def beside_pgbench(desk):
    staff = desk.county.environment["PORTAL_DATABASE_STAFF"]
    # Who holds a token is looked up once a second, not at every question.
    with statements_of(staff) as statements:
        desk.ask()
    question = transaction_with(statements, "INSERT INTO counter_checks")
    return timed(desk.measured, replayed(question, staff).measured)
