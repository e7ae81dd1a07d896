"""Workbooks as the programs of offices make them, by libraries and programs that are none of ours.

A table is the same for every maker; what a cell becomes is the maker's own way. A value is
  str            text, as it is
  int, float     a number
  datetime.date  a date: a date cell in a workbook, 2021/6/1 in a CSV file
  Serial(date)   a date whose cell is not formatted as one: a bare number, by the workbook's date system
  Formula(f, v)  a formula and the value that it was saved with
  None           nothing
"""

import csv
import datetime
import io
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import xlsxwriter


@dataclass(frozen=True)
class Serial:
    day: datetime.date

    def number(self, is_1904):
        return (self.day - (datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30))).days


@dataclass(frozen=True)
class Formula:
    text: str
    value: object


@dataclass
class Sheet:
    """Lines of title, the header, the rows. `merged` are ranges (first row, first column, last row, last
    column) from 0, whose value stands in the first cell."""

    name: str
    rows: list
    merged: list = field(default_factory=list)


def plain(value, is_1904=False):
    if isinstance(value, Serial):
        return value.number(is_1904)
    return value.value if isinstance(value, Formula) else value


def by_openpyxl(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row in sheet.rows:
            # openpyxl saves formulas without their values, so what stands there is the value.
            page.append([plain(value) for value in row])
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    book.save(path)


def by_xlsxwriter(path, sheets, **options):
    is_1904 = options.get("date_1904", False)
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, **options})
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日";@'})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if isinstance(value, Formula):
                    page.write_formula(number, column, value.text, None, value.value)
                elif isinstance(value, datetime.date):
                    page.write_datetime(number, column, value, day)
                elif isinstance(value, Serial):
                    page.write_number(number, column, value.number(is_1904))
                elif isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write_number(number, column, value)
        for area in sheet.merged:
            page.merge_range(*area, sheet.rows[area[0]][area[1]] or "")
    book.close()


def by_xlsxwriter_1904(path, sheets):
    by_xlsxwriter(path, sheets, date_1904=True)


def by_xlsxwriter_inline(path, sheets):
    """Inline strings instead of shared ones, rows in order."""
    by_xlsxwriter(path, [Sheet(s.name, s.rows) for s in sheets], constant_memory=True)


def by_libreoffice(path, sheets):
    """Opened and saved by LibreOffice, which computes formulas and writes everything its own way."""
    source = Path(path).with_name("source") / Path(path).name
    source.parent.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append([v.text if isinstance(v, Formula) else plain(v) for v in row])
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    book.save(source)
    saved_by_libreoffice(source, "xlsx", Path(path).parent)


def saved_by_libreoffice(source, ending, folder=None):
    """The path of the same table in another format, beside it or in a folder."""
    folder = folder or source.parent
    profile = (folder / "profile").absolute().as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending,
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )
    return folder / f"{source.stem}.{ending}"


def csv_text(sheets, delimiter=","):
    assert len(sheets) == 1, "a CSV file has one sheet"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in sheets[0].rows:
        writer.writerow([csv_value(value) for value in row])
    return text.getvalue()


def csv_value(value):
    if isinstance(value, Serial):
        value = value.day
    value = plain(value)
    if isinstance(value, datetime.date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float) and value >= 1e15:
        # How a spreadsheet program shows, and saves, a number that is too long for its cell.
        return f"{value:.5E}"
    return "" if value is None else str(value)


def by_csv_gb18030(path, sheets):
    Path(path).write_bytes(csv_text(sheets).encode("gb18030"))


def by_csv_utf8(path, sheets):
    Path(path).write_bytes(csv_text(sheets).replace("\r\n", "\n").encode())


def by_csv_utf8_mark(path, sheets):
    Path(path).write_bytes(b"\xef\xbb\xbf" + csv_text(sheets).encode())


def by_csv_tabs(path, sheets):
    """What Excel calls Unicode text."""
    Path(path).write_bytes(csv_text(sheets, "\t").encode("utf-16"))


WORKBOOKS = {
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
    "xlsxwriter-1904": by_xlsxwriter_1904,
    "xlsxwriter-inline": by_xlsxwriter_inline,
    "libreoffice": by_libreoffice,
}
TEXTS = {
    "csv-gb18030": by_csv_gb18030,
    "csv-utf8": by_csv_utf8,
    "csv-utf8-mark": by_csv_utf8_mark,
    "csv-utf16-tabs": by_csv_tabs,
}
MAKERS = WORKBOOKS | TEXTS


def make(maker, folder, sheets, name="表格"):
    """The path of the file. The name's ending is right, though nobody may go by it."""
    path = Path(folder) / f"{name}-{maker}{'.csv' if maker in TEXTS else '.xlsx'}"
    MAKERS[maker](str(path), sheets)
    if maker in WORKBOOKS:
        assert zipfile.is_zipfile(path)
    return path
