"""How fast workbooks are read and written, against the libraries that offices' scripts use."""

import os
import statistics
import subprocess
import sys

from bare import ROUNDS, SCRATCH, turns

ROWS, COLUMNS = 200_000, 12

MAKE = """
import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1], {"constant_memory": True})
sheet = book.add_worksheet()
for row in range(int(sys.argv[2])):
    for column in range(int(sys.argv[3])):
        if column % 3 == 0: sheet.write_number(row, column, row * 12 + column)
        else: sheet.write_string(row, column, f"第{row}行第{column}列")
book.close()
"""
# Each prints the seconds that its work took, without starting the interpreter.
CALAMINE = """
import sys, time, python_calamine
begun = time.perf_counter()
rows = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.perf_counter() - begun)
"""
OPENPYXL_READ = """
import sys, time, openpyxl
begun = time.perf_counter()
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0]
for row in sheet.iter_rows(values_only=True): pass
print(time.perf_counter() - begun)
"""
OPENPYXL_WRITE = """
import sys, time, openpyxl
begun = time.perf_counter()
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet()
for row in range(int(sys.argv[2])):
    sheet.append([row * 12 + column if column % 3 == 0 else f"第{row}行第{column}列" for column in range(int(sys.argv[3]))])
book.save(sys.argv[1])
print(time.perf_counter() - begun)
"""


def seconds(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr.strip()}")
    return float(done.stdout or "0")


def workbooks(report):
    ours = os.environ["BENCH_WORKBOOK_SPEED"]
    size = (str(ROWS), str(COLUMNS))
    sheet = str(SCRATCH / "cells.xlsx")
    subprocess.run([sys.executable, "-c", MAKE, sheet, *size], check=True)
    cells = ROWS * COLUMNS
    read = turns(
        lambda: seconds(ours, "read", sheet),
        lambda: seconds(sys.executable, "-c", CALAMINE, sheet),
        lambda: seconds(sys.executable, "-c", OPENPYXL_READ, sheet),
        rounds=min(ROUNDS, 3),
    )
    written = str(SCRATCH / "written.xlsx")
    write = turns(
        lambda: seconds(ours, "write", written, *size),
        lambda: seconds(sys.executable, "-c", OPENPYXL_WRITE, written, *size),
        rounds=min(ROUNDS, 3),
    )
    report.add("workbook.read", cells / median(read, 0), "cells/s", f"{ROWS} × {COLUMNS} cells of an XLSX file")
    report.add("workbook.read.calamine", ratio(read, 1), "×", "times as fast as python-calamine", least=1)
    report.add("workbook.read.openpyxl", ratio(read, 2), "×", "times as fast as openpyxl, read-only", least=5)
    report.add("workbook.write", cells / median(write, 0), "cells/s")
    report.add("workbook.write.openpyxl", ratio(write, 1), "×", "times as fast as openpyxl, write-only", least=3)


def median(rounds, column):
    return statistics.median(row[column] for row in rounds)


def ratio(rounds, column):
    return statistics.median(row[column] / row[0] for row in rounds)
