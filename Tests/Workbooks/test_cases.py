"""Files that went wrong once, each one of a kind: read as it was meant, or told of; never another value in silence."""

import os
from pathlib import Path

import pytest

from test_killed import sql

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def county(portal_import):
    """The estate, the homes and the households that the files are about."""
    for kind, name in (("estates", "e.csv"), ("homes", "o.csv"), ("households", "h.csv")):
        report = portal_import(kind, CASES / name).report
        assert report["errors"] == 0 and report["isWritten"], name


@pytest.fixture
def bring(county, portal_import):
    """bring(kind, name) imports a file that has nothing wrong in it, and gives what it was told of."""

    def bring(kind, name):
        result = portal_import(kind, CASES / name)
        assert result.report["isWritten"], result.report["problems"]
        # That homes are let from now on is what their contracts are for.
        return [found for found in result.problems("warning") if found[3] != "home_vacant"]

    return bring


@pytest.fixture
def errors(county, check):
    """errors(kind, name) gives row, column and cause of what keeps a file out."""

    def errors(kind, name):
        result = check(kind, CASES / name)
        assert all(problem["message"] for problem in result.report["problems"])
        return [found[1:] for found in result.problems("error")]

    return errors


def person(household):
    return sql(f"SELECT p.name FROM persons p JOIN households h ON h.id = p.household_id WHERE h.number = '{household}' ORDER BY p.id")


def lease(contract):
    return sql(f"SELECT starts_on, ends_on, monthly_rent, deposit FROM leases WHERE contract_number = '{contract}'")


def rooms(building):
    return sql(f"SELECT string_agg(room, ' ' ORDER BY room) FROM homes WHERE building = '{building}'")


# ---------------------------------------------------------------- refused, with the row, the column and what to do


@pytest.mark.parametrize("kind, name, found", [
    ("households", "x-unnumbered-blank-row-spouse-first.xlsx", [(5, "家庭编号", "household_unclear")]),
    ("leases", "x-title-unit-元每平方米.xlsx", [(1, "月租金", "unit_unknown")]),
    ("estates", "x-csv-unquoted-comma-shifts.csv", [(2, "", "row_ragged")]),
    ("homes", "x-csv-room-became-date.csv", [(2, "房号", "text_became_date"), (3, "房号", "text_became_date")]),
    ("households", "x-name-two-lines-two-people.xlsx", [(2, "姓名", "name_of_two")]),
    ("leases", "x-date-cell-shows-month-only-mmm-yy.xlsx", [(2, "起租日期", "date_incomplete")]),
    ("leases", "x-date-cell-shows-month-only-numfmt57.xlsx", [(2, "起租日期", "date_incomplete")]),
    ("leases", "x-date-cell-shows-month-only-yyyy年m月.xlsx", [(2, "起租日期", "date_incomplete")]),
    ("estates", "x-estate-name-kangxi-is-same.xlsx", [(3, "项目名称", "row_twice")]),
    ("estates", "x-estate-name-brackets-width.xlsx", [(3, "项目名称", "row_twice")]),
    ("households", "x-id-other-document-passport.xlsx", [(2, "身份证号", "other_document")]),
    ("households", "x-id-other-document-taiwan-pass.xlsx", [(2, "身份证号", "other_document")]),
    ("households", "x-id-other-document-foreigner-permanent.xlsx", [(2, "身份证号", "other_document")]),
])
def test_a_file_that_cannot_be_taken_says_where_and_why(kind, name, found, errors):
    assert errors(kind, name) == found


def test_of_an_unclear_family_nobody_is_taken_and_the_one_above_is_whole(county, check):
    report = check("households", CASES / "x-unnumbered-blank-row-spouse-first.xlsx").report
    assert (report["rows"], report["badRows"], report["created"], report["membersCreated"]) == (4, 2, 1, 2)


# ---------------------------------------------------------------- read as it was meant


def test_a_unit_in_a_title_is_honoured_and_told(bring):
    assert bring("leases", "x-title-unit-万元.xlsx") == [("Sheet1", 1, "押金", "unit_converted")]
    assert lease("HT-HELD-061") == "2021-06-01|2024-05-31|350.50|2000.00"


def test_midnight_that_a_browser_wrote_too_early_is_the_day_that_was_meant(bring):
    assert bring("leases", "x-sheetjs-43s.xlsx") == []
    assert lease("HT-HELD-028") == "2021-06-01|2024-05-31|350.50|1000.00"


def test_zeros_that_a_format_shows_belong_to_the_room(bring):
    assert bring("homes", "x-leading-zero-format-room.xlsx") == []
    assert rooms("B048") == "0101 0102"


def test_the_decimal_that_a_program_added_does_not(bring):
    assert bring("homes", "x-csv-pandas-float-room.csv") == []
    assert rooms("B049") == "101 102"


def test_a_quote_mark_that_was_typed_into_a_csv_file_is_none_of_the_number(bring):
    bring("households", "x-csv-apostrophe-literal.csv")
    assert person("WBHELD0057") == "黄丽娟\n周丽娟"


def test_the_end_of_a_dos_file_is_no_row(bring):
    bring("households", "x-csv-dos-eof-1a.csv")
    assert len(person("WBHELD0064").splitlines()) == 2


def test_parts_with_the_slashes_of_windows_are_found(bring):
    bring("households", "x-ooxml-backslash-names.xlsx")
    assert len(person("WBHELD0120").splitlines()) == 2


def test_a_multiplication_sign_ends_an_id_number_as_x(bring):
    bring("households", "x-id-multiplication.xlsx")
    assert person("WBHELD0095") == "徐艳娟"


@pytest.mark.parametrize("name, household, stored, written", [
    ("kangxi-radicals.xlsx", "WBHELD0079", "金小玉", "⾦⼩⽟"),
    ("cjk-compatibility.xlsx", "WBHELD0080", "金樂", "\uf90a\uf914"),
    ("variation-selector.xlsx", "WBHELD0073", "葛小芳", "葛\U000e0100小芳"),
    ("middle-dot-bullet.xlsx", "WBHELD0087", "阿卜杜拉·买买提", "阿卜杜拉•买买提"),
    ("middle-dot-katakana.xlsx", "WBHELD0088", "阿卜杜拉·买买提", "阿卜杜拉・买买提"),
    ("middle-dot-fullstop.xlsx", "WBHELD0089", "阿卜杜拉·买买提", "阿卜杜拉．买买提"),
    ("middle-dot-dot.xlsx", "WBHELD0090", "阿卜杜拉·买买提", "阿卜杜拉.买买提"),
])
def test_a_name_is_stored_in_one_form_and_the_history_has_the_other(name, household, stored, written, bring):
    bring("households", f"x-name-{name}")
    assert person(household) == stored
    history = f"""
        SELECT c.before ->> 'name', c.after ->> 'name' FROM register_changes c JOIN households h ON h.id = c.household_id
        WHERE h.number = '{household}' AND c.entity = 'persons'"""
    assert sql(history) == f"{written}|{stored}"


@pytest.mark.parametrize("name", ["question-mark", "replacement-fffd", "box"])
def test_a_character_that_was_lost_is_told_of(name, bring):
    assert bring("households", f"x-name-lost-character-{name}.csv") == [("", 2, "姓名", "character_lost")]


# ---------------------------------------------------------------- beside the table, and out of sight


def test_a_sum_below_the_last_family_is_called_a_sum_and_the_family_is_kept(bring):
    assert bring("households", "x-footer-spoils-last-unnumbered-household.xlsx") == [("Sheet1", 6, "", "sum_row")]
    assert sql("SELECT count(*) FROM persons WHERE name IN ('马刚娟', '郭刚娟', '罗刚娟', '李芳涛')") == "4"


def test_a_sum_below_contracts_is_called_a_sum(bring):
    assert bring("leases", "x-trailing-sum-row.xlsx") == [("Sheet1", 4, "", "sum_row")]
    assert lease("HT-HELD-068")


def test_what_stands_under_a_column_without_title_is_told_of(bring):
    assert bring("households", "x-data-under-untitled-column.xlsx") == [("Sheet1", 2, "", "cell_untitled")]


@pytest.mark.parametrize("name, seen, hidden, sheet", [
    ("x-hidden-row.xlsx", 2, 1, "S"), ("x-hidden-sheet-with-data.xlsx", 2, 4, "旧表"),
])
def test_what_nobody_sees_is_left_and_told_of_until_somebody_says_so(name, seen, hidden, sheet, county, check, portal_import):
    told = check("households", CASES / name)
    assert (told.report["rows"], told.report["hiddenRows"]) == (seen, hidden)
    assert [(found[0], found[3]) for found in told.problems("warning")] == [(sheet, "row_hidden")] * hidden
    chosen = portal_import("households", CASES / name, check=True, hidden=True).report
    assert (chosen["rows"], chosen["hiddenRows"]) == (seen + hidden, hidden)


def test_every_file_is_tried():
    text = Path(__file__).read_text()
    tried = [name for name in os.listdir(CASES) if name in text or name.removeprefix("x-name-") in text]
    lost = [name for name in os.listdir(CASES) if name.startswith("x-name-lost-character-")]
    assert sorted(tried + lost) == sorted(os.listdir(CASES))
