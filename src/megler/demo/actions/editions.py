"""Making the carriers' editions from the data beside the code, and publishing them."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from megler.carriers.actions import publish_edition
from megler.carriers.packages import HEAD, read_files
from megler.demo.rules.books.health import HealthFigures, read_figures
from megler.demo.rules.mortality import Key, Mortality, read_tables
from megler.demo.rules.roster.every import CARRIERS, editions
from megler.journal.rules.actors import Actor
from megler.vocabulary.ages import AgeBasis

DATA = Path(__file__).resolve().parent.parent / "data"
NOTICE_DAYS = 45
"""Carriers send a new edition so many days before it takes effect."""


def _text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


@cache
def mortality_tables() -> dict[Key, Mortality]:
    """The published mortality tables of `data/`."""
    select = {basis: _text(f"vbt2015_select_{basis.value}.csv") for basis in AgeBasis}
    return read_tables(_text("ultimate.csv"), select)


@cache
def health_figures() -> HealthFigures:
    """The published age curves, benchmark premiums and rating areas of `data/`."""
    names = ("health_age_curves.csv", "health_benchmarks.csv", "health_zips.csv")
    return read_figures(*map(_text, names))


def edition_files() -> Iterator[dict[str, bytes]]:
    """Every edition of the demo: those that are priced here, and the guides of `editions/`."""
    yield from editions(mortality_tables(), health_figures())
    for profile in CARRIERS:
        folder = settings.BASE_DIR / "editions" / profile.guide_folder
        if profile.guide_folder and folder.is_dir():
            yield read_files(folder)


def publish_all(actor: Actor, every: Iterable[dict[str, bytes]]) -> Iterator[str]:
    """Publish editions, as if each had come some weeks before it takes effect; yields titles."""
    for files in every:
        yield publish_edition(actor, files, _sent_at(files)).edition.title


def _sent_at(files: dict[str, bytes]) -> datetime:
    first = tomllib.loads(files[HEAD].decode())["edition"]["effective_from"]
    at = datetime.combine(first - timedelta(days=NOTICE_DAYS), time(15), UTC)
    return min(at, datetime.now(UTC))
