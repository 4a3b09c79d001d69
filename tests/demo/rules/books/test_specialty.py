"""Special events and contractors' equipment."""

from itertools import pairwise

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.steps import LimitStep
from megler.demo.rules.books.specialty import (
    ATTENDANCE,
    DEDUCTIBLES,
    EVENTS,
    SpecialtyBook,
    specialty_edition,
)
from megler.demo.rules.roster.field import SWITCHGRASS

BOOK = next(book for book in SWITCHGRASS.others if isinstance(book, SpecialtyBook))


def test_more_guests_a_higher_limit_and_a_lower_deductible_cost_more() -> None:
    factors = [float(factor) for _, _, factor in ATTENDANCE]
    assert factors == sorted(factors)
    for figures in EVENTS.values():
        assert [float(f) for f in figures] == sorted(float(f) for f in figures)
    assert all(float(a) > float(b) for a, b in pairwise(DEDUCTIBLES.values()))


def test_the_edition_passes_and_no_premium_is_below_its_minimum() -> None:
    edition, tables, problems = check_edition(
        specialty_edition(SWITCHGRASS.house, BOOK, BOOK.editions[0])
    )
    assert problems == []
    assert edition is not None
    least = [s.amount for p in edition.products for s in p.steps if isinstance(s, LimitStep)]
    assert least == [150, 500]
    assert tables["events"].cell({"event": "wedding", "amount": 2_000_000}) == 129
    assert {ask.name for product in edition.products for ask in product.asks} == {
        "event", "attendance", "days", "alcohol", "equipment", "deductible",
    }  # fmt: skip
