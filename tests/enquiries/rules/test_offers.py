"""Offers side by side."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from megler.enquiries.rules.answers import Outcome
from megler.enquiries.rules.offers import Offered, best_of, side_by_side

ON = date(2026, 3, 2)


def offer(key: str, premium: str | None = None, **more: object) -> Offered:
    return Offered(key, Outcome.OFFER, Decimal(premium) if premium else None, **more)  # type: ignore[arg-type]


def test_the_cheapest_is_best_and_says_what_it_saves() -> None:
    found = best_of([offer("a", "900.00"), offer("b", "720.50"), offer("c", "800")], ON)
    assert found is not None
    key, reasons = found
    assert key == "b"
    assert [r.code for r in reasons] == ["lowest_premium", "saves_a_year"]
    assert reasons[1].params == {"amount": "79.50"}


def test_without_prices_the_better_rating_is_best() -> None:
    found = best_of([offer("a", table=4), offer("b", table=2, has_conditions=True)], ON)
    assert found is not None
    assert found[0] == "b"
    assert [r.code for r in found[1]] == ["best_rating", "has_conditions"]


def test_an_offer_that_ran_out_is_never_best_and_nothing_is_when_all_refuse() -> None:
    over = offer("a", "100", valid_until=date(2026, 3, 1))
    found = best_of([over, offer("b", "500")], ON)
    assert found is not None
    assert (found[0], found[1][0].code) == ("b", "only_offer")
    assert best_of([over, Offered("c", Outcome.DECLINE)], ON) is None


_ONE = st.builds(
    Offered,
    key=st.sampled_from("abcdef"),
    outcome=st.sampled_from(Outcome),
    premium=st.none() | st.decimals(1, 9999, places=2),
    table=st.none() | st.integers(1, 16),
    valid_until=st.none() | st.dates(date(2026, 2, 25), date(2026, 3, 8)),
)


@given(st.lists(_ONE, max_size=5, unique_by=lambda one: one.key), st.randoms())
def test_the_best_can_be_taken_and_costs_no_more_whatever_the_order(
    offers: list[Offered], dice: object
) -> None:
    found = best_of(offers, ON)
    shuffled = list(offers)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert side_by_side(shuffled, ON) == side_by_side(offers, ON)
    standing = {one.key: one for one in offers if one.stands(ON)}
    assert (found is None) == (not standing)
    if found:
        premium = standing[found[0]].premium
        others = [one.premium for one in standing.values() if one.premium is not None]
        assert not others or (premium is not None and premium == min(others))
