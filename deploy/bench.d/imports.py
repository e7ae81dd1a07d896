"""How fast a register comes in: rows a second, against psql's \\copy of the same file into a bare table, and
against psql putting the same rows into the register's own tables."""

import os
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
    report.add("import", ROWS / seconds, "rows/s", f"{ROWS} rows, {size} MB, {seconds:.1f} s")
    report.add("import.copy", ROWS / bare, "rows/s", "psql \\copy of the same file into a bare table")
    report.add("import.ratio", bare / seconds, "×")
    tables = insert(county)
    report.add("import.tables", ROWS / tables, "rows/s", "psql, the same rows into the same tables with their indexes")
    report.add("import.tables.ratio", seconds / tables, "×", "time of the import to that", most=2.5)
    report.add("import.memory", peak / 1024, "MB", "the program's peak", most=300)


def copy(county, file):
    county.sql(f"CREATE TABLE bare ({', '.join(f'c{number} text' for number in range(len(TITLES)))})")
    begun = time.monotonic()
    county.psql("-c", f"\\copy bare FROM '{file}' CSV HEADER")
    seconds = time.monotonic() - begun
    county.sql("DROP TABLE bare")
    return seconds


def insert(county):
    """What storing alone takes: nothing read, checked, encrypted or audited, and no trigger."""
    tables = ("households", "persons")
    for table in tables:
        county.sql(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} ORDER BY id")
    county.sql(f"TRUNCATE {', '.join(tables)} CASCADE")
    for table in tables:
        county.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    county.settle()
    begun = time.monotonic()
    county.psql(*(part for table in tables for part in ("-c", f"INSERT INTO {table} SELECT * FROM bare_{table}")))
    return time.monotonic() - begun
