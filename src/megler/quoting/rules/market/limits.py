"""Who may buy what, as figures: least and most amount by age and nicotine status, jurisdictions.

A product that is not sold to an age or for a term has no amount at all: least above most.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Product, TermLimit
from megler.quoting.rules.market.axes import (
    JURISDICTION_CODES,
    LARGEST_AMOUNT,
    OLDEST,
    OnStep,
)
from megler.quoting.rules.market.shape import NotCompiled

Ints = NDArray[np.int32]
Flags = NDArray[np.uint8]
NO_AMOUNT = -2
"""Stands for the amount where none is asked for: below every bound of who needs one."""
_FREE = -3
_AGES = np.arange(OLDEST + 1)


@dataclass(frozen=True, slots=True)
class Sale:
    """A product sold for a term (None: it has none); `needs_amount`: its premium depends on one."""

    product: Product
    term_years: int | None
    needs_amount: bool


def amounts(sale: Sale, status: Nicotine) -> Ints:
    """[2, ages]: least and most amount that a person of each age may buy."""
    limits = sale.product.eligibility
    low = np.full(OLDEST + 1, 0 if sale.needs_amount else _FREE, np.int64)
    high = np.full(OLDEST + 1, LARGEST_AMOUNT, np.int64)
    if sale.needs_amount:
        _narrow(low, high, slice(None), limits.amount_min, limits.amount_max)
        for one in limits.amounts_by_age:
            ages = slice(max(one.age_min, 0), max(one.age_max + 1, 0))
            _narrow(low, high, ages, one.min, one.max)
    sold = _within(limits.age_min, limits.age_max) & _term_sold(sale, status)
    high[~sold] = _FREE - 1
    return np.stack([low, np.maximum(high, _FREE - 1)]).astype(np.int32)


def _narrow(
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    ages: slice,
    least: Decimal | None,
    most: Decimal | None,
) -> None:
    if least is not None:
        low[ages] = np.maximum(low[ages], min(math.ceil(least), LARGEST_AMOUNT + 1))
    if most is not None:
        high[ages] = np.minimum(high[ages], min(math.floor(most), LARGEST_AMOUNT))


def _within(low: int | None, high: int | None) -> NDArray[np.bool_]:
    return ((low or 0) <= _AGES) & ((OLDEST if high is None else high) >= _AGES)


def _term_sold(sale: Sale, status: Nicotine) -> NDArray[np.bool_]:
    """As `eligibility.why_not_term`: limits for the person's own status come before those for any."""
    every = sale.product.eligibility.terms
    if not every or sale.term_years is None:
        return np.ones(OLDEST + 1, np.bool_)
    fitting = _fitting([one for one in every if one.term_years == sale.term_years], status)
    found = np.zeros(OLDEST + 1, np.bool_)
    for one in fitting:
        found |= _within(one.age_min, one.age_max)
    return found


def _fitting(limits: Sequence[TermLimit], status: Nicotine) -> list[TermLimit]:
    own = [one for one in limits if one.nicotine is status]
    return own or [one for one in limits if one.nicotine is Nicotine.ANY]


def sold_in(product: Product) -> Flags:
    """1 for each jurisdiction that the product is sold in; place 0 is one not known."""
    limits = product.eligibility
    only = limits.jurisdictions_only
    sold = [
        code not in limits.jurisdictions_except and (only is None or code in only)
        for code in JURISDICTION_CODES
    ]
    return np.array([True, *sold], np.uint8)


def step_of(sale: Sale) -> OnStep | None:
    """The whole steps in which the amount is sold; None: any amount.

    Raises `NotCompiled` where a step is not whole.
    """
    limits = sale.product.eligibility
    step = limits.amount_step
    if not step or not sale.needs_amount:
        return None
    start = limits.amount_min or Decimal(0)
    start = start if start % step else Decimal(0)
    if step % 1 or start % 1:
        raise NotCompiled(f"amounts in steps of {step:f} from {start:f}")
    return OnStep(int(start), int(step))
