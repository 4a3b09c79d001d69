"""What follows from a carrier's word: forward by the rules of cases, and any order ends alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.status import CaseFacts, move
from megler.cases.rules.words import Decision, Status
from megler.feeds.rules.feeding import CaseNow, Heard, compare, steps_to
from megler.feeds.rules.records import Keys, Record
from megler.feeds.rules.words import USUAL_WAYS, Meaning, Told, Way

AT = datetime(2026, 3, 1, tzinfo=UTC)


def record(meaning: Meaning, **given: object) -> Record:
    told = {"keys": Keys(policy="N1"), "policy_number": "N1", **given}
    return Record(1, status=meaning.value, meaning=meaning, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "meaning", "acts"),
    [
        (Status.SENT_TO_CARRIER, Meaning.RECEIVED, ["record_received"]),
        (Status.SENT_TO_CARRIER, Meaning.IN_UNDERWRITING, ["record_in_underwriting"]),
        (Status.RECEIVED_BY_CARRIER, Meaning.DECLINED, ["record_decision"]),
        (Status.IN_UNDERWRITING, Meaning.ISSUED, ["record_decision", "record_issue"]),
    ],
)
def test_a_leap_is_the_acts_on_the_way(status: Status, meaning: Meaning, acts: list[str]) -> None:
    steps, why = steps_to(CaseFacts(status), meaning, record(meaning))
    assert ([step.act.value for step in steps], why) == (acts, None)


@pytest.mark.parametrize(
    ("status", "meaning", "code"),
    [
        (Status.AGENCY_REVIEW, Meaning.APPROVED, "feed_case_with_us"),
        (Status.ISSUED, Meaning.IN_UNDERWRITING, "feed_backwards"),
        (Status.IN_UNDERWRITING, Meaning.WITHDRAWN, "feed_closes"),
        (Status.CLOSED, Meaning.APPROVED, "feed_case_closed"),
    ],
)
def test_what_cannot_be_done_says_why(status: Status, meaning: Meaning, code: str) -> None:
    _steps, why = steps_to(CaseFacts(status, policy_number="N1"), meaning, record(meaning))
    assert why is not None
    assert why.code == code


def test_as_far_as_it_goes_is_done_and_the_rest_is_proposed() -> None:
    now = CaseNow(CaseFacts(Status.IN_UNDERWRITING))
    found = compare(now, record(Meaning.IN_FORCE), {}, USUAL_WAYS, AT).differences
    told = [(d.told, d.after, d.way) for d in found if d.told is Told.STATUS]
    assert told == [(Told.STATUS, "issued", Way.OVERWRITE), (Told.STATUS, "in_force", Way.PROPOSE)]


def test_what_was_refused_stays_refused_until_something_else_is_said() -> None:
    now = CaseNow(CaseFacts(Status.IN_UNDERWRITING))
    first = compare(now, record(Meaning.DECLINED), {}, USUAL_WAYS, AT)
    again = compare(now, record(Meaning.DECLINED), first.heard, USUAL_WAYS, AT + timedelta(1))
    assert again.differences == ()


def test_what_is_to_be_left_alone_is() -> None:
    now = CaseNow(CaseFacts(Status.IN_UNDERWRITING))
    ways: dict[str, str] = dict.fromkeys(Told, Way.LEAVE)
    assert compare(now, record(Meaning.DECLINED), {}, ways, AT).differences == ()


SAID = st.sampled_from(
    [
        Meaning.RECEIVED, Meaning.IN_UNDERWRITING, Meaning.APPROVED, Meaning.DECLINED,
        Meaning.POSTPONED, Meaning.COUNTER_OFFER, Meaning.ISSUED,
    ]
)  # fmt: skip


def after(files: Sequence[tuple[int, Meaning]]) -> tuple[CaseFacts, dict[str, str]]:
    """A case after files of days, in this order, and what was last heard."""
    facts, heard = CaseFacts(Status.SENT_TO_CARRIER), dict[str, Heard]()
    for day, meaning in files:
        at = AT + timedelta(days=day)
        found = compare(CaseNow(facts), record(meaning), heard, USUAL_WAYS, at)
        heard = dict(found.heard)
        for difference in found.differences:
            if difference.way is Way.OVERWRITE:
                for step in difference.steps:
                    facts, problems = move(facts, step.act, step.said)
                    assert problems == []
                if difference.told is Told.POLICY_NUMBER:
                    facts = replace(facts, policy_number=difference.after)
    return facts, {name: one.value for name, one in heard.items()}


@given(st.lists(SAID, min_size=1, max_size=6), st.randoms())
def test_files_doubled_and_shuffled_end_as_in_order(said: list[Meaning], rnd: object) -> None:
    files = list(enumerate(said))
    shuffled = files * 2
    rnd.shuffle(shuffled)  # type: ignore[attr-defined]
    in_order, in_disorder = after(files), after(shuffled)
    if not _issued_then_refused(said):
        assert in_disorder == in_order
    assert in_disorder[1][Told.STATUS] == in_order[1][Told.STATUS]


def _issued_then_refused(said: list[Meaning]) -> bool:
    """What is refused after it was further along is contradictory: in either order somebody is asked."""
    refused = [i for i, m in enumerate(said) if m in {Meaning.DECLINED, Meaning.POSTPONED}]
    return any(Meaning.ISSUED in said[:i] for i in refused)


def test_of_two_decisions_the_later_stands() -> None:
    facts, _heard = after([(2, Meaning.APPROVED), (1, Meaning.DECLINED)])
    assert facts.decision is Decision.APPROVED
