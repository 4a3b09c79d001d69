"""A book of a million rows: checked and published, beside Polars merely reading its file.

Long: a row for each rate; wide: a row for five, one a class. Everything is taken in turns, in a
process of its own with a database that writes to the disk as in earnest. Each time the book has
another date, so that it is published anew. Then a fresh process opens it, as any worker does at
its next quote: with the tables that the publishing process kept, and without.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from benchmarks.books import CLASSES, STATES
from benchmarks.report import Line, Report, duration, goal, times

PLANS = ("term-10", "term-20", "term-30")
AGES, BANDS = range(18, 86), ((100, 249), (250, 499), (500, 999), (1000, 2499), (2500, 0))
ROUNDS = 7
_FIRST = date(1950, 1, 1)
_GOAL = 1 / 3
_ROOT = Path(__file__).parents[1]
_OPEN = "open"


@dataclass(frozen=True)
class Book:
    """How a book is laid out: `wide` has the classes across; `states` says how long it is."""

    name: str
    wide: bool
    states: int


@dataclass
class Took:
    """The seconds of every round, by what was done; and the size of the book.

    `cpu` are the processor seconds of this process, which other work on the machine hardly moves.
    """

    rows: int = 0
    bytes: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)


LONG, WIDE = Book("long", False, 49), Book("wide", True, 50)
SMALL = (Book("long", False, 1), Book("wide", True, 1))


def full() -> Iterator[Report]:
    """A million rates, as rows and as columns."""
    for book in (LONG, WIDE):
        yield _report(book, _measured(book))


def quick() -> Iterator[Report]:
    """Some ten thousand rates."""
    for book in SMALL:
        yield _report(book, _measured(book))


def head(book: Book, effective_from: date) -> str:
    """The edition.toml of the book."""
    products = "".join(
        f"""[[product]]
code = "{book.name}-{plan}"
name = "{plan}"
line = "term_life"
age_basis = "nearest"
premium_period = "annual"
fixed = {{ plan = "{plan}" }}
eligibility = {{ age = {{ min = 18, max = 85 }}, amount = {{ min = "100000" }} }}
[[product.step]]
name = "base"
do = "rate"
table = "base"
per = "1000"
[[product.step]]
name = "mode"
do = "mode"
factors = {{ annual = "1", monthly = "0.0875" }}
"""
        for plan in PLANS
    )
    dimensions = [
        ("plan", f'kind = "choice"\ncolumn = "plan"\nvalues = {_list(PLANS)}'),
        ("age", f'kind = "whole"\ncolumn = "age"\nfrom = {AGES[0]}\nto = {AGES[-1]}'),
        ("sex", 'kind = "choice"\ncolumn = "sex"\nvalues = ["female", "male"]'),
        ("nicotine", 'kind = "choice"\ncolumn = "nicotine"\nvalues = ["none", "user"]'),
        ("amount", 'kind = "band"\ncolumns = ["amount_from", "amount_to"]'),
        (
            "jurisdiction",
            f'kind = "choice"\ncolumn = "state"\nvalues = {_list(STATES[: book.states])}',
        ),
        (
            "class",
            f"""kind = "choice"\n{"across = true" if book.wide else 'column = "class"'}
values = {_list(CLASSES)}""",
        ),
    ]
    table = "".join(f'[[table.dimension]]\nname = "{name}"\n{rest}\n' for name, rest in dimensions)
    return f"""format = 1
[edition]
kind = "rate_book"
carrier = "million-life"
carrier_name = "Million Life"
series = "{book.name}"
title = "A million rates"
effective_from = {effective_from.isoformat()}
currency = "USD"
source = "made for a benchmark"
{products}
[[table]]
name = "base"
file = "base.csv"
measure = "rate_per_1000"
monotone = {{ age = "rises" }}
{table}"""


def _list(values: Any) -> str:
    return msgspec.json.encode(list(values)).decode()


def lines(book: Book) -> Iterator[str]:
    """The lines of its base.csv."""
    keys = "plan,age,sex,nicotine,amount_from,amount_to,state"
    yield f"{keys},{','.join(CLASSES)}\n" if book.wide else f"{keys},class,value\n"
    dear = [1 + 0.17 * i for i in range(len(CLASSES))]
    groups = product(enumerate(PLANS), AGES, ("female", "male"), ("none", "user"), BANDS)
    for (p, plan), age, sex, nicotine, (low, high) in groups:
        rate = (0.31 + 0.09 * p) * 1.072 ** (age - 18) * (1.22 if sex == "male" else 1)
        rate *= (2.1 if nicotine == "user" else 1) * (1 - low / 25_000)
        band = f"{low}000,{high}999" if high else f"{low}000,"
        for j, state in enumerate(STATES[: book.states]):
            key = f"{plan},{age},{sex},{nicotine},{band},{state}"
            here = [f"{rate * (1 + j * 0.0021) * times:.4f}" for times in dear]
            if book.wide:
                yield f"{key},{','.join(here)}\n"
            else:
                yield from (f"{key},{c},{r}\n" for c, r in zip(CLASSES, here, strict=True))


def _measured(book: Book) -> Took:
    """What a process of its own measured; a process has one Django and one database."""
    how = [sys.executable, "-m", "benchmarks.loading", book.name, str(book.states)]
    paths = os.pathsep.join([str(_ROOT), str(_ROOT / "src")])
    environment = os.environ | {"PYTHONPATH": paths}
    done = subprocess.run(how, env=environment, cwd=_ROOT, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Took)


def _report(book: Book, took: Took) -> Report:
    best = {name: min(seconds) for name, seconds in took.seconds.items()}
    polars = best["Polars reads the file"]
    shown = [Line(name, duration(best[name]), remark=_remark(name, took, polars)) for name in best]
    ratio = polars / best["checked and published"]
    title = f"Loading a {book.name} book: {took.rows:,} rows, {took.bytes / 1e6:.1f} MB"
    return Report(
        title, shown, [goal("a third of the rate at which Polars reads the file", ratio, _GOAL)]
    )


def _remark(name: str, took: Took, polars: float) -> str:
    if name not in took.cpu:
        return ""
    return (
        f"{times(polars / min(took.seconds[name]))} Polars' rate,"
        f" {duration(min(took.cpu[name]))} of the processors"
    )


def measure(book: Book) -> Took:
    """Times everything on the book in this process; needs a process without Django yet."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="megler-loading-")))
        _agency(folder, ends)
        edition = folder / "book"
        edition.mkdir()
        took = Took()
        with (edition / "base.csv").open("w") as out:
            for line in lines(book):
                out.write(line)
                took.rows += 1
        took.rows -= 1
        took.bytes = (edition / "base.csv").stat().st_size
        for number in range(ROUNDS + 1):
            (edition / "edition.toml").write_text(head(book, _FIRST + timedelta(days=number)))
            if not number:
                _round(edition)  # what is compiled or loaded once is no part of it
                continue
            for name, (seconds, cpu) in _round(edition).items():
                took.seconds.setdefault(name, []).append(seconds)
                took.cpu.setdefault(name, []).append(cpu)
        for name, seconds in _opened(folder).items():
            took.seconds[name] = [seconds]
        return took


def _agency(folder: Path, ends: ExitStack) -> None:
    """Django on a new database, or on that of DATABASE_URL."""
    if not os.environ.get("DATABASE_URL"):
        from megler.config.embedded import Cluster

        cluster = Cluster(folder / "postgres")
        cluster.hold()
        ends.callback(cluster.let_go)
        cluster.ensure_database("bench")
        os.environ["DATABASE_URL"] = cluster.url("bench")
    os.environ |= {"MEGLER_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "megler.config.settings"}
    from megler.config.database import migrate, set_up_django

    set_up_django()
    migrate()
    from django.db import connections

    ends.callback(connections.close_all)


def _round(edition: Path) -> dict[str, tuple[float, float]]:
    from megler.carriers.actions import publish_edition
    from megler.carriers.packages import read_files
    from megler.carriers.rules.checks import check_edition
    from megler.journal.rules.actors import SYSTEM

    works: dict[str, Callable[[], object]] = {
        "Polars reads the file": lambda: pl.read_csv(edition / "base.csv"),
        "read and checked": lambda: check_edition(read_files(edition)),
        "checked and published": lambda: publish_edition(SYSTEM, read_files(edition)),
    }
    took = {}
    for name, work in works.items():
        begun, cpu = time.perf_counter(), time.process_time()
        work()
        took[name] = time.perf_counter() - begun, time.process_time() - cpu
    return took


def _opened(folder: Path) -> dict[str, float]:
    """How long a fresh process takes to open the last edition, and without what was kept."""

    def opened() -> float:
        how = [sys.executable, "-m", "benchmarks.loading", _OPEN]
        return float(
            subprocess.run(how, cwd=_ROOT, stdout=subprocess.PIPE, check=True).stdout.split()[-1]
        )

    found = {"another process opens it": opened()}
    for kept in (folder / "editions").glob("*"):
        kept.unlink()
    return found | {"another process opens it, nothing kept": opened()}


def _open() -> float:
    from megler.config.database import set_up_django

    set_up_django()
    from megler.carriers.actions import open_edition
    from megler.carriers.models import Edition

    last = Edition.objects.values_list("pk", flat=True).latest("published_at")
    begun = time.perf_counter()
    open_edition(last)
    return time.perf_counter() - begun


if __name__ == "__main__":
    if sys.argv[1] == _OPEN:
        print(_open())
    else:
        asked = Book(sys.argv[1], sys.argv[1] == "wide", int(sys.argv[2]))
        print(msgspec.json.encode(measure(asked)).decode())
