"""Several programs that import one file at the same moment: the second is told what the first did."""

import json
import os
import subprocess

import pytest

from conftest import ACCOUNT
from people import id_numbers
from tables import TOWNSHIP
from test_killed import sql

FAMILIES = 40


@pytest.mark.parametrize("birth, number", [("19450203", None), ("19450204", "RACE-{}")])
def test_three_imports_at_once_make_every_household_once(birth, number, tmp_path):
    people = id_numbers(birth)
    lines = ["家庭编号,乡镇,保障类别,与申请人关系,姓名,身份证号"]
    for family in range(FAMILIES):
        given = number.format(family) if number else ""
        lines.append(f"{given},{TOWNSHIP},低保,申请人,验收丙,{people[2 * family]}")
        lines.append(f"{given},{TOWNSHIP},低保,配偶,验收丁,{people[2 * family + 1]}")
    path = tmp_path / "三次.csv"
    path.write_text("\n".join(lines) + "\n")
    before = int(sql("SELECT count(*) FROM households"))
    command = [os.environ["PORTAL_TEST_PROGRAM"], "import", "households", str(path), "--account", ACCOUNT, "--json"]
    programs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [program.communicate(timeout=120) for program in programs]
    assert [program.returncode for program in programs] == [0, 0, 0], [error for _, error in ended]
    reports = [json.loads(output) for output, _ in ended]
    assert int(sql("SELECT count(*) FROM households")) == before + FAMILIES
    assert sorted(report["created"] for report in reports) == [0, 0, FAMILIES]
    assert sorted(report["unchanged"] for report in reports) == [0, FAMILIES, FAMILIES]
    # Of three that begin at once the later ones hear of an earlier one.
    assert sum("earlier" in report for report in reports) >= 2
