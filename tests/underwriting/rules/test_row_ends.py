"""A row's ends: the guide's best and worst, with what comes with them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.ratings import CountedFrom, FlatExtraRange, OutcomeKind, Rating
from megler.underwriting.rules.burdens import Burden
from megler.underwriting.rules.people import Day, Entry
from megler.underwriting.rules.row_ends import Ends, ends_of
from tests.underwriting.guides import ON
from tests.underwriting.rated_guides import rated_guide, rating

GUIDE = rated_guide().guide
assert GUIDE is not None
ENTRY = Entry(
    "asthma",
    since=Day(date(2025, 11, 1), date(2025, 11, 30)),
    until=Day(date(2026, 1, 10), date(2026, 1, 10)),
)


def row(best: str, worst: str = "", **more: Any) -> Rating:
    return rating("asthma", "base", "", best, worst, **more)


def ends(of: Rating, entry: Entry | None = ENTRY) -> Ends:
    assert GUIDE is not None
    return ends_of(of, GUIDE, entry, ON)


def test_both_ends_are_those_of_the_row() -> None:
    found = ends(row("preferred", "table_2"))
    assert (found.best, found.worst) == (Burden(cap=1), Burden(points=50))
    assert found.mild() is found.best
    assert found.harsh() is found.worst


def test_a_postponement_is_harsher_than_individual_consideration_wherever_it_stands() -> None:
    found = ends(row("postpone", "individual_consideration"))
    assert found.harsher.end is OutcomeKind.POSTPONE
    assert found.worst.end is OutcomeKind.INDIVIDUAL_CONSIDERATION


@pytest.mark.parametrize(
    ("counted_from", "entry", "until"),
    [
        (CountedFrom.SINCE, ENTRY, date(2026, 5, 30)),
        (CountedFrom.UNTIL, ENTRY, date(2026, 7, 10)),
        (CountedFrom.TODAY, ENTRY, date(2026, 9, 1)),
        (CountedFrom.SINCE, None, None),
    ],
)
def test_a_postponement_ends_so_long_after_the_day_it_counts_from(
    counted_from: CountedFrom, entry: Entry | None, until: date | None
) -> None:
    one = row("postpone", "decline", postpone_months=6, counted_from=counted_from)
    assert ends(one, entry).best.until == until
    assert ends(one, entry).worst.until is None


@pytest.mark.parametrize(
    ("answer", "until"),
    [
        ("2025-03-31", date(2027, 3, 31)),
        ("2025-03", date(2027, 3, 31)),
        ("last spring", None),
        (None, None),
    ],
)
def test_a_postponement_may_count_from_the_answer_to_a_question(
    answer: str | None, until: date | None
) -> None:
    one = row(
        "postpone",
        postpone_months=24,
        counted_from=CountedFrom.TODAY,
        counted_key="treated_on",
    )
    told = {} if answer is None else {"treated_on": answer}
    assert ends(one, replace(ENTRY, details=told)).best.until == until
    assert ends(one, None).best.until is None


def test_a_flat_extra_reaches_from_low_to_high_and_is_none_without_a_policy() -> None:
    one = row("standard", "decline", extra=("2.50", 3))
    assert [(e.per_1000, e.years) for e in ends(one).best.extras] == [(Decimal("2.50"), 3)]
    assert ends(one).worst.extras == ()
    wide = Rating(
        "asthma", one.verb, None, one.best, one.best, FlatExtraRange(Decimal(2), Decimal(5), None)
    )
    found = ends(wide)
    assert [found.best.extras[0].per_1000, found.worst.extras[0].per_1000] == [2, 5]


def test_a_flat_extra_of_nothing_is_none() -> None:
    some = Rating(
        "asthma",
        row("any").verb,
        None,
        row("any").best,
        row("any").best,
        FlatExtraRange(Decimal(0), Decimal("2.50"), None),
    )
    assert ends(some).best.extras == ()
    assert [extra.per_1000 for extra in ends(some).worst.extras] == [Decimal("2.50")]
