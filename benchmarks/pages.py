"""The pages that people open all day, with a hundred times as many cases: how much longer they take.

Both agencies come of one demo agency (`benchmarks.growing`) and stand in one PostgreSQL. A process
each answers the same questions in turn, so whatever else the machine does hits both alike.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from benchmarks.report import Line, Report, duration, times
from benchmarks.server import ROOT, environment
from megler.config.embedded import Cluster

ALLOWED = 1.5
"""So many times as long at p95 may a page take with the larger agency."""
SEED_CASES, SEED_AGENTS = 500, 80
KEPT = "MEGLER_BENCH_KEPT"
"""The setting that names a folder in which the grown agencies are kept for the next run."""


@dataclass(frozen=True)
class Size:
    """An agency: the database's name, and how many copies of the demo agency stand beside it."""

    name: str
    copies: int


def full() -> Iterator[Report]:
    """10,000 cases and a million."""
    yield from compared(Size("small", 19), Size("large", 1999), asked=200, rounds=4)


def quick() -> Iterator[Report]:
    """Some hundred cases and some thousand."""
    yield from compared(Size("small", 1), Size("large", 9), asked=5, rounds=1)


def compared(small: Size, large: Size, *, asked: int, rounds: int) -> Iterator[Report]:
    """Every page's p95 in both."""
    with _cluster() as cluster:
        _made(cluster, small, large)
        with Answering(cluster.url(small.name)) as one, Answering(cluster.url(large.name)) as many:
            lines, goals = [], []
            for page in one.pages():
                took: dict[str, list[float]] = {"one": [], "many": []}
                for number in range(rounds):
                    took["one"] += one.ask(page, asked // rounds, number)
                    took["many"] += many.ask(page, asked // rounds, number)
                before, after = p95(took["one"]), p95(took["many"])
                lines.append(
                    Line(page, duration(after), times(before / after), f"small {duration(before)}")
                )
                met = "reached" if after <= ALLOWED * before else "NOT reached"
                goals.append(f"{met}: {page} within {ALLOWED} times ({after / before:.2f})")
            told = (
                f"{many.cases:,} cases and {many.requirements:,} requirements beside {one.cases:,}"
            )
            yield Report(f"Pages at p95 with {told}", lines, goals)


def p95(seconds: list[float]) -> float:
    """The time within which 95 of a hundred answers come.

    >>> p95([float(n) for n in range(1, 101)])
    95.0
    """
    ordered = sorted(seconds)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]


class Answering:
    """A process that opens pages on one database and says how long each took."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.opening"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_on(url), text=True, cwd=ROOT,
        )  # fmt: skip
        told = self._say({"about": True})
        self.cases, self.requirements = int(told["cases"]), int(told["requirements"])
        self._pages: list[str] = told["pages"]

    def __enter__(self) -> "Answering":
        return self

    def __exit__(self, *_error: object) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait(timeout=60)

    def pages(self) -> list[str]:
        """What it can open."""
        return self._pages

    def ask(self, page: str, count: int, seed: int) -> list[float]:
        """Seconds of each of so many openings of a page, each about something else."""
        seconds: list[float] = self._say({"page": page, "count": count, "seed": seed})["seconds"]
        return seconds

    def _say(self, asked: Mapping[str, object]) -> dict[str, Any]:
        pipe = _pipe(self._process.stdin)
        pipe.write(json.dumps(asked) + "\n")
        pipe.flush()
        answer = _pipe(self._process.stdout).readline()
        if not answer:
            raise RuntimeError("the process that opens pages ended")
        told: dict[str, Any] = json.loads(answer)
        return told


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("no pipe")
    return pipe


@contextmanager
def _cluster() -> Iterator[Cluster]:
    """A PostgreSQL of its own, thrown away, or kept where the setting says."""
    with ExitStack() as ends:
        kept = os.environ.get(KEPT)
        folder = Path(
            kept or ends.enter_context(tempfile.TemporaryDirectory(prefix="megler-bench-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        cluster = Cluster(folder / "postgres", durable=False, kept=bool(kept))
        cluster.hold()
        ends.callback(cluster.let_go)
        ends.enter_context(environment(MEGLER_VAR=str(folder), MEGLER_DEMO="1"))
        (folder / "static").mkdir(exist_ok=True)
        yield cluster


def _made(cluster: Cluster, *sizes: Size) -> None:
    """The demo agency, and its larger likes as databases copied from it and grown."""
    cluster.ensure_database("seed")
    _run(cluster, "seed", "build", SEED_CASES)  # nothing, where it stands
    for size in sizes:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            stands = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [size.name]
            ).fetchone()
            if stands:
                continue
            connection.execute(f'DROP DATABASE IF EXISTS "{size.name}-growing"')
            connection.execute(f'CREATE DATABASE "{size.name}-growing" TEMPLATE seed')
        _run(cluster, f"{size.name}-growing", "grow", size.copies)
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{size.name}-growing" RENAME TO "{size.name}"')


def _run(cluster: Cluster, database: str, what: str, count: int) -> None:
    command = [sys.executable, "-m", "benchmarks.opening", what, str(count)]
    subprocess.run(command, env=_on(cluster.url(database)), check=True, cwd=ROOT)


def _on(url: str) -> dict[str, str]:
    """The environment of a process that works on this database."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "megler.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
