"""What a vendor of the demo will say of an order, decided by its habits and its seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from megler.exchange.txlife.orders import Said, Whom

STATUS_CODES = {
    "event acc": "accepted",
    "event sch": "scheduled",
    "event mis": "missed",
    "event wrk": "working",
    "event fee": "fee_asked",
    "event par": "partial",
    "event res": "result",
    "event fai": "failed",
    "event can": "cancelled",
    "answer success": "accepted",
    "answer failure": "refused",
}
"""The table of their codes, as an agency enters it with the vendor."""
STRANGER = Whom(first_name="Odd", last_name="Nesheim", born="1951-03-04")
"""Whose results come by mistake."""
_VISITS = frozenset({"paramedical_exam", "md_exam", "treadmill", "telephone_interview"})
_SAMPLES = frozenset({"blood_profile", "urine"})


@dataclass(frozen=True, slots=True)
class Habits:
    """How a vendor behaves; shares from 0 to 1. The first `errors` requests are answered 503.

    `late`: days that every word comes later by the vendor's own clock. `doubles`: share of messages
    that come twice; `shuffles`: all that waits comes in any order. `partial`: samples come in two
    parts. `silent`: share of orders never answered; `fails`: of requirements that are not to be had;
    `wrong_person`: of results that come once under another person's name first; `garbage`: of
    messages before which something unreadable comes; `busy`: of orders that a vendor of the running
    demo does not take at the first try. `fee`: what an attending physician asks.
    """

    seed: int = 1
    errors: int = 0
    late: int = 0
    doubles: float = 0
    shuffles: bool = False
    partial: bool = True
    silent: float = 0
    misses: float = 0
    fails: float = 0
    wrong_person: float = 0
    garbage: float = 0
    busy: float = 0
    fee: str = ""


@dataclass(frozen=True)
class Seen:
    """An order as the vendor read it."""

    guid: str
    number: str
    person: Whom
    wanted: tuple[Said, ...]
    at: datetime


@dataclass(frozen=True)
class Saying:
    """One thing that the vendor will say: of which requirement, when, and with which pages."""

    at: datetime
    unique_id: str
    code: str
    detail: str = ""
    person: Whom = field(default_factory=Whom)
    pages: Sequence[str] = field(default_factory=tuple)


def script(order: Seen, habits: Habits, day: timedelta = timedelta(days=1)) -> list[Saying]:
    """Everything that will be said of an order, by the vendor's clock, whose days are `day` long."""
    dice = random.Random(f"{habits.seed} {order.number}")  # noqa: S311 - a play, not a secret
    if dice.random() < habits.silent:
        return []
    start = order.at + day * habits.late
    found: list[Saying] = []
    for one in order.wanted:
        found += _of_one(order, one, _Clock(start, day), habits, dice)
    return sorted(found, key=lambda saying: (saying.at, saying.unique_id))


@dataclass(frozen=True, slots=True)
class _Clock:
    """When a vendor began, and how long its days are."""

    start: datetime
    day: timedelta

    def after(self, days: float) -> datetime:
        return self.start + self.day * days


def _of_one(
    order: Seen, one: Said, clock: _Clock, habits: Habits, dice: random.Random
) -> Iterator[Saying]:
    start = clock.start
    kind, name = one.code.word or one.code.text, one.unique_id
    person = order.person

    def say(days: float, code: str, detail: str = "", pages: Sequence[str] = ()) -> Saying:
        return Saying(clock.after(days), name, code, detail, person, pages)

    yield say(0.3, "ACC", "Order taken")
    if dice.random() < habits.fails:
        yield say(6, "FAI", "Not to be had")
        return
    if kind == "aps":
        yield say(2, "WRK", "Records requested by fax")
        if habits.fee:
            yield say(4, "FEE", f"The facility asks {habits.fee}")
        done = 14.0
    elif kind in _VISITS:
        yield from _visit(say, start, habits, dice)
        done = 4.0
    else:
        yield say(3, "WRK", "At the laboratory")
        done = 6.0
    if kind in _SAMPLES and habits.partial:
        yield say(done - 1, "PAR", "First values", _pages(kind, person, start, part=True))
    pages = _pages(kind, person, start)
    if dice.random() < habits.wrong_person:
        at = clock.after(done - 0.5)
        yield Saying(at, name, "RES", "Results", STRANGER, _pages(kind, STRANGER, start))
    yield say(done, "RES", "Results", pages)


def _visit(say, start: datetime, habits: Habits, dice: random.Random) -> Iterator[Saying]:  # type: ignore[no-untyped-def]
    def booked(days: int) -> str:
        return f"Appointment {start + timedelta(days=days):%m/%d/%Y} at 9:30 AM"

    yield say(1, "SCH", booked(2))
    if dice.random() < habits.misses:
        yield say(2.5, "MIS", "Nobody at home")
        yield say(2.7, "SCH", booked(3))


def _pages(kind: str, person: Whom, start: datetime, *, part: bool = False) -> tuple[str, ...]:
    """The lines of the result's page."""
    head = f"{person.first_name} {person.last_name}   DOB {person.born}"
    day = f"{start:%m/%d/%Y}"
    if kind == "aps":
        visits = []
        for years, pressure, a1c, weight in (
            (3, "142/90", "7.4", 214),
            (2, "136/86", "7.0", 208),
            (1, "130/82", "6.6", 201),
        ):
            on = f"{start - timedelta(days=365 * years):%m/%d/%Y}"
            visits += [
                f"Office visit {on}",
                f"BP {pressure} mmHg  Pulse 74  Weight {weight} lb",
                f"Assessment: type 2 diabetes mellitus (E11.9), hypertension. HbA1c {a1c} %",
                "Plan: metformin 500 mg twice daily, lisinopril 10 mg",
            ]
        return ("Medical records", head, *visits)
    values = ["Glucose 96 mg/dL", "Total cholesterol 188 mg/dL  HDL 52", "HbA1c 5.4 %"]
    if part:
        return (f"{kind}, preliminary", head, f"Collected {day}", values[0])
    return (kind, head, f"Collected {day}", *values)
