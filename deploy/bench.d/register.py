"""The list of households and its searches at three sizes of the register, each on a portal of its own; the list
against pgbench with the statements of one page."""

import os
import re
import statistics
from pathlib import Path
from urllib.parse import quote

from bare import SCRATCH, compared, replayed, statements_of_page, timed
from county import County
from load import Form, Visitor, lua_string, measured

SIZES = [int(size) for size in os.environ.get("BENCH_REGISTERS", "10000,100000,1000000").split(",")]
HERE = Path(__file__).parent
# Parts of names, from rare to common.
PARTS = ("小丽", "建国", "明", "王", "秀英")


class Register:
    """One size: its portal, and what is asked of it."""

    def __init__(self, size, port):
        self.size = size
        self.county = County(f"register_{size}")
        self.county.seed(size)
        self.county.serve(port)
        lead = Visitor(self.county.url).sign_in("zhujian-lead")
        self.loads = {
            "list": ("/desk/households", None),
            "name": ("/desk/households", self.script("get.lua", lead, PATHS=[f"/desk/households?name={quote(part)}" for part in PARTS])),
            "id": ("/desk/households/search", self.search(lead)),
        }
        self.cookie = lead.cookie
        staff = self.county.environment["PORTAL_DATABASE_STAFF"]
        self.bare_list = replayed(statements_of_page(lead, "/desk/households", staff), staff)

    def search(self, lead):
        """ID numbers, as somebody types them who has the paper before him."""
        page = lead.get("/desk/households")
        form = Form(page, "q")
        households = re.findall(r'href="(/desk/households/\d+)"', page)[:40]
        bodies = []
        for household in households:
            number = reveal(lead, lead.get(household))
            bodies.append(lead.encoded(form.fields | {"q": number}))
        return self.script("post.lua", lead, BODIES=bodies)

    def script(self, template, visitor, **lists):
        text = (HERE / template).read_text().replace("@COOKIE@", lua_string(visitor.cookie))
        for name, values in lists.items():
            text = text.replace(f"@{name}@", "{" + ", ".join(lua_string(value) for value in values) + "}")
        path = SCRATCH / f"{self.size}-{template}"
        path.write_text(text)
        return str(path)

    def load(self, name):
        """Measures one load: requests a second, and the 99th of 100 times in milliseconds."""
        path, script = self.loads[name]
        headers = [] if script else [f"Cookie: {self.cookie}"]
        return lambda seconds: measured(self.county.url + path, seconds, script=script, headers=headers)


def reveal(visitor, page):
    """The first ID number of a household's page, by the way that staff go."""
    form = Form(page, "reason", action="/reveal")
    _, answer = visitor.post(form.action, form.fields | {"reason": "核对来访人身份", "field": "id_number"})
    return re.search(r"\b\d{17}[\dX]\b", answer).group(0)


def register(report):
    registers = [Register(size, 32100 + number) for number, size in enumerate(SIZES)]
    try:
        lists = timed(*(each.load("list") for each in registers), *(each.bare_list.rate for each in registers))
        searches = {name: timed(*(each.load(name) for each in registers)) for name in ("name", "id")}
    finally:
        for each in registers:
            each.county.stop()
    count = len(registers)
    told(report, "list", registers, [row[:count] for row in lists])
    for number, each in enumerate(registers):
        _, bare, ratio = compared([(row[number][0], row[count + number]) for row in lists])
        report.add(f"register.list.{each.size}.pgbench", bare, "tps", "the same statements, read from the server's log")
        report.add(f"register.list.{each.size}.ratio", ratio, "×", least=0.4)
    for name, found in searches.items():
        told(report, name, registers, found)


def told(report, name, registers, found):
    """What one load reached at each size; `found` has a column a size."""
    for each, column in zip(registers, zip(*found)):
        rate, slow = (statistics.median(values) for values in zip(*column))
        report.add(f"register.{name}.{each.size}", rate, "req/s", f"p99 {slow:.1f} ms")
    ratio = statistics.median(row[-1][1] / row[0][1] for row in found)
    small, large = registers[0].size, registers[-1].size
    report.add(f"register.{name}.p99", ratio, "×", f"p99 at {large} households to that at {small}", most=1.5)
