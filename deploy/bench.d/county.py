"""A database and a portal of their own, for what is measured at several sizes."""

import os
import re
import subprocess
import time
import urllib.request
from pathlib import Path

LOGINS = ("OWNER", "STAFF", "PUBLIC", "INSPECTOR")
TOWNSHIPS = {"350423100": "龙津镇", "350423101": "嵩溪镇", "350423102": "嵩口镇", "350423200": "林畲乡"}
SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))


class County:
    """The database `name`, made anew, and the portal's programs on it."""

    def __init__(self, name):
        self.name = name
        self.environment = dict(os.environ)
        for login in LOGINS:
            setting = f"PORTAL_DATABASE_{login}"
            self.environment[setting] = re.sub(r"dbname=\S+", f"dbname={name}", os.environ[setting])
        subprocess.run(
            ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", os.environ["BENCH_SUPERUSER"], "-c", f"DROP DATABASE IF EXISTS {name}", "-c",
             f"CREATE DATABASE {name} OWNER portal_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"], check=True)
        self.portal("migrate")
        self.server = None

    def portal(self, *arguments, stdin=""):
        done = subprocess.run([os.environ["BENCH_PORTAL"], *arguments], env=self.environment, input=stdin, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"portal {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def portal_measured(self, *arguments):
        """The most memory that this one program took, in KiB."""
        log = SCRATCH / f"{self.name}.log"
        with log.open("w") as output:
            program = subprocess.Popen([os.environ["BENCH_PORTAL"], *arguments], env=self.environment, stdout=output, stderr=output)
            _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            raise SystemExit(f"portal {' '.join(arguments)}: {log.read_text().strip()}")
        return usage.ru_maxrss

    def psql(self, *arguments):
        command = ["psql", "-XqtA", "-v", "ON_ERROR_STOP=1", self.environment["PORTAL_DATABASE_OWNER"], *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def sql(self, statement):
        return self.psql("-c", statement)

    def fill(self, script):
        """Writes past what the portal would check."""
        superuser = re.sub(r"dbname=\S+", f"dbname={self.name}", os.environ["BENCH_SUPERUSER"])
        subprocess.run(["psql", "-Xqo", "/dev/null", "-v", "ON_ERROR_STOP=1", superuser], input=script, text=True, check=True)

    def create(self):
        """An empty county with one officer; the names of its townships."""
        townships = [item for code, name in TOWNSHIPS.items() for item in ("--township", f"{code}={name}")]
        self.portal("county", "create", "350423", "清流县", *townships)
        self.account("bench", "housing_officer")
        return list(TOWNSHIPS.values())

    def account(self, name, role):
        self.portal("account", "create", name, "--name", "测量", "--role", role, "--area", "350423",
                    stdin=os.environ["PORTAL_DEMO_PASSWORD"] + "\n")

    def seed(self, households):
        """The demo county at this size."""
        self.portal("seed", "demo", "--households", str(households), "--seed", "1")
        self.settle()

    def settle(self):
        """Nothing is left to be written that is not part of the measurement."""
        subprocess.run(["psql", "-Xq", re.sub(r"dbname=\S+", f"dbname={self.name}", os.environ["BENCH_SUPERUSER"]),
                        "-c", "VACUUM (ANALYZE)", "-c", "CHECKPOINT"], check=True)

    def serve(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.environment |= {"PORTAL_LISTEN": f"127.0.0.1:{port}", "PORTAL_PUBLIC_URL": self.url}
        log = (SCRATCH / f"{self.name}.log").open("w")
        self.server = subprocess.Popen([os.environ["BENCH_PORTAL"], "serve"], env=self.environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/readyz").close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"the portal of {self.name} did not start")

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(30)
