"""What form sets are put together of: sections of questions, papers, notices, rules, recipes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from megler.demo.rules.papers.sheet import Letterhead

Toml = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Library:
    """Sections and papers by key; notices, rules and derived answers in order; letterheads by carrier.

    `kinds` holds what the application of each kind of insurance states, `said` translations by
    language and text.
    """

    parts: Mapping[str, Toml]
    papers: Mapping[str, Toml]
    notices: tuple[Toml, ...]
    rules: tuple[Toml, ...]
    derived: tuple[Toml, ...]
    kinds: Mapping[str, Toml]
    letterheads: Mapping[str, Letterhead]
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One form set of a carrier: what it takes of the library.

    `kinds` are those whose papers it takes by themselves, the first that of its application; `papers`
    are more, `without` fewer of them. `leave_out` are questions that this carrier does not ask,
    `rows` the rows of lists on paper. `days` is when it takes effect, by the name of its edition.
    """

    carrier: str
    series: str
    title: str
    kinds: tuple[str, ...]
    lines: tuple[str, ...]
    prefix: str
    parts: tuple[str, ...]
    editions: tuple[str, ...]
    products: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    leave_out: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)
    ages: tuple[int, int] = (0, 120)
    income_times: int = 0
    receipt: Mapping[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of its application."""
        return self.kinds[0]


def read_library(
    texts: Mapping[str, str], said: Mapping[str, Mapping[str, str]]
) -> tuple[Library, list[Recipe]]:
    """The library and its recipes from the texts of `data/forms/`, by their names there.

    A text that does not fit is a mistake in the product: ValueError, KeyError or TypeError.
    """
    told = {name: tomllib.loads(text) for name, text in texts.items()}
    parts = {n.removeprefix("parts/"): one for n, one in told.items() if n.startswith("parts/")}
    papers = {
        paper["key"]: paper
        for name, one in sorted(told.items())
        if name.startswith("papers/")
        for paper in one["papers"]
    }
    sets, rules = told["sets"], told["rules"]
    library = Library(
        parts=parts,
        papers=papers,
        notices=tuple(told["notices"]["notices"]),
        rules=tuple(rules["rules"]),
        derived=tuple(rules["derived"]),
        kinds=sets["kinds"],
        letterheads={slug: Letterhead(**one) for slug, one in sets["carriers"].items()},
        said=said,
    )
    return library, [_recipe(one) for one in sets["sets"]]


def _recipe(table: Toml) -> Recipe:
    made = dict(table)
    for key in ("kinds", "lines", "parts", "editions", "products", "papers", "languages", "ages"):
        if key in made:
            made[key] = tuple(made[key])
    for key in ("without", "leave_out"):
        made[key] = frozenset(made.get(key, ()))
    return Recipe(**made)
