"""Evidence gathered once for all carriers of an enquiry: wanted, received, and what goes along."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.rules.kinds import USUAL
from megler.documents import apart
from megler.documents.actions import Examined, Sent, examine, keep
from megler.documents.models import Document
from megler.enquiries.actions.holding import children, in_hand, moment, put_down, still_open
from megler.enquiries.actions.knowing import secrets_of
from megler.enquiries.models import Enquiry, SharedEvidence
from megler.enquiries.rules.evidence import Enclosing, enclosing_problems
from megler.enquiries.rules.scrubbing import Secrets, tells
from megler.journal.actions import record
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import finish_tasks_about
from megler.work.rules.calendar import add_business_days

DETAIL_MAX = 300


def want_evidence(
    person: User,
    enquiry: Enquiry,
    kind: RequirementKind,
    *,
    detail: str = "",
    wanted_by: Iterable[UUID] = (),
    at: datetime | None = None,
) -> SharedEvidence:
    """Put up what carriers need before they answer: once, however many of them want it."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES)
        still_open(held)
        kept = _same(held, kind, detail) or SharedEvidence(enquiry=held, kind=kind.value)
        if kept._state.adding:
            kept.detail = " ".join(detail.split())[:DETAIL_MAX]
            kept.wanted_at = at
            day = timezone.localtime(at).date()
            kept.follow_up_on = add_business_days(day, USUAL[kind].follow_up_days)
            kept.save()
        wanting = set(wanted_by)
        kept.wanted_by.add(*(one for one in children(held) if one.pk in wanting))
        put_down(held, at)
        record(person.actor(), "enquiry.evidence_wanted", held.subject, {"kind": kind.value}, at)
    return kept


def _same(held: Enquiry, kind: RequirementKind, detail: str) -> SharedEvidence | None:
    """The same thing, still to come in."""
    plain = " ".join(detail.casefold().split())
    waiting = held.evidence.filter(kind=kind.value, done_on=None)
    return next((one for one in waiting if str(one.detail).casefold() == plain), None)


def record_evidence(
    person: User,
    enquiry: Enquiry,
    kind: RequirementKind,
    done_on: date,
    *,
    detail: str = "",
    file: Sent | None = None,
    document: Document | None = None,
    evidence: SharedEvidence | None = None,
    at: datetime | None = None,
) -> SharedEvidence:
    """Something came in that serves every carrier asked. Raises `Refused`; then nothing is kept.

    `done_on` is the day that the evidence is of: an exam's, not the day on which it arrived.
    """
    at = moment(at)
    today = timezone.localtime(at).date()
    if done_on > today:
        found, most = done_on.isoformat(), f"≤ {today.isoformat()}"
        raise Refused(Problem("case_in_the_future", "done_on", found, most))
    examined: Examined | None = examine(file) if file else None
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES)
        still_open(held)
        if evidence is not None:
            kept = held.evidence.select_for_update(no_key=True).get(pk=evidence.pk)
        else:
            kept = _same(held, kind, detail) or SharedEvidence(
                enquiry=held, kind=kind.value, wanted_at=at, detail=detail.strip()[:DETAIL_MAX]
            )
        if kept.done_on is not None:
            raise Refused(Problem("enquiry_evidence_here", str(kept)))
        kept.document = keep(person.actor(), examined, at) if examined else document
        kept.done_on, kept.received_at, kept.follow_up_on = done_on, at, None
        kept.save()
        finish_tasks_about(person.actor(), ("enquiry_evidence", kept.pk), at)
        put_down(held, at)
        told = {"kind": kept.kind, "on": done_on.isoformat()}
        record(person.actor(), "enquiry.evidence_received", held.subject, told, at)
    return kept


def enclose(
    person: User,
    enquiry: Enquiry,
    evidence: SharedEvidence,
    authorisation: SharedEvidence | None,
    *,
    is_redacted: bool,
    at: datetime | None = None,
) -> SharedEvidence:
    """Let a paper go along to carriers: somebody says that it names nobody, under an authorisation."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES)
        still_open(held)
        one = held.evidence.select_for_update(of=("self",), no_key=True).get(pk=evidence.pk)
        if authorisation and authorisation.enquiry_id != held.pk:
            raise Refused(Problem("nothing_here", "authorisation"))
        one.is_redacted, one.authorisation = is_redacted, authorisation
        today = timezone.localtime(at).date()
        if problems := enclosing_problems([_to_facts(one, secrets_of(held))], today):
            raise Refused(problems)
        one.enclosed, one.enclosed_by = True, person.name
        one.save()
        put_down(held, at)
        told = {"kind": one.kind, "authorisation": str(one.authorisation_id)}
        record(person.actor(), "enquiry.enclosed", held.subject, told, at)
    return one


def leave_out(
    person: User, enquiry: Enquiry, evidence: SharedEvidence, at: datetime | None = None
) -> SharedEvidence:
    """Let a paper go along no more."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES)
        one = held.evidence.select_for_update(no_key=True).get(pk=evidence.pk)
        if one.enclosed:
            one.enclosed = False
            one.save(update_fields=["enclosed"])
            put_down(held, at)
            record(person.actor(), "enquiry.left_out", held.subject, {"kind": one.kind}, at)
    return one


def check_enclosed(
    held: Enquiry, secrets: Secrets, on: date
) -> tuple[list[SharedEvidence], list[Problem]]:
    """What goes along now, and why some of it may not."""
    found = held.evidence.filter(enclosed=True).select_related("document", "authorisation")
    enclosed = list(found.order_by("wanted_at", "pk"))
    return enclosed, enclosing_problems([_to_facts(one, secrets) for one in enclosed], on)


def _to_facts(one: SharedEvidence, secrets: Secrets) -> Enclosing:
    allowed = one.authorisation.to_facts() if one.authorisation else None
    is_authorisation = allowed is not None and allowed.kind is RequirementKind.HIPAA_AUTHORISATION
    return Enclosing(
        where=str(one.get_kind_display()),
        is_here=one.document is not None,
        is_redacted=one.is_redacted,
        tells_who=one.document is not None and _names_somebody(one.document, secrets),
        is_authorised=is_authorisation,
        authorised_until=allowed.serves_until() if allowed else None,
    )


def _names_somebody(document: Document, secrets: Secrets) -> bool:
    """Whether the words of a paper, as far as it has any, tell who it is. A scan's are not read."""
    facts = apart.look(document.read(), document.name)
    told = [line for page in facts.pages for line in page.lines]
    return tells("\n".join([*told, *(one.value for one in facts.widgets)]), secrets)
