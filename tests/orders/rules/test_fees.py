"""Fees are read only where a text names one amount."""

from decimal import Decimal

import pytest

from megler.orders.rules.fees import fee_in, is_within


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("Custodian asks $35", "35.00"),
        ("prepayment of $1,042.50 required", "1042.50"),
        ("fee 42.00 to be approved", "42.00"),
        ("USD 25.00 or $25", "25.00"),
        ("$25 or $40", None),
        ("call 205-444-1900 by 03/12/2026", None),
        ("", None),
    ],
)
def test_the_fee_in_a_text(text: str, fee: str | None) -> None:
    assert fee_in(text) == (Decimal(fee) if fee else None)


def test_the_limit_itself_is_within() -> None:
    assert is_within(Decimal("50.00"), Decimal(50))
    assert not is_within(Decimal("50.01"), Decimal(50))
    assert not is_within(Decimal(-1), Decimal(50))
