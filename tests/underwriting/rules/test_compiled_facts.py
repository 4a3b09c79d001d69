"""Facts as whole numbers on a grid."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.compiled_facts import (
    BIG,
    UNKNOWN,
    class_facts,
    months_since,
    nicotine_months,
)
from megler.underwriting.rules.nicotine import nicotine_free
from megler.underwriting.rules.people import BloodPressure, Cholesterol, Day, NicotineUse, Person
from megler.underwriting.rules.verdicts import State
from megler.vocabulary.ages import add_months
from tests.underwriting.guides import ON


def test_what_is_not_known_is_below_every_limit() -> None:
    assert class_facts(Person(), ON) == (*[-1] * 8, BIG, UNKNOWN, -1, -1, -1)


def test_a_figure_between_two_parts_is_up_for_a_maximum_and_down_for_a_minimum() -> None:
    person = Person(
        height_in=Decimal("64.5"),
        weight_lb=Decimal("149.49"),
        blood_pressure=BloodPressure(121, 79, treated=False),
        cholesterol=Cholesterol(Decimal("190.001"), Decimal("4.00001")),
    )
    facts = class_facts(person, ON)
    assert (facts.height, facts.weight, facts.systolic, facts.diastolic) == (65, 149, 121, 79)
    assert (facts.ratio_up, facts.total_up, facts.total_down) == (4001, 19001, 19000)
    assert (facts.bmi_tenths, facts.pressure_treated, facts.cholesterol_treated) == (253, 0, -1)


@given(st.dates(date(2000, 1, 1), ON))
def test_as_many_months_are_over_as_can_be_added(day: date) -> None:
    months = months_since(day, ON)
    assert add_months(day, months) <= ON < add_months(day, months + 1)


def test_a_day_to_come_has_no_months() -> None:
    assert months_since(ON + timedelta(days=1), ON) == UNKNOWN


@pytest.mark.parametrize("incomplete", [frozenset[str](), frozenset({"nicotine"})])
@given(
    st.lists(st.none() | st.tuples(st.dates(date(2018, 1, 1), ON), st.integers(0, 60)), max_size=3),
    st.integers(0, 100),
)
def test_both_counts_of_months_say_what_the_guide_would_hear(
    incomplete: frozenset[str], uses: list[tuple[date, int] | None], months: int
) -> None:
    days = [None if use is None else Day(use[0], use[0] + timedelta(days=use[1])) for use in uses]
    person = Person(
        nicotine=tuple(NicotineUse(last_used=day) for day in days), incomplete=incomplete
    )
    free, sure = nicotine_months(person, ON)
    state = nicotine_free(person, months, ON)
    assert (state is State.FAILED) == (months > free)
    if months <= free:
        assert (state is State.MET) == (months <= sure)
