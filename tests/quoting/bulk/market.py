"""Editions that ship, packed as bulk work takes them, and books of lives to price from them."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from megler.carriers.packages import digest, read_files, to_zip
from megler.quoting.bulk.run import Wanted

EDITIONS = Path(__file__).parents[3] / "editions"
NAMES = (
    "tundra-life/tundra-term",
    "tundra-life/guide",
    "us-va/vgli-2019",
    "us-opm/fegli-b-2016",
    "employer-group/voluntary-term-2025",
)
ON = date(2026, 6, 1)
HEADER = (
    "id", "born", "sex", "jurisdiction", "height_in", "weight_lb", "nicotine",
    "blood_pressure.systolic", "blood_pressure.diastolic", "wants.line", "wants.face_amount",
    "wants.term_years", "wants.mode",
)  # fmt: skip
SMOKER = '[{"product": "cigarette", "last_used": "2026-05-01", "per_week": 20}]'


@cache
def contents() -> dict[str, bytes]:
    packed = [read_files(EDITIONS / name) for name in NAMES]
    return {digest(files): to_zip(files) for files in packed}


def lives(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Rows of a book that stay the same for a seed."""
    random = Random(seed)
    for number in range(count):
        born = date(1950, 1, 1) + timedelta(random.randrange(18_000))
        yield [
            f"L{number}",
            born.isoformat(),
            random.choice(["female", "male"]),
            random.choice(["TX", "NY", "CA", ""]),
            str(random.randint(60, 76)),
            str(random.randint(110, 320)),
            random.choice(["[]", "[]", SMOKER, ""]),
            random.choice(["118", "138", ""]),
            random.choice(["78", ""]),
            random.choice(["term_life", "term_life", "group_term_life", ""]),
            random.choice(["100000", "250000", "500000"]),
            random.choice(["10", "20", ""]),
            random.choice(["monthly", "annual", ""]),
        ]


def written(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(header)
        lines.writerows(rows)
    return path


def wanted(folder: Path, book: Path, out: str = "out.csv", **options: Any) -> Wanted:
    options = {"keep": 3, "workers": 1, "chunk_rows": 50, **options}
    return Wanted(book=book, out=folder / out, on=ON, **options)


def document(row: Sequence[str]) -> dict[str, Any]:
    """The facts document that a row says, written by hand for this header."""
    told = dict(zip(HEADER, row, strict=True))
    facts: dict[str, Any] = {
        "born": told["born"],
        "sex": told["sex"],
        "jurisdiction": told["jurisdiction"] or None,
        "height_in": int(told["height_in"]),
        "weight_lb": int(told["weight_lb"]),
        "nicotine": json.loads(told["nicotine"] or "null"),
        "blood_pressure": {
            key: int(told[f"blood_pressure.{key}"] or 0) or None
            for key in ("systolic", "diastolic")
        },
        "wants": {
            "line": told["wants.line"] or None,
            "face_amount": told["wants.face_amount"],
            "term_years": int(told["wants.term_years"] or 0) or None,
            "mode": told["wants.mode"] or None,
        },
    }
    return facts
