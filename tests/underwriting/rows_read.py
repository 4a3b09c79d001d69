"""What the rows of a shipped guide say of one entry, read from its files by Python itself.

Conditions are written as Python writes them, so Python decides which rows hold; nothing of the
product is asked to vouch for itself.
"""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

ENDS = ("individual_consideration", "postpone", "decline")
Rows = list[dict[str, str]]
_FIGURE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])")


@dataclass(frozen=True)
class Said:
    """One end of what the rows say: points, the last class that is left, an end without a price."""

    points: int
    last: str
    end: str


@cache
def head(carrier: str) -> dict[str, Any]:
    folder = Path(__file__).parents[2] / "editions" / carrier / "guide"
    return tomllib.loads((folder / "edition.toml").read_text("utf-8"))


@cache
def part(carrier: str, name: str) -> Rows:
    """The rows of a part, of all its files; none where the guide has no such part."""
    where = head(carrier).get(name)
    if where is None:
        return []
    files = where.get("files") or [where["file"]]
    folder = Path(__file__).parents[2] / "editions" / carrier / "guide"
    found: Rows = []
    for file in files:
        with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
            found += csv.DictReader(lines)
    return found


@cache
def ratings(carrier: str) -> Mapping[str, Rows]:
    """The rows of each impairment."""
    found: dict[str, Rows] = {}
    for row in part(carrier, "ratings"):
        found.setdefault(row["impairment"], []).append(row)
    return found


def said(carrier: str, impairment: str, facts: Mapping[str, Any]) -> tuple[Said, Said]:
    """Both ends of what holds of an entry; NameError where a fact is not among `facts`."""
    held = [row for row in ratings(carrier)[impairment] if holds(row["when"], facts)]
    if not any(row["rule"] == "base" for row in held):
        held.append({"rule": "base", "best": ENDS[0], "worst": ""})
    return _end(carrier, held, "best"), _end(carrier, held, "worst")


def holds(when: str, facts: Mapping[str, Any]) -> bool:
    """Whether a condition holds, as Python reads it; an empty one always."""
    if not when.strip():
        return True
    every = re.split(r'("[^"]*")', when)
    python = "".join(part if part.startswith('"') else _python(part) for part in every)
    return bool(eval(python, {"D": Decimal, **facts}))  # noqa: S307 - conditions of our own files


def _python(part: str) -> str:
    """A part of a condition outside quotes as Python has it, figures exact."""
    part = re.sub(r"\btrue\b", "True", re.sub(r"\bfalse\b", "False", part))
    return _FIGURE.sub(r'D("\1")', part)


def _end(carrier: str, held: Rows, end: str) -> Said:
    points, last, worst = 0, "", ""
    per = head(carrier).get("combination", {}).get("points_per_table", 25)
    for rule in ("base", "add", "at_least"):
        for row in (row for row in held if row["rule"] == rule):
            outcome = (row[end] or row["best"]).strip()
            if outcome in ENDS:
                worst = max(worst, outcome, key=lambda one: ENDS.index(one) if one else -1)
            elif outcome[0] in "+-" or outcome.startswith("table_"):
                told = int(outcome) if outcome[0] in "+-" else int(outcome[6:]) * per
                points = max(points, told) if rule == "at_least" else points + told
            elif outcome != "any":
                last = max(last, outcome, key=lambda one: _place(carrier, one))
    return Said(max(points, 0), last, worst)


def _place(carrier: str, code: str) -> int:
    classes = [one["code"] for one in head(carrier)["class"]]
    return classes.index(code) if code else -1


def since(day: str, on: date) -> Decimal:
    """Months from a day to another; beyond a whole month half of one."""
    told = date.fromisoformat(day)
    months = (on.year - told.year) * 12 + on.month - told.month - (on.day < told.day)
    return Decimal(months) + (Decimal("0.5") if on.day != told.day else 0)


def spans(name: str, day: str | None, on: date) -> Iterator[tuple[str, Decimal]]:
    """Months and years since a day, as conditions name them."""
    if day:
        yield f"months_since{name}", since(day, on)
        yield f"years_since{name}", since(day, on) / 12
