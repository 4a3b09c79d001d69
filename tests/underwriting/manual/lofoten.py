"""Lofoten Mutual's guide as it is published, and people judged by it."""

from functools import cache
from pathlib import Path
from typing import Any

from megler.carriers.packages import read_files
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.reading.editions import read_edition
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from tests.underwriting.guides import KNOWN, ON, person

__all__ = ["KNOWN", "ON", "assess", "judged", "lofoten", "person"]


@cache
def lofoten() -> Edition:
    """The guide as it is published."""
    files = read_files(Path(__file__).parents[3] / "editions" / "lofoten-mutual" / "guide")
    edition, problems = read_edition(files)
    assert edition is not None, problems
    return edition


def judged(name: str, **details: Any) -> Assessment:
    """What the guide makes of the healthy woman with one condition and these answers."""
    entry = {"name": name.replace("_", " "), "details": details}
    for key in ("since", "until"):
        if key in details:
            entry[key] = details.pop(key)
    return assess(lofoten(), person(conditions=[entry]), ON)
