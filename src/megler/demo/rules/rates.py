"""From premiums to the rates that a carrier prints: classes, bands, and never a fall with age."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.guide import Nicotine
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.pricing import Assumptions, Values, gross_level_premium
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Sex

NOT_OFFERED = 0
Cents = NDArray[np.int64]
SEXES = (Sex.FEMALE, Sex.MALE)


@dataclass(frozen=True, slots=True)
class RatedClass:
    """A class of a rate book: whose table it is priced on, and at which share of its mortality."""

    code: str
    nicotine: Nicotine
    mortality: float


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts start..stop (inclusive, None: no end) at a share of the ordinary rate."""

    start: int
    stop: int | None
    factor: float


@dataclass(frozen=True, slots=True)
class Pricing:
    """How one carrier prices: assumptions, classes best first, and where it leans.

    `tilt` are shares of the mortality at ages 25, 45 and 70, straight between: a carrier that is
    cheap for the young and dear for the old has (0.9, 1.0, 1.1). `level` raises all rates.
    """

    assumptions: Assumptions
    classes: tuple[RatedClass, ...]
    tilt: tuple[float, float, float] = (1.0, 1.0, 1.0)
    level: float = 1.0


def class_mortality(
    tables: dict[Key, Mortality],
    standard: tuple[str, AgeBasis],
    pricing: Pricing,
    ages: Sequence[int],
    years: int,
) -> Values:
    """q by class, sex, age and policy year: table x class share x tilt, at most 1.

    `standard` names the table and its age basis.
    """
    lean = np.interp(ages, (25, 45, 70), pricing.tilt)[:, None]
    found = []
    for one in pricing.classes:
        by_sex = [tables[*standard, sex, one.nicotine].q(ages, years) for sex in SEXES]
        found.append(np.stack(by_sex) * one.mortality * lean)
    return np.minimum(np.stack(found), 1.0)


def term_rates(
    tables: dict[Key, Mortality],
    basis: AgeBasis,
    pricing: Pricing,
    ages: Sequence[int],
    terms: Sequence[int],
) -> Values:
    """Yearly rate per 1,000 of level term by term, class, sex and age, on the 2015 VBT."""
    q = class_mortality(tables, ("vbt2015", basis), pricing, ages, max(terms))
    rates = [gross_level_premium(q[..., :term], pricing.assumptions) for term in terms]
    return np.stack(rates) * pricing.level


def whole_life_rates(
    tables: dict[Key, Mortality],
    basis: AgeBasis,
    pricing: Pricing,
    ages: Sequence[int],
    years_paid: int | None = None,
) -> Values:
    """Yearly rate per 1,000 of whole life by class, sex and age, on the 2017 CSO to age 121."""
    q = class_mortality(tables, ("cso2017", basis), pricing, ages, 121 - min(ages))
    return gross_level_premium(q, pricing.assumptions, years_paid) * pricing.level


def never_falling(rates: Values, *axes: int) -> Values:
    """Rates raised to the dearest before them along each axis, as carriers print them.

    Select mortality dips in the twenties; a printed premium does not.

    >>> never_falling(np.array([3.0, 2.0, 4.0]), 0).tolist()
    [3.0, 3.0, 4.0]
    """
    for axis in axes:
        rates = np.maximum.accumulate(rates, axis=axis)
    return rates


def printed(rates: Values) -> Cents:
    """Rates in whole cents, rounded to the nearest, at least one cent."""
    return np.maximum(np.rint(rates * 100), 1).astype(np.int64)


def cents_text(cents: int) -> str:
    """A printed rate as a table's cell; empty where nothing is offered.

    >>> cents_text(187), cents_text(NOT_OFFERED)
    ('1.87', '')
    """
    return "" if cents == NOT_OFFERED else str(Decimal(int(cents)).scaleb(-2))
