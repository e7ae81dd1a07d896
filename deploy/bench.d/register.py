"""The list of households and its searches at three sizes of the register, each on a portal of its own."""

import os
import re
import statistics
from pathlib import Path
from urllib.parse import quote

from county import County
from load import Form, Visitor, lua_string, measured

SIZES = [int(size) for size in os.environ.get("BENCH_REGISTERS", "10000,100000,1000000").split(",")]
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))
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
        self.found = {name: [] for name in self.loads}

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

    def measure(self, name, seconds):
        path, script = self.loads[name]
        headers = [] if script else [f"Cookie: {self.cookie}"]
        return measured(self.county.url + path, seconds, script=script, headers=headers)


def reveal(visitor, page):
    """The first ID number of a household's page, by the way that staff go."""
    form = Form(page, "reason", action="/reveal")
    _, answer = visitor.post(form.action, form.fields | {"reason": "核对来访人身份", "field": "id_number"})
    return re.search(r"\b\d{17}[\dX]\b", answer).group(0)


def register(report):
    registers = [Register(size, 32100 + number) for number, size in enumerate(SIZES)]
    try:
        # By turns, so that what the machine does meanwhile falls on all sizes.
        for name in registers[0].loads:
            for each in registers:
                each.measure(name, 2)
            for _ in range(ROUNDS):
                for each in registers:
                    each.found[name].append(each.measure(name, SECONDS))
    finally:
        for each in registers:
            each.county.stop()
    for name in registers[0].loads:
        for each in registers:
            rate = statistics.median(rate for rate, _ in each.found[name])
            slow = statistics.median(slow for _, slow in each.found[name])
            least = 800 if name == "list" else None
            report.add(f"register.{name}.{each.size}", rate, "req/s", f"p99 {slow:.1f} ms", least=least)
        small, large = registers[0], registers[-1]
        ratio = statistics.median(
            after[1] / before[1] for before, after in zip(small.found[name], large.found[name]))
        report.add(f"register.{name}.p99", ratio, "×", f"p99 at {large.size} households to that at {small.size}", most=1.5)
