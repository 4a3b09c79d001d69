"""Making the carriers' form sets: texts from `data/forms/`, and PDFs drawn for them."""

import csv
from collections.abc import Container, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from megler.applications.rules.replacement_table import standard_table
from megler.demo.drawing.pages import draw
from megler.demo.rules.books.common import House
from megler.demo.rules.formsets.building import build
from megler.demo.rules.formsets.library import Library, Recipe, read_library
from megler.demo.rules.formsets.states import everywhere
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
    built = build(
        library()[0],
        recipe,
        houses()[recipe.carrier],
        edition=edition,
        effective_from=effective_from,
        sold=everywhere(standard_table()),
    )
    with ThreadPoolExecutor(2) as hands:
        drawn = hands.map(draw, built.sheets.values())
        names = [f"pdf/{key.replace('_', '-')}.pdf" for key in built.sheets]
        return {**built.texts, **dict(zip(names, drawn, strict=True))}


def form_sets(until: date, only: Container[str] | None = None) -> Iterator[dict[str, bytes]]:
    """The files of every form set, older editions first, as they stand on the demo's day `until`.

    `only` names those wished for, as `carrier/series`; all without it.
    """
    for recipe in library()[1]:
        if only is not None and f"{recipe.carrier}/{recipe.series}" not in only:
            continue
        count = len(recipe.editions)
        for n, edition in enumerate(recipe.editions):
            days = NEWEST_DAYS + EDITION_DAYS * (count - 1 - n)
            yield form_set_files(recipe, edition, until - timedelta(days=days))
