"""Individual health: base rate by rating area and plan, age factor by state, nicotine factor.

The premium of one person is base rate (age 0, per rating area) x age factor x nicotine factor.
Age curves are the federal default or the state's own; base rates follow the benchmark premium of
each rating area.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from megler.demo.rules.books.common import Dated as DatedLevel
from megler.demo.rules.books.common import House, choice, head, rounded_modes, whole
from megler.demo.rules.text import Table, csv_file, toml_file
from megler.vocabulary.codes import Mode

AGE_MAX = 64
HEALTH_MODES = {
    Mode.MONTHLY: "1",
    Mode.QUARTERLY: "3",
    Mode.SEMIANNUAL: "6",
    Mode.ANNUAL: "12",
}
CHILDREN_CHARGED: Table = {"role": "child", "under_age": 21, "most": 3}
"""Of a family's children at most three, the eldest, are charged (45 CFR 147.102(c))."""
NO_NICOTINE_FACTOR = frozenset({"CA", "DC", "MA", "NJ", "NY", "RI", "VT"})
"""States whose law allows no other premium for nicotine."""


@dataclass(frozen=True, slots=True)
class HealthPlan:
    """A metal tier: its share of the benchmark (second-cheapest silver) premium."""

    code: str
    name: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class HealthBook:
    """The plans of one carrier in its states. `nicotine` is the factor for users."""

    series: str
    title: str
    states: tuple[str, ...]
    plans: tuple[HealthPlan, ...]
    nicotine: str
    editions: tuple[DatedLevel, ...]


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """Published figures: (state, age from) -> factor against age 0; (state, rating area) -> monthly
    benchmark premium at age 0; (zip, state, county, rating area)."""

    curves: Mapping[tuple[str, int], Decimal]
    benchmarks: Mapping[tuple[str, str], Decimal]
    zips: tuple[tuple[str, str, str, str], ...]


def read_figures(curves: str, benchmarks: str, zips: str, year: str = "2025") -> HealthFigures:
    """The figures in the texts of `data/health_*.csv`, benchmarks of one year."""
    curve_rows = csv.DictReader(io.StringIO(curves))
    benchmark_rows = csv.DictReader(io.StringIO(benchmarks))
    return HealthFigures(
        curves={(r["jurisdiction"], int(r["age_from"])): Decimal(r["factor"]) for r in curve_rows},
        benchmarks={
            (r["jurisdiction"], r["rating_area"]): Decimal(r["monthly_age0"])
            for r in benchmark_rows
            if r["year"] == year
        },
        zips=tuple(
            (r["zip"], r["jurisdiction"], r["county"], r["rating_area"])
            for r in csv.DictReader(io.StringIO(zips))
        ),
    )


def age_factor(figures: HealthFigures, state: str, age: int) -> Decimal:
    """The factor of the last age on the state's curve that is not above `age`."""
    known = [start for where, start in figures.curves if where == state and start <= age]
    return figures.curves[state, max(known)]


def health_edition(
    figures: HealthFigures, house: House, book: HealthBook, dated: DatedLevel
) -> dict[str, bytes]:
    """The files of one edition: base, age and nicotine factors, and where each ZIP lies."""
    level = Decimal(str(dated.level))
    sold = {key for key in figures.benchmarks if key[0] in book.states}
    bases = [
        [f"{s}-{n}", *(base_text(figures.benchmarks[s, n] * p.share * level) for p in book.plans)]
        for s, n in sorted(sold, key=lambda key: (key[0], int(key[1])))
        if any(row[1] == s and row[3] == n for row in figures.zips)
    ]
    return {
        "edition.toml": toml_file(_document(house, book, dated)),
        "base.csv": csv_file(["rating_area", *(p.code for p in book.plans)], bases),
        "age.csv": csv_file(
            ["age", *book.states],
            [
                [str(a), *(str(age_factor(figures, s, a)) for s in book.states)]
                for a in range(AGE_MAX + 1)
            ],
        ),
        "nicotine.csv": csv_file(
            ["jurisdiction", "none", "user"],
            [[s, "1", "1" if s in NO_NICOTINE_FACTOR else book.nicotine] for s in book.states],
        ),
        "area.csv": csv_file(
            ["zip", "county", "jurisdiction", "value"],
            [[z, c, s, f"{s}-{n}"] for z, s, c, n in figures.zips if (s, n) in sold],
        ),
    }


def base_text(amount: Decimal) -> str:
    """A monthly base rate in cents.

    >>> base_text(Decimal("304") * Decimal("0.775"))
    '235.60'
    """
    return str(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _document(house: House, book: HealthBook, dated: DatedLevel) -> Table:
    codes = [plan.code for plan in book.plans]
    products: list[Table] = [
        {
            "code": plan.code,
            "name": plan.name,
            "line": "health",
            "age_basis": "last",
            "premium_period": "monthly",
            "lives": "each",
            "charged": [CHILDREN_CHARGED],
            "eligibility": {
                "age": {"min": 0, "max": AGE_MAX},
                "jurisdictions": {"only": list(book.states)},
            },
            "fixed": {"plan": plan.code},
            "step": [
                {"name": "rating area", "do": "look_up", "table": "area", "as": "rating_area"},
                {"name": "base", "do": "cell", "table": "base"},
                {"name": "age", "do": "multiply", "table": "age"},
                {"name": "nicotine", "do": "multiply", "table": "nicotine"},
                {"name": "of each life", "do": "round", "to": "0.01", "how": "half_up"},
                {"name": "family", "do": "sum_lives"},
                *rounded_modes(HEALTH_MODES),
            ],
        }
        for plan in book.plans
    ]
    states = list(book.states)
    text: Table = {"kind": "text"}
    tables: list[Table] = [
        _table("area", "rating_area", [
            {"name": "zip", "kind": "zip", "column": "zip"},
            {"name": "county", "column": "county", **text},
            choice("jurisdiction", states),
        ]),
        _table("base", "premium", [
            {"name": "rating_area", "column": "rating_area", **text},
            choice("plan", codes, across=True),
        ]),
        _table("age", "factor", [whole("age", 0, AGE_MAX), choice("jurisdiction", states, True)])
        | {"monotone": {"age": "rises"}},
        _table("nicotine", "factor", [
            choice("jurisdiction", states),
            choice("nicotine", ["none", "user"], True),
        ]),
    ]  # fmt: skip
    described = head(house, "rate_book", book.series, book.title, dated.effective_from)
    return {"format": 1, "edition": described, "product": products, "table": tables}


def _table(name: str, measure: str, dimensions: list[Table]) -> Table:
    return {"name": name, "file": f"{name}.csv", "measure": measure, "dimension": dimensions}
