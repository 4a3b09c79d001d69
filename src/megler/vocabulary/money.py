"""Money and rounding. Money is `Decimal` in the currency's units (dollars, kroner), never float."""

import decimal
from decimal import Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """How a carrier rounds at a step."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"


_PYTHON_ROUNDING = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.UP: decimal.ROUND_UP,
    Rounding.DOWN: decimal.ROUND_DOWN,
}


def rounded(amount: Decimal, to: Decimal, how: Rounding = Rounding.HALF_UP) -> Decimal:
    """`amount` rounded to a multiple of `to` (0.01 for cents, 1 for whole units).

    >>> rounded(Decimal("12.345"), Decimal("0.01"))
    Decimal('12.35')
    >>> rounded(Decimal("12.34"), Decimal("0.05"), Rounding.UP)
    Decimal('12.35')
    """
    steps = (amount / to).quantize(Decimal(1), rounding=_PYTHON_ROUNDING[how])
    return (steps * to).quantize(to)


def to_cents(amount: Decimal) -> Decimal:
    """`amount` in cents, half up.

    >>> to_cents(Decimal("0.005"))
    Decimal('0.01')
    """
    return amount.quantize(Decimal("0.01"), rounding=decimal.ROUND_HALF_UP)
