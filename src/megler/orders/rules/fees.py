"""What a vendor or facility may be paid without asking, and what a fee in words is."""

import re
from decimal import Decimal

LIMIT_USUAL = Decimal(0)
"""Without anything said for a carrier, every fee is somebody's decision."""

_AMOUNT = re.compile(
    r"(?:USD|US\$|\$)\s?(\d{1,3}(?:,\d{3})+|\d{1,6})(\.\d{2})?(?!\d)", re.IGNORECASE
)
_BARE = re.compile(r"(?<![\d.,/-])(\d{1,6}\.\d{2})(?![\d.])")


def is_within(fee: Decimal, limit: Decimal) -> bool:
    """Whether a fee is approved at once.

    >>> is_within(Decimal("35.00"), Decimal("35")), is_within(Decimal("35.01"), Decimal("35"))
    (True, False)
    """
    return 0 <= fee <= limit


def fee_in(text: str) -> Decimal | None:
    """The one amount that a text names: in dollars, or with cents; None for none, or for several.

    >>> fee_in("Facility requests prepayment of $1,042.50"), fee_in("call 205-444-1900")
    (Decimal('1042.50'), None)
    """
    named = {
        Decimal(whole.replace(",", "") + cents)
        for whole, cents in ((m[1], m[2] or ".00") for m in _AMOUNT.finditer(text))
    } or {Decimal(m[1]) for m in _BARE.finditer(text)}
    return named.pop() if len(named) == 1 else None
