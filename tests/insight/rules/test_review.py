"""What a review of the book looks for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.products import Conversion
from megler.insight.rules.review import (
    AGE_WITHIN,
    Cover,
    at_age,
    born_of,
    conversion_ends_on,
    document_for,
    ends_soon,
    next_age,
    person_known,
)
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line, Mode

ON = date(2026, 6, 1)
COVER = Cover(
    line=Line.TERM_LIFE,
    face_amount=Decimal("500000.00"),
    term_years=20,
    premium=Decimal("50.00"),
    mode=Mode.MONTHLY,
    in_force_on=date(2006, 9, 1),
)


def test_a_year_costs_the_premium_by_its_mode() -> None:
    assert COVER.premium_annual == Decimal("600.00")
    assert Cover(Line.TERM_LIFE, None, premium=Decimal(5)).premium_annual is None


def test_a_term_ends_so_many_years_after_it_began() -> None:
    assert COVER.ends_on == date(2026, 9, 1)
    assert Cover(Line.WHOLE_LIFE, None, in_force_on=ON).ends_on is None


@given(st.dates(date(2000, 1, 1), ON), st.integers(1, 40))
def test_the_years_left_always_reach_the_end_and_one_less_does_not(begun: date, years: int) -> None:
    cover = Cover(Line.TERM_LIFE, None, years, in_force_on=begun)
    left, ends = cover.years_left(ON), cover.ends_on
    assert left is not None
    assert ends is not None
    if ends > ON:
        later = Cover(Line.TERM_LIFE, None, left, in_force_on=ON).ends_on
        sooner = Cover(Line.TERM_LIFE, None, left - 1, in_force_on=ON).ends_on
        assert sooner is not None
        assert later is not None
        assert sooner < ends <= later


@pytest.mark.parametrize(
    ("day", "soon"),
    [
        (ON, True),
        (ON + timedelta(180), True),
        (ON + timedelta(181), False),
        (ON - timedelta(1), False),
        (None, False),
    ],
)
def test_soon_is_today_to_180_days(day: date | None, soon: bool) -> None:
    assert ends_soon(day, ON) is soon


def test_ages_are_told_sixty_days_before() -> None:
    assert ends_soon(ON + AGE_WITHIN, ON, AGE_WITHIN)
    assert not ends_soon(ON + timedelta(61), ON, AGE_WITHIN)


@pytest.mark.parametrize(
    ("right", "born", "basis", "ends"),
    [
        (Conversion(years=10), None, AgeBasis.LAST, date(2016, 9, 1)),
        (Conversion(until_age=65), date(1960, 3, 1), AgeBasis.LAST, date(2025, 3, 1)),
        (Conversion(until_age=65), date(1960, 3, 1), AgeBasis.NEAREST, date(2024, 9, 1)),
        (Conversion(years=10, until_age=65), date(1945, 1, 1), AgeBasis.LAST, date(2010, 1, 1)),
        (Conversion(until_age=90), date(1960, 3, 1), AgeBasis.LAST, date(2026, 9, 1)),
        (Conversion(until_age=65), None, AgeBasis.LAST, date(2026, 9, 1)),
    ],
)
def test_a_right_to_convert_ends_with_whichever_comes_first(
    right: Conversion, born: date | None, basis: AgeBasis, ends: date
) -> None:
    assert conversion_ends_on(COVER, born, right, basis) == ends


def test_the_record_goes_before_the_facts_of_then() -> None:
    facts = {
        "born": "1979-02", "sex": "male", "age": 40, "jurisdiction": "TX", "zip": "75001",
        "height_in": 70, "wants": {"line": "term_life"},
    }  # fmt: skip
    record = {"born": "1979-02-11", "sex": "", "jurisdiction": "CA"}
    assert person_known(facts, record) == {
        "born": "1979-02-11", "sex": "male", "jurisdiction": "CA", "height_in": 70,
    }  # fmt: skip


def test_several_lives_are_left_alone() -> None:
    assert person_known({"people": [{"id": "a"}]}, {}) is None


def test_the_same_cover_is_asked_for_of_its_own_term_or_any() -> None:
    person = {"born": "1979-02-11"}
    wants = {"line": "term_life", "face_amount": "500000.00", "mode": "monthly"}
    assert document_for(person, COVER, any_term=True) == {**person, "wants": wants}
    own = document_for(person, COVER, any_term=False)
    assert own["wants"] == {**wants, "term_years": 20}
    assert at_age(own, 47) == {"age": 47, "wants": own["wants"]}


def test_ages_and_birth_dates() -> None:
    assert next_age(date(1979, 2, 11), ON, AgeBasis.LAST) == (47, date(2027, 2, 11))
    assert born_of({"born": "1979-02-11"}) == date(1979, 2, 11)
    assert born_of({"born": "1979-02"}) is None
