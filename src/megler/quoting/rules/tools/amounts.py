"""Which amounts a product is sold for, cut where its premium may jump.

Within one stretch every figure of the rate book is the same, so the premium never falls as the
amount rises; from one stretch to the next it may (a band's better rate).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from megler.carriers.rules.products import AmountOf, Eligibility, Product
from megler.carriers.rules.tables import (
    BOUND_SCALE,
    NO_START,
    NO_STOP,
    BandAxis,
    ChoiceAxis,
    WholeAxis,
)
from megler.quoting.rules.books import Book
from megler.quoting.rules.tools.counter import wishing
from megler.underwriting.rules.facts import Facts

MOST = Decimal(1_000_000_000)
"""No search goes beyond this amount where the edition states no bound."""
USUAL_STEP = {
    AmountOf.FACE_AMOUNT: Decimal(1000),
    AmountOf.BENEFIT_MONTHLY: Decimal(10),
    AmountOf.PREMIUM: Decimal(100),
}
"""How amounts go where the edition states no step."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Amounts first, first + step, … up to last, all at the same figures."""

    first: Decimal
    last: Decimal
    step: Decimal

    def at(self, number: int) -> Decimal:
        """The `number`th amount, from 0."""
        return self.first + self.step * number

    @property
    def count(self) -> int:
        """How many amounts there are."""
        return int((self.last - self.first) / self.step) + 1


def wishing_amount(facts: Facts, product: Product, amount: Decimal) -> Facts:
    """The wish for an amount, under the name that the product gives it."""
    return wishing(facts, **{product.amount_of.value: amount})


def stretches(book: Book, product: Product) -> tuple[Stretch, ...]:
    """The product's amounts in rising order.

    A stretch begins where a band of a table, a bound of the eligibility or of a rider, begins or
    has ended. Whether a person may have an amount is for the quote to say.
    """
    limits = product.eligibility
    step = limits.amount_step or USUAL_STEP[product.amount_of]
    least = limits.amount_min or step
    offset = least if least % step and limits.amount_step else Decimal(0)
    most = min(limits.amount_max or MOST, MOST)
    edges = sorted({e for e in _edges(book, product) if least < e <= most} | {least})
    found = []
    for i, edge in enumerate(edges):
        end = edges[i + 1] if i + 1 < len(edges) else most + 1
        first = offset + step * math.ceil((edge - offset) / step)
        last = offset + step * (math.ceil((end - offset) / step) - 1)
        if first <= min(last, most):
            found.append(Stretch(first, last, step))
    return tuple(found)


def _edges(book: Book, product: Product) -> Iterator[Decimal]:
    """Amounts from which on something may differ from the amount just below."""
    yield from _of_limits(product.eligibility)
    for table in book.tables_of(product):
        for axis in table.axes:
            if axis.name != "amount":
                continue
            if isinstance(axis, BandAxis):
                yield from _of_bands(axis)
            elif isinstance(axis, ChoiceAxis | WholeAxis):
                for i in range(axis.size):
                    yield from (Decimal(axis.label(i)), Decimal(axis.label(i)) + 1)
    for rider in product.riders:
        yield from _of_limits(rider.eligibility)
        if rider.percent_max and rider.amount:
            yield rider.amount * 100 / rider.percent_max


def _of_bands(axis: BandAxis) -> Iterator[Decimal]:
    for start, stop in zip(axis.starts, axis.stops, strict=True):
        if start != NO_START:
            yield Decimal(start) / BOUND_SCALE
        if stop != NO_STOP:
            yield Decimal(stop + axis.unit) / BOUND_SCALE


def _of_limits(limits: Eligibility) -> Iterator[Decimal]:
    pairs = [(limits.amount_min, limits.amount_max)]
    pairs += [(limit.min, limit.max) for limit in limits.amounts_by_age]
    for low, high in pairs:
        if low is not None:
            yield low
        if high is not None:
            yield high + Decimal(1) / BOUND_SCALE
