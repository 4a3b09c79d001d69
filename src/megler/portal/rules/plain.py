"""A case in plain words for its agent: what is missing from whom, and when it can be expected.

The days are those measured here, from order to arrival; a day is told only where it follows from
them or from an appointment, never as a promise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from megler.cases.rules.requirements import SETTLED, State
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind


@dataclass(frozen=True, slots=True)
class Needed:
    """A requirement of the case. `since`: when it came to its state; days are the agency's."""

    kind: RequirementKind
    state: State
    holder: Holder | None
    since: date
    scheduled_for: date | None = None
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. `expected_on` may have passed: then it is `late`."""

    kind: RequirementKind
    holder: Holder
    state: State
    since: date
    expected_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """What is missing, by who has it, and the day on which the last of it can be expected."""

    missing: tuple[Missing, ...] = ()
    expected_on: date | None = None
    late: int = 0

    def of(self, holder: Holder) -> tuple[Missing, ...]:
        """What is missing from one of them."""
        return tuple(one for one in self.missing if one.holder is holder)


_UNDER_WAY = frozenset({State.ORDERED, State.SCHEDULED})
_HERE = frozenset({State.RECEIVED, State.SENT_TO_CARRIER})


def expected_on(needed: Needed, usual_days: int | None) -> date | None:
    """When it can be expected: the appointment, else the order and the days it usually takes.

    >>> ordered = Needed(RequirementKind.APS, State.ORDERED, Holder.VENDOR, date(2026, 3, 2))
    >>> expected_on(ordered, 21)
    datetime.date(2026, 3, 23)
    """
    if needed.scheduled_for is not None:
        return needed.scheduled_for
    if needed.state in _UNDER_WAY and usual_days is not None:
        return needed.since + timedelta(days=usual_days)
    return None


def plainly(
    needed: Iterable[Needed], usual_days: Mapping[RequirementKind, int], today: date
) -> Plain:
    """What is missing, the longest first; the case's own day only where every part has one."""
    missing = []
    for one in needed:
        if one.holder is None or one.state in SETTLED or one.state in _HERE:
            continue
        day = expected_on(one, usual_days.get(one.kind))
        late = day is not None and day < today
        missing.append(Missing(one.kind, one.holder, one.state, one.since, day, late))
    missing.sort(key=lambda m: (m.since, m.kind))
    days = [m.expected_on for m in missing]
    known = [day for day in days if day is not None]
    whole = max(known) if known and len(known) == len(days) else None
    if whole is not None and whole < today:
        whole = None
    return Plain(tuple(missing), whole, sum(m.late for m in missing))
