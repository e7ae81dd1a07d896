"""A review round at the size of a province: how long it takes to open, and how fast its overview is."""

import os
import re
import statistics
import time

from county import County
from load import Form, Visitor, measured

HOUSEHOLDS = int(os.environ.get("BENCH_ROUND_HOUSEHOLDS", "1100000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))


def reviews(report):
    county = County("reviews")
    county.seed(HOUSEHOLDS)
    county.sql("UPDATE review_rounds SET closed_on = current_date")
    county.serve(32140)
    try:
        officer = Visitor(county.url).sign_in("zhujian")
        seconds, page = opened(officer)
        frame = int(county.sql("SELECT count(*) FROM review_households WHERE round_id = (SELECT max(id) FROM review_rounds)"))
        if frame < 1_000_000 * HOUSEHOLDS // 1_100_000:
            raise SystemExit(f"reviews: only {frame} households in the round")
        report.add("reviews.open", seconds, "s", f"{frame} households", most=60)
        found = [measured(page, SECONDS, headers=[f"Cookie: {officer.cookie}"], clients=1) for _ in range(ROUNDS)]
        average = statistics.median(1000 / rate for rate, _ in found)
        slow = statistics.median(slow for _, slow in found)
        report.add("reviews.overview", average, "ms", f"one reader at {frame} households; p99 {slow:.1f} ms", most=30)
    finally:
        county.stop()


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
        if time.monotonic() - begun > 120:
            raise SystemExit(f"reviews: the round did not open: {reached}")
        time.sleep(0.2)
        text = officer.get(reached.removeprefix(officer.url))
    return time.monotonic() - begun, reached
