"""The compiled market offers what the exact engine offers, to the cent and in the same order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megler.quoting.rules.books import Book
from megler.quoting.rules.market.compiling import compile_market
from megler.quoting.rules.market.lives import lives_of
from megler.quoting.rules.market.pricing import best_offers, offers_of_life
from megler.underwriting.rules.people import Day, Entry, Person
from megler.underwriting.rules.wishes import FlatExtra, RiderWish, Wants
from megler.vocabulary.codes import JURISDICTIONS, Line, Mode, Sex
from megler.vocabulary.money import Rounding
from tests.quoting.books import group_book, health_book, term_book
from tests.quoting.rules.market.offered import (
    ON,
    best,
    compiled,
    demo,
    demo_market,
    exact,
)
from tests.underwriting.guides import guide
from tests.underwriting.rules.test_compiled import PEOPLE, TOLD

GUIDES = {"fjordlife": [guide()]}
_AMOUNTS = st.sampled_from([5, 10, 25, 99, 100, 249, 250, 251, 500, 1000, 2500, 60_000]).map(
    lambda thousands: Decimal(thousands * 1000)
) | st.integers(1, 3_000_000).map(Decimal)


def wants() -> st.SearchStrategy[Wants]:
    return st.builds(
        Wants,
        line=st.none() | st.sampled_from(Line),
        face_amount=st.none() | _AMOUNTS,
        term_years=st.none() | st.sampled_from([10, 20, 30, 7]),
        mode=st.none() | st.sampled_from(Mode),
        class_code=st.none() | st.sampled_from(["preferred", "standard", "standard_tobacco", "x"]),
        plan=st.none() | st.just("ordinary-life"),
    )


def lived(person: Person, jurisdiction: str | None, code: str | None) -> Person:
    county = "Dallas" if code == "75001" else None
    return replace(person, jurisdiction=jurisdiction, zip=code, county=county)


_HOMES = (
    st.none() | st.sampled_from(list(JURISDICTIONS)) | st.just("TX"),
    st.none() | st.sampled_from(["75001", "75002", "75003", "00000", "75201"]),
)
PLACED = st.builds(lived, PEOPLE, *_HOMES)
PLACED_TOLD = st.builds(lived, TOLD, *_HOMES)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLACED, wants())
def test_the_demos_offers_are_the_exact_ones(person: Person, wish: Wants) -> None:
    market = demo_market()
    found = compiled(market, person, wish)
    assert found == exact(market, demo()[1], person, wish)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLACED_TOLD, wants())
def test_who_tells_more_than_figures_is_offered_the_same_or_left_to_the_exact_engine(
    person: Person, wish: Wants
) -> None:
    market = demo_market()
    found = compiled(market, person, wish)
    assert found is None or found == exact(market, demo()[1], person, wish)


@pytest.mark.parametrize("condition", ["asthma", "type 2 diabetes"])
def test_a_condition_is_left_to_the_exact_engine(condition: str) -> None:
    sick = replace(HEALTHY, conditions=(Entry(condition),))
    assert compiled(demo_market(), HEALTHY, Wants(face_amount=Decimal(500_000)))
    assert compiled(demo_market(), sick, Wants(face_amount=Decimal(500_000))) is None


def test_only_what_the_exact_engine_alone_can_do_is_left_out_of_the_demo() -> None:
    market = demo_market()
    assert len(market.plans) >= 60
    assert all(one.why for one in market.left_out)


SMALL = (term_book(), health_book(), group_book())
SMALL_MARKET = compile_market(SMALL, GUIDES, ON)


@settings(max_examples=50, deadline=None)
@given(PLACED.map(lambda one: replace(one, age=46 + (one.age or 0) % 5)), wants())
def test_the_fictional_books_offers_are_the_exact_ones(person: Person, wish: Wants) -> None:
    found = compiled(SMALL_MARKET, person, wish)
    assert found == exact(SMALL_MARKET, GUIDES, person, wish)


HEALTHY = Person(age=47, sex=Sex.FEMALE, jurisdiction="TX", nicotine=(), zip="75002")


@pytest.mark.parametrize("how", list(Rounding))
@pytest.mark.parametrize("to", ["0.01", "0.05", "1", "0.5", "5", "0.001"])
def test_every_rounding_is_the_exact_one(how: Rounding, to: str) -> None:
    old = 'to = "0.01"\nhow = "half_up"\n[[product.step]]\nname = "mode"'
    book = term_book({old: old.replace("0.01", to).replace("half_up", how.value)})
    market = compile_market([book], GUIDES, ON)
    modes, amounts = (Mode.MONTHLY, Mode.SEMIANNUAL), (100_000, 123_000, 249_000, 777_000)
    for mode, amount in product(modes, amounts):
        wish = Wants(face_amount=Decimal(amount), mode=mode)
        found = compiled(market, HEALTHY, wish)
        assert found
        assert found == exact(market, GUIDES, HEALTHY, wish)


@pytest.mark.parametrize("table", [None, 0, 1, 4, 16])
@pytest.mark.parametrize("extra", [None, "2.50", "7.77"])
def test_table_ratings_and_flat_extras_are_the_exact_ones(
    table: int | None, extra: str | None
) -> None:
    wish = Wants(
        line=Line.TERM_LIFE,
        face_amount=Decimal(300_000),
        mode=Mode.MONTHLY,
        class_code="standard",
        table=table,
        flat_extra=(extra and FlatExtra(Decimal(extra))) or None,
    )
    found = compiled(SMALL_MARKET, HEALTHY, wish)
    assert found
    assert found == exact(SMALL_MARKET, GUIDES, HEALTHY, wish)


@pytest.mark.parametrize(
    "wish",
    [
        {"face_amount": Decimal("100000.50")},
        {"face_amount": Decimal(5_000_000_000)},
        {"face_amount": Decimal(500_000), "riders": (RiderWish("waiver"),)},
        {"face_amount": Decimal(500_000), "table": 2},
        {"face_amount": Decimal(500_000), "flat_extra": FlatExtra(Decimal("0.125"))},
    ],
)
def test_what_cannot_be_compiled_is_left_to_the_exact_engine(wish: dict[str, Any]) -> None:
    assert compiled(SMALL_MARKET, HEALTHY, Wants(**wish)) is None
    lives = lives_of([(HEALTHY, Wants(**wish))], SMALL_MARKET, ON)
    assert not best_offers(SMALL_MARKET, lives).exact[0]


def test_an_amount_beyond_the_exact_figures_is_left_to_the_exact_engine() -> None:
    head = {'max = "1000000"': 'max = "2000000000"', '"500000" }]': '"2000000000" }]'}
    fine = {'amount = "65"': 'amount = "65.123456789"', '"0.0875"': '"0.087512345"'}
    market = compile_market([term_book(head | fine)], GUIDES, ON)
    small, large = (
        Wants(face_amount=Decimal(n), mode=Mode.MONTHLY) for n in (100_000, 1_999_999_000)
    )
    assert compiled(market, HEALTHY, small) == exact(market, GUIDES, HEALTHY, small)
    assert compiled(market, HEALTHY, large) is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(PLACED, wants()), min_size=1, max_size=6))
def test_bulk_finds_the_cheapest_of_what_one_life_is_offered(
    pairs: list[tuple[Person, Wants]],
) -> None:
    market = demo_market()
    for (person, wish), found in zip(pairs, best(market, pairs, 3), strict=True):
        alone = compiled(market, person, wish)
        if alone is None:
            assert found is None
        else:
            assert found == [(*row[:7], None, 0) for row in alone[:3]]


def test_best_offers_are_told_apart_by_term_and_by_threads_the_same() -> None:
    market = demo_market()
    pairs = [
        (replace(HEALTHY, age=20 + i % 60), Wants(face_amount=Decimal(100_000 + 1000 * i)))
        for i in range(9000)
    ]
    lives = lives_of(pairs, market, ON)
    alone, shared = (best_offers(market, lives, 2, threads=threads) for threads in (1, 2))
    assert (alone.plans == shared.plans).all()
    assert (alone.cents == shared.cents).all()
    for t, term in enumerate(alone.terms):
        numbers = alone.plans[:, t][alone.plans[:, t] >= 0]
        assert {market.plans[n].term_years for n in set(numbers.tolist())} <= {term}
    offers = offers_of_life(market, lives, 8999)
    assert offers is not None
    for t, term in enumerate(alone.terms):
        own = [n for n in offers.plans if market.plans[n].term_years == term][:2]
        assert [n for n in alone.plans[8999, t] if n >= 0] == own


def test_a_person_whose_age_is_open_is_offered_nothing() -> None:
    open_age = replace(HEALTHY, age=None, born=Day(date(1979, 2, 1), date(1979, 3, 31)))
    wish = Wants(face_amount=Decimal(500_000))
    assert compiled(SMALL_MARKET, open_age, wish) == exact(SMALL_MARKET, GUIDES, open_age, wish)


def test_currencies_stand_apart() -> None:
    other = term_book({'currency = "USD"': 'currency = "NOK"', '"fjordlife"': '"krone"'})
    book = Book(other.edition, other.tables)
    guides = {**GUIDES, "krone": [guide()]}
    market = compile_market([*SMALL, book], guides, ON)
    wish = Wants(line=Line.TERM_LIFE, face_amount=Decimal(300_000))
    found = compiled(market, HEALTHY, wish)
    assert found
    assert [row[0] for row in found] == ["krone"] * 2 + ["fjordlife"] * 2
    assert found == exact(market, guides, HEALTHY, wish)
