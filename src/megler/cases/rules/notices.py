"""What somebody is told at once, what once a week, and what not: by kind of event and by case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Group(StrEnum):
    """Kinds of events, as people choose among them."""

    NEEDS_YOU = "needs_you"
    DECISIONS = "decisions"
    PROGRESS = "progress"
    REQUIREMENTS = "requirements"
    PAPERS = "papers"


class How(StrEnum):
    """When somebody is told."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"


GROUP_OF: dict[str, Group] = {
    "case.returned": Group.NEEDS_YOU,
    "case.issued": Group.NEEDS_YOU,
    "requirement.added": Group.NEEDS_YOU,
    "requirement.rejected": Group.NEEDS_YOU,
    "requirement.expired": Group.NEEDS_YOU,
    "note.added": Group.NEEDS_YOU,
    "question.answered": Group.NEEDS_YOU,
    "case.changed": Group.DECISIONS,
    "change.done": Group.DECISIONS,
    "change.refused": Group.DECISIONS,
    "case.decided": Group.DECISIONS,
    "case.offer_accepted": Group.DECISIONS,
    "case.offer_refused": Group.DECISIONS,
    "case.in_force": Group.DECISIONS,
    "case.closed": Group.DECISIONS,
    "case.reopened": Group.DECISIONS,
    "case.in_good_order": Group.PROGRESS,
    "case.sent_to_carrier": Group.PROGRESS,
    "case.received_by_carrier": Group.PROGRESS,
    "case.in_underwriting": Group.PROGRESS,
    "case.delivered": Group.PROGRESS,
    "case.first_premium": Group.PROGRESS,
    "document.added": Group.PAPERS,
}
"""The group of each event; a requirement's other moves are `Group.REQUIREMENTS`."""

_BRINGERS = frozenset({"agent", "client"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose: the groups told at once, and whether the rest comes once a week."""

    at_once: frozenset[Group] = frozenset({Group.NEEDS_YOU, Group.DECISIONS})
    digest: bool = True


USUAL = Choice()
"""What holds for an agent who has chosen nothing: at once what needs them or is decided."""
SILENT = Choice(frozenset(), False)
"""What holds for somebody who helps an agent and has chosen nothing."""


def group_of(verb: str, told: Mapping[str, Any] | None = None) -> Group:
    """The group of an event. A new requirement needs the agent when agent or client bring it.

    >>> group_of("requirement.added", {"holder": "vendor"})
    <Group.REQUIREMENTS: 'requirements'>
    """
    if verb == "requirement.added" and (told or {}).get("holder", "agent") not in _BRINGERS:
        return Group.REQUIREMENTS
    return GROUP_OF.get(verb, Group.REQUIREMENTS)


def how(choice: Choice, group: Group, of_case: How | None = None) -> How:
    """When somebody is told of an event: what they chose for the case goes before everything.

    >>> how(USUAL, Group.PAPERS), how(USUAL, Group.PAPERS, How.NEVER)
    (<How.DIGEST: 'digest'>, <How.NEVER: 'never'>)
    """
    if of_case is not None:
        return of_case
    if group in choice.at_once:
        return How.NOW
    return How.DIGEST if choice.digest else How.NEVER


def groups(values: Iterable[str]) -> frozenset[Group]:
    """The groups among words; what is none is left out."""
    known = set(Group)
    return frozenset(Group(value) for value in values if value in known)
