"""The week's digest: what happened that needed no letter of its own, and what waits for the reader.

Who gets one is found in one statement. Each is written in a transaction of its own that also marks
what it tells, so that a second run, or two at once, tells nothing twice.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from megler.accounts.models import User
from megler.cases import names
from megler.cases.actions.letters import case_url, said_of
from megler.cases.models import Case, CaseAgent, Notice
from megler.cases.rules.words import Holder, Status
from megler.licensing.models import Agent
from megler.portal.models import Digest
from megler.post.actions.messages import send
from megler.post.models import Message

CASES_MAX = 40
LINES_MAX = 6
WAITING_MAX = 20
KEPT = timedelta(days=60)

_PUT_UP = f"""
INSERT INTO {Digest._meta.db_table} (id, week, agent_id, person_id)
SELECT gen_random_uuid(), %(week)s, agent_id, person_id FROM (
  SELECT DISTINCT agent_id, person_id FROM {Notice._meta.db_table}
  WHERE told_at IS NULL AND at < %(until)s
) waiting ON CONFLICT DO NOTHING
"""  # noqa: S608 - the names of our own tables


def week_before(day: date) -> date:
    """The Monday of the last whole week before a day.

    >>> week_before(date(2026, 3, 9))
    datetime.date(2026, 3, 2)
    """
    return day - timedelta(days=day.weekday() + 7)


def write_digests(week: date, at: datetime | None = None) -> int:
    """Write the digests of the week that begins on `week`; returns how many letters. May run twice."""
    at = at or timezone.now()
    until = _midnight(week + timedelta(days=7))
    with connection.cursor() as cursor:
        cursor.execute(_PUT_UP, {"week": week, "until": until})
    waiting = Digest.objects.filter(week=week, done_at=None).order_by("pk")
    written = sum(_write(pk, until, at) for pk in list(waiting.values_list("pk", flat=True)))
    Notice.objects.filter(at__lt=at - KEPT).delete()
    return written


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001


def _write(pk: UUID, until: datetime, at: datetime) -> bool:
    with transaction.atomic():
        free = Digest.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        digest = free.select_related("agent__user", "person").filter(pk=pk, done_at=None).first()
        if digest is None:
            return False
        notices = Notice.objects.waiting().filter(
            agent=digest.agent, person=digest.person, at__lt=until
        )
        digest.message = _letter(digest, notices, at)
        digest.done_at = at
        digest.save(update_fields=["message", "done_at"])
        notices.update(told_at=at)
    return digest.message is not None


def _letter(digest: Digest, notices: "QuerySet[Notice]", at: datetime) -> Message | None:
    """The letter to the digest's reader; None when there is nothing that they may still read."""
    user = digest.person or (digest.agent.user if digest.agent else None)
    name, email = _reader(digest)
    mine = _cases_of(digest)
    language = (user.language if user else "") or settings.LANGUAGE_CODE
    with override(language):
        happened = list(_happened(notices.filter(case__in=mine)))
        waiting = list(_waiting(mine))
        if not happened:
            return None
        parts = [_("Hello %(name)s,") % {"name": name}, *waiting, *happened, _end()]
        told = {"week": date_format(digest.week, "DATE_FORMAT")}
        return send(
            email,
            _("Your cases in the week of %(week)s") % told,
            "\n\n".join(parts),
            ("digest", digest.pk),
            to_name=name,
            language=language,
            at=at,
        )


def _reader(digest: Digest) -> tuple[str, str]:
    whose: Agent | User | None = digest.agent or digest.person
    return (whose.name, whose.email) if whose else ("", "")


def _cases_of(digest: Digest) -> "QuerySet[Case]":
    """The cases that the reader may see now."""
    if digest.agent:
        shared = CaseAgent.objects.filter(agent=digest.agent)
        return Case.objects.filter(pk__in=shared.values("case"))
    return Case.objects.visible_to(digest.person) if digest.person else Case.objects.none()


def _waiting(mine: "QuerySet[Case]") -> Iterator[str]:
    """What waits for the agent, longest first."""
    found = mine.filter(holder=Holder.AGENT).exclude(status__in=[Status.CLOSED, Status.IN_FORCE])
    cases = list(found.select_related("client").order_by("holder_since", "pk")[: WAITING_MAX + 1])
    if not cases:
        return
    lines = [
        f"- {case.client.name} ({case.reference}): "
        f"{names.YOUR_STEP.get(case.next_step) or names.NEXT_STEP[case.next_step]}"
        for case in cases[:WAITING_MAX]
    ]
    yield "\n".join([_("WAITS FOR YOU"), *lines])


def _happened(notices: "QuerySet[Notice]") -> Iterator[str]:
    """What happened, case by case, those with the newest news first."""
    rows = notices.select_related("case__client", "case__carrier", "case__product")
    told = list(rows.order_by("case_id", "at", "pk")[: CASES_MAX * LINES_MAX * 5])
    by_case = [list(of_one) for _pk, of_one in groupby(told, key=lambda one: one.case_id)]
    by_case.sort(key=lambda of_one: of_one[-1].at, reverse=True)
    if by_case:
        yield _("WHAT HAPPENED")
    for of_one in by_case[:CASES_MAX]:
        yield _of_case(of_one)
    if (more := len(by_case) - CASES_MAX) > 0:
        text = ngettext("… and in %(n)d more case.", "… and in %(n)d more cases.", more)
        yield text % {"n": more}


def _of_case(notices: list[Notice]) -> str:
    case = notices[-1].case
    said = [said_of(one.verb, one.told, case) for one in notices]
    shown = list(dict.fromkeys(said))[-LINES_MAX:]
    head = f"{case.client.name} ({case.reference}), {case.product.name}, {case.carrier.name}"
    status = _("Now: %(status)s") % {"status": names.STATUS[case.status]}
    return "\n".join([head, *(f"- {line}" for line in shown), status, case_url(case)])


def _end() -> str:
    link = settings.PUBLIC_URL + reverse("notices")
    return _("Choose what you are told at once, and what once a week: %(link)s") % {"link": link}
