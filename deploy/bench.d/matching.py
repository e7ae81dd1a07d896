"""How fast an extract of a bureau's register is matched against the tenants, against \\copy and a hash join."""

import os
import resource
import time
from pathlib import Path

from county import County
from sheets import id_number, write_members

PERSONS = int(os.environ.get("BENCH_PERSONS", "1000000"))
ROWS = int(os.environ.get("BENCH_EXTRACT_ROWS", "5000000"))
# One row in so many is about somebody who is registered.
EVERY = 50
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))


def matching(report):
    members, extract = SCRATCH / "persons.csv", SCRATCH / "extract.csv"
    county = County("matching")
    write_members(members, PERSONS, county.create())
    county.portal("import", "households", str(members), "--account", "bench")
    county.account("ziran", "natural_resources")
    write_extract(extract)
    bare = copy_and_join(county, extract, members)
    begun = time.monotonic()
    county.portal("deliver", "registered_property", str(extract), "--account", "ziran", "--as-of", "2021-07-31", "--wait")
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    matched = int(county.sql("SELECT matched_rows FROM deliveries"))
    stored = int(county.sql("SELECT count(*) FROM check_records"))
    if not matched == stored == ROWS // EVERY:
        raise SystemExit(f"matching: {ROWS // EVERY} rows about tenants, {matched} matched, {stored} stored")
    size = extract.stat().st_size >> 20
    report.add("matching", ROWS / seconds, "rows/s", f"{ROWS} rows, {size} MB, {PERSONS} persons, {matched} matched, {seconds:.1f} s")
    report.add("matching.copy", ROWS / bare, "rows/s", f"psql \\copy and a hash join of the same data, {bare:.1f} s")
    report.add("matching.ratio", seconds / bare, "×", "the time beside it", most=2)
    report.add("matching.memory", peak / 1024, "MB", "the program's peak", most=300)


def write_extract(path):
    """A property register: mostly of people whom nobody here knows."""
    with path.open("w", encoding="utf-8") as file:
        file.write("姓名,身份证号,不动产权证号,坐落,建筑面积\n")
        for row in range(ROWS):
            person = row // EVERY if row % EVERY == 0 else PERSONS + row
            file.write(f"某某某,{id_number(person)},闽{row:09d},桥下路{row % 900}号{row % 32}室,{60 + row % 80}.50\n")


def copy_and_join(county, extract, members):
    """The same in psql, without keys or checks: the file into a bare table, joined by hashing."""
    county.sql("CREATE TABLE tenants AS SELECT ''::text AS id_number LIMIT 0")
    with (SCRATCH / "tenants.txt").open("w") as file:
        file.writelines(f"{id_number(person)}\n" for person in range(PERSONS))
    county.psql("-c", f"\\copy tenants FROM '{SCRATCH / 'tenants.txt'}'", "-c", "ANALYZE tenants")
    county.sql("CREATE TABLE bare (name text, id_number text, certificate text, address text, area text)")
    begun = time.monotonic()
    county.psql("-c", f"\\copy bare FROM '{extract}' CSV HEADER", "-c", "SET enable_nestloop = off; SET enable_mergejoin = off; "
                "CREATE TABLE joined AS SELECT b.* FROM bare b JOIN tenants USING (id_number)")
    seconds = time.monotonic() - begun
    county.sql("DROP TABLE bare, joined, tenants")
    return seconds
