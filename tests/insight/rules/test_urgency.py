"""What stands first, and why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.accounts.rules.roles import STAFF
from megler.insight.rules.urgency import (
    Band,
    Kind,
    Waiting,
    band_of,
    due_on,
    kinds_of,
    most_urgent_first,
    urgency,
)

TODAY = date(2026, 11, 23)
days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
things = st.builds(
    Waiting,
    kind=st.sampled_from(Kind),
    key=st.text("abc", min_size=1, max_size=3),
    since=days,
    due=st.none() | days,
    ours=st.booleans(),
    pressing=st.booleans(),
    amount=st.none() | st.decimals(0, 20_000_000, places=2),
)


@pytest.mark.parametrize(
    ("waiting", "points", "band", "codes"),
    [
        (Waiting(Kind.REVIEW, "a", TODAY - timedelta(days=1)), 50, Band.TODAY, ["review", "ours"]),
        (
            Waiting(Kind.REVIEW, "a", TODAY - timedelta(days=11), amount=Decimal(1_000_000)),
            90,
            Band.FIRST,
            ["review", "late", "ours", "amount"],
        ),
        (
            Waiting(Kind.STALE, "a", TODAY - timedelta(days=15), ours=False),
            23,
            Band.LATER,
            ["stale", "late"],
        ),
        (
            Waiting(Kind.TASK, "a", TODAY, due=TODAY + timedelta(days=4), pressing=True),
            57,
            Band.TODAY,
            ["task", "early", "ours", "pressing"],
        ),
        (
            Waiting(Kind.EXPIRING, "a", TODAY, due=TODAY + timedelta(days=300)),
            25,
            Band.LATER,
            ["expiring", "early", "ours"],
        ),
    ],
)
def test_points_and_their_reasons(
    waiting: Waiting, points: int, band: Band, codes: list[str]
) -> None:
    found = urgency(waiting, TODAY)
    assert (found.points, found.band, [r.code for r in found.reasons]) == (points, band, codes)


def test_its_own_day_stands_before_the_days_its_kind_is_allowed() -> None:
    since = date(2026, 11, 1)
    assert due_on(Waiting(Kind.STALE, "a", since)) == date(2026, 11, 15)
    assert due_on(Waiting(Kind.STALE, "a", since, due=since)) == since


def test_an_offer_to_answer_stands_before_an_old_status_of_the_same_day() -> None:
    offer = Waiting(Kind.ANSWER, "offer", TODAY)
    status = Waiting(Kind.STALE, "status", TODAY)
    assert [w.key for w, _ in most_urgent_first([status, offer], TODAY)] == ["offer", "status"]


@given(things)
def test_reasons_add_up_to_the_points(waiting: Waiting) -> None:
    found = urgency(waiting, TODAY)
    assert sum(int(reason.params["points"]) for reason in found.reasons) == found.points
    assert found.band is band_of(found.points)


@given(things, st.integers(1, 60))
def test_waiting_longer_never_makes_it_less_urgent(waiting: Waiting, more: int) -> None:
    later = TODAY + timedelta(days=more)
    assert urgency(waiting, later).points >= urgency(waiting, TODAY).points


@given(st.lists(things, max_size=12, unique_by=lambda w: w.key), st.randoms())
def test_the_order_does_not_depend_on_how_things_came(
    waiting: list[Waiting], chance: object
) -> None:
    shuffled = list(waiting)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    ranked = most_urgent_first(waiting, TODAY)
    assert ranked == most_urgent_first(shuffled, TODAY)
    points = [u.points for _, u in ranked]
    assert points == sorted(points, reverse=True)


@given(things)
def test_what_we_hold_is_more_urgent_than_the_same_in_other_hands(waiting: Waiting) -> None:
    kind, key, since, due = waiting.kind, waiting.key, waiting.since, waiting.due
    ours = urgency(Waiting(kind, key, since, due, ours=True), TODAY)
    theirs = urgency(Waiting(kind, key, since, due, ours=False), TODAY)
    assert ours.points > theirs.points


def test_every_kind_is_the_work_of_somebody_besides_the_administrator() -> None:
    others = STAFF - {"administrator"}
    assert frozenset[Kind]().union(*(kinds_of(role) for role in others)) == set(Kind)


def test_everybody_has_tasks_as_their_own_work() -> None:
    assert all(Kind.TASK in kinds_of(role) for role in STAFF)
