"""What is missing from whom, and by when it can be expected."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.requirements import SETTLED, State
from megler.cases.rules.words import Holder
from megler.portal.rules.plain import Needed, expected_on, plainly
from megler.vocabulary.codes import RequirementKind as Kind

TODAY = date(2026, 3, 2)
DAYS = st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))
NEEDED = st.builds(
    Needed,
    st.sampled_from(list(Kind)),
    st.sampled_from(list(State)),
    st.one_of(st.none(), st.sampled_from(list(Holder))),
    DAYS,
    st.one_of(st.none(), DAYS),
)
USUAL = st.dictionaries(st.sampled_from(list(Kind)), st.integers(1, 60))


def ordered(kind: Kind = Kind.APS, since: date = TODAY) -> Needed:
    return Needed(kind, State.ORDERED, Holder.VENDOR, since)


def test_an_appointment_goes_before_what_is_usual() -> None:
    made = Needed(Kind.ECG, State.SCHEDULED, Holder.VENDOR, TODAY, TODAY + timedelta(days=3))
    assert expected_on(made, 20) == TODAY + timedelta(days=3)
    assert expected_on(ordered(), 20) == TODAY + timedelta(days=20)


def test_no_day_is_told_where_none_was_measured_or_nothing_was_ordered() -> None:
    assert expected_on(ordered(), None) is None
    assert expected_on(Needed(Kind.APS, State.NEEDED, Holder.AGENCY, TODAY), 20) is None


def test_the_case_has_a_day_only_when_every_missing_thing_has_one() -> None:
    both = [ordered(), ordered(Kind.ECG)]
    assert plainly(both, {Kind.APS: 20, Kind.ECG: 5}, TODAY).expected_on == date(2026, 3, 22)
    assert plainly(both, {Kind.APS: 20}, TODAY).expected_on is None


def test_what_should_have_come_is_late_and_no_promise_lies_in_the_past() -> None:
    plain = plainly([ordered(since=TODAY - timedelta(days=30))], {Kind.APS: 20}, TODAY)
    assert (plain.late, plain.missing[0].late, plain.expected_on) == (1, True, None)


@given(st.lists(NEEDED, max_size=8), USUAL)
def test_everything_missing_is_told_once_and_nothing_else(
    needed: list[Needed], usual: dict[Kind, int]
) -> None:
    plain = plainly(needed, usual, TODAY)
    here = SETTLED | {State.RECEIVED, State.SENT_TO_CARRIER}
    missing = [one for one in needed if one.holder and one.state not in here]
    assert len(plain.missing) == len(missing)
    assert sum(len(plain.of(holder)) for holder in Holder) == len(missing)
    assert plain.expected_on is None or plain.expected_on >= TODAY
