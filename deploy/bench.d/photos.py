"""Photos that come all at once, and files that inflate: how long a receipt takes, and what it costs the others."""

import http.client
import os
import re
import statistics
import subprocess
import threading
import time
import uuid
from pathlib import Path

from bare import SCRATCH, query
from load import URL, Form

HOST, PORT = URL.removeprefix("http://").split(":") if URL else ("", "0")
OWNER = os.environ.get("PORTAL_DATABASE_OWNER")
PEOPLE, PHOTOS, PHOTO_BYTES = 20, 9, 3_400_000
FLOOD_SECONDS = 30


class Picture:
    """A file that is sent many times, each time with 16 other bytes where no decoder looks: the same content twice in
    one report is one file."""

    def __init__(self, content, place):
        self.before, self.behind = content[:place], content[place + 16:]

    def __len__(self):
        return len(self.before) + 16 + len(self.behind)

    def pieces(self):
        return [self.before, os.urandom(16), self.behind]


class Citizen:
    """Somebody with an address of his own, of the loopback interface, who reports with photos."""

    def __init__(self, address):
        self.address = address

    def connect(self):
        return http.client.HTTPConnection(HOST, int(PORT), timeout=300, source_address=(self.address, 0))

    def prepare(self, photos):
        """Opens the form; what is to be sent for it."""
        line = self.connect()
        line.request("GET", "/complaints/new")
        answer = line.getresponse()
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        form = Form(answer.read().decode(), "description")
        line.close()
        form.fields.update(kind="sublet", description="三栋二单元的住户把公租房租给了别人，有照片。", address="三栋二单元", estate="")
        form.fields.pop("photos", None)
        self.boundary = uuid.uuid4().hex
        parts = [f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in form.fields.items()]
        for number, photo in enumerate(photos):
            parts += [(f'--{self.boundary}\r\nContent-Disposition: form-data; name="photos"; filename="{number}.jpg"\r\n'
                       "Content-Type: image/jpeg\r\n\r\n").encode(), *photo.pieces(), b"\r\n"]
        self.parts = parts + [f"--{self.boundary}--\r\n".encode()]

    def report(self):
        """Sends it; the seconds from the last byte to the receipt, and those that sending took."""
        line = self.connect()
        line.putrequest("POST", "/complaints")
        for name, value in {"Content-Type": f"multipart/form-data; boundary={self.boundary}", "Cookie": self.cookie,
                            "Content-Length": str(sum(map(len, self.parts)))}.items():
            line.putheader(name, value)
        line.endheaders()
        began = time.monotonic()
        for part in self.parts:
            line.send(part)
        sent = time.monotonic()
        answer = line.getresponse()
        answer.read()
        line.close()
        if answer.status != 303:
            raise RuntimeError(f"{self.address}: {answer.status}")
        return time.monotonic() - sent, sent - began


def made(name, *arguments):
    path = SCRATCH / name
    subprocess.run(["vips", *arguments[:1], str(path), *arguments[1:]], check=True)
    return path


def photo():
    """A noisy picture of a phone's size: as large as a photo, and as hard to decode."""
    path = made("photo.jpg", "gaussnoise", "3000", "2250", "--sigma", "34", "--mean", "128")
    content = path.read_bytes()
    if len(content) > PHOTO_BYTES:
        raise SystemExit(f"photos: the picture has {len(content)} bytes")
    # A comment segment after another, so that it has the size of a phone's.
    filling = PHOTO_BYTES - len(content)
    segments = b""
    while filling > 4:
        length = min(filling - 2, 65_535)
        segments += b"\xff\xfe" + length.to_bytes(2, "big") + os.urandom(length - 2)
        filling -= length + 2
    # Behind the marks of the file and of its first comment.
    return Picture(content[:2] + segments + content[2:], 6)


def inflating():
    """A small file that is 119 megapixels of 16 bits when it is opened."""
    plain = made("plain.v", "black", "10900", "10900", "--bands", "3")
    path = SCRATCH / "inflating.png"
    deep = SCRATCH / "deep.v"
    subprocess.run(["vips", "cast", str(plain), str(deep), "ushort"], check=True)
    subprocess.run(["vips", "copy", str(deep), f"{path}[compression=9]", "--interpretation", "rgb16"], check=True)
    plain.unlink()
    deep.unlink()
    content = path.read_bytes()
    # Behind its end.
    return Picture(content, len(content))


class Watch:
    """What the portal takes of memory, and how quickly it shows /progress, while something goes on."""

    def __enter__(self):
        self.memory, self.times, self.goes_on = [], [], True
        self.threads = [threading.Thread(target=self.look), threading.Thread(target=self.visit)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.goes_on = False
        for thread in self.threads:
            thread.join()

    def look(self):
        while self.goes_on:
            self.memory.append(memory())
            time.sleep(0.2)

    def visit(self):
        line = http.client.HTTPConnection(HOST, int(PORT), timeout=60, source_address=("127.0.3.1", 0))
        while self.goes_on:
            began = time.monotonic()
            line.request("GET", "/progress")
            line.getresponse().read()
            self.times.append((time.monotonic() - began) * 1000)
            time.sleep(0.02)
        line.close()

    def slow(self):
        """Of a hundred visits the fifth slowest, in milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1]


def memory():
    """Of the portal and of all that it has started, in MB."""
    pids, found = [os.environ["BENCH_PORTAL_PID"]], 0
    while pids:
        pid = pids.pop()
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            for task in Path(f"/proc/{pid}/task").iterdir():
                pids += (task / "children").read_text().split()
        except OSError:
            continue
        resident = re.search(r"VmRSS:\s+(\d+) kB", status)
        found += int(resident.group(1)) / 1024 if resident else 0
    return found


def await_clean_copies():
    began = time.monotonic()
    while query(OWNER, "SELECT count(*) FROM files WHERE state = 'waiting'") != "0":
        if time.monotonic() - began > 600:
            raise SystemExit("photos: still waiting after ten minutes")
        time.sleep(0.5)
    return time.monotonic() - began


def at_once(report, picture):
    citizens = [Citizen(f"127.0.1.{number + 1}") for number in range(PEOPLE)]
    for citizen in citizens:
        citizen.prepare([picture] * PHOTOS)
    with Watch() as idle:
        time.sleep(5)
    waits, transfers, failures = [], [], []

    def send(citizen):
        try:
            wait, transfer = citizen.report()
            waits.append(wait)
            transfers.append(transfer)
        except Exception as error:  # pylint: disable=broad-except
            failures.append(f"{citizen.address}: {error}")

    with Watch() as watch:
        threads = [threading.Thread(target=send, args=(citizen,)) for citizen in citizens]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = await_clean_copies()
    if failures:
        raise SystemExit("photos: " + "; ".join(failures))
    report.add("photos.receipt", max(waits), "s",
               f"the longest of {PEOPLE} at once with {PHOTOS} photos of 3.4 MB, after the last byte; "
               f"sending took up to {max(transfers):.1f} s", most=5)
    report.add("photos.memory", max(watch.memory) - idle.memory[-1], "MB",
               "more than before, decoders among it", most=150)
    report.add("photos.progress", watch.slow(), "ms",
               f"/progress meanwhile, 95 of 100 visits; {idle.slow():.1f} before", most=100)
    report.add("photos.clean", PEOPLE * PHOTOS / max(taken, 0.1), "photos/s", "clean copies, after the receipts")


def while_others_inflate(report, picture, bomb):
    goes_on, sent = True, [0]

    def flood():
        citizen = Citizen("127.0.2.66")
        while goes_on:
            try:
                citizen.prepare([bomb] * PHOTOS)
                citizen.report()
                sent[0] += 1
            except (OSError, RuntimeError, http.client.HTTPException):
                time.sleep(0.2)

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    waits, end, number = [], time.monotonic() + FLOOD_SECONDS, 0
    try:
        while time.monotonic() < end:
            citizen = Citizen(f"127.0.2.{100 + number % 100}")
            number += 1
            began = time.monotonic()
            citizen.prepare([picture])
            citizen.report()
            waits.append(time.monotonic() - began)
            time.sleep(0.5)
    finally:
        goes_on = False
        for thread in threads:
            thread.join()
    report.add("photos.flooded", max(waits), "s",
               f"the longest of {len(waits)} honest reports with a photo, form and transfer included, "
               f"beside {sent[0]} with {PHOTOS} files of {len(bomb) / 1000:.0f} kB that inflate to 119 megapixels", most=2)
    began = time.monotonic()
    await_clean_copies()
    report.add("photos.left", time.monotonic() - began, "s", "until nothing waits any more", most=300)


def photos(report):
    picture, bomb = photo(), inflating()
    at_once(report, picture)
    while_others_inflate(report, picture, bomb)
