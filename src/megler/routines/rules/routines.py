"""Routines: when something happens with a case and conditions hold, then do this.

Made by staff from lists. A routine is read from plain data (`read_routine`) with every problem at
once; nothing of it is ever run as code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from megler.work.rules.assigning import Facts, Rule, fits


class When(StrEnum):
    """What sets a routine off."""

    STATUS = "status"
    DECISION = "decision"
    OTHER_OFFER = "other_offer"
    REQUIREMENT = "requirement"
    DOCUMENT = "document"
    OVERDUE = "overdue"
    SILENT = "silent"
    HELD = "held"
    PROMISE = "promise"


TIMED = frozenset({When.OVERDUE, When.SILENT, When.HELD, When.PROMISE})
"""These are set off by time that passes, not by what somebody does."""

ASKS: dict[When, tuple[str, ...]] = {
    When.STATUS: ("status",),
    When.DECISION: ("decision",),
    When.OTHER_OFFER: (),
    When.REQUIREMENT: ("act", "kind"),
    When.DOCUMENT: (),
    When.OVERDUE: ("kind", "days"),
    When.SILENT: ("days",),
    When.HELD: ("holder", "days"),
    When.PROMISE: ("step",),
}
"""What each `When` must be told; `kind` may stay empty: of every kind."""


class Do(StrEnum):
    """What a routine does."""

    TASK = "task"
    MAIL = "mail"
    TEXT = "text"
    REQUIREMENT = "requirement"
    ASSIGN = "assign"
    SNOOZE = "snooze"
    ALERT = "alert"


NEEDS: dict[Do, tuple[str, ...]] = {
    Do.TASK: ("title", "days"),
    Do.MAIL: ("to", "subject", "text"),
    Do.TEXT: ("to", "text"),
    Do.REQUIREMENT: ("kind",),
    Do.ASSIGN: ("whom",),
    Do.SNOOZE: ("days",),
    Do.ALERT: ("text",),
}
"""What each `Do` must be told. A task waits for `whom`: a role, a person, or who looks after it."""

STATUS_VERBS: dict[str, str] = {
    "case.opened": "submitted",
    "case.resubmitted": "submitted",
    "case.review_started": "agency_review",
    "case.in_good_order": "agency_review",
    "case.returned": "returned",
    "case.sent_to_carrier": "sent_to_carrier",
    "case.received_by_carrier": "received_by_carrier",
    "case.in_underwriting": "in_underwriting",
    "case.decided": "decided",
    "case.issued": "issued",
    "case.delivered": "delivered",
    "case.in_force": "in_force",
    "case.closed": "closed",
}
"""The status that a case has after a verb of its journal."""

ACT_VERBS: dict[str, str] = {
    "raised": "requirement.added",
    "ordered": "requirement.ordered",
    "received": "requirement.received",
    "sent_to_carrier": "requirement.sent_to_carrier",
    "rejected": "requirement.rejected",
    "expired": "requirement.expired",
    "waived": "requirement.waived",
}
_DECISIONS = {
    "case.offer_accepted": "counter_offer_accepted",
    "case.offer_refused": "counter_offer_refused",
}
_OTHER_OFFERS = frozenset({"other_than_applied", "counter_offer"})
SELLERS = frozenset({"agent", "assistant"})


@dataclass(frozen=True, slots=True)
class Happening:
    """What the journal tells of a case: the verb, what it told, and who did it (id and kind)."""

    verb: str
    told: Mapping[str, Any] = field(default_factory=dict)
    actor_id: str = ""
    actor_kind: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """When: what sets it off, with what it is told."""

    when: When
    status: str = ""
    decision: str = ""
    act: str = ""
    kind: str = ""
    holder: str = ""
    step: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """Then: one thing to do, with what it is told. `days` are business days."""

    do: Do
    title: str = ""
    whom: str = ""
    to: str = ""
    subject: str = ""
    text: str = ""
    kind: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Routine:
    """When, if, then. `id` is how the journal knows it when it acts."""

    id: str
    trigger: Trigger
    condition: Rule
    effects: tuple[Effect, ...]


def sets_off(routine: Routine, happening: Happening, facts: Facts) -> bool:
    """Whether something that happened sets a routine off. What it did itself never does.

    >>> trigger = Trigger(When.STATUS, status="in_underwriting")
    >>> routine = Routine("routine:1", trigger, Rule(""), ())
    >>> sets_off(routine, Happening("case.in_underwriting"), Facts())
    True
    >>> sets_off(routine, Happening("case.in_underwriting", actor_id="routine:1"), Facts())
    False
    """
    if happening.actor_id == routine.id:
        return False
    return touches(routine.trigger, happening) and fits(routine.condition, facts)


def touches(trigger: Trigger, happening: Happening) -> bool:
    """Whether something that happened is what a trigger waits for, whatever the case."""
    verb, told = happening.verb, happening.told
    match trigger.when:
        case When.STATUS:
            return STATUS_VERBS.get(verb) == trigger.status
        case When.DECISION:
            return _decision(verb, told) == trigger.decision
        case When.OTHER_OFFER:
            return _decision(verb, told) in _OTHER_OFFERS
        case When.REQUIREMENT:
            of_kind = not trigger.kind or told.get("kind") == trigger.kind
            return verb == ACT_VERBS.get(trigger.act) and of_kind
        case When.DOCUMENT:
            return verb == "document.added" and happening.actor_kind in SELLERS
    return False


def verbs_of(trigger: Trigger) -> frozenset[str]:
    """The verbs among which a trigger's happenings are found; none for what time sets off."""
    match trigger.when:
        case When.STATUS:
            return frozenset(v for v, status in STATUS_VERBS.items() if status == trigger.status)
        case When.DECISION | When.OTHER_OFFER:
            return frozenset({"case.decided", *_DECISIONS})
        case When.REQUIREMENT:
            return frozenset({ACT_VERBS[trigger.act]})
        case When.DOCUMENT:
            return frozenset({"document.added"})
    return frozenset()


def _decision(verb: str, told: Mapping[str, Any]) -> str:
    return str(told.get("decision", "")) if verb == "case.decided" else _DECISIONS.get(verb, "")


def amount(found: object) -> Decimal | None:
    """An amount as it is kept, None where there is none."""
    return Decimal(str(found)) if found not in {None, ""} else None
