"""Files that mean harm, or are far too large: refused in words, quickly and in little memory, and
nothing of them is kept."""

import itertools
import random
import zipfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import tables
from makers import make, saved_by_libreoffice

MEGABYTE = 1 << 20


@pytest.fixture
def refused(check_measured):
    """refused(kind, path) asserts the refusal and gives its words."""

    def refused(path, kind="estates", seconds=2):
        result, elapsed, peak = check_measured(kind, path)
        assert result.code > 0, "it crashed"
        words = result.error or " ".join(p["message"] for p in result.report["problems"])
        assert words and "Fatal" not in words
        assert elapsed < seconds, f"{elapsed:.1f} s"
        assert peak < 300 * MEGABYTE, f"{peak / MEGABYTE:.0f} MB"
        return words

    return refused


def workbook_with(tmp_path, changes, name="changed.xlsx"):
    """A good workbook with these parts put in the place of its own; a part may be an iterable of pieces."""
    good = make("openpyxl", tmp_path, [tables.estates().sheet()])
    path = tmp_path / name
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry not in changes:
                target.writestr(entry, source.read(entry))
        for entry, content in changes.items():
            with target.open(entry, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)
    return path


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0"?>'
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"


def test_a_sheet_that_inflates_past_all_measure(refused, tmp_path):
    row = b'<row><c t="inlineStr"><is><t>' + b"a" * 30_000 + b"</t></is></c></row>"
    bomb = [HEAD, OPEN, *[row] * (20_000), CLOSE]
    path = workbook_with(tmp_path, {SHEET: bomb})
    assert path.stat().st_size < 5 * MEGABYTE
    assert "展开" in refused(path)


def test_many_small_parts_that_inflate_together(refused, tmp_path):
    part = b"<a>" + bytes(MEGABYTE // 2).replace(b"\0", b"a") + b"</a>"
    path = workbook_with(tmp_path, {f"xl/media/{number}.xml": part for number in range(900)})
    assert "展开" in refused(path)


def test_more_parts_than_any_workbook_has(refused, tmp_path):
    path = workbook_with(tmp_path, {f"xl/media/{number}.png": b"x" for number in range(1_200)})
    assert "1000 个部分" in refused(path)


@pytest.mark.parametrize("declaration", [
    b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;">]>',
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
])
def test_a_sheet_that_declares_entities(declaration, refused, tmp_path):
    cell = b'<row><c t="inlineStr"><is><t>&x;</t></is></c></row>'
    words = refused(workbook_with(tmp_path, {SHEET: HEAD + declaration + OPEN + cell + CLOSE}))
    assert "root:" not in words


def test_twenty_megabytes_that_inflate_past_two_hundred(refused, tmp_path):
    draw = random.Random(1)
    row = b'<row><c t="inlineStr"><is><t>%b</t></is></c></row>'
    rows = (row % (draw.randbytes(512).hex().encode() + b"a" * 9_000) for _ in range(30_000))
    path = workbook_with(tmp_path, {SHEET: itertools.chain([HEAD, OPEN], rows, [CLOSE])})
    assert path.stat().st_size > 15 * MEGABYTE
    assert "展开" in refused(path)


def test_a_workbook_with_macros(refused, tmp_path):
    path = workbook_with(tmp_path, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(512)})
    assert "宏" in refused(path)


@pytest.mark.parametrize("content", [
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", b"\x89PNG\r\n\x1a\n" + bytes(100), b"\xff\xd8\xff\xe0" + bytes(100),
    b"MZ" + bytes(200), bytes(range(256)) * 8, b"",
])
def test_a_file_that_is_something_else(content, refused, tmp_path):
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(content)
    refused(path)


def test_a_workbook_that_asks_for_a_password(refused, tmp_path):
    path = tmp_path / "加密.xlsx"
    with make("openpyxl", tmp_path, [tables.estates().sheet()]).open("rb") as plain, path.open("wb") as locked:
        OOXMLFile(plain).encrypt("123456", locked)
    assert "密码" in refused(path)


@pytest.mark.parametrize("ending, words", [("xls", "旧版 Excel"), ("ods", "另存为 XLSX")])
def test_a_table_of_another_format_under_the_name_of_a_workbook(ending, words, refused, tmp_path):
    good = make("openpyxl", tmp_path, [tables.estates().sheet()])
    other = saved_by_libreoffice(good, ending).rename(tmp_path / "登记表.xlsx")
    assert words in refused(other)


def test_a_zip_file_that_is_no_workbook(refused, tmp_path):
    path = tmp_path / "资料.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("说明.txt", "你好")
    refused(path)


def test_a_line_of_a_hundred_megabytes(refused, tmp_path):
    path = tmp_path / "长.csv"
    with path.open("wb") as file:
        file.write("项目名称,乡镇,地址,产权\r\n甲,".encode())
        for _ in range(100):
            file.write(b"a" * MEGABYTE)
    refused(path)


def test_a_quote_that_never_ends(refused, tmp_path):
    path = tmp_path / "引号.csv"
    path.write_bytes('项目名称,乡镇,地址,产权\r\n"甲,'.encode() + b"a,b\r\n" * 2_000_000)
    refused(path)


def test_five_million_rows(refused, tmp_path):
    path = tmp_path / "多.csv"
    with path.open("wb") as file:
        file.write("项目名称,乡镇,地址,产权\r\n".encode())
        block = "甲,龙津镇,路1号,政府投资\r\n".encode() * 50_000
        for _ in range(100):
            file.write(block)
    # All of its bytes are looked at, which an unoptimised build does slowly.
    assert "2000000 行" in refused(path, seconds=60)


def test_nothing_of_a_refused_file_is_kept(portal_import, tmp_path):
    """A good table with one bad row leaves no row behind: all or nothing."""
    table = tables.faulty_estates()
    path = make("xlsxwriter", tmp_path, [table.sheet()], "都不要")
    refused_twice = [portal_import("estates", path) for _ in range(2)]
    for result in refused_twice:
        assert not result.report["isWritten"]
    first, second = (result.report for result in refused_twice)
    assert (first["created"], first["unchanged"]) == (second["created"], second["unchanged"])
