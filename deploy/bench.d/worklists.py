"""How fast a work list that was filled in is checked, at 10,000 rows and at 100,000, against \\copy and a hash join of the
same rows with the same persons."""

import os
import time
from pathlib import Path

from county import County
from sheets import members, write_members

SIZES = [int(size) for size in os.environ.get("BENCH_WORKLIST_ROWS", "10000,100000").split(",")]
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))
HEAD = "家庭编号,项目,房屋,姓名,身份证号,关系,核查结果,号牌号码,车辆价值,登记日期,数据截止日期,备注"


def worklists(report):
    taken = []
    for size in SIZES:
        seconds, bare = one(size)
        taken.append(seconds / size)
        report.add(f"worklists.{size}", seconds, "s", f"{size} rows, {size // 3} households, whole programs", most=5 if size <= 10_000 else None)
        report.add(f"worklists.{size}.copy", bare, "s", "psql \\copy, a hash join and an insert of the same rows")
        report.add(f"worklists.{size}.ratio", seconds / bare, "×", "the time beside it", most=20)
    report.add("worklists.growth", taken[-1] / taken[0], "×", f"the time of a row at {SIZES[-1]} rows to that at {SIZES[0]}", most=1.3)


def one(size):
    county = County(f"worklists{size}")
    register, filled = SCRATCH / "register.csv", SCRATCH / "worklist.csv"
    townships = county.create()
    write_members(register, size, townships)
    county.portal("import", "households", str(register), "--account", "bench")
    county.account("gongan", "public_security")
    open_round(county)
    write_filled(filled, size, townships)
    county.settle()
    begun = time.monotonic()
    county.portal("deliver", "vehicles", str(filled), "--work-list", "--account", "gongan", "--as-of", "2021-07-31", "--wait")
    seconds = time.monotonic() - begun
    answered = int(county.sql("SELECT answers_new FROM deliveries"))
    if answered != (size + 2) // 3:
        raise SystemExit(f"worklists: {size} rows gave {answered} answers")
    return seconds, copy_and_join(county, filled)


def open_round(county):
    county.sql("""
        WITH campaign AS (
          INSERT INTO campaigns (area, title, document_number, clear_by) VALUES ('350423', '测量', '第1号', '2021-08-25') RETURNING id)
        INSERT INTO review_rounds (area, campaign_id, title, opened_on) SELECT '350423', id, '测量', '2021-06-10' FROM campaign;
        INSERT INTO review_households (round_id, household_id, area)
        SELECT r.id, h.id, h.area FROM review_rounds r, households h;
        SELECT count_review_progress(id) FROM review_rounds""")


def write_filled(path, size, townships):
    """Every household filled in; of one person in ten a car."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD + "\n")
        for place, row in enumerate(members(size, townships)):
            found = f"有情况,闽G{place:06d},{20_000 + place % 90_000},2020-01-02" if place % 10 == 0 else "无异常,,,"
            file.write(f"{row[0]},,,{row[4]},{row[5]},{row[3]},{found},,\n")


def copy_and_join(county, filled):
    """The same in psql, without reading, keys or checks: the file into a bare table, joined by hashing with whom it names."""
    county.sql("CREATE TABLE bare (number text, estate text, home text, name text, id_number text, relation text, result text,"
               " plate text, price text, registered text, as_of text, reason text)")
    begun = time.monotonic()
    county.psql("-c", f"\\copy bare FROM '{filled}' CSV HEADER", "-c", "SET enable_nestloop = off; SET enable_mergejoin = off; "
                "CREATE TABLE joined AS SELECT b.*, p.id FROM bare b JOIN households h ON h.number = b.number"
                " JOIN persons p ON p.household_id = h.id AND p.name = b.name")
    seconds = time.monotonic() - begun
    county.sql("DROP TABLE bare, joined")
    return seconds
