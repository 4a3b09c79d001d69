"""Ratings of several impairments combine as the guide says: added, the worst, or referred."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.ratings import Combination, Method, OutcomeKind
from megler.underwriting.rules.burdens import (
    NOTHING,
    Burden,
    Extra,
    added,
    at_least,
    combined,
    mildest,
    place_from_last,
    seen,
    weight,
)
from tests.underwriting.rated_guides import assessed, having, rated_guide

TWO = [
    *having("asthma", details={"severity": "severe"}),
    *having("sleep apnea"),
    *having("diabetes type 2", details={"a1c": 8, "ulcer": False}, since="2020-01-01"),
]
"""Two of one group (table 4 and 2) and one of another (table 4)."""


@pytest.mark.parametrize(
    ("combination", "best"),
    [
        (Combination(), "table_10"),
        (Combination(within_group=Method.WORST), "table_8"),
        (Combination(method=Method.WORST), "table_4"),
        (Combination(method=Method.REFER, within_group=Method.WORST), "individual_consideration"),
        (Combination(tables_max=9), "decline"),
        (
            Combination(tables_max=9, beyond=OutcomeKind.INDIVIDUAL_CONSIDERATION),
            "individual_consideration",
        ),
    ],
)
def test_the_guide_says_how_ratings_combine(combination: Combination, best: str) -> None:
    assert assessed(rated_guide(combination), conditions=TWO).class_range[0] == best


def test_a_table_by_build_is_added_to_those_by_ratings() -> None:
    heavy = assessed(weight_lb=200, conditions=having("sleep apnea"))
    assert heavy.class_range == ("table_4", "table_4")


def test_points_that_make_no_whole_table_count_as_the_next() -> None:
    assert combined([("a", Burden(points=26))], Combination()).points == 50


def test_the_later_of_two_postponements_stands_and_none_without_both_days() -> None:
    early = Burden(end=OutcomeKind.POSTPONE, until=date(2026, 5, 1))
    late = Burden(end=OutcomeKind.POSTPONE, until=date(2027, 1, 1))
    assert added(early, late).until == date(2027, 1, 1)
    assert added(early, Burden(end=OutcomeKind.POSTPONE)).until is None


def test_a_limit_of_classes_counts_from_the_last_for_users_too() -> None:
    rules = rated_guide().guide
    assert rules is not None
    assert [place_from_last(rules, c.code) for c in rules.classes] == [2, 1, 0, 1, 0]


burdens = st.builds(
    Burden,
    points=st.integers(-100, 300),
    cap=st.none() | st.integers(0, 3),
    end=st.none() | st.sampled_from([OutcomeKind.POSTPONE, OutcomeKind.DECLINE]),
)


@given(burdens.map(lambda b: Burden(max(b.points, 0), b.cap, b.end)), burdens)
def test_more_of_the_same_kind_never_weighs_less(one: Burden, other: Burden) -> None:
    more = Burden(max(other.points, 0), other.cap, other.end)
    assert weight(added(one, more)) >= weight(one)
    assert added(one, NOTHING) == one


def test_of_postponements_the_earlier_is_the_milder_and_one_without_a_day_the_harshest() -> None:
    early = Burden(end=OutcomeKind.POSTPONE, until=date(2026, 5, 1))
    late = Burden(end=OutcomeKind.POSTPONE, until=date(2027, 1, 1))
    never = Burden(end=OutcomeKind.POSTPONE)
    considered = Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)
    declined = Burden(end=OutcomeKind.DECLINE)
    order = [considered, early, late, never, declined]
    assert sorted([late, declined, never, considered, early], key=weight) == order


def test_who_is_declined_is_not_postponed() -> None:
    early = Burden(end=OutcomeKind.POSTPONE, until=date(2026, 5, 1))
    declined = Burden(end=OutcomeKind.DECLINE)
    assert added(early, declined).until is None
    assert at_least(early, declined).until is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Burden(points=50, cap=0), Burden(points=50), True),
        (Burden(points=50, end=OutcomeKind.DECLINE), Burden(end=OutcomeKind.DECLINE), True),
        (Burden(cap=0), Burden(), False),
        (Burden(cap=0, as_user=True), Burden(cap=0), False),
    ],
)
def test_what_is_hidden_by_something_worse_is_not_seen(
    one: Burden, other: Burden, same: bool
) -> None:
    assert (seen(one) == seen(other)) is same


def test_the_mildest_is_what_each_is_at_least() -> None:
    burdens = [Burden(points=50, cap=1), Burden(points=25, end=OutcomeKind.DECLINE, cap=2)]
    assert mildest(burdens) == Burden(points=25, cap=2)
    assert mildest([*burdens, Burden(cap=None)]) == Burden()


EXTRAS = st.sampled_from([(), (Extra(Decimal(5), 3),), (Extra(Decimal("2.50"), None),)])
BURDENS = st.builds(
    Burden, points=st.sampled_from([0, 25, 50]), cap=st.sampled_from([None, 0, 2]), extras=EXTRAS
)


@given(st.lists(st.tuples(st.sampled_from("ab"), BURDENS), max_size=4), st.sampled_from(Method))
def test_the_order_of_impairments_decides_nothing(
    parts: list[tuple[str, Burden]], method: Method
) -> None:
    one = combined(parts, Combination(method=method))
    other = combined(parts[::-1], Combination(method=method))
    assert (one.points, one.cap, one.end) == (other.points, other.cap, other.end)
    assert sorted(map(str, one.extras)) == sorted(map(str, other.extras))


def test_where_the_worst_stands_its_flat_extra_does_though_another_limits_the_class() -> None:
    drink = Burden(points=50, extras=(Extra(Decimal(5), 3),))
    parts = [("a", Burden(cap=0)), ("b", Burden(points=50)), ("c", drink)]
    assert combined(parts, Combination(method=Method.WORST)).extras == drink.extras


def test_middles_add_up_before_the_sum_is_rounded_to_a_table() -> None:
    halves = [Fraction(275, 2), Fraction(-25), Fraction(75, 2), Fraction(50)]
    parts = [(str(at), Burden(points=points)) for at, points in enumerate(halves)]
    assert combined(parts, Combination()).points == 200
    assert combined([*parts, ("more", Burden(points=Fraction(1, 2)))], Combination()).points == 225
