"""Which offers of a life are kept, and the rows they make."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from megler.carriers.rules.products import Yields
from megler.quoting.rules.answer import Offer
from megler.quoting.rules.bulk.offers import COLUMNS, kept, rows_of
from megler.vocabulary.codes import Line, Mode

OFFER = Offer(
    carrier="fjordlife",
    carrier_name="Fjord Life",
    product="term",
    product_name="Term",
    line=Line.TERM_LIFE,
    edition="fjordlife/term@2026-01-01",
    currency="USD",
    premium={Mode.ANNUAL: Decimal("500.00"), Mode.MONTHLY: Decimal("43.75")},
    mode=Mode.MONTHLY,
    age_used=47,
    age_changes_on=date(2026, 8, 11),
    term_years=20,
    amount=Decimal(500_000),
    class_code="preferred",
    class_range=("preferred", "standard"),
)


def test_so_many_are_kept_of_each_wish_and_currency() -> None:
    euro = replace(OFFER, currency="EUR")
    second = replace(OFFER, wants=1)
    found = list(kept([euro, OFFER, OFFER, OFFER, second], 2))
    assert [(rank, o.wants, o.currency) for rank, o in found] == [
        (1, 0, "EUR"),
        (1, 0, "USD"),
        (2, 0, "USD"),
        (1, 1, "USD"),
    ]
    assert len(list(kept([OFFER] * 5, None))) == 5


def test_incomes_are_ranked_apart_from_premiums() -> None:
    income = replace(OFFER, yields=Yields.INCOME)
    assert [rank for rank, _ in kept([OFFER, income, income], 1)] == [1, 1]


def test_a_row_says_the_offer_in_the_mode_it_is_ordered_by() -> None:
    (row,) = rows_of(7, "x", [(1, OFFER)])
    told = dict(zip([name for name, _ in COLUMNS], row, strict=True))
    assert told["row"] == 7
    assert told["premium"] == Decimal("43.75")
    assert told["annualised"] == Decimal("525.00")
    assert (told["class"], told["yields"]) == ("preferred", "premium")


def test_a_life_without_an_offer_keeps_its_row() -> None:
    (row,) = rows_of(7, "x", [])
    assert row == (7, "x", *[None] * (len(COLUMNS) - 2))
