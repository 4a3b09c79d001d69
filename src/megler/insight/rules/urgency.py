"""How urgent a thing that waits is, and why: points, each with its reason.

The agency's own working rule, not a carrier's: what cannot be made good again once it is late
(an offer that lapses, evidence that expires) stands before what merely goes slower.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from megler.accounts.rules.roles import Role
from megler.vocabulary.problems import Reason


class Kind(StrEnum):
    """What sort of thing waits."""

    ANSWER = "answer"
    EXPIRING = "expiring"
    REVIEW = "review"
    GOOD_ORDER = "good_order"
    FINISH = "finish"
    FOLLOW_UP = "follow_up"
    TASK = "task"
    STALE = "stale"
    REMIND = "remind"


class Band(StrEnum):
    """Where a thing stands in the day."""

    FIRST = "first"
    TODAY = "today"
    LATER = "later"


POINTS_OF_KIND: dict[Kind, int] = {
    Kind.ANSWER: 45,
    Kind.EXPIRING: 40,
    Kind.REVIEW: 35,
    Kind.GOOD_ORDER: 35,
    Kind.FINISH: 35,
    Kind.FOLLOW_UP: 30,
    Kind.TASK: 30,
    Kind.STALE: 20,
    Kind.REMIND: 20,
}
DAYS_ALLOWED: dict[Kind, int] = {
    Kind.ANSWER: 5,
    Kind.EXPIRING: 0,
    Kind.REVIEW: 1,
    Kind.GOOD_ORDER: 1,
    Kind.FINISH: 1,
    Kind.FOLLOW_UP: 0,
    Kind.TASK: 2,
    Kind.STALE: 14,
    Kind.REMIND: 7,
}
"""Days from `since` until a thing is due, where it has no day of its own."""

KINDS_OF_ROLE: dict[Role, frozenset[Kind]] = {
    Role.ADMINISTRATOR: frozenset(Kind),
    Role.CASE_MANAGER: frozenset(Kind) - {Kind.GOOD_ORDER},
    Role.NEW_BUSINESS: frozenset({Kind.GOOD_ORDER, Kind.FINISH, Kind.REMIND, Kind.TASK}),
    Role.UNDERWRITER: frozenset({Kind.REVIEW, Kind.EXPIRING, Kind.ANSWER, Kind.TASK}),
    Role.SERVICE: frozenset({Kind.STALE, Kind.REMIND, Kind.TASK}),
    Role.ACCOUNTING: frozenset({Kind.REMIND, Kind.TASK}),
}
"""What somebody of a role has as their own work; of every other role only its tasks."""


def kinds_of(role: str) -> frozenset[Kind]:
    """The kinds that are this role's own work.

    >>> sorted(kinds_of("licensing"))
    [<Kind.TASK: 'task'>]
    """
    return KINDS_OF_ROLE.get(Role(role), frozenset({Kind.TASK}))


POINTS_A_DAY_LATE = 3
POINTS_LATE_MAX = 60
POINTS_A_DAY_EARLY = -2
POINTS_EARLY_MIN = -30
POINTS_OURS = 15
POINTS_PRESSING = 20
POINTS_OF_AMOUNT = [(Decimal(5_000_000), 15), (Decimal(1_000_000), 10), (Decimal(250_000), 5)]
POINTS_OF_PREMIUM = [(Decimal(25_000), 12), (Decimal(10_000), 8), (Decimal(2_500), 4)]
POINTS_PREMIUM_LEAST = 1
POINTS_PROMISE_BROKEN = 15
POINTS_A_DAY_OVER = 3
POINTS_OVER_MAX = 30
POINTS_PROMISE_RISK = 10
FIRST_FROM = 80
TODAY_FROM = 45


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. `key` tells it from the others and settles ties.

    `due` is its own day, if it has one; `ours`: the agency's hand is the one that is missing;
    `pressing`: somebody marked it so; `amount` is the face amount, `premium` a year's, in dollars.
    `over_hours`: by how many hours a promise is broken; below 0 so many are left, and it is at risk.
    """

    kind: Kind
    key: str
    since: date
    due: date | None = None
    ours: bool = True
    pressing: bool = False
    amount: Decimal | None = None
    premium: Decimal | None = None
    over_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Urgency:
    """How urgent, and why. Each reason's `points` parameter says what it added."""

    points: int
    band: Band
    due: date
    days_late: int
    reasons: tuple[Reason, ...]


def due_on(waiting: Waiting) -> date:
    """The day by which it should be done: its own, or `since` and the days its kind is allowed."""
    return waiting.due or waiting.since + timedelta(days=DAYS_ALLOWED[waiting.kind])


def band_of(points: int) -> Band:
    """The part of the day for so many points.

    >>> band_of(80), band_of(79), band_of(10)
    (<Band.FIRST: 'first'>, <Band.TODAY: 'today'>, <Band.LATER: 'later'>)
    """
    if points >= FIRST_FROM:
        return Band.FIRST
    return Band.TODAY if points >= TODAY_FROM else Band.LATER


def points_of_days(days_late: int) -> int:
    """3 points for each day late, at most 60; 2 off for each day to go, at most 30.

    >>> points_of_days(4), points_of_days(90), points_of_days(-3), points_of_days(-90)
    (12, 60, -6, -30)
    """
    if days_late >= 0:
        return min(days_late * POINTS_A_DAY_LATE, POINTS_LATE_MAX)
    return max(-days_late * POINTS_A_DAY_EARLY, POINTS_EARLY_MIN)


def points_of_amount(amount: Decimal | None) -> int:
    """5 points from $250,000, 10 from a million, 15 from five.

    >>> points_of_amount(Decimal(1_000_000)), points_of_amount(None)
    (10, 0)
    """
    if amount is None:
        return 0
    return next((points for least, points in POINTS_OF_AMOUNT if amount >= least), 0)


def points_of_premium(premium: Decimal | None) -> int:
    """1 point for any premium a year, 4 from $2,500, 8 from $10,000, 12 from $25,000.

    >>> points_of_premium(Decimal(1_200)), points_of_premium(Decimal(10_000)), points_of_premium(None)
    (1, 8, 0)
    """
    if not premium:
        return 0
    found = (points for least, points in POINTS_OF_PREMIUM if premium >= least)
    return next(found, POINTS_PREMIUM_LEAST)


def points_of_promise(over_hours: int | None) -> int:
    """10 points at risk; 15 once broken and 3 more for each day over, at most 30 of these.

    >>> points_of_promise(None), points_of_promise(-2), points_of_promise(5 * 24)
    (0, 10, 30)
    """
    if over_hours is None:
        return 0
    if over_hours < 0:
        return POINTS_PROMISE_RISK
    return POINTS_PROMISE_BROKEN + min(over_hours // 24 * POINTS_A_DAY_OVER, POINTS_OVER_MAX)


def urgency(waiting: Waiting, today: date) -> Urgency:
    """The urgency of one thing on `today`.

    Points of its kind, of the days late or to go, 15 where we hold it, 20 where it was marked
    pressing, those of a promise broken or at risk, of the amount and of the premium. From 80 it
    comes first, from 45 it is for today.
    """
    due = due_on(waiting)
    days_late = (today - due).days
    parts = [
        (str(waiting.kind), POINTS_OF_KIND[waiting.kind], {}),
        _timing(days_late),
        ("ours", POINTS_OURS if waiting.ours else 0, {}),
        ("pressing", POINTS_PRESSING if waiting.pressing else 0, {}),
        _promise(waiting.over_hours),
        ("amount", points_of_amount(waiting.amount), {"amount": str(waiting.amount)}),
        ("premium", points_of_premium(waiting.premium), {"premium": str(waiting.premium)}),
    ]
    reasons = tuple(Reason(code, {**told, "points": str(n)}) for code, n, told in parts if n)
    points = sum(n for _, n, _ in parts)
    return Urgency(points, band_of(points), due, days_late, reasons)


def _timing(days_late: int) -> tuple[str, int, dict[str, str]]:
    code = "late" if days_late > 0 else "early"
    return code, points_of_days(days_late), {"days": str(abs(days_late))}


def _promise(over_hours: int | None) -> tuple[str, int, dict[str, str]]:
    code = "promise_at_risk" if over_hours is not None and over_hours < 0 else "promise_broken"
    return code, points_of_promise(over_hours), {"hours": str(abs(over_hours or 0))}


def most_urgent_first(waiting: Iterable[Waiting], today: date) -> list[tuple[Waiting, Urgency]]:
    """Everything that waits, most urgent first; of equals the longest waiting, then by key."""
    ranked = [(thing, urgency(thing, today)) for thing in waiting]
    return sorted(ranked, key=lambda pair: (-pair[1].points, pair[0].since, pair[0].key))
