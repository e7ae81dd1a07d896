"""Working days of 2004 to 2026, day for day, against PyPI's chinesecalendar."""

import datetime
import os
import subprocess

import chinese_calendar
import pytest

YEARS = range(2004, 2027)


def dates(statement):
    command = ["psql", "-XqtA", "-v", "ON_ERROR_STOP=1", os.environ["PORTAL_DATABASE_OWNER"], "-c", statement]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {datetime.date.fromisoformat(line) for line in out.split()}


@pytest.fixture(scope="module")
def announced():
    query = "SELECT DISTINCT day FROM holiday_years, unnest({}) AS day WHERE area IS NULL"
    return dates(query.format("days_off")), dates(query.format("workdays"))


@pytest.mark.parametrize("year", YEARS)
def test_calendar_agrees_day_for_day(announced, year):
    days_off, workdays = announced
    day = datetime.date(year, 1, 1)
    different = []
    while day.year == year:
        is_worked = day in workdays or (day.weekday() < 5 and day not in days_off)
        if is_worked != chinese_calendar.is_workday(day):
            different.append(day.isoformat())
        day += datetime.timedelta(days=1)
    assert different == []


def test_calendar_of_a_day_says_one_thing(announced):
    days_off, workdays = announced
    assert days_off & workdays == set()
    assert all(day.weekday() >= 5 for day in workdays)
