"""Universal life by target premium, and survivor universal life on two lives.

The target is a level premium on the 2017 CSO at the interest that the carrier credits. The
survivor's rests on the chance that both of two lives of one age have died.
"""

from dataclasses import dataclass

import numpy as np

from megler.carriers.rules.guide import Nicotine
from megler.demo.rules.books.common import (
    Dated,
    House,
    choice,
    document,
    head,
    life_steps,
    rounded_modes,
    table,
    where_sold,
    whole,
)
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.pricing import Assumptions, Values, gross_level_premium, in_force
from megler.demo.rules.rates import (
    SEXES,
    Pricing,
    cents_text,
    never_falling,
    printed,
    whole_life_rates,
)
from megler.demo.rules.text import Table, csv_file
from megler.vocabulary.ages import AgeBasis

NICOTINE = ("none", "user")
PAIR_FACTORS = {("none", "none"): "1", ("none", "user"): "1.11", ("user", "user"): "1.28"}
ADDITIONS = (
    (0, 0, 0),
    (1, 2, 1),
    (3, 5, 2),
    (6, 9, 3),
    (10, 14, 4),
    (15, 20, 5),
    (21, None, 6),
)
"""Age difference from, to, and the years that are added to the younger life's age."""


@dataclass(frozen=True, slots=True)
class UniversalBook:
    """A universal life product: its least yearly premium is `least` dollars."""

    code: str
    name: str
    ages: tuple[int, int]
    amount: tuple[int, int]
    pricing: Pricing
    least: str
    editions: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class SurvivorBook:
    """A policy that pays when the second of two people has died."""

    code: str
    name: str
    ages: tuple[int, int]
    amount: tuple[int, int]
    assumptions: Assumptions
    editions: tuple[Dated, ...]


def universal_edition(
    tables: dict[Key, Mortality], house: House, book: UniversalBook, dated: Dated
) -> dict[str, bytes]:
    """The files of one edition of a universal life book."""
    ages = range(book.ages[0], book.ages[1] + 1)
    rates = whole_life_rates(tables, house.age_basis, book.pricing, ages) * dated.level
    cents = printed(never_falling(rates, 2, 0))
    codes = [one.code for one in book.pricing.classes]
    rows = [
        [sex.value, age, *map(cents_text, cents[:, s, a].tolist())]
        for s, sex in enumerate(SEXES)
        for a, age in enumerate(ages)
    ]
    steps = life_steps(house, "target")
    steps.insert(-2, {"name": "least premium", "do": "at_least", "amount": book.least})
    product = _product(house, book, steps) | {"line": "universal_life"}
    bounds: Table = {**_bounds(house, book), "classes": codes}
    target = table(
        "target",
        "rate_per_1000",
        [
            choice("sex", [sex.value for sex in SEXES]),
            whole("age", *book.ages),
            choice("class", codes, across=True),
        ],
        monotone={"age": "rises", "class": "rises"},
    )
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    return {
        "edition.toml": document(described, [product | {"eligibility": bounds}], [target]),
        "target.csv": csv_file(["sex", "age", *codes], rows),
    }


def survivor_edition(
    tables: dict[Key, Mortality], house: House, book: SurvivorBook, dated: Dated
) -> dict[str, bytes]:
    """The files of one edition of a survivor book: rates by joint age, and additions."""
    ages = range(book.ages[0], book.ages[1] + 1)
    q = second_death(*(_mortality(tables, house.age_basis, sex, list(ages)) for sex in SEXES))
    rates = never_falling(gross_level_premium(q, book.assumptions) * dated.level, 0)
    steps: list[Table] = [
        {"name": "joint age", "do": "joint_age", "table": "additions", "as": "joint_age"},
        {"name": "target", "do": "rate", "table": "target", "per": "1000"},
        {"name": "nicotine", "do": "multiply", "table": "nicotine"},
        {"name": "policy fee", "do": "add", "amount": house.fee},
        *rounded_modes(house.modes),
    ]
    product = _product(house, book, steps) | {"line": "universal_life", "lives": "joint"}
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    cells = [(age, cents_text(c)) for age, c in zip(ages, printed(rates).tolist(), strict=True)]
    additions = [(low, "" if high is None else high, years) for low, high, years in ADDITIONS]
    return {
        "edition.toml": document(
            described, [product | {"eligibility": _bounds(house, book)}], _survivor_tables(book)
        ),
        "target.csv": csv_file(["joint_age", "value"], cells),
        "additions.csv": csv_file(["difference_from", "difference_to", "value"], additions),
        "nicotine.csv": csv_file(
            ["nicotine", *NICOTINE],
            [[one, *(pair_factor(one, other) for other in NICOTINE)] for one in NICOTINE],
        ),
    }


def second_death(female: Values, male: Values) -> Values:
    """The chance that the second of two deaths falls in a year, of those where one still lives.

    >>> second_death(np.array([0.5, 1.0]), np.array([0.5, 1.0])).tolist()
    [0.25, 1.0]
    """
    alive = 1 - (1 - in_force(female)) * (1 - in_force(male))
    after = np.concatenate([alive[..., 1:], np.zeros_like(alive[..., :1])], axis=-1)
    return np.asarray(1 - np.divide(after, alive, out=np.zeros_like(alive), where=alive > 0))


def pair_factor(one: str, other: str) -> str:
    """The factor for two nicotine statuses, whichever comes first.

    >>> pair_factor("user", "none")
    '1.11'
    """
    first, second = sorted((one, other))
    return PAIR_FACTORS[first, second]


def _mortality(
    tables: dict[Key, Mortality], basis: AgeBasis, sex: object, ages: list[int]
) -> Values:
    found = next(t for key, t in tables.items() if key == ("cso2017", basis, sex, Nicotine.NONE))
    return found.q(ages, 121 - min(ages))


def _product(house: House, book: UniversalBook | SurvivorBook, steps: list[Table]) -> Table:
    return {
        "code": book.code,
        "name": book.name,
        "age_basis": house.age_basis.value,
        "premium_period": "annual",
        "step": steps,
    }


def _bounds(house: House, book: UniversalBook | SurvivorBook) -> Table:
    low, high = book.amount
    return {
        "age": {"min": book.ages[0], "max": book.ages[1]},
        "amount": {"min": str(low), "max": str(high), "step": "1000"},
        **where_sold(house),
    }


def _survivor_tables(book: SurvivorBook) -> list[Table]:
    pair = [choice("nicotine", [*NICOTINE]), choice("second_nicotine", [*NICOTINE], across=True)]
    columns = ["difference_from", "difference_to"]
    difference: Table = {"name": "age_difference", "kind": "band", "columns": columns}
    return [
        table("additions", "years", [difference], zero=True),
        table(
            "target",
            "rate_per_1000",
            [whole("joint_age", *book.ages)],
            monotone={"joint_age": "rises"},
        ),
        table("nicotine", "factor", pair),
    ]
