"""The roster of homes to visit over a province's worth of leases, at two sizes, against a bare INSERT of the same rows; the
page of coverage and the roster's list against pgbench with their statements."""

import os
import re
import subprocess
import time

from annex import told
from county import County
from load import Form, Visitor

SIZES = [int(size) for size in os.environ.get("BENCH_ROSTER_LEASES", "100000,1000000").split(",")]
ESTATES = 500

# Without the register's history: nobody edits these. Every tenth household has a finding, every fiftieth home a watch.
REGISTER = """
SET session_replication_role = replica;
INSERT INTO estates (area, name, address, ownership)
  SELECT '35042310' || i % 3, '测量小区' || i, '测量路' || i || '号', 'government' FROM generate_series(1, {estates}) i;
INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
  SELECT e.area, e.id, 1 + i / {estates} % 30 || '栋', 1 + i / {estates} / 30 % 3 || '单元', i::text, 50, 'leased'
  FROM (SELECT i, {estate} + 1 + i % {estates} AS estate FROM generate_series(1, {leases}) i) m JOIN estates e ON e.id = m.estate
  ORDER BY i;
INSERT INTO households (area, number, category)
  SELECT m.area, 'V' || m.id, 'low_income' FROM homes m WHERE m.id > {home} ORDER BY m.id;
INSERT INTO leases (area, home_id, household_id, contract_number, contract_version, starts_on, ends_on, monthly_rent, deposit, state)
  SELECT m.area, m.id, h.id, 'V' || m.id, '1', '2020-01-01', '2035-01-01', 100, 300, 'running'
  FROM homes m JOIN households h ON h.number = 'V' || m.id WHERE m.id > {home} ORDER BY m.id;
INSERT INTO findings (area, household_id, rule, subject, evidence)
  SELECT area, id, (ARRAY['R1', 'R5', 'R6', 'R7'])[1 + id / 10 % 4], 'x', '{{}}' FROM households WHERE id > {household} AND id % 10 = 0;
INSERT INTO home_watches (area, home_id, reason, rhythm_days, started_by, started_by_name, started_at, next_on, next_slot)
  SELECT area, id, 'sublet', 7, {officer}, '测量', now(), current_date, 'evening' FROM homes WHERE id > {home} AND id % 50 = 0;
"""
# Visits for every third home, by forty teams.
VISITED = """
INSERT INTO visit_teams (area, roster_id, name, first_id, first_name, second_name, made_by_name, made_at)
  SELECT '350423', max(id), '测量' || i || '组', {officer}, '测量', '同行', '测量', now() FROM visit_rosters, generate_series(1, 40) i GROUP BY i;
UPDATE roster_entries SET team_id = (SELECT min(id) FROM visit_teams) + estate_id % 40;
INSERT INTO visits (area, campaign_id, household_id, visited_on, met, home_use, entry_id, lease_id, home_id, team_id, key, recorded_by,
    recorded_by_name, recorded_at, visited_at, slot)
  SELECT r.area, o.campaign_id, r.household_id, current_date - (r.id % 40)::integer, CASE WHEN r.id % 4 = 0 THEN 'nobody' ELSE 'tenant' END,
    CASE WHEN r.id % 4 > 0 THEN 'self' END, r.id, r.lease_id, r.home_id, r.team_id, gen_random_uuid(), {officer}, '测量', now(), now(),
    (ARRAY['day', 'evening', 'weekend'])[1 + r.id % 3]
  FROM roster_entries r JOIN visit_rosters o ON o.id = r.roster_id WHERE r.id % 3 = 0;
UPDATE roster_entries SET state = CASE WHEN id % 4 > 0 THEN 'visited' ELSE state END, attempts = (id % 4 = 0)::integer WHERE id % 3 = 0;
"""
# The same rows into the same indexes, with nothing looked up and nothing counted.
BARE = """
DROP TABLE IF EXISTS bare_entries;
CREATE TABLE bare_entries (LIKE roster_entries INCLUDING ALL EXCLUDING IDENTITY);
\\timing on
INSERT INTO bare_entries SELECT * FROM roster_entries ORDER BY estate_id, route;
"""


class Leases(County):
    def __init__(self, leases):
        super().__init__("roster")
        self.seed(480)
        self.officer = self.sql("SELECT id FROM accounts WHERE account = 'zhujian'")
        last = {table: self.sql(f"SELECT max(id) FROM {table}s") for table in ("estate", "home", "household")}
        self.fill(REGISTER.format(estates=ESTATES, leases=leases, officer=self.officer, **last))
        self.settle()

    def fill(self, script):
        superuser = re.sub(r"dbname=\S+", f"dbname={self.name}", os.environ["BENCH_SUPERUSER"])
        done = subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", superuser], input=script, text=True, check=True, capture_output=True)
        return done.stdout

    def make(self, officer):
        """Has the roster made or brought up to date; the seconds from asking to its end."""
        form = Form(officer.get("/desk/visits/roster/making"), "csrf", "/desk/visits/roster/making")
        officer.post(form.action, form.fields)
        while True:
            state = self.sql("SELECT state, extract(epoch FROM finished_at - entered_at) FROM jobs WHERE kind = 'roster_making' ORDER BY id DESC LIMIT 1")
            if state.startswith("done"):
                return float(state.split("|")[1])
            if not state.startswith(("waiting", "running")):
                raise SystemExit(f"the roster was not made: {state}")
            time.sleep(0.2)


def roster(report):
    rates = []
    for size in SIZES:
        county = Leases(size)
        county.serve(32171)
        try:
            officer = Visitor(county.url).sign_in("zhujian")
            seconds = county.make(officer)
            leases = int(county.sql("SELECT count(*) FROM roster_entries"))
            rates.append(seconds / leases)
            last = size == SIZES[-1]
            report.add(f"roster.{size}", seconds, "s", f"{leases} leases, from asking to a roster made", most=60 if last else None)
            bare = float(re.search(r"Time: ([\d.]+) ms", county.fill(BARE)).group(1)) / 1000
            report.add(f"roster.{size}.insert", bare, "s", "a bare INSERT of the same rows into the same indexes")
            report.add(f"roster.{size}.ratio", bare / seconds, "×", "that to ours")
            report.add(f"roster.{size}.again", county.make(officer), "s", "brought up to date, nothing new")
            if last:
                report.add("roster.growth", rates[-1] / rates[0], "×", f"seconds a lease at {size} to those at {SIZES[0]}", most=2)
                pages(report, county, officer)
        finally:
            county.stop()


def pages(report, county, officer):
    county.fill("DROP TABLE IF EXISTS bare_entries;" + VISITED.format(officer=county.officer))
    county.settle()
    entries = county.sql("SELECT count(*) FROM roster_entries")
    told(report, county, officer, "roster.coverage", "/desk/visits/coverage", f"{entries} homes", most=30)
    told(report, county, officer, "roster.route", "/desk/visits/roster", f"a page of fifty of {entries}", most=50)
    told(report, county, officer, "roster.risk", "/desk/visits/roster?order=risk", f"a page of fifty of {entries}", most=50)
    town = Visitor(county.url).sign_in("longjin")
    told(report, county, town, "roster.town", "/desk/visits/roster?order=risk", "a township's", most=50)
