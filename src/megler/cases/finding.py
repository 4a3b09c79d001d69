"""Finding cases: by name or number, who has them and where they are; part by part, in an order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.models import Case, CaseQuerySet
from megler.cases.rules.words import AT_CARRIER, Holder, Status
from megler.vocabulary.numbers import whole

PAGE_SIZE = 40
OPEN, STALE = "open", "stale"
SILENT = timedelta(days=7)
"""Of a case that the carrier has, after so long without a word of it, what it said last is stale."""
STATUSES = [s for s in Status if s is not Status.DRAFT]


@dataclass(frozen=True)
class Page:
    """Cases in order; `newer` and `older` say how to go on, None at an end."""

    cases: list[Case]
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `status` is a status, "open" or "stale"; `by_wait`: the longest waiting first."""

    words: str = ""
    status: str = ""
    holder: str = ""
    agent: UUID | None = None
    carrier: str = ""
    by_wait: bool = False

    @property
    def is_narrowed(self) -> bool:
        return any((self.words, self.status, self.holder, self.agent, self.carrier))


def wanted_of(query: Any) -> Wanted:
    """What a query string asks for; what makes no sense asks nothing."""

    def given(name: str, known: Any) -> str:
        value = query.get(name, "")
        return value if value in known else ""

    return Wanted(
        words=query.get("q", "").strip()[:100],
        status=given("status", {OPEN, STALE, *STATUSES}),
        holder=given("holder", set(Holder)),
        agent=_uuid(query.get("agent", "")),
        carrier=query.get("carrier", "")[:64],
        by_wait=query.get("sort") == "waiting",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def found(person: User, wanted: Wanted) -> CaseQuerySet:
    """The cases that this person may see and that fit."""
    cases = Case.objects.visible_to(person)
    if wanted.words:
        staff = person.is_staff_member
        cases = cases.first_named(wanted.words) if staff else cases.named(wanted.words)
    if wanted.status == OPEN:
        cases = cases.exclude(status__in=[Status.CLOSED.value, Status.IN_FORCE.value])
    elif wanted.status == STALE:
        heard = Coalesce("carrier_said_at", "sent_at", "status_since")
        silent = cases.filter(status__in=AT_CARRIER).annotate(heard=heard)
        cases = silent.filter(heard__lt=timezone.now() - SILENT)
    elif wanted.status:
        cases = cases.filter(status=wanted.status)
    if wanted.holder:
        cases = cases.filter(holder=wanted.holder)
    if wanted.agent:
        cases = cases.filter(agent=wanted.agent)
    if wanted.carrier:
        cases = cases.filter(carrier__slug=wanted.carrier)
    if wanted.by_wait:
        cases = cases.exclude(holder="")
    return cases


def silent_since(case: Case, at: datetime) -> datetime | None:
    """When the carrier that has a case last said something of it, if that is stale."""
    heard = case.carrier_said_at or case.sent_at or case.status_since
    return heard if case.status in AT_CARRIER and heard < at - SILENT else None


def page_of(cases: CaseQuerySet, mark: str, by_wait: bool = False, size: int = PAGE_SIZE) -> Page:
    """The part at a mark: `o…` what follows it, `n…` what precedes it; the first without one.

    The order is by number, newest first, or by since when somebody has it, longest first.
    """
    way, key = mark[:1], _key(mark[1:], by_wait)
    backwards = way == "n" and key is not None
    if key is not None and way in {"o", "n"}:
        cases = cases.filter(_beyond(key, backwards, by_wait))
    order = ["holder_since", "number"] if by_wait else ["-number"]
    if backwards:
        order = [name[1:] if name.startswith("-") else f"-{name}" for name in order]
    names_too = cases.select_related("client", "agent", "product", "carrier")
    got = list(names_too.order_by(*order)[: size + 1])
    more, got = len(got) > size, got[:size]
    if backwards:
        got.reverse()
    before = bool(got) and (more if backwards else way == "o" and key is not None)
    after = bool(got) and (more or backwards)
    return Page(
        got,
        "n" + _mark(got[0], by_wait) if before else None,
        "o" + _mark(got[-1], by_wait) if after else None,
    )


def _mark(case: Case, by_wait: bool) -> str:
    return f"{case.holder_since.isoformat()}~{case.number}" if by_wait else str(case.number)


def _key(mark: str, by_wait: bool) -> tuple[datetime | None, int] | None:
    moment, _sep, number = mark.rpartition("~")
    last = whole(number)
    if last is None:
        return None
    try:
        return (_aware(moment) if by_wait else None), last
    except ValueError:
        return None


def _aware(moment: str) -> datetime:
    """A moment with its time zone. Raises `ValueError` for anything else."""
    found = datetime.fromisoformat(moment)
    if found.utcoffset() is None:
        raise ValueError(moment)
    return found


def _beyond(key: tuple[datetime | None, int], backwards: bool, by_wait: bool) -> Q:
    moment, number = key
    if not by_wait or moment is None:
        return Q(number__gt=number) if backwards else Q(number__lt=number)
    if backwards:
        later = Q(holder_since__lt=moment) | Q(holder_since=moment, number__lt=number)
        return later & Q(holder_since__lte=moment)
    later = Q(holder_since__gt=moment) | Q(holder_since=moment, number__gt=number)
    return later & Q(holder_since__gte=moment)
