"""The annex over a province's worth of households and a work list of cases, counted from the live tables, against
pgbench with the statements of one page."""

import os
import statistics

from bare import compared, replayed, statements_of_page, timed
from county import County
from load import Visitor, measured

HOUSEHOLDS = int(os.environ.get("BENCH_ANNEX_HOUSEHOLDS", "1000000"))
CASES = int(os.environ.get("BENCH_ANNEX_CASES", "100000"))
OPEN_CASES = int(os.environ.get("BENCH_OPEN_CASES", "200000"))
ESTATES = 500

# Without the register's history: nobody edits these.
REGISTER = """
SET session_replication_role = replica;
INSERT INTO estates (area, name, address, ownership)
  SELECT '35042310' || i % 3, '测量小区' || i, '测量路' || i || '号', 'government' FROM generate_series(1, {estates}) i;
INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
  SELECT e.area, e.id, i / 1000 || '栋', '', i::text, 50, 'leased'
  FROM (SELECT i, {first} + i % {estates} AS estate FROM generate_series(1, {households}) i) m JOIN estates e ON e.id = m.estate;
INSERT INTO households (area, number, category)
  SELECT '35042310' || i % 3, 'M' || i, 'low_income' FROM generate_series(1, {households}) i;
"""
# A case for every few households, in every state and of every nature; each with the words of its own officer.
LISTED = """
SET session_replication_role = replica;
INSERT INTO cases (area, campaign_id, number, household_id, home_id, estate_id, nature, state, opened_on, state_since, due_on,
    measures, planned_on, assigned_to, route)
  SELECT m.area, (SELECT max(id) FROM campaigns), '{prefix}' || i, {household} + i, m.id, m.estate_id,
    (ARRAY['purchased_home', 'over_limit', 'sublet', 'lent', 'vacant', 'arrears', 'deceit', 'other'])[1 + i % 8],
    ({states})[1 + (i / 8) % array_length({states}, 1)],
    current_date - 40 + i % 30, current_date - 9, current_date - 10 + i % 60,
    CASE WHEN i % 3 > 0 THEN '已约谈第' || i || '户，正在协商搬迁' END, CASE WHEN i % 2 = 0 THEN current_date + i % 40 END,
    CASE WHEN i % 5 = 0 THEN {officer} END, 'civil'
  FROM generate_series(1, {cases}) i JOIN homes m ON m.id = {home} + i * {every};
INSERT INTO case_events (area, case_id, at, account_name, action, to_state)
  SELECT c.area, c.id, c.opened_on + n * 5, '测量', 'step', CASE n WHEN 0 THEN 'suspected' ELSE c.state END
  FROM cases c, generate_series(0, 1) n WHERE c.number LIKE '{prefix}%' ORDER BY c.id, n;
"""
ALL = """ARRAY['suspected', 'unfounded', 'withdrawn', 'verified', 'noticed', 'decided', 'moving', 'corrected', 'refused',
    'demanded', 'court', 'lawsuit', 'market_rent', 'suspended', 'agreed', 'vacated', 'closed']"""
OPEN = "ARRAY['suspected', 'verified', 'noticed', 'decided', 'moving', 'refused', 'demanded', 'court']"


class Province(County):
    def __init__(self):
        super().__init__("annex")
        self.seed(480)
        self.officer = self.sql("SELECT id FROM accounts WHERE account = 'zhujian'")
        last = {table: int(self.sql(f"SELECT max(id) FROM {table}")) for table in ("estates", "homes", "households")}
        self.last = last
        self.fill(REGISTER.format(estates=ESTATES, households=HOUSEHOLDS, first=last["estates"] + 1))

    def list_cases(self, prefix, count, states):
        self.fill(LISTED.format(prefix=prefix, cases=count, states=states, officer=self.officer, household=self.last["households"],
                                home=self.last["homes"], every=max(1, HOUSEHOLDS // count - 1)))
        self.settle()


def annex(report):
    county = Province()
    county.list_cases("MA", CASES, ALL)
    county.serve(32170)
    try:
        officer = Visitor(county.url).sign_in("zhujian")
        table(report, county, officer)
        county.list_cases("MO", OPEN_CASES, OPEN)
        work_list(report, county, officer)
    finally:
        county.stop()


def table(report, county, officer):
    rows = officer.get("/desk/annex").count("<th scope=\"row\">")
    cases = county.sql("SELECT count(*) FROM cases")
    households = county.sql("SELECT count(*) FROM households")
    told(report, county, officer, "annex", "/desk/annex", f"{rows} rows, {cases} cases, {households} households", most=150, least=0.4)
    past = f"/desk/annex?until={county.sql('SELECT current_date - 10')}"
    told(report, county, officer, "annex.past", past, "as of the end of a past day, from the history of each case")


def told(report, county, officer, name, path, note, most=None, least=None):
    staff = county.environment["PORTAL_DATABASE_STAFF"]
    statements = statements_of_page(officer, path, staff)
    header = [f"Cookie: {officer.cookie}"]
    found = timed(lambda seconds: measured(county.url + path, seconds, headers=header, clients=1), replayed(statements, staff, clients=1).rate)
    rate, bare, ratio = compared([(ours[0], bare) for ours, bare in found])
    slow = statistics.median(ours[1] for ours, _ in found)
    report.add(name, 1000 / rate, "ms", f"one reader; {note}; p99 {slow:.0f} ms", most=most)
    report.add(f"{name}.pgbench", 1000 / bare, "ms", f"one client, the same {len(statements)} statements")
    report.add(f"{name}.ratio", ratio, "×", "pages a second to that", least=least)


def work_list(report, county, officer):
    """An officer's own open cases, and all of them: a page of fifty."""
    staff = county.environment["PORTAL_DATABASE_STAFF"]
    header = [f"Cookie: {officer.cookie}"]
    count = county.sql("SELECT count(*) FROM cases WHERE state <> ALL ('{unfounded,withdrawn,closed}')")
    for name, path in (("cases.open", "/desk/cases?status=open"), ("cases.mine", "/desk/cases?status=open&holder=mine"),
                       ("cases.overdue", "/desk/cases?overdue=1")):
        rows = officer.get(path).count("<tr") - 1
        statements = statements_of_page(officer, path, staff)
        found = timed(lambda seconds: measured(county.url + path, seconds, headers=header), replayed(statements, staff).rate)
        rate, bare, ratio = compared([(ours[0], bare) for ours, bare in found])
        report.add(name, rate, "req/s", f"{rows} rows of {count} open cases")
        report.add(f"{name}.pgbench", bare, "tps", f"the same {len(statements)} statements")
        report.add(f"{name}.ratio", ratio, "×", least=0.5)
