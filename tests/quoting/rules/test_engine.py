from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.engine import Priced, Risk, Unpriced, price
from megler.vocabulary.codes import Mode
from megler.vocabulary.money import to_cents
from tests.quoting.books import group_book, health_book, term_book, term_rate

BOOK = term_book()
(TERM,) = BOOK.edition.products
CLASSES = ("preferred_plus", "preferred", "standard", "standard_tobacco")
AMOUNTS = st.integers(100, 1000).map(lambda thousands: Decimal(1000 * thousands))


def risk(
    amount: Decimal = Decimal(500_000), code: str = "preferred", age: int = 47, **more: Any
) -> Risk:
    facts: dict[str, Any] = {"term_years": 20, "age": age, "class": code, "amount": amount}
    return Risk(facts, amount, **more)


def priced(asked: Risk) -> Priced:
    answer = price(BOOK, TERM, asked)
    assert isinstance(answer, Priced)
    return answer


def test_the_steps_are_run_in_their_order_and_told_for_redoing_by_hand() -> None:
    answer = priced(risk())
    assert answer.premium == {
        Mode.ANNUAL: Decimal("760.00"),
        Mode.SEMIANNUAL: Decimal("387.60"),
        Mode.QUARTERLY: Decimal("197.60"),
        Mode.MONTHLY: Decimal("66.50"),
    }
    once = [(t.step, t.do, t.figure, t.amount) for t in answer.steps if t.mode is Mode.ANNUAL]
    assert once == [
        ("base", "rate", "1.39", Decimal("695.00")),
        ("policy fee", "add", "65", Decimal("760.00")),
        ("cents", "round", "0.01", Decimal("760.00")),
        ("mode", "mode", "1", Decimal("760.00")),
        ("modal cents", "round", "0.01", Decimal("760.00")),
    ]


def test_a_table_rating_raises_the_base_but_not_the_fee() -> None:
    assert priced(risk(table=4)).premium[Mode.ANNUAL] == Decimal("1455.00")


def test_a_flat_extra_is_per_thousand_a_year() -> None:
    assert priced(risk(flat_extra=Decimal("2.50"))).premium[Mode.ANNUAL] == Decimal("2010.00")


@pytest.mark.parametrize(("amount", "band"), [(249_000, 0), (249_999, 0), (250_000, 1)])
def test_a_band_ends_on_its_last_dollar(amount: int, band: int) -> None:
    rate = Decimal(term_rate(20, 47, band, "preferred")) / 100
    assert priced(risk(Decimal(amount))).premium[Mode.ANNUAL] == to_cents(rate * amount / 1000 + 65)


def test_half_a_cent_rounds_as_the_edition_says() -> None:
    odd = Decimal("250000") + Decimal(1500)
    for how, cents in (("half_up", "414.64"), ("down", "414.63"), ("up", "414.64")):
        book = term_book({'how = "half_up"\n[[product.step]]\nname = "mode"': _rounding(how)})
        (product,) = book.edition.products
        asked = replace(risk(odd), facts={**risk(odd).facts, "class": "preferred"})
        answer = price(book, product, asked)
        assert isinstance(answer, Priced)
        exact = Decimal("1.39") * odd / 1000 + 65
        assert exact == Decimal("414.585")
        expected = {"half_up": "414.59", "down": "414.58", "up": "414.59"}[how]
        assert answer.premium[Mode.ANNUAL] == Decimal(expected), cents


def _rounding(how: str) -> str:
    return f'how = "{how}"\n[[product.step]]\nname = "mode"'


def test_a_fact_that_the_price_needs_is_asked_for() -> None:
    known = risk()
    answer = price(BOOK, TERM, replace(known, facts={**known.facts, "age": None, "class": None}))
    assert isinstance(answer, Unpriced)
    assert [r.params["fact"] for r in answer.reasons] == ["born", "wants.class"]
    no_amount = price(BOOK, TERM, replace(known, amount=None))
    assert isinstance(no_amount, Unpriced)
    assert no_amount.reasons[0].params == {"fact": "wants.face_amount"}


def test_a_cell_that_the_carrier_has_not_is_named() -> None:
    answer = price(BOOK, TERM, risk(age=50))
    assert isinstance(answer, Unpriced)
    (reason,) = answer.reasons
    assert reason.code == "no_rate"
    assert "age 50" in reason.params["at"]


def test_a_table_with_modes_is_run_once_a_mode() -> None:
    book = group_book()
    (product,) = book.edition.products
    answer = price(book, product, Risk({"age": 47}, Decimal(50_000)))
    assert isinstance(answer, Priced)
    assert answer.premium == {Mode.BIWEEKLY: Decimal("5.00"), Mode.MONTHLY: Decimal("11.00")}


def test_fractions_of_a_cent_left_by_the_edition_are_rounded_as_a_step_of_its_own() -> None:
    book = health_book()
    (product,) = book.edition.products
    answer = price(book, product, Risk({"age": 47, "zip": "75002", "county": None}))
    assert isinstance(answer, Priced)
    assert answer.premium == {Mode.MONTHLY: Decimal("466.46")}
    assert [(t.do, t.figure) for t in answer.steps] == [
        ("look_up", "2"),
        ("cell", "298.44"),
        ("multiply", "1.563"),
        ("round", "0.01"),
    ]


@given(AMOUNTS, AMOUNTS, st.sampled_from(CLASSES))
@settings(deadline=None)
def test_within_a_band_more_cover_never_costs_less(one: Decimal, other: Decimal, code: str) -> None:
    low, high = sorted([one, other])
    if (low < 250_000) == (high < 250_000):
        cheap, dear = priced(risk(low, code)).premium, priced(risk(high, code)).premium
        assert all(cheap[mode] <= dear[mode] for mode in cheap)


@given(AMOUNTS, st.integers(0, 16), st.sampled_from(CLASSES))
@settings(deadline=None)
def test_each_table_adds_the_same(amount: Decimal, table: int, code: str) -> None:
    none, some = (priced(risk(amount, code, table=t)).premium[Mode.ANNUAL] for t in (0, table))
    base = none - 65
    assert abs(some - none - base * table / 4) <= Decimal("0.05")


@given(AMOUNTS, st.integers(46, 49), st.sampled_from(CLASSES), st.integers(0, 16))
@settings(deadline=None)
def test_redoing_the_steps_by_hand_gives_every_premium(
    amount: Decimal, age: int, code: str, table: int
) -> None:
    answer = priced(risk(amount, code, age, table=table, flat_extra=Decimal("1.25")))
    before = [t for t in answer.steps if t.mode is Mode.ANNUAL]
    made = next(i for i, t in enumerate(before) if t.do == "mode")
    for mode, premium in answer.premium.items():
        own = before[:made] + [
            t for t in answer.steps[made:] if t.mode is mode and t.do in {"mode", "round"}
        ]
        running = Decimal(0)
        for taken in own:
            figure = Decimal(taken.figure)
            running = {
                "rate": amount * figure / 1000,
                "table_rating": running * figure,
                "flat_extra": running + figure,
                "add": running + figure,
                "round": to_cents(running),
                "mode": running * figure,
            }[taken.do]
            assert running == taken.amount
        assert running == premium
