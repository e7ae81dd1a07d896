"""What four bureaus would take out of their own registers for a county: rows about its people, and rows
about others that must leave no trace. Drawn by a seed; the same seed gives the same rows.

    data = Extracts(households, seed=1, as_of=date(2021, 7, 31))
    data.rows["registered_property"]       rows as they stand in a file
    data.write_csv("income", path)         the file
    data.answers(lines)                    what they mean for each household, for recalculation.py
"""

from __future__ import annotations

import csv
import datetime
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Iterable, Optional

from recalculation import Answer, Case, Household, Lines, Person, Record

ID, NAME = "身份证号", "姓名"
# The heading of each value in a file.
HEADINGS = {
    "marriage": {"status": "婚姻状况", "changed_on": "登记日期"},
    "income": {"amount": "年收入", "year": "收入年度"},
    "assets": {"amount": "资产总额", "kind": "资产类型"},
    "registered_property": {
        "certificate": "不动产权证号", "address": "坐落", "floor_area": "建筑面积",
        "registered_on": "登记日期"},
    "vehicles": {"plate": "号牌号码", "value": "车辆价值", "registered_on": "登记日期"},
    "household_registration": {
        "status": "户籍状态", "registered_at": "户籍地代码", "changed_on": "变动日期"},
    "signed_contracts": {
        "contract_number": "网签合同编号", "address": "房屋坐落", "signed_on": "签订日期",
        "amount": "合同价款"},
    "other_housing": {"kind": "保障性住房种类", "address": "坐落", "since": "取得日期"},
    "rent_arrears": {"months": "欠租月数", "amount": "欠租金额"},
    "utilities": {"month": "月份", "electricity": "用电量", "water": "用水量"},
}
# The words of a file for values that are chosen from a few.
WORDS = {
    "single": "未婚", "married": "已婚", "divorced": "离异", "widowed": "丧偶", "normal": "正常",
    "moved_out": "迁出", "died": "死亡注销", "affordable": "经济适用住房", "price_limited": "限价商品住房",
    "shared": "共有产权住房", "reform": "房改房", "public_rental": "其他公租房或廉租房",
}
ABOUT_HOUSEHOLDS = {"rent_arrears", "utilities"}
# What it means that a complete register does not name a household.
ABSENCE = {
    "marriage": "not_found", "income": "not_found", "assets": "not_found",
    "household_registration": "not_found", "utilities": "not_found", "registered_property": "clear",
    "vehicles": "clear", "signed_contracts": "clear", "other_housing": "clear", "rent_arrears": "clear",
}
HIT_RULES = {
    "income": {("R2", "income")}, "assets": {("R3", "assets")}, "vehicles": {("R3", "vehicles")},
    "marriage": {("R4", "marriage"), ("R8", "couple")},
    "household_registration": {("R4", "registration"), ("R8", "died_alive")},
    "rent_arrears": {("R7", "arrears")}, "utilities": {("R6", "empty")},
}


@dataclass(frozen=True)
class Row:
    """A row of a file: whose it is (by number and name), and its values."""

    id_number: str
    name: str
    values: dict


@dataclass
class Extracts:
    households: list[Household]
    seed: int = 1
    as_of: datetime.date = datetime.date(2021, 7, 31)
    # So many rows about people who are nobody's tenants, for each file.
    others: int = 200
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self):
        for check in HEADINGS:
            chance = random.Random(f"{self.seed}-{check}")
            rows = [
                Row(person.id_number, person.name, values)
                for household in self.households
                for person, values in MAKERS[check](chance, household, self.as_of)
            ]
            rows += [self.stranger(chance, check, number) for number in range(self.others)]
            chance.shuffle(rows)
            self.rows[check] = rows

    def stranger(self, chance, check, number) -> Row:
        taken = {p.id_number for h in self.households for p in h.persons}
        while True:
            id_number = made_up_number(chance)
            if id_number not in taken:
                break
        person = Person(id_number, f"外人{number}", "applicant", "married", "350423100")
        household = Household("", "350423", (person,))
        values = [v for _, v in MAKERS[check](random.Random(number), household, self.as_of, always=True)]
        return Row(id_number, person.name, values[0])

    # -------------------------------------------------------------- files

    def table(self, check) -> list[list[str]]:
        headings = HEADINGS[check]
        lines = [[ID, NAME, *headings.values()]]
        for row in self.rows[check]:
            cells = [row.values.get(name) or "" for name in headings]
            lines.append([row.id_number, row.name, *(WORDS.get(cell, cell) for cell in cells)])
        return lines

    def write_csv(self, check, path, encoding="utf-8-sig"):
        with open(path, "w", newline="", encoding=encoding) as file:
            csv.writer(file).writerows(self.table(check))
        return path

    # -------------------------------------------------------------- what they mean

    def answers(self, lines: Lines, complete: Optional[set[str]] = None) -> list[Answer]:
        """The answers that follow from the files. `complete`: the files that answer for those who are
        missing in them too; by default all."""
        complete = set(HEADINGS) if complete is None else complete
        homes: dict[str, list[Household]] = defaultdict(list)
        for household in self.households:
            for person in household.persons:
                homes[person.id_number].append(household)
        answers = []
        for check, rows in self.rows.items():
            found: dict[str, list[Record]] = defaultdict(list)
            for row in rows:
                for household in homes.get(row.id_number, ()):
                    person = None if check in ABOUT_HOUSEHOLDS else row.id_number
                    found[household.number].append(Record(person, row.values))
            for household in self.households:
                records = tuple(found.get(household.number, ()))
                if records:
                    result = "hit" if is_hit(household, check, records, lines, self.as_of) else "clear"
                elif check in complete:
                    result = ABSENCE[check]
                else:
                    continue
                answers.append(Answer(household.number, check, result, self.as_of, records))
        return answers


def is_hit(household, check, records, lines, as_of) -> bool:
    """Whether what a register says is a hit: homes as such, all else by the rule that looks at it."""
    if check not in HIT_RULES:
        return bool(records)
    answer = Answer(household.number, check, "clear", as_of, records)
    return bool(HIT_RULES[check] & set(Case(household, {check: answer}, lines).claims()))


# ------------------------------------------------------------------ what each register holds

def day(chance, until: datetime.date, years=3) -> str:
    return (until - datetime.timedelta(days=chance.randrange(1, 365 * years))).isoformat()


def money(chance, low, high) -> str:
    return f"{chance.randrange(low * 100, high * 100) / 100:.2f}"


def marriage(chance, household, as_of, always=False):
    for person in household.persons:
        if not always and person.relation not in ("applicant", "spouse"):
            continue
        status = person.marital_status if person.marital_status != "unknown" else "single"
        if chance.random() < 0.04:
            status = chance.choice(["single", "married", "divorced", "widowed"])
        yield person, {"status": status, "changed_on": day(chance, as_of, 20)}


def income(chance, household, as_of, always=False):
    for person in household.persons:
        if always or person.relation in ("applicant", "spouse") or chance.random() < 0.2:
            high = 90_000 if chance.random() < 0.1 else 30_000
            values = {"amount": money(chance, 0, high)}
            if chance.random() < 0.7:
                values["year"] = str(as_of.year - 1)
            yield person, values
            if chance.random() < 0.05 and "year" in values:
                yield person, {"amount": money(chance, 0, high), "year": str(as_of.year - 2)}


def assets(chance, household, as_of, always=False):
    for person in household.persons:
        if always or person.relation == "applicant":
            yield person, {
                "amount": money(chance, 0, 400_000 if chance.random() < 0.06 else 90_000), "kind": "存款"}


def registered_property(chance, household, as_of, always=False):
    if not always and chance.random() > 0.05:
        return
    owner = chance.choice(household.persons)
    number = f"闽（{chance.randrange(2005, as_of.year)}）清流县不动产权第{chance.randrange(10_000_000):07}号"
    home = {
        "certificate": number, "address": f"龙津镇人民路{chance.randrange(1, 400)}号",
        "floor_area": money(chance, 40, 140), "registered_on": day(chance, as_of)}
    yield owner, home
    other = chance.choice(household.persons)
    if other != owner and chance.random() < 0.5:
        # A joint owner, the number typed another way.
        yield other, {**home, "certificate": number.replace("（", "(").replace("）", ")")}


def vehicles(chance, household, as_of, always=False):
    if always or chance.random() < 0.25:
        yield chance.choice(household.persons), {
            "plate": f"闽G{chance.randrange(10_000, 99_999)}",
            "value": money(chance, 2_000, 200_000 if chance.random() < 0.3 else 60_000)}


def household_registration(chance, household, as_of, always=False):
    for person in household.persons:
        draw = chance.random()
        here = person.registered_at or household.county + "100"
        if draw < 0.01:
            yield person, {"status": "died", "changed_on": day(chance, as_of, 1)}
        elif draw < 0.02:
            yield person, {
                "status": "moved_out", "registered_at": "350102", "changed_on": day(chance, as_of, 1)}
        elif draw < 0.03:
            yield person, {"status": "normal", "registered_at": "350424"}
        else:
            yield person, {"status": "normal", "registered_at": here}


def signed_contracts(chance, household, as_of, always=False):
    if always or chance.random() < 0.03:
        yield chance.choice(household.persons), {
            "contract_number": f"WQ{as_of.year}-{chance.randrange(100_000):05}",
            "address": f"嵩溪镇新城{chance.randrange(1, 30)}栋", "signed_on": day(chance, as_of, 1),
            "amount": money(chance, 200_000, 900_000)}


def other_housing(chance, household, as_of, always=False):
    if always or chance.random() < 0.03:
        kinds = ["affordable", "price_limited", "shared", "reform", "public_rental", "public_rental"]
        yield chance.choice(household.persons), {
            "kind": chance.choice(kinds), "address": f"城关{chance.randrange(1, 90)}号",
            "since": day(chance, as_of, 9)}


def tenant(household) -> Person:
    return next((p for p in household.persons if p.relation == "applicant"), household.persons[0])


def rent_arrears(chance, household, as_of, always=False):
    if always or chance.random() < 0.12:
        months = chance.randrange(1, 12)
        yield tenant(household), {"months": str(months), "amount": f"{months * 168}.00"}


def utilities(chance, household, as_of, always=False):
    is_empty = chance.random() < 0.05
    # Half a year, of some a few months more.
    for back in range(1 if always else chance.choice([6, 6, 6, 6, 8])):
        month = as_of.year * 12 + as_of.month - 2 - back
        power, water = (money(chance, 0, 3), "0.20") if is_empty else (
            money(chance, 40, 260), money(chance, 2, 20))
        yield tenant(household), {
            "month": f"{month // 12}-{month % 12 + 1:02}", "electricity": power, "water": water}


MAKERS = {
    "marriage": marriage, "income": income, "assets": assets,
    "registered_property": registered_property, "vehicles": vehicles,
    "household_registration": household_registration, "signed_contracts": signed_contracts,
    "other_housing": other_housing, "rent_arrears": rent_arrears, "utilities": utilities,
}


# ------------------------------------------------------------------ the register

def households_from_export(rows: Iterable[dict], county: str) -> list[Household]:
    """Households from the rows of the sheet 家庭与成员 (whole numbers, by heading), of those who have not
    left. A row without a household number belongs to the one above it."""
    people: dict[str, list[Person]] = {}
    statuses = {"未婚": "single", "已婚": "married", "离异": "divorced", "丧偶": "widowed"}
    relations = {
        "申请人": "applicant", "配偶": "spouse", "子女": "child", "父母": "parent", "孙子女": "grandchild"}
    number = ""
    for row in rows:
        number = text(row, "家庭编号") or number
        people.setdefault(number, [])
        if text(row, "离开日期"):
            continue
        people[number].append(
            Person(
                text(row, "身份证号"), text(row, "姓名"), relations.get(text(row, "与申请人关系"), "other"),
                statuses.get(text(row, "婚姻状况"), "unknown"), text(row, "户籍地代码") or None))
    return [Household(number, county, tuple(persons)) for number, persons in people.items() if persons]


def text(row, heading) -> str:
    value = row.get(heading)
    return "" if value is None else str(value).strip()


WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def made_up_number(chance) -> str:
    """The number of somebody who does not exist, computed from GB 11643 itself."""
    birth = datetime.date(1950, 1, 1) + datetime.timedelta(days=chance.randrange(18_000))
    digits = f"350423{birth:%Y%m%d}{chance.randrange(1, 1000):03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS))
    return digits + "10X98765432"[total % 11]
