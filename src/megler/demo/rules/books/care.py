"""Long-term care: rates by sex, age and benefit period, inflation, and a discount for a couple.

Women live longer and are cared for by strangers more often, so their rates are half as high again;
a couple cares for each other first. The figures are the fictional carriers' own.
"""

from dataclasses import dataclass

from megler.demo.rules.books.common import (
    Dated,
    House,
    band,
    choice,
    document,
    head,
    rounded_modes,
    table,
    where_sold,
    whole,
)
from megler.demo.rules.text import Table, csv_file

AGES = (40, 79)
AGE_60_RATE = {"female": 55.40, "male": 36.20}
"""A year's premium for 100 a month for three years, without inflation."""
GROWTH_YOUNG, GROWTH_OLD = 1.032, 1.078
PERIODS = {"2": 0.77, "3": 1.0, "4": 1.16, "6": 1.38}
INFLATION: dict[str, tuple[str, ...]] = {
    "0": ("1", "1", "1"),
    "1": ("1.26", "1.22", "1.17"),
    "3": ("2.02", "1.83", "1.55"),
    "5": ("3.05", "2.62", "2.04"),
}
"""Percent a year, and the factors of the ages to 54, 55 to 64 and above."""
ELIMINATION = {"30": "1.17", "90": "1", "180": "0.91"}
RIDERS = (
    ("home_care_first_day", "Home care from the first day", "0.08"),
    ("nonforfeiture", "Nonforfeiture benefit", "0.16"),
)
"""Code, name and share of the premium."""


@dataclass(frozen=True, slots=True)
class CareBook:
    """A long-term care product; `couple` is what each of two pays of the rate for one."""

    code: str
    name: str
    amount: tuple[int, int]
    level: float
    couple: str
    editions: tuple[Dated, ...]


def care_edition(house: House, book: CareBook, dated: Dated) -> dict[str, bytes]:
    """The files of one edition."""
    level = book.level * dated.level
    rows = [
        [sex, age, *(f"{base_rate(sex, age) * share * level:.2f}" for share in PERIODS.values())]
        for sex in AGE_60_RATE
        for age in range(AGES[0], AGES[1] + 1)
    ]
    spans = (("", 54), (55, 64), (65, ""))
    growth = [
        [percent, *span, factor]
        for percent, factors in INFLATION.items()
        for span, factor in zip(spans, factors, strict=True)
    ]
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    return {
        "edition.toml": document(described, [_product(house, book)], _tables()),
        "base.csv": csv_file(["sex", "age", *PERIODS], rows),
        "inflation.csv": csv_file(["inflation", "age_from", "age_to", "value"], growth),
        "elimination.csv": csv_file([*ELIMINATION], [[*ELIMINATION.values()]]),
        "couple.csv": csv_file(["yes", "no"], [(book.couple, "1")]),
    }


def base_rate(sex: str, age: int) -> float:
    """A year's premium for 100 a month for three years: slow growth to 60, fast after.

    >>> base_rate("male", 60)
    36.2
    """
    growth = GROWTH_YOUNG if age < 60 else GROWTH_OLD
    return AGE_60_RATE[sex] * float(growth ** (age - 60))


def _product(house: House, book: CareBook) -> Table:
    low, high = book.amount
    return {
        "code": book.code,
        "name": book.name,
        "line": "long_term_care",
        "age_basis": "last",
        "premium_period": "annual",
        "lives": "each",
        "eligibility": {
            "age": {"min": AGES[0], "max": AGES[1]},
            "amount": {"min": str(low), "max": str(high), "step": "100"},
            **where_sold(house),
        },
        "defaults": {"elimination_days": "90", "benefit_years": "3", "inflation": "3"},
        "step": [
            {"name": "base", "do": "rate", "table": "base", "per": "100"},
            {"name": "inflation", "do": "multiply", "table": "inflation"},
            {"name": "elimination", "do": "multiply", "table": "elimination"},
            {"name": "couple", "do": "multiply", "table": "couple"},
            {"name": "riders", "do": "riders"},
            {"name": "of each life", "do": "round", "to": "0.01", "how": "half_up"},
            {"name": "lives", "do": "sum_lives"},
            *rounded_modes(house.modes),
        ],
        "rider": [
            {
                "code": code,
                "name": name,
                "step": [{"name": name.lower(), "do": "share", "by": share}],
            }
            for code, name, share in RIDERS
        ],
    }


def _tables() -> list[Table]:
    base = [
        choice("sex", [*AGE_60_RATE]),
        whole("age", *AGES),
        choice("benefit_years", [*PERIODS], across=True),
    ]
    rising = {"age": "rises", "benefit_years": "rises"}
    inflation = [choice("inflation", [*INFLATION]), band("age")]
    return [
        table("base", "rate", base, monotone=rising),
        table("inflation", "factor", inflation, monotone={"inflation": "rises"}),
        table("elimination", "factor", [choice("elimination_days", [*ELIMINATION], across=True)]),
        table("couple", "factor", [choice("couple", ["yes", "no"], across=True)]),
    ]
