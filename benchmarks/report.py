"""What was measured, as tables on the terminal: one figure an engine, and its ratio to Megler's."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.table import Table

_PACKAGES = ("numpy", "numba", "duckdb", "polars", "zen-engine", "granian", "django")


@dataclass(frozen=True)
class Line:
    """One engine's figure as it is shown, and how it stands to Megler's."""

    name: str
    figure: str
    ratio: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Report:
    """A question, how it was asked, and what came of it; `goals` are sentences, met or not."""

    title: str
    lines: Sequence[Line]
    goals: Sequence[str] = ()


def duration(seconds: float) -> str:
    """A time as people read it.

    >>> duration(0.0000351), duration(0.00241), duration(3.5)
    ('35.1 µs', '2.41 ms', '3.50 s')
    """
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def times(factor: float) -> str:
    """A ratio as people read it.

    >>> times(28.4), times(0.52), times(3.07)
    ('28 x', '0.52 x', '3.1 x')
    """
    return (
        f"{factor:.0f} x"
        if factor >= 10
        else f"{factor:.1f} x"
        if factor >= 1
        else f"{factor:.2f} x"
    )


def goal(what: str, reached: float, wanted: float) -> str:
    """Whether a ratio was reached, in words.

    >>> goal("20 times the best peer", 28.1, 20)
    'reached: 20 times the best peer (28 x)'
    """
    return f"{'reached' if reached >= wanted else 'NOT reached'}: {what} ({times(reached)})"


def machine() -> str:
    """The machine and the versions, in a line or two."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    python = f"Python {platform.python_version()}, {packages}"
    return f"{_processor()}, {cores} cores, {_memory()}; load {load}\n{python}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / 2**30:.0f} GB"


def show(report: Report, console: Console) -> None:
    """Prints a report."""
    table = Table(title=report.title, title_justify="left", title_style="bold")
    headed = {"": "name", "figure": "figure", "Megler is as fast": "ratio", "remark": "remark"}
    shown = [(title, key) for title, key in headed.items() if any(_cells(report, key))]
    for title, key in shown:
        table.add_column(title, justify="right" if key in ("figure", "ratio") else "left")
    for cells in zip(*(_cells(report, key) for _, key in shown), strict=True):
        table.add_row(*cells)
    console.print(table)
    for sentence in report.goals:
        console.print(f"  {sentence}")
    console.print()


def _cells(report: Report, key: str) -> list[str]:
    return [getattr(line, key) for line in report.lines]
