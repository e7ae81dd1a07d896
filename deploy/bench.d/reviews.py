"""A review round at the size of a province: how long it takes to open, against the statements that freeze and count
its households by psql, and how fast its overview is, against pgbench with the statements of that page."""

import os
import re
import statistics
import time

from bare import compared, replayed, statements_of, statements_of_page, timed, transaction_with
from county import County
from load import Form, Visitor, measured

HOUSEHOLDS = int(os.environ.get("BENCH_ROUND_HOUSEHOLDS", "1100000"))
# What opening a round takes is in these of its statements.
HEAVY = ("statement_timeout", "INSERT INTO review_households", "count_review_progress")
# The portal itself ends a statement then.
PATIENCE = 300


def reviews(report):
    county = County("reviews")
    county.seed(HOUSEHOLDS)
    county.sql("UPDATE review_rounds SET closed_on = current_date")
    county.serve(32140)
    try:
        officer = Visitor(county.url).sign_in("zhujian")
        page = opening(report, county, officer)
        overview(report, county, officer, page)
    finally:
        county.stop()


def opening(report, county, officer):
    with statements_of(county.environment["PORTAL_DATABASE_STAFF"]) as statements:
        seconds, page = opened(officer)
    count = f"SELECT count(*) FROM review_households WHERE round_id = {newest_round(county)}"
    frame = int(county.sql(count))
    if frame < 1_000_000 * HOUSEHOLDS // 1_100_000:
        raise SystemExit(f"reviews: only {frame} households in the round")
    bare = frozen_by_psql(county, transaction_with(statements, "INSERT INTO review_households"))
    if int(county.sql(count)) != frame:
        raise SystemExit("reviews: psql froze other households than the portal")
    report.add("reviews.open", seconds, "s", f"{frame} households")
    report.add("reviews.open.psql", bare, "s", "psql, the same statements without row-level security")
    report.add("reviews.open.ratio", seconds / bare, "×", "the time beside it", most=2)
    return page


def newest_round(county):
    return county.sql("SELECT max(id) FROM review_rounds")


def frozen_by_psql(county, statements):
    """Seconds that it takes the owner of the tables to freeze and count the same round once more."""
    for table in ("review_households", "review_progress"):
        county.sql(f"DELETE FROM {table} WHERE round_id = {newest_round(county)}")
    county.settle()
    heavy = [part for one in statements if any(words in one.text for words in HEAVY) for part in ("-c", one.literal)]
    begun = time.monotonic()
    county.psql("--single-transaction", *heavy)
    return time.monotonic() - begun


def overview(report, county, officer, page):
    staff = county.environment["PORTAL_DATABASE_STAFF"]
    statements = statements_of_page(officer, page.removeprefix(officer.url), staff)
    cookie = f"Cookie: {officer.cookie}"
    found = timed(lambda seconds: measured(page, seconds, headers=[cookie], clients=1), replayed(statements, staff, clients=1).rate)
    rate, bare, ratio = compared([(ours[0], bare) for ours, bare in found])
    slow = statistics.median(ours[1] for ours, _ in found)
    report.add("reviews.overview", 1000 / rate, "ms", f"one reader; p99 {slow:.1f} ms")
    report.add("reviews.overview.pgbench", 1000 / bare, "ms", f"one client, the same {len(statements)} statements")
    report.add("reviews.overview.ratio", ratio, "×", "pages a second to that", least=0.2)


def opened(officer):
    """Opens a round as an officer does; the seconds until it stands, and the address of its overview."""
    page = officer.get("/desk/reviews/new")
    form = Form(page, "title")
    form.fields.update(title="全省资格复核")
    for name in form.fields:
        if name.startswith("due_"):
            form.fields[name] = time.strftime("%Y-%m-%d", time.localtime(time.time() + 30 * 86_400))
    begun = time.monotonic()
    reached, text = officer.post(form.action, form.fields)
    while not re.fullmatch(r".*/desk/reviews/\d+", reached) or "data-opening" in text:
        if time.monotonic() - begun > PATIENCE:
            raise SystemExit(f"reviews: the round did not open: {reached}")
        time.sleep(0.2)
        text = officer.get(reached.removeprefix(officer.url))
    return time.monotonic() - begun, reached
