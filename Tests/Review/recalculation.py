"""The findings of a review, calculated from the words of the notice and the domain, without a line of the
portal. What bureaus answered comes in as the test generated it; out come household numbers and rules.

    expected_findings(households, answers, lines, visits)  -> {("QL000001", "R1"), ...}
    expected_claims(households, answers, lines, visits)    -> Counter({("QL000001", "R1", "registered_property"): 2})

Both take `first_leases`, the day on which the first lease of each household began: {"QL000001": date(2018, 3, 1)}.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Iterable, Optional

CHECKS = (
    "marriage", "income", "assets", "registered_property", "vehicles", "household_registration",
    "signed_contracts", "other_housing", "rent_arrears", "utilities",
)
# Answered too, and owed by nobody.
EXTRACTS = ("payroll", "allocation_list", "deaths")
OWNED_HOUSING = {"affordable", "price_limited", "shared", "reform"}


# ------------------------------------------------------------------ what goes in

@dataclass(frozen=True)
class Person:
    """Somebody who belongs to the household now, as the register has them."""

    id_number: str
    name: str = ""
    relation: str = "other"
    marital_status: str = "unknown"  # single, married, divorced, widowed, unknown
    registered_at: Optional[str] = None  # 350423100; None where the register does not say


@dataclass(frozen=True)
class Household:
    number: str
    county: str  # 350423
    persons: tuple[Person, ...]

    def person(self, id_number: Optional[str]) -> Optional[Person]:
        return next((p for p in self.persons if p.id_number == id_number), None)


@dataclass(frozen=True)
class Record:
    """One thing that an answer says: of a person, or (None) of the household. Values by the names of the
    interface: amount, year, status, changed_on, certificate, ..."""

    person: Optional[str]
    values: dict

    def __getitem__(self, name):
        return self.values.get(name)

    def number(self, name) -> Decimal:
        return Decimal(self.values.get(name) or 0)


@dataclass(frozen=True)
class Answer:
    """What a bureau answered last to one check of a household."""

    household: str  # number
    check: str
    result: str  # clear, hit, not_found
    as_of: datetime.date
    records: tuple[Record, ...] = ()
    # Results that the same bureau gave before, in the same round.
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Yuan, kilowatt-hours, tonnes, months; None where the county has not set the line."""

    income_per_head: Optional[Decimal] = None
    household_assets: Optional[Decimal] = None
    vehicle_value: Optional[Decimal] = None
    electricity: Optional[Decimal] = None
    water: Optional[Decimal] = None
    empty_months: Optional[Decimal] = None
    arrears_months: Optional[Decimal] = None


@dataclass(frozen=True)
class Visit:
    household: str
    visited_on: datetime.date
    home_use: Optional[str]  # self, sublet, lent, empty, other; None where nobody was met


# ------------------------------------------------------------------ what comes out

def expected_findings(
    households: Iterable[Household], answers: Iterable[Answer], lines: Lines,
    visits: Iterable[Visit] = (), first_leases: Optional[dict[str, datetime.date]] = None,
) -> set[tuple[str, str]]:
    claims = expected_claims(households, answers, lines, visits, first_leases)
    return {(number, rule) for number, rule, _ in claims}


def expected_claims(
    households: Iterable[Household], answers: Iterable[Answer], lines: Lines,
    visits: Iterable[Visit] = (), first_leases: Optional[dict[str, datetime.date]] = None,
) -> Counter[tuple[str, str, str]]:
    """How many findings there are of each household, rule and reason."""
    by_household: dict[str, dict[str, Answer]] = defaultdict(dict)
    for answer in answers:
        assert answer.check in CHECKS + EXTRACTS and answer.result in ("clear", "hit", "not_found")
        assert answer.check not in by_household[answer.household], "one answer of each check is in force"
        by_household[answer.household][answer.check] = answer
    seen: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        seen[visit.household].append(visit)
    claims: Counter[tuple[str, str, str]] = Counter()
    for household in households:
        case = Case(
            household, by_household[household.number], lines, seen[household.number],
            (first_leases or {}).get(household.number))
        for rule, reason in case.claims():
            claims[household.number, rule, reason] += 1
    return claims


@dataclass
class Case:
    household: Household
    answers: dict[str, Answer]
    lines: Lines
    visits: list[Visit] = field(default_factory=list)
    first_lease: Optional[datetime.date] = None

    def records(self, check: str) -> list[Record]:
        """Those about the household and about who belongs to it now."""
        answer = self.answers.get(check)
        if answer is None:
            return []
        return [r for r in answer.records if r.person is None or self.household.person(r.person)]

    def latest(self, check: str) -> dict[str, Record]:
        """Of each person what changed last."""
        found: dict[str, Record] = {}
        for record in self.records(check):
            if record.person is None:
                continue
            other = found.get(record.person)
            if other is None or (record["changed_on"] or "") > (other["changed_on"] or ""):
                found[record.person] = record
        return found

    def claims(self) -> list[tuple[str, str]]:
        return [
            *self.homes(), *self.income(), *self.assets(), *self.vehicles(), *self.family(),
            *self.empty(), *self.arrears(), *self.contradictions(), *self.deceit(),
            *self.not_allocated(),
        ]

    # -------------------------------------------------------------- R1: another home

    def homes(self):
        certificates = {plain(r["certificate"]) for r in self.records("registered_property")}
        contracts = {plain(r["contract_number"]) for r in self.records("signed_contracts")}
        housing = {
            (r["kind"], plain(r["address"])) for r in self.records("other_housing")
            if r["kind"] in OWNED_HOUSING
        }
        yield from (("R1", "registered_property") for _ in certificates)
        yield from (("R1", "signed_contracts") for _ in contracts)
        yield from (("R1", "other_housing") for _ in housing)

    # -------------------------------------------------------------- R2, R3: income, assets, vehicles

    def income(self):
        line = self.lines.income_per_head
        if line is None or not self.household.persons:
            return
        total = Decimal(0)
        people: dict[Optional[str], list[Record]] = defaultdict(list)
        for record in self.records("income"):
            people[record.person].append(record)
        for own in people.values():
            years = [int(r["year"]) for r in own if r["year"]]
            total += sum(
                (r.number("amount") for r in own if not r["year"] or int(r["year"]) == max(years)),
                Decimal(0))
        if total > line * 12 * len(self.household.persons):
            yield "R2", "income"

    def assets(self):
        line = self.lines.household_assets
        if line is not None and sum((r.number("amount") for r in self.records("assets")), Decimal(0)) > line:
            yield "R3", "assets"

    def vehicles(self):
        line = self.lines.vehicle_value
        if line is None:
            return
        cars: dict[str, Decimal] = {}
        for record in self.records("vehicles"):
            plate = plain(record["plate"])
            cars[plate] = max(cars.get(plate, Decimal(0)), record.number("value"))
        if sum(cars.values(), Decimal(0)) > line:
            yield "R3", "vehicles"

    # -------------------------------------------------------------- R4: the family

    def family(self):
        for id_number, record in self.latest("marriage").items():
            known = self.household.person(id_number).marital_status
            if known != "unknown" and record["status"] != known:
                yield "R4", "marriage"
        police, deaths = self.latest("household_registration"), self.latest("deaths")
        # Who is dead by two registers has died once.
        yield from (("R4", "registration") for id_number in deaths if id_number not in police)
        for id_number, record in police.items():
            known = self.household.person(id_number).registered_at
            outside = (
                record["registered_at"] is not None
                and not record["registered_at"].startswith(self.household.county)
                and known is not None and known.startswith(self.household.county)
            )
            if record["status"] in ("died", "moved_out") or outside or id_number in deaths:
                yield "R4", "registration"

    # -------------------------------------------------------------- R6, R7: empty, in arrears

    def use(self) -> dict[int, tuple[Decimal, Decimal]]:
        """Power and water of each month; two meters add up."""
        months: dict[int, tuple[Decimal, Decimal]] = {}
        for record in self.records("utilities"):
            year, month = record["month"].split("-")
            key = int(year) * 12 + int(month) - 1
            power, water = months.get(key, (Decimal(0), Decimal(0)))
            months[key] = (power + record.number("electricity"), water + record.number("water"))
        return months

    def is_unused(self, use: tuple[Decimal, Decimal]) -> bool:
        return use[0] <= self.lines.electricity and use[1] <= self.lines.water

    def empty(self):
        lines = self.lines
        if None in (lines.electricity, lines.water, lines.empty_months):
            return
        use = self.use()
        for first in use:
            length = 0
            while first + length in use and self.is_unused(use[first + length]):
                length += 1
            if length and length >= lines.empty_months:
                yield "R6", "empty"
                return

    def arrears(self):
        line = self.lines.arrears_months
        months = sum(int(r["months"]) for r in self.records("rent_arrears"))
        if line is not None and months and months >= line:
            yield "R7", "arrears"

    # -------------------------------------------------------------- R9, R10: how the home was got

    def deceit(self):
        """Another home that was there on the day before the first lease, of who could have told of it."""
        first = self.first_lease
        if first is None:
            return
        couple = {p.id_number for p in self.household.persons if p.relation in ("applicant", "spouse")}
        married_since = any(
            record["status"] == "married" and record["changed_on"] and id_number in couple
            and datetime.date.fromisoformat(record["changed_on"]) > first
            for id_number, record in self.latest("marriage").items())
        kinds = {
            "registered_property": ("registered_on", "certificate"),
            "signed_contracts": ("signed_on", "contract_number"), "other_housing": ("since", "address")}
        for check, (day, name) in kinds.items():
            homes = set()
            for record in self.records(check):
                owner = self.household.person(record.person)
                if check == "other_housing" and record["kind"] not in OWNED_HOUSING:
                    continue
                if owner is not None and owner.relation == "spouse" and married_since:
                    continue
                if record[day] and datetime.date.fromisoformat(record[day]) < first:
                    homes.add((record["kind"], plain(record[name])))
            yield from (("R9", check) for _ in homes)

    def not_allocated(self):
        yield from (("R10", "payroll") for _ in {r.person for r in self.records("payroll")})
        listed = self.answers.get("allocation_list")
        if listed and listed.result == "hit" and (self.first_lease is None or self.first_lease <= listed.as_of):
            yield "R10", "allocation_list"

    # -------------------------------------------------------------- R8: what cannot all be true

    def contradictions(self):
        second = {
            plain(r["address"]) for r in self.records("other_housing") if r["kind"] == "public_rental"
        }
        yield from (("R8", "double_protection") for _ in second)
        for answer in self.answers.values():
            if any(result != answer.result for result in answer.earlier):
                yield "R8", "answers"
        yield from self.dead_and_married()
        yield from self.dead_and_alive()
        yield from self.couple()
        yield from self.empty_but_used()
        yield from self.lived_in_but_unused()

    def dead_and_alive(self):
        """One person, in what the police say at one time, both as dead and as registered."""
        statuses: dict[Optional[str], set] = defaultdict(set)
        for record in self.records("household_registration"):
            statuses[record.person].add(record["status"])
        yield from (
            ("R8", "died_alive") for said in statuses.values()
            if "died" in said and said & {"normal", "moved_out"})

    def couple(self):
        """A couple is married or it is not, and nobody is widowed whose spouse lives."""
        first = next((p for p in self.household.persons if p.relation == "applicant"), None)
        marriages, police = self.latest("marriage"), self.latest("household_registration")
        for second in [p for p in self.household.persons if p.relation == "spouse"] if first else []:
            both = {marriages[p.id_number]["status"] for p in (first, second) if p.id_number in marriages}
            if both in ({"married", "divorced"}, {"married", "single"}):
                yield "R8", "couple"
            for one, other in ((first, second), (second, first)):
                left, living = marriages.get(one.id_number), police.get(other.id_number)
                if left is None or living is None or left["status"] != "widowed" or living["status"] == "died":
                    continue
                day = left["changed_on"]
                if not day or datetime.date.fromisoformat(day) <= self.answers["household_registration"].as_of:
                    yield "R8", "widowed_alive"

    def dead_and_married(self):
        marriages = self.latest("marriage")
        for id_number, record in self.latest("household_registration").items():
            if record["status"] != "died" or id_number not in marriages:
                continue
            died = (
                datetime.date.fromisoformat(record["changed_on"]) if record["changed_on"]
                else self.answers["household_registration"].as_of
            )
            if marriages[id_number]["status"] == "married" and self.answers["marriage"].as_of > died:
                yield "R8", "died_married"

    def empty_but_used(self):
        seen = [v for v in self.visits if v.home_use is not None]
        if not seen or self.lines.electricity is None or self.lines.water is None:
            return
        day = max(v.visited_on for v in seen)
        if any(v.home_use != "empty" for v in seen if v.visited_on == day):
            return
        use = self.use()
        known = [month for month in use if month <= day.year * 12 + day.month - 1]
        if known and not self.is_unused(use[max(known)]):
            yield "R8", "empty_but_used"

    def lived_in_but_unused(self):
        """The tenant lives there, as the last visit says, and for as many months as R6 asks nothing was used."""
        seen = [v for v in self.visits if v.home_use is not None]
        lines = self.lines
        if not seen or None in (lines.electricity, lines.water, lines.empty_months):
            return
        last = max(seen, key=lambda visit: visit.visited_on)
        if last.home_use != "self":
            return
        use = self.use()
        known = [month for month in use if month <= last.visited_on.year * 12 + last.visited_on.month - 1]
        length = 0
        while known and max(known) - length in use and self.is_unused(use[max(known) - length]):
            length += 1
        if length and length >= lines.empty_months:
            yield "R8", "lived_in_but_unused"


def plain(text: Optional[str]) -> str:
    """However it was typed: width, case, spaces and hyphens aside."""
    narrow = unicodedata.normalize("NFKC", text or "")
    return re.sub(r"[\s\-‐-―−]", "", narrow).upper()
