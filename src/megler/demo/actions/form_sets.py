"""Making the carriers' form sets: texts from `data/forms/`, and PDFs drawn for them."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from megler.applications.rules.replacement_table import standard_table
from megler.demo.drawing.pages import draw
from megler.demo.rules.books.common import House
from megler.demo.rules.formsets.building import build
from megler.demo.rules.formsets.library import Library, Recipe, read_library
from megler.demo.rules.formsets.states import everywhere
from megler.demo.rules.papers.sheet import Sheet
from megler.demo.rules.roster.every import CARRIERS

DATA = Path(__file__).resolve().parent.parent / "data" / "forms"
NEWEST_DAYS = 21
"""So long before the demo's day the newest form sets took effect; the year before used the general
forms, as an agency does before its carriers send theirs."""
EDITION_DAYS = 35
"""Days between two editions of a form set."""


@cache
def library() -> tuple[Library, list[Recipe]]:
    """The library of `data/forms/` and its recipes."""
    texts = {
        str(file.relative_to(DATA).with_suffix("").as_posix()): file.read_text("utf-8")
        for file in sorted(DATA.rglob("*.toml"))
    }
    return read_library(texts, {file.stem: _said(file) for file in sorted(DATA.glob("??.csv"))})


def _said(file: Path) -> Mapping[str, str]:
    with file.open(encoding="utf-8", newline="") as opened:
        return {row["text"]: row["translation"] for row in csv.DictReader(opened)}


def houses() -> dict[str, House]:
    """The demo's carriers by slug."""
    return {profile.house.slug: profile.house for profile in CARRIERS}


def form_set_files(recipe: Recipe, edition: str, effective_from: date) -> dict[str, bytes]:
    """The files of a form set as one edition, PDFs and all."""
    everything = everywhere(standard_table())
    house = houses()[recipe.carrier]
    built = build(
        library()[0],
        recipe,
        house,
        edition=edition,
        effective_from=effective_from,
        sold=everything,
    )
    pdfs = {
        f"pdf/{key.replace('_', '-')}.pdf": _drawn(repr(sheet), sheet)
        for key, sheet in built.sheets.items()
    }
    return {**built.texts, **pdfs}


_KEPT: dict[str, bytes] = {}


def _drawn(key: str, sheet: Sheet) -> bytes:
    """The PDF of a sheet; forms that several form sets of a carrier share are drawn once."""
    if key not in _KEPT:
        _KEPT[key] = draw(sheet)
    return _KEPT[key]


def form_sets(until: date) -> Iterator[dict[str, bytes]]:
    """The files of every form set, older editions first, as they stand on the demo's day `until`."""
    for recipe in library()[1]:
        count = len(recipe.editions)
        for n, edition in enumerate(recipe.editions):
            days = NEWEST_DAYS + EDITION_DAYS * (count - 1 - n)
            yield form_set_files(recipe, edition, until - timedelta(days=days))
    _KEPT.clear()
