"""Promises: by when each step of the work is done, from what the journal tells of a case.

A **clock** runs from the moment that starts a step until one that ends it: of a case, or of one of
its requirements. A promise is kept when the step ends before the clock's due time, counted in the
agency's office hours.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from megler.work.rules.hours import OfficeHours, after_business_time


class Step(StrEnum):
    """A step of the agency's work."""

    REVIEW = "review"
    SEND = "send"
    ORDER = "order"
    LOOK = "look"
    ANSWER = "answer"
    FORWARD = "forward"


class Unit(StrEnum):
    """In what a promise is given: hours or days in which the office is open."""

    HOURS = "hours"
    DAYS = "days"


class Standing(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    BROKEN = "broken"
    KEPT = "kept"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Watch:
    """The verbs that start a step, those that end it, and those after which nobody waits for it.

    `of_requirement`: each requirement has its own clock.
    """

    starts: frozenset[str]
    ends: frozenset[str]
    gives_up: frozenset[str] = frozenset()
    of_requirement: bool = False


_SETTLED = frozenset({"requirement.accepted", "requirement.waived", "requirement.cancelled"})
_OVER = frozenset({"case.closed", "case.in_force"})

WATCHES: dict[Step, Watch] = {
    Step.REVIEW: Watch(
        frozenset({"case.opened", "case.resubmitted"}),
        frozenset({"case.in_good_order", "case.returned"}),
        _OVER,
    ),
    Step.SEND: Watch(
        frozenset({"case.in_good_order"}),
        frozenset({"case.sent_to_carrier"}),
        _OVER | {"case.returned"},
    ),
    Step.ORDER: Watch(
        frozenset({"requirement.added", "requirement.rejected", "requirement.expired"}),
        frozenset({"requirement.ordered", "requirement.scheduled", "requirement.received"}),
        _OVER | _SETTLED,
        of_requirement=True,
    ),
    Step.LOOK: Watch(
        frozenset({"requirement.received"}),
        frozenset({"requirement.sent_to_carrier", "requirement.rejected", "requirement.accepted"}),
        _OVER | _SETTLED | {"requirement.expired"},
        of_requirement=True,
    ),
    Step.ANSWER: Watch(
        frozenset({"requirement.added"}),
        frozenset({"requirement.sent_to_carrier", "requirement.accepted"}),
        _OVER | _SETTLED,
        of_requirement=True,
    ),
    Step.FORWARD: Watch(
        frozenset({"case.issued"}),
        frozenset({"case.delivered", "case.policy_sent_on", "delivery.sent"}),
        _OVER,
    ),
}
"""What each step is measured by."""

USUAL: dict[Step, tuple[Decimal, Unit]] = {
    Step.REVIEW: (Decimal(4), Unit.HOURS),
    Step.SEND: (Decimal(4), Unit.HOURS),
    Step.ORDER: (Decimal(1), Unit.DAYS),
    Step.LOOK: (Decimal(1), Unit.DAYS),
    Step.ANSWER: (Decimal(2), Unit.DAYS),
    Step.FORWARD: (Decimal(1), Unit.DAYS),
}
"""Our own suggestion, until the agency says otherwise."""

VERBS = frozenset().union(*(w.starts | w.ends | w.gives_up for w in WATCHES.values()))
RISK_SHARE = Decimal("0.75")
"""A promise is at risk when so much of its time has passed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the journal tells: `requirement` is the one it names, `by` the kind of who did it."""

    verb: str
    requirement: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a moment means for clocks: started, ended and given up, of ("" for the case) whom."""

    started: tuple[tuple[Step, str], ...] = ()
    ended: tuple[tuple[Step, str], ...] = ()
    given_up: tuple[tuple[Step, str], ...] = ()


def turn(told: Told, ours_to_order: Collection[str] = ()) -> Turn:
    """Which clocks a moment starts and stops.

    `ours_to_order`: of the requirements that the moment made needed, those the agency orders. What a
    carrier's system adds is a question of the carrier's.

    >>> turn(Told("case.in_good_order")).started
    ((<Step.SEND: 'send'>, ''),)
    """
    started: list[tuple[Step, str]] = []
    ended: list[tuple[Step, str]] = []
    given_up: list[tuple[Step, str]] = []
    for step, watch in WATCHES.items():
        subject = told.requirement if watch.of_requirement else ""
        if told.verb in watch.ends and (subject or not watch.of_requirement):
            ended.append((step, subject))
        elif told.verb in watch.gives_up and (
            subject or told.verb in _OVER or not watch.of_requirement
        ):
            given_up.append((step, subject))
        if step is Step.ORDER and (told.verb in watch.starts or told.verb == "case.opened"):
            started += [(step, one) for one in ours_to_order]
        elif step is Step.ANSWER:
            started += (
                [(step, subject)] if told.verb in watch.starts and told.by == "carrier" else []
            )
        elif told.verb in watch.starts:
            started.append((step, subject))
    return Turn(tuple(started), tuple(ended), tuple(given_up))


def length_of(amount: Decimal, unit: Unit, hours: OfficeHours) -> timedelta:
    """Business time of a promise.

    >>> length_of(Decimal(1), Unit.DAYS, OfficeHours())
    datetime.timedelta(seconds=28800)
    """
    one = hours.day_length if unit is Unit.DAYS else timedelta(hours=1)
    return timedelta(seconds=round(float(amount) * one.total_seconds()))


def due_times(
    start: datetime, amount: Decimal, unit: Unit, hours: OfficeHours
) -> tuple[datetime | None, datetime | None]:
    """When a promise given at `start` is at risk, and when it is broken; None in an office never open."""
    whole = length_of(amount, unit, hours)
    risk = timedelta(seconds=round(whole.total_seconds() * float(RISK_SHARE)))
    return after_business_time(hours, start, risk), after_business_time(hours, start, whole)


def standing(
    risk_at: datetime | None,
    due_at: datetime | None,
    ended_at: datetime | None,
    *,
    given_up: bool,
    now: datetime,
) -> Standing:
    """How a clock stands at a moment."""
    if given_up:
        return Standing.GIVEN_UP
    until = ended_at or now
    if due_at is not None and until > due_at:
        return Standing.BROKEN
    if ended_at is not None:
        return Standing.KEPT
    return Standing.AT_RISK if risk_at is not None and now > risk_at else Standing.RUNNING


def median(counted: Mapping[Any, int]) -> Any:
    """The middle of values with how often each was counted; None of nothing.

    >>> median({10: 1, 20: 5, 900: 1})
    20
    """
    whole, passed = sum(counted.values()), 0
    for value in sorted(counted):
        passed += counted[value]
        if passed * 2 >= whole:
            return value
    return None
