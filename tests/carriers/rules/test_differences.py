"""Two guides side by side: what is new, gone or otherwise, as data."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.differences.asked import Area
from megler.carriers.rules.differences.chart import Run
from megler.carriers.rules.differences.difference import Difference, Kind, kind_of, paired
from megler.carriers.rules.differences.guides import differences
from megler.carriers.rules.guide import BuildRow, Guide, GuideClass, RequirementRow
from megler.carriers.rules.ratings import Combination, Method, OutcomeKind, Rated
from megler.carriers.rules.when.reading import read_when
from megler.vocabulary.codes import RequirementKind
from tests.carriers.manuals import guide_in, manual


@pytest.fixture(scope="module")
def old() -> Guide:
    return guide_in(manual())


def only(before: Guide, after: Guide) -> Difference:
    (found,) = differences(before, after)
    return found


def test_a_guide_does_not_differ_from_itself(old: Guide) -> None:
    assert differences(old, old) == []


def test_pages_rows_and_order_are_no_matter(old: Guide) -> None:
    moved = replace(
        old,
        ratings=tuple(replace(r, page="99", row=r.row + 5) for r in reversed(old.ratings)),
        criteria=tuple(replace(r, page="99") for r in reversed(old.criteria)),
    )
    assert differences(old, moved) == []


def test_a_limit_that_changed_is_one_difference(old: Guide) -> None:
    first = old.criteria[0]
    eased = replace(first, limit=first.limit + 5)
    found = only(old, replace(old, criteria=(eased, *old.criteria[1:])))
    assert (found.part, found.kind, found.before, found.after) == (
        "criteria",
        Kind.CHANGED,
        first,
        eased,
    )
    assert found.place == "Preferred"


def test_a_rating_of_the_same_condition_changed_its_outcome(old: Guide) -> None:
    row = old.ratings[1]
    worse = replace(row, best=Rated(OutcomeKind.TABLE, number=4))
    found = only(old, replace(old, ratings=(old.ratings[0], worse, *old.ratings[2:])))
    assert (found.part, found.place, found.kind) == ("ratings", "Diabetes type 2", Kind.CHANGED)
    assert (found.before, found.after) == (row, worse)


def test_a_rating_of_the_same_outcome_changed_its_condition(old: Guide) -> None:
    row = old.ratings[1]
    moved = replace(row, when=read_when("7.0 < a1c <= 8.5"))
    found = only(old, replace(old, ratings=(old.ratings[0], moved, *old.ratings[2:])))
    assert (found.before, found.after) == (row, moved)


def test_of_an_impairment_that_is_gone_or_new_only_that_is_told(old: Guide) -> None:
    kept = replace(
        old,
        impairments=tuple(i for i in old.impairments if i.code != "scuba"),
        ratings=tuple(r for r in old.ratings if r.impairment != "scuba"),
        questions=tuple(q for q in old.questions if q.impairment != "scuba"),
    )
    gone = only(old, kept)
    assert (gone.code, gone.place, gone.params) == (
        "impairment_removed",
        "Scuba diving",
        {"rows": "2"},
    )
    assert only(kept, old).code == "impairment_added"


def test_the_order_of_classes_and_how_ratings_combine_are_told(old: Guide) -> None:
    turned = replace(old, classes=(old.classes[1], old.classes[0], old.classes[2]))
    assert only(old, turned).code == "order_changed"
    worst = replace(old, combination=replace(old.combination, method=Method.WORST))
    assert only(old, worst).params == {"key": "method", "before": "add", "after": "worst"}
    assert differences(Guide(()), Guide((), combination=Combination(points_per_table=20))) != []


def chart(*weights: int) -> Guide:
    rows = (BuildRow(60 + n, None, "standard", None, w) for n, w in enumerate(weights))
    return Guide((GuideClass("standard", "Standard", "standard"),), build=tuple(rows))


def test_weights_are_summed_up_by_class() -> None:
    found = only(chart(150, 155, 160, 165), chart(153, 160, 164, 165))
    assert found.code == "weights_up"
    assert found.after == Run("weight_max_lb", True, 3, 5, 60, 62, None, None, None)


def test_heights_that_did_not_change_between_are_not_said_to() -> None:
    found = only(chart(150, 155, 160, 165), chart(153, 155, 164, 165))
    assert isinstance(found.after, Run)
    assert (found.after.least, found.after.most) == (0, 4)
    apart = differences(chart(*range(150, 160)), chart(151, *range(151, 159), 160))
    assert [
        (d.after.height_from, d.after.height_to) for d in apart if isinstance(d.after, Run)
    ] == [
        (60, 60),
        (69, 69),
    ]


def test_weights_that_rose_and_fell_are_two_differences() -> None:
    found = differences(chart(150, 155, 160), chart(152, 157, 159))
    assert [one.code for one in found] == ["weights_up", "weights_down"]


def test_a_chart_that_goes_further_is_told() -> None:
    assert only(chart(150, 155), chart(150, 155, 160)).code == "heights_changed"


ECG, MIB = RequirementKind.ECG, RequirementKind.MIB


def grid(*rows: tuple[int, int | None, int, int | None, tuple[RequirementKind, ...]]) -> Guide:
    made = (
        RequirementRow(a, b, Decimal(c), None if d is None else Decimal(d), kinds)
        for a, b, c, d, kinds in rows
    )
    return Guide((), requirements=tuple(made))


def test_what_is_asked_no_longer_is_told_with_its_ages_and_amounts() -> None:
    before = grid(
        (18, 40, 0, None, (MIB,)),
        (41, 60, 0, 500_000, (MIB,)),
        (41, 60, 500_001, None, (MIB, ECG)),
    )
    after = grid(
        (18, 50, 0, None, (MIB,)),
        (51, 60, 0, 500_000, (MIB,)),
        (51, 60, 500_001, None, (MIB, ECG)),
    )
    found = only(before, after)
    assert (found.code, found.before) == (
        "asked_removed",
        Area(41, 50, Decimal(500_001), None, ECG),
    )
    assert only(after, before).after == found.before


def test_bounds_cut_otherwise_are_no_difference() -> None:
    whole = grid((18, None, 0, None, (MIB,)))
    cut = grid((18, 40, 0, None, (MIB,)), (41, None, 0, 99, (MIB,)), (41, None, 100, None, (MIB,)))
    assert differences(whole, cut) == []


CELLS = st.lists(st.booleans(), min_size=9, max_size=9)


@given(CELLS, CELLS)
def test_the_areas_told_are_exactly_what_differs(one: list[bool], other: list[bool]) -> None:
    def guide_of(cells: list[bool]) -> Guide:
        return grid(
            *(
                (10 * a, 10 * a + 9, 100 * m, 100 * m + 99, (ECG,) if cells[3 * a + m] else ())
                for a in range(3)
                for m in range(3)
            )
        )

    told = set()
    for found in differences(guide_of(one), guide_of(other)):
        area = found.after or found.before
        assert isinstance(area, Area)
        for a in range(3):
            for m in range(3):
                aged = area.age_from <= 10 * a and (area.age_to or 99) >= 10 * a + 9
                large = area.amount_from <= 100 * m and (area.amount_to or 999) >= 100 * m + 99
                if aged and large:
                    assert (found.kind, a, m) not in told
                    told.add((found.kind, a, m))
    assert told == {
        (Kind.ADDED if other[n] else Kind.REMOVED, n // 3, n % 3)
        for n in range(9)
        if one[n] != other[n]
    }


def test_rows_go_together_by_the_first_key_that_agrees() -> None:
    before, after = ["a1", "b1", "c1"], ["b2", "a1", "d3"]
    pairs = paired(before, after, lambda t: t, lambda t: t[0])
    assert pairs == [("b1", "b2"), ("a1", "a1"), (None, "d3"), ("c1", None)]
    assert [kind_of(pair) for pair in pairs[1:]] == [Kind.CHANGED, Kind.ADDED, Kind.REMOVED]
    assert paired(["x"], ["y"], lambda _t: None) == [(None, "y"), ("x", None)]
