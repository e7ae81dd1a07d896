"""What offices send is taken, or told to be wrong in exactly the right places."""

import datetime

import pytest

import tables
from makers import MAKERS, TEXTS, WORKBOOKS, Sheet, make
from people import id_numbers

ROOMS = [str(number) for number in range(101, 117)]
PREFIX = "YS底册"

every_maker = pytest.mark.parametrize("maker", MAKERS)
every_workbook = pytest.mark.parametrize("maker", WORKBOOKS)


def exactly(result, sent, is_csv):
    assert result.report is not None, result.error
    assert result.problems("error") == tables.expected(sent, "errors", is_csv)
    assert result.problems("warning") == tables.expected(sent, "warnings", is_csv)
    assert not result.report["isWritten"]
    assert result.code == (1 if any(table.errors for table in sent) else 0)


@pytest.fixture(scope="module")
def register(portal_import, tmp_path_factory):
    """An estate with sixteen empty homes, and as many households without a lease."""
    folder = tmp_path_factory.mktemp("register")
    sent = [
        ("estates", tables.estates()), ("homes", tables.homes("甲栋", ROOMS)),
        ("households", tables.households(PREFIX, id_numbers("19850607")[: len(ROOMS)])),
    ]
    for kind, table in sent:
        result = portal_import(kind, make("openpyxl", folder, [table.sheet()], kind))
        assert result.report and result.report["isWritten"], (kind, result.error, result.report)


@every_maker
def test_estates_are_told_their_faults(maker, check, tmp_path):
    table = tables.faulty_estates_csv() if maker in TEXTS else tables.faulty_estates()
    exactly(check("estates", make(maker, tmp_path, [table.sheet()])), [table], maker in TEXTS)


@every_maker
def test_homes_are_told_their_faults(maker, check, register, tmp_path):
    table = tables.faulty_homes()
    exactly(check("homes", make(maker, tmp_path, [table.sheet()])), [table], maker in TEXTS)


@every_maker
def test_households_are_told_their_faults(maker, check, tmp_path):
    table = tables.faulty_households(maker)
    exactly(check("households", make(maker, tmp_path, [table.sheet()])), [table], maker in TEXTS)


@every_maker
def test_leases_are_told_their_faults(maker, check, register, tmp_path):
    table = tables.faulty_leases(ROOMS, PREFIX)
    exactly(check("leases", make(maker, tmp_path, [table.sheet()])), [table], maker in TEXTS)


@every_workbook
def test_several_sheets_are_read_and_others_passed_over(maker, check, register, tmp_path):
    first, second = tables.faulty_homes(), tables.homes("丙栋", ROOMS)
    second.name = "丙栋"
    sheets = [
        Sheet("封面", [["公共租赁住房台账"], ["编制单位", "住建局"]]), first.sheet(), second.sheet(),
        Sheet("汇总", [["合计", 27]]),
    ]
    result = check("homes", make(maker, tmp_path, sheets))
    exactly(result, [first, second], False)
    assert result.report["rows"] == len(ROOMS) + 11


@every_maker
def test_clean_tables_are_imported_and_are_nothing_new_the_second_time(
    maker, portal_import, register, tmp_path
):
    building = f"{list(MAKERS).index(maker)}号楼"
    people = id_numbers(f"1986070{list(MAKERS).index(maker) + 1}")[:20]
    sent = [
        ("homes", tables.homes(building, ROOMS), len(ROOMS)),
        ("households", tables.households(f"YS{maker}", people), len(people)),
    ]
    for kind, table, count in sent:
        path = make(maker, tmp_path, [table.sheet()], kind)
        first = portal_import(kind, path)
        assert first.code == 0 and first.report["isWritten"], (first.error, first.report)
        assert (first.report["created"], first.report["changed"]) == (count, 0)
        second = portal_import(kind, path, check=True)
        assert second.report["earlier"] == first.report["id"]
        assert (second.report["created"], second.report["unchanged"]) == (0, count)


def test_good_rows_alone_are_taken_only_when_asked(portal_import, tmp_path):
    table = tables.faulty_estates()
    path = make("openpyxl", tmp_path, [table.sheet()])
    refused = portal_import("estates", path)
    assert refused.code == 1 and not refused.report["isWritten"]
    taken = portal_import("estates", path, good_rows=True)
    assert taken.report["isWritten"]
    assert (taken.report["created"], taken.report["badRows"]) == (3, 7)


# ---------------------------------------------------------------- headers

def test_a_column_that_is_missing_is_named(check, tmp_path):
    table = tables.Table(
        "项目", ["项目名称", "地址"], [tables.Line(["甲苑", "验收路2号"])],
        header_errors=[("乡镇", "column_missing"), ("产权", "column_missing")],
    )
    exactly(check("estates", make("xlsxwriter", tmp_path, [table.sheet()])), [table], False)


def test_two_columns_of_one_kind_are_named(check, tmp_path):
    table = tables.Table(
        "项目", ["项目名称", "乡镇", "地址", "产权", "坐落"],
        [tables.Line(["甲苑", tables.TOWNSHIP, "验收路2号", "政府投资", "验收路3号"])],
        header_errors=[("地址", "column_doubled")],
    )
    exactly(check("estates", make("openpyxl", tmp_path, [table.sheet()])), [table], False)


def test_titles_in_two_rows_are_read_as_one_header(check, tmp_path):
    place = [tables.TOWNSHIP, "验收路2号"]
    table = tables.Table(
        "项目", ["项目名称", "乡镇", "地址", "产权"],
        [tables.Line(["甲苑", *place, "政府投资"]), tables.Line(["乙苑", *place, "私人"], [("产权", "choice_unknown")])],
        above=[["项目名称", "位置与归属", None, "产权"]],
        merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)],
    )
    for maker in ("openpyxl", "xlsxwriter", "libreoffice"):
        exactly(check("estates", make(maker, tmp_path, [table.sheet()])), [table], False)


@pytest.mark.parametrize("maker", ["openpyxl", "csv-gb18030"])
def test_a_file_without_the_header_is_told_what_to_have(maker, check, tmp_path):
    result = check("leases", make(maker, tmp_path, [Sheet("甲", [["一", "二"], ["三", 4]])]))
    assert [problem[3] for problem in result.problems("error")] == ["header_missing"]
    assert "合同编号" in result.report["problems"][0]["message"]


# ---------------------------------------------------------------- masking

def test_no_number_of_a_person_is_told_whole(check, tmp_path):
    table = tables.faulty_households("openpyxl")
    report = check("households", make("openpyxl", tmp_path, [table.sheet()])).report
    numbers = {str(cell) for row in table.rows for cell in row if cell and str(cell)[:15].isdigit()}
    for problem in report["problems"]:
        assert not any(number in problem["shown"] + problem["message"] for number in numbers)


# ---------------------------------------------------------------- dates

@pytest.mark.parametrize("is_1904", [False, True])
def test_serials_count_from_the_workbooks_own_first_day(is_1904, portal_import, register, tmp_path):
    """The same day as a date cell and as a bare serial is the same day in the register."""
    table = tables.faulty_leases(ROOMS, PREFIX)
    start = datetime.date(2021, 6, 1)
    rows = [table.rows[1]]
    for contract, value in (("YS序号-1", start), ("YS序号-1", tables.Serial(start))):
        row = [contract, f"{PREFIX}-16", tables.ESTATE, "甲栋", "1单元", ROOMS[15], value,
               datetime.date(2024, 5, 31), 350, 1000, "已终止", datetime.date(2022, 5, 31)]
        sheet = Sheet("租约", [*rows, row])
        maker = "xlsxwriter-1904" if is_1904 else "xlsxwriter"
        result = portal_import("leases", make(maker, tmp_path, [sheet], f"serial-{type(value).__name__}"))
        assert result.code == 0, (result.error, result.report)
    assert (result.report["created"], result.report["changed"], result.report["unchanged"]) == (0, 0, 1)


# ---------------------------------------------------------------- files that are none

def test_an_old_or_locked_workbook_is_refused_in_words(check, tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    result = check("estates", path)
    assert result.code != 0 and result.report is None and result.error


@pytest.mark.parametrize("length", [0, 1, 100, 2000])
def test_a_workbook_that_is_cut_short_is_refused_in_words(length, check, tmp_path):
    whole = make("openpyxl", tmp_path, [tables.faulty_estates().sheet()])
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:length])
    result = check("estates", cut)
    assert result.code != 0 and (result.error or result.problems("error"))


def test_the_ending_of_the_name_does_not_matter(check, tmp_path):
    table = tables.estates("后缀苑")
    for maker, ending in (("openpyxl", ".csv"), ("csv-gb18030", ".xlsx"), ("csv-utf8", ".xls")):
        path = make(maker, tmp_path, [table.sheet()])
        wrong = path.rename(path.with_suffix(ending))
        exactly(check("estates", wrong), [table], maker in TEXTS)
