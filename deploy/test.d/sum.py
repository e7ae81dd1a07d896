"""Sums the results of deploy/test: sum.py FOLDER, holding the JUnit files and exit codes of its parts.

Prints each failed test, then `N passed, N failed`; the exit code is 0 only when something ran and
nothing failed. A part that ended badly without naming a failed test (it crashed, or hung until it was
ended) counts as one failure."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

folder = Path(sys.argv[1])
passed, failed, skipped = 0, [], 0

for part in ("schema", "swift", "browser", "workbooks", "calendar", "review", "api", "start"):
    failures = []
    for file in sorted(folder.glob(f"{part}*.xml")):
        try:
            cases = list(ElementTree.parse(file).iter("testcase"))
        except ElementTree.ParseError:
            continue
        for case in cases:
            name = f"{case.get('classname', '')}.{case.get('name', '')}".strip(".")
            if case.find("failure") is not None or case.find("error") is not None:
                failures.append(name)
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    status_file = folder / f"{part}.status"
    status = int(status_file.read_text()) if status_file.exists() else 1
    if status != 0 and not failures and not (part != "swift" and status == 5):
        failures.append(f"{part}: ended with code {status} and named no failed test")
    failed += failures

for name in failed:
    print(f"✘ {name}")
if skipped:
    print(f"{skipped} skipped")
if passed + len(failed) == 0:
    print("没有符合名称的测试")
print(f"{passed} passed, {len(failed)} failed")
sys.exit(1 if failed or passed == 0 else 0)
