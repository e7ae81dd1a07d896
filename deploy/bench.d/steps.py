"""A step of a case, as an officer takes it: the guarded row, its history, its audit event and its clocks, durably, against
pgbench with the same statements."""

import os
import urllib.error
import urllib.request
from pathlib import Path

from bare import SCRATCH, interleaved, replayed, statements_of
from county import County
from load import CLIENTS, Form, Visitor, lua_string, wrk

# Each is stepped once: a third by the portal, the rest by pgbench.
CASES = int(os.environ.get("BENCH_STEP_CASES", "240000"))
FIRST = 5_000_001  # no other number of the county is as large
HERE = Path(__file__).parent

# Cases that were verified by two people, of tenants who were told nothing yet.
VERIFIED = f"""
SET session_replication_role = replica;
SELECT setval(pg_get_serial_sequence('cases', 'id'), {FIRST} - 1);
INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature, state, opened_on, state_since, due_on,
    next_due_on, next_clock, route)
  SELECT h.area, (SELECT max(id) FROM campaigns), 'MS' || i, h.id, h.home_id, h.estate_id, 'sublet', 'verified',
    current_date - 20, current_date - 10, current_date + 30, current_date + 30, 'campaign', 'administrative'
  FROM generate_series(0, {CASES} - 1) i
  JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS households, * FROM households WHERE home_id IS NOT NULL) h
    ON h.place = i % h.households
  ORDER BY i;
INSERT INTO case_events (area, case_id, at, account_name, action, from_state, to_state, details)
  SELECT c.area, c.id, now() - interval '10 days', '测量', n.action, n.from_state, n.to_state, n.details
  FROM cases c, (VALUES (1, 'open', NULL, 'suspected', '{{}}'::jsonb), (2, 'propose', 'suspected', 'suspected', '{{}}'),
    (3, 'verify', 'suspected', 'verified', jsonb_build_object('discovered_on', (current_date - 20)::text, 'route', 'administrative',
      'facts', '查明属实'))) AS n (place, action, from_state, to_state, details)
  WHERE c.number LIKE 'MS%' ORDER BY c.id, n.place;
"""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Steps:
    """The same step of one case after the other: notice is served."""

    def __init__(self, county):
        self.county = county
        self.staff = county.environment["PORTAL_DATABASE_STAFF"]
        self.officer = Visitor(county.url).sign_in("zhujian")
        self.next, self.next_bare = FIRST, FIRST + CASES // 3
        form = Form(self.officer.get(self.path(FIRST) + "?take=serve_notice"), "noticed_on")
        form.fields.update(document="测告〔2021〕1号", answer_by=county.sql("SELECT current_date + 5"))
        self.body = Visitor.encoded(form.fields)
        self.bare = self.statements()

    @staticmethod
    def path(case):
        return f"/desk/cases/{case}/step"

    def take(self, case):
        opener = urllib.request.build_opener(NoRedirect)
        request = urllib.request.Request(self.county.url + self.path(case), self.body.encode(), {"Cookie": self.officer.cookie})
        try:
            opener.open(request).close()
        except urllib.error.HTTPError as answer:
            if answer.code == 303:
                return
            raise
        raise SystemExit(f"steps: case {case} was not stepped")

    def statements(self):
        """Of one step; the fewest of three, as what the portal does by itself meanwhile comes on top."""
        taken = []
        for case in range(FIRST, FIRST + 3):
            with statements_of(self.staff) as statements:
                self.take(case)
            taken.append((statements, case))
        statements, case = min(taken, key=lambda one: len(one[0]))
        return replayed(
            statements, self.staff, instead={f"'{case}'": ":case", f"'{{{case}}}'": "ARRAY[:case::bigint]"},
            before=["\\set n :n + 1", f"\\set case :first + :n * {CLIENTS} + :client_id"])

    def stepped(self, first, end):
        """How many of these are, and behind which none is."""
        done = self.county.sql(
            f"SELECT count(*), coalesce(max(id), {first}) FROM cases WHERE id >= {first} AND id < {end} AND state = 'noticed'")
        count, last = map(int, done.split("|"))
        if last + 4 * CLIENTS >= end:
            raise SystemExit("steps: too few cases for so long a run, see BENCH_STEP_CASES")
        return count, last + 4 * CLIENTS

    def portal_rate(self, seconds):
        first = self.stepped(self.next, FIRST + CASES // 3)[1]
        script = SCRATCH / "steps.lua"
        script.write_text((HERE / "steps.lua").read_text().replace("@COOKIE@", lua_string(self.officer.cookie)).replace(
            "@BODY@", lua_string(self.body)).replace("@FIRST@", str(first)))
        rate = wrk(self.county.url, seconds, script=str(script))
        count, self.next = self.stepped(first, FIRST + CASES // 3)
        self.held("the portal", rate * seconds, count)
        return rate

    def bare_rate(self, seconds):
        rate = self.bare.rate(seconds, f"--define=first={self.next_bare}", "--define=n=0")
        count, end = self.stepped(self.next_bare, FIRST + CASES)
        self.held("pgbench", rate * seconds, count)
        self.next_bare = end
        return rate

    @staticmethod
    def held(who, sent, count):
        """What was not written measures nothing."""
        if count < sent * 0.9:
            raise SystemExit(f"steps: {sent:.0f} by {who}, {count} written")


def steps(report):
    county = County("steps")
    county.seed(int(os.environ.get("BENCH_STEP_HOUSEHOLDS", "24000")))
    county.fill(VERIFIED)
    county.settle()
    county.serve(32180)
    try:
        taken = Steps(county)
        page, bare, ratio = interleaved(taken.portal_rate, taken.bare_rate)
    finally:
        county.stop()
    report.add("steps", page, "req/s", f"{CLIENTS} officers, each step with its history, audit and clocks, durably")
    report.add("steps.pgbench", bare, "tps", "the same statements")
    report.add("steps.ratio", ratio, "×", least=0.4)
