"""The recalculation itself, by cases that were worked out by hand."""

import datetime
import random
from decimal import Decimal

import pytest

from extracts import HEADINGS, Extracts, made_up_number
from recalculation import (
    Answer, Household, Lines, Person, Record, Visit, expected_claims, expected_findings)

DAY = datetime.date(2021, 7, 31)
LINES = Lines(*(Decimal(n) for n in ("1980", "150000", "80000", "10", "1", "6", "6")))
HOME = Household("QL1", "350423", (
    Person("A", "甲", "applicant", "married", "350423100"),
    Person("B", "乙", "spouse", "married", "350423100"), Person("C", "丙", "child"),
))


def claims(*answers, lines=LINES, visits=(), lease=None):
    found = expected_claims([HOME], answers, lines, visits, lease and {"QL1": datetime.date.fromisoformat(lease)})
    return sorted(f"{rule} {reason} {count}" for (_, rule, reason), count in found.items())


def answer(check, *records, result="hit", as_of=DAY, earlier=()):
    return Answer("QL1", check, result, as_of, tuple(Record(p, v) for p, v in records), tuple(earlier))


def months(first, last, power="0", water="0"):
    return [(None, {"month": f"2021-{m:02}", "electricity": power, "water": water}) for m in range(first, last + 1)]


@pytest.mark.parametrize("sum_, found", [("71280.00", []), ("71280.01", ["R2 income 1"])])
def test_income_above_the_line_by_a_cent(sum_, found):
    # 1980 yuan x 12 months x 3 persons = 71,280 yuan a year.
    assert claims(answer("income", ("A", {"amount": sum_}))) == found


def test_a_home_of_two_owners_is_one_home_and_who_left_owns_nothing():
    first, second = {"certificate": "闽（2020）第1号", "address": "x"}, {"certificate": "闽(2020)第 1号", "address": "x"}
    property_ = answer("registered_property", ("A", first), ("B", second), ("Z", {"certificate": "闽2", "address": "y"}))
    assert claims(property_) == ["R1 registered_property 1"]


def test_each_rule_on_its_own():
    assert claims(answer("assets", ("A", {"amount": "150000"}))) == []
    assert claims(answer("assets", ("A", {"amount": "150000"}), ("B", {"amount": "0.01"}))) == ["R3 assets 1"]
    car = ("A", {"plate": "闽G1", "value": "50000"})
    assert claims(answer("vehicles", car, ("B", {"plate": "闽g1", "value": "50000"}))) == []
    assert claims(answer("vehicles", car, ("B", {"plate": "闽G2", "value": "30000.01"}))) == ["R3 vehicles 1"]
    assert claims(answer("marriage", ("A", {"status": "divorced"}), ("C", {"status": "married"}))) == ["R4 marriage 1"]
    gone = [("A", {"status": "died"}), ("B", {"status": "normal", "registered_at": "350102"})]
    assert claims(answer("household_registration", *gone)) == ["R4 registration 2"]
    assert claims(answer("rent_arrears", (None, {"months": "6", "amount": "1"}))) == ["R7 arrears 1"]
    assert claims(answer("rent_arrears", (None, {"months": "5", "amount": "1"}))) == []


def test_empty_for_six_months_in_a_row():
    assert claims(answer("utilities", *months(1, 6, "10", "1"))) == ["R6 empty 1"]
    assert claims(answer("utilities", *months(1, 3), *months(5, 8))) == []
    assert claims(answer("utilities", *months(1, 6, "10.01"))) == []


def test_contradictions():
    contract = answer("signed_contracts", ("A", {"contract_number": "W1", "address": "x", "signed_on": "2021-05-01"}))
    # What a purchase looks like before it is registered.
    assert claims(contract, answer("registered_property", result="clear")) == ["R1 signed_contracts 1"]
    assert claims(answer("income", result="clear", earlier=["not_found", "clear"])) == ["R8 answers 1"]
    assert claims(answer("other_housing", ("A", {"kind": "public_rental", "address": "x"}))) == ["R8 double_protection 1"]
    died = answer("household_registration", ("A", {"status": "died", "changed_on": "2021-03-01"}))
    married = answer("marriage", ("A", {"status": "married"}), result="clear")
    assert claims(died, married) == ["R4 registration 1", "R8 died_married 1"]
    assert claims(answer("marriage", ("A", {"status": "married"}), ("B", {"status": "divorced"}))) == [
        "R4 marriage 1", "R8 couple 1"]
    widowed = answer("marriage", ("A", {"status": "widowed"}))
    alive = answer("household_registration", ("B", {"status": "normal"}), result="clear")
    assert claims(widowed, alive) == ["R4 marriage 1", "R8 widowed_alive 1"]
    both = answer("household_registration", ("C", {"status": "died"}), ("C", {"status": "normal"}))
    assert "R8 died_alive 1" in claims(both)
    visit = Visit("QL1", datetime.date(2021, 7, 2), "empty")
    assert claims(answer("utilities", *months(6, 6, "80"), result="clear"), visits=[visit]) == ["R8 empty_but_used 1"]


def test_how_the_home_was_got():
    home = {"certificate": "闽1", "address": "x", "registered_on": "2018-02-28"}
    assert claims(answer("registered_property", ("B", home)), lease="2018-03-01") == [
        "R1 registered_property 1", "R9 registered_property 1"]
    assert claims(answer("registered_property", ("B", home)), lease="2018-02-28") == ["R1 registered_property 1"]
    wedding = answer("marriage", ("B", {"status": "married", "changed_on": "2019-01-01"}), result="clear")
    assert claims(answer("registered_property", ("B", home)), wedding, lease="2018-03-01") == ["R1 registered_property 1"]
    assert claims(answer("payroll", ("A", {"employer": "x"}), ("B", {"employer": "y"}))) == ["R10 payroll 2"]
    assert claims(answer("allocation_list"), lease="2018-03-01") == ["R10 allocation_list 1"]
    assert claims(answer("allocation_list", ("A", {}), result="clear")) == []
    assert claims(answer("allocation_list"), lease="2021-08-01") == []
    died = answer("household_registration", ("A", {"status": "died"}))
    listed = answer("deaths", ("A", {"changed_on": "2021-03-01"}), ("B", {"changed_on": "2021-03-01"}))
    assert claims(died, listed) == ["R4 registration 2"]


def test_without_lines_rules_do_not_speak():
    answers = [
        answer("income", ("A", {"amount": "9000000"})), answer("assets", ("A", {"amount": "9000000"})),
        answer("utilities", *months(1, 7)), answer("rent_arrears", (None, {"months": "60", "amount": "1"}))]
    assert claims(*answers, lines=Lines()) == []


def county(count=400):
    chance = random.Random(7)
    relations = ["applicant", "spouse", "child"]
    return [
        Household(f"QL{number}", "350423", tuple(
            Person(made_up_number(chance), f"人{number}{place}", relations[place],
                   chance.choice(["married", "single", "unknown"]), "350423100")
            for place in range(chance.randrange(1, 4))))
        for number in range(count)]


def test_the_extracts_of_a_county_give_findings_of_every_rule(tmp_path):
    data = Extracts(county())
    answers = data.answers(LINES)
    assert len(answers) == 400 * len(HEADINGS)
    assert {rule for _, rule in expected_findings(data.households, answers, LINES)} == {
        "R1", "R2", "R3", "R4", "R6", "R7", "R8"}
    again = Extracts(county())
    assert again.rows == data.rows
    path = data.write_csv("income", tmp_path / "income.csv")
    with open(path, encoding="utf-8-sig") as file:
        assert file.readline().strip() == "身份证号,姓名,年收入,收入年度"


def test_strangers_change_nothing():
    few, many = Extracts(county(), others=0), Extracts(county(), others=50)
    assert expected_findings(few.households, few.answers(LINES), LINES) == expected_findings(
        many.households, many.answers(LINES), LINES)
