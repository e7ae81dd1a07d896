"""What the bare parts reach: the statements that the portal sends, by pgbench and psql, by turns with the portal."""

import contextlib
import os
import re
import statistics
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from load import CLIENTS

SCRATCH = Path(os.environ.get("BENCH_SCRATCH", "/tmp"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
WARM = 2
LOGGING = {"log_statement": "all", "log_parameter_max_length": "-1", "log_error_verbosity": "default",
           "log_line_prefix": "#%u@%d "}


def turns(*measures, rounds=ROUNDS):
    """Each by turns, so that what the machine does meanwhile falls on all; a row a round."""
    return [tuple(measure() for measure in measures) for _ in range(rounds)]


def timed(*measures):
    """Measures that take the seconds they run: all warm, then by turns."""
    for measure in measures:
        measure(WARM)
    return turns(*(lambda measure=measure: measure(SECONDS) for measure in measures))


def compared(pairs):
    """The medians of both, and the median of their ratios."""
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def interleaved(first, second):
    return compared(timed(first, second))


# ---------------------------------------------------------------- statements


class Statement(NamedTuple):
    """As the portal sent it, with its parameters as literals by their position."""

    text: str
    values: dict

    @property
    def literal(self):
        return self.replaced(self.values.get)

    def replaced(self, parameter):
        return re.sub(r"\$(\d+)", lambda match: parameter(match[1]), self.text)


@contextlib.contextmanager
def statements_of(connection):
    """What the portal asks of PostgreSQL over this connection string while the block runs; filled when it ends.

    Read from the server's own log, so that it is the same also when the portal changes."""
    log = SCRATCH / "postgres.log"
    statements = []
    set_up([f"ALTER SYSTEM SET {name} = '{value}'" for name, value in LOGGING.items()])
    start = log.stat().st_size
    yield statements
    time.sleep(0.5)
    text = log.read_bytes()[start:].decode()
    set_up(["ALTER SYSTEM RESET ALL"])
    statements += logged(text, *re.search(r"user=(\S+) dbname=(\S+)", connection).groups())
    if not statements:
        raise SystemExit(f"no statement in the server's log: {connection}")


def statements_of_page(visitor, path, connection):
    """Those of one visit: the fewest of three, as what the portal does by itself meanwhile comes on top. What it
    remembers for a moment it asks for at such a visit, though not at each of a thousand a second."""
    visits = []
    for _ in range(3):
        with statements_of(connection) as statements:
            visitor.get(path)
        visits.append(statements)
    return min(visits, key=len)


def set_up(settings):
    for setting in [*settings, "SELECT pg_reload_conf()"]:
        query(os.environ["BENCH_SUPERUSER"], setting)
    time.sleep(1)


def logged(text, login, database):
    found = re.findall(
        rf"^#{login}@{database} LOG:  (?:statement|execute [^:]*): (.*?)\n"
        rf"(?:#{login}@{database} DETAIL:  parameters: (.*?)\n)?(?=#|\d{{4}}-|\Z)", text, re.MULTILINE | re.DOTALL)
    return [Statement(" ".join(statement.split()).rstrip(";"),
                      dict(re.findall(r"\$(\d+) = (NULL|'(?:[^']|'')*')", parameters)))
            for statement, parameters in found]


def transaction_with(statements, words):
    """Those of the transaction in which a statement has these words, from BEGIN to COMMIT."""
    begun = []
    for statement in statements:
        if statement.text.startswith("BEGIN"):
            begun = []
        begun.append(statement)
        if statement.text == "COMMIT" and any(words in one.text for one in begun):
            return begun
    raise SystemExit(f"no transaction with {words} in the server's log")


# ---------------------------------------------------------------- pgbench and psql


def replayed(statements, connection, clients=CLIENTS, instead=None, before=()):
    """pgbench with these statements, each parameter a variable of its own.

    instead: what stands in place of a parameter, by its literal; before: lines of pgbench that say what is meant."""
    lines, variables = list(before), {}
    for sent in sendings(statements):
        texts = [pgbench_line(f"v{len(lines)}{letter}", statement, variables, instead or {}) for letter, statement in zip("ab", sent)]
        lines += texts if len(sent) == 1 else ["\\startpipeline", *texts, "\\endpipeline"]
    script = SCRATCH / f"statements-{time.monotonic_ns()}.sql"
    script.write_text("".join(line + "\n" for line in lines))
    return Pgbench(script, connection, variables, clients)


def sendings(statements):
    """Statements as they are sent: outside BEGIN and COMMIT the portal sends settings and the query that they are for
    at once, which makes them one transaction."""
    rest, begun = iter(statements), False
    for statement in rest:
        together = not begun and statement.text.startswith("SELECT pg_catalog.set_config(")
        yield [statement, next(rest)] if together else [statement]
        begun = statement.text.startswith("BEGIN") or begun and statement.text not in ("COMMIT", "ROLLBACK")


def pgbench_line(prefix, statement, variables, instead):
    def variable(position):
        value = statement.values[position]
        if value in instead:
            return instead[value]
        if value == "NULL":
            return value  # no variable can hold it
        variables[prefix + position] = value[1:-1].replace("''", "'")
        return f":{prefix}{position}"

    return statement.replaced(variable) + ";"


class Pgbench:
    """A script by as many clients as wrk has connections."""

    def __init__(self, script, connection, variables, clients=CLIENTS):
        self.connection = connection
        self.command = [os.environ["BENCH_PGBENCH"], "--no-vacuum", "--protocol=prepared", f"--client={clients}",
                        f"--jobs={min(2, clients)}", f"--file={script}",
                        *(f"--define={name}={value}" for name, value in variables.items())]

    def rate(self, seconds, *options):
        """Transactions a second."""
        out = subprocess.run([*self.command, f"--time={seconds}", *options, self.connection], capture_output=True, text=True)
        if out.returncode or re.search(r"failed transactions: [1-9]", out.stdout):
            raise SystemExit(f"{' '.join(self.command)}: {out.stderr.strip() or out.stdout.strip()}")
        return float(re.search(r"tps = ([\d.]+)", out.stdout).group(1))

    def measured(self, seconds):
        """Transactions a second, and the time in milliseconds within which 99 of 100 were done."""
        prefix = SCRATCH / f"transactions-{time.monotonic_ns()}"
        rate = self.rate(seconds, "--log", f"--log-prefix={prefix}")
        # A line each: client, number, microseconds, ...
        times = sorted(int(line.split()[2]) for log in SCRATCH.glob(f"{prefix.name}*") for line in log.open())
        return rate, times[len(times) * 99 // 100] / 1000


def query(connection, sql):
    command = ["psql", "-XqtA", "-v", "ON_ERROR_STOP=1", connection, "-c", sql]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
