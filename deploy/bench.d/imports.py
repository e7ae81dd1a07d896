"""How fast a register comes in: rows a second, against psql's \\copy of the same file into a bare table."""

import os
import subprocess
import time
from pathlib import Path

from county import County
from sheets import TITLES, write_members

ROWS = int(os.environ.get("BENCH_IMPORT_ROWS", "1000000"))
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))


def imports(report):
    file = SCRATCH / "members.csv"
    county = County("imports")
    write_members(file, ROWS, county.create())
    bare = copy(county, file)
    begun = time.monotonic()
    peak = county.portal_measured("import", "households", str(file), "--account", "bench")
    seconds = time.monotonic() - begun
    stored = int(county.sql("SELECT count(*) FROM persons"))
    if stored != ROWS:
        raise SystemExit(f"imports: {ROWS} rows sent, {stored} people stored")
    size = file.stat().st_size >> 20
    report.add("import", ROWS / seconds, "rows/s", f"{ROWS} rows, {size} MB, {seconds:.1f} s", least=60_000)
    report.add("import.copy", ROWS / bare, "rows/s", "psql \\copy of the same file into a bare table")
    report.add("import.ratio", bare / seconds, "×")
    report.add("import.memory", peak / 1024, "MB", "the program's peak", most=300)


def copy(county, file):
    county.sql(f"CREATE TABLE bare ({', '.join(f'c{number} text' for number in range(len(TITLES)))})")
    begun = time.monotonic()
    county.psql("-c", f"\\copy bare FROM '{file}' CSV HEADER")
    seconds = time.monotonic() - begun
    county.sql("DROP TABLE bare")
    return seconds
