"""The review that stands: its findings page by page, and its figures added up beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F

from megler.accounts.models import User
from megler.insight.models import Finding, Review, Tally
from megler.insight.rules.review import Kind
from megler.licensing.models import Agent
from megler.vocabulary.numbers import whole

PAGE_SIZE = 40
LAST_PAGE = 10_000
CHOICES_MAX = 200
_ABOUT = (
    "case__client", "case__product__carrier", "agent", "quote",
)  # fmt: skip
_UNREAD = (
    "case__carrier_words", "case__returned_because", "case__client__ssn", "quote__facts",
    "quote__answer", "quote__editions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a review is looked at: a kind, an agent, a page from 1."""

    kind: Kind | None = None
    agent: Agent | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """How many findings of a kind, and their worth a year by currency."""

    kind: Kind
    count: int = 0
    worth: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Findings, most worth first; `newer` and `older` are pages, None at an end."""

    findings: list[Finding]
    newer: str | None
    older: str | None


def standing() -> Review | None:
    """The review whose findings are shown."""
    return Review.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()


def under_way() -> Review | None:
    """The review that is being done now."""
    return Review.objects.filter(finished_at=None).first()


def wanted_of(query: Any, person: User) -> Wanted:
    """What a query string asks for; what makes no sense, or is another's, asks nothing."""
    kind = next((kind for kind in Kind if kind == query.get("kind")), None)
    try:
        agent = Agent.objects.acted_for_by(person).filter(pk=UUID(query.get("agent", ""))).first()
    except ValueError:
        agent = None
    page = whole(query.get("page", "")) or 1
    return Wanted(kind, agent, min(max(page, 1), LAST_PAGE))


def agents_to_choose(person: User) -> list[Agent]:
    """Agents to narrow by; none where there is one, or too many to choose from."""
    seen = list(Agent.objects.acted_for_by(person).order_by("name")[: CHOICES_MAX + 1])
    return seen if 1 < len(seen) <= CHOICES_MAX else []


def page_of(review: Review, person: User, wanted: Wanted) -> Page:
    """The findings of a page."""
    start = (wanted.page - 1) * PAGE_SIZE
    got = list(_found(review, person, wanted)[start : start + PAGE_SIZE + 1])
    older = str(wanted.page + 1) if len(got) > PAGE_SIZE else None
    return Page(got[:PAGE_SIZE], str(wanted.page - 1) if wanted.page > 1 else None, older)


def every(review: Review, person: User, wanted: Wanted) -> Iterator[Finding]:
    """All the findings that are asked for, read as they are told."""
    found: Iterator[Finding] = _found(review, person, wanted).iterator(chunk_size=500)
    return found


def sums_of(review: Review, person: User, agent: Agent | None) -> list[Sum]:
    """What was found of each kind, from what was added up at the review's end."""
    tallies = Tally.objects.filter(review=review)
    if agent is not None:
        tallies = tallies.filter(agent=agent)
    elif person.is_staff_member:
        tallies = tallies.filter(agent=None)
    else:
        tallies = tallies.filter(agent__in=Agent.objects.acted_for_by(person))
    found = {kind: Sum(kind) for kind in Kind}
    for tally in tallies:
        one = found[Kind(tally.kind)]
        worth = one.worth | {tally.currency: one.worth.get(tally.currency, 0) + tally.worth}
        found[one.kind] = Sum(one.kind, one.count + tally.count, worth)
    return list(found.values())


def _found(review: Review, person: User, wanted: Wanted) -> Any:
    findings = Finding.objects.visible_to(person).filter(review=review)
    if wanted.kind:
        findings = findings.filter(kind=wanted.kind)
    if wanted.agent:
        findings = findings.filter(agent=wanted.agent)
    ordered = findings.order_by(F("worth").desc(nulls_last=True), "id")
    return ordered.select_related(*_ABOUT).defer(*_UNREAD)
