"""Days by who had a case."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.spells import Held, shares
from megler.cases.rules.words import Holder
from megler.work.rules.hours import OfficeHours

MONDAY = datetime(2026, 2, 2, 15, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from(Holder), st.integers(0, 400)), min_size=1, max_size=12))
def test_the_shares_of_a_case_are_its_whole_time(turns: list[tuple[Holder, int]]) -> None:
    spells, at = [], MONDAY
    for holder, hours in turns:
        spells.append(Held(holder, at, at + timedelta(hours=hours)))
        at += timedelta(hours=hours)
    found = shares(spells, OfficeHours(), at)
    assert sum((share.calendar for share in found), timedelta()) == at - MONDAY
    assert all(timedelta() <= share.business <= share.calendar for share in found)
    assert {share.holder for share in found} == {holder for holder, _hours in turns}


def test_a_spell_that_lasts_counts_until_now() -> None:
    found = shares([Held(Holder.CARRIER, MONDAY)], OfficeHours(), MONDAY + timedelta(days=7))
    assert [(s.holder, s.calendar.days, s.business) for s in found] == [
        (Holder.CARRIER, 7, timedelta(hours=40))
    ]
