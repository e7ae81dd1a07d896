"""How a file grows that comes a second time: the register is laid beside it row by row. Seconds at two sizes, each against
the first import of the same file in the same run."""

import os
import time
from pathlib import Path

from county import County
from sheets import TITLES, members, write_members

SIZES = [int(size) for size in os.environ.get("BENCH_AGAIN", "10000,100000").split(",")]
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))


def again(report):
    measured = [Twice(size) for size in SIZES]
    for each in measured:
        report.add(f"import.again.{each.size}", each.again, "s", f"the same file again; the first time {each.first:.1f} s")
        report.add(f"import.quarter.{each.size}", each.quarter, "s", "a quarter of its rows changed")
    small, large = measured[0], measured[-1]
    growth = f"from {small.size} to {large.size} rows, against the growth of the first import"
    report.add("import.again.growth", grown(small, large, "again"), "×", growth, most=1.5)
    report.add("import.quarter.growth", grown(small, large, "quarter"), "×", growth, most=1.5)
    report.add("import.again.ratio", large.again / large.first, "×", "the same file again, against the first time", most=2)


def grown(small, large, what):
    return getattr(large, what) / large.first / (getattr(small, what) / small.first)


class Twice:
    """A county of its own, into which a file comes three times. Nobody analyses the register in between, as nobody does
    at an office."""

    def __init__(self, size):
        self.size = size
        self.county = County(f"again_{size}")
        townships = self.county.create()
        file, changed = SCRATCH / f"again-{size}.csv", SCRATCH / f"quarter-{size}.csv"
        write_members(file, size, townships)
        self.first = self.seconds(file)
        self.again = self.seconds(file)
        with changed.open("w", encoding="utf-8") as target:
            target.write(",".join(TITLES) + "\n")
            for number, row in enumerate(members(size, townships)):
                target.write(",".join(row if number % 4 else (*row[:-1], "离异")) + "\n")
        self.quarter = self.seconds(changed)
        divorced = int(self.county.sql("SELECT count(*) FROM persons WHERE marital_status = 'divorced'"))
        stored = int(self.county.sql("SELECT count(*) FROM persons"))
        if (stored, divorced) != (size, (size + 3) // 4):
            raise SystemExit(f"again: {size} rows sent thrice, {stored} people stored, {divorced} changed")

    def seconds(self, file):
        begun = time.monotonic()
        self.county.portal("import", "households", str(file), "--account", "bench")
        return time.monotonic() - begun
