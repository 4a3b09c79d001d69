"""Our cases in the words of the status API of the Insured Retirement Institute.

A life case has no CUSIP: `NO_CUSIP` stands in its place, as the specification demands one. A case
whose policy has no number yet goes by its own, `C-10001`. The person insured stands as annuitant.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from megler.cases.models import Case, CaseParty, Requirement
from megler.cases.names import KIND
from megler.cases.rules.parties import PartyRole as OurRole
from megler.cases.rules.requirements import SETTLED, State
from megler.cases.rules.words import Decision, Holder, Outcome, Status
from megler.clients.models import Client
from megler.clients.rules.people import ClientKind
from megler.events.models import Event as Kept
from megler.exchange.iri import words
from megler.exchange.iri.records import (
    ApplicationStatus,
    Cancellation,
    Completed,
    Delivery,
    DocumentIssue,
    DocumentReview,
    News,
    Notification,
    Origin,
    Party,
    Producer,
    Received,
)
from megler.licensing.models import Agency

NO_CUSIP = "000000000"
PLATFORM = "Megler"

_STATUS_OF: dict[str, words.AppStatus] = {
    Status.SUBMITTED: words.AppStatus.RECEIVED,
    Status.AGENCY_REVIEW: words.AppStatus.RECEIVED,
    Status.IN_FORCE: words.AppStatus.COMPLETED,
    Status.CLOSED: words.AppStatus.CANCELLED,
}
_BY_CLIENT = {Decision.WITHDRAWN, Decision.COUNTER_OFFER_REFUSED}
_EVENT_OF = {
    "case.opened": words.Event.RECEIVED,
    "case.returned": words.Event.DOCUMENTS,
    "requirement.added": words.Event.DOCUMENTS,
    "requirement.rejected": words.Event.DOCUMENTS,
    "requirement.expired": words.Event.DOCUMENTS,
    "case.in_force": words.Event.COMPLETED,
    "case.closed": words.Event.CANCELLED,
}
"""Verbs of ours that these notifications have a word for; of others they say nothing."""
TOLD_VERBS = tuple(_EVENT_OF)
_BROUGHT_BY = {Holder.AGENT, Holder.CLIENT, Holder.AGENCY}


def status_of(status: str) -> words.AppStatus:
    """Our status in their words."""
    return _STATUS_OF.get(status, words.AppStatus.IN_PROGRESS)


def number_of(case: Case) -> str:
    """The policy's number, or the case's own before there is one."""
    return case.policy_number[:30] or case.reference


def origin_of(case: Case) -> Origin:
    return Origin(PLATFORM, True, str(case.application_id))


def _day(at: datetime | date | None) -> date | None:
    if isinstance(at, datetime):
        return timezone.localtime(at).date()
    return at


def summary(
    case: Case, parties: Iterable[CaseParty] = (), agency_name: str = ""
) -> ApplicationStatus:
    """One case of many; `parties` are the case's, with their clients."""
    return ApplicationStatus(
        policy_number=number_of(case),
        application_origin=origin_of(case),
        cusip=NO_CUSIP,
        status=status_of(case.status),
        status_date=_day(case.status_since),
        product_name=case.product.name,
        producers=_producers(case, agency_name),
        parties=tuple(_parties(case, parties)),
    )


def whole(
    case: Case, parties: Iterable[CaseParty], requirements: Iterable[Requirement]
) -> ApplicationStatus:
    """One case with its sections: what is missing stands as issues of the review of documents."""
    short = summary(case, parties, Agency.ours().name)
    review = document_review(case, requirements)
    told = {name: getattr(short, name) for name in short.__dataclass_fields__}
    needed = bool(review.is_action_needed)
    told |= {
        "is_action_needed": needed,
        "action_sections": (words.Section.DOCUMENTS,) if needed else (),
        "received_date": _day(case.opened_at),
        "issued_date": _day(case.issued_at),
        "effective_date": case.in_force_on,
        "delivery": Delivery(sent_date=case.delivered_on) if case.delivered_on else None,
        "cancellation": cancellation(case),
        "document_reviews": review,
    }
    return ApplicationStatus(**told)


def document_review(case: Case, requirements: Iterable[Requirement]) -> DocumentReview:
    """What is still to be brought, paper by paper; no word of what is examined or found."""
    issues = [
        DocumentIssue(
            reason=words.DocumentReason.MISSING_FORM,
            form_name=str(KIND[one.kind])[:200],
            due_date=one.follow_up_on,
        )
        for one in requirements
        if one.state not in SETTLED
        and one.state not in {State.RECEIVED, State.SENT_TO_CARRIER}
        and one.holder in _BROUGHT_BY
    ]
    if case.status == Status.RETURNED:
        issues.insert(0, DocumentIssue(reason=words.DocumentReason.APPLICATION))
    finished = case.good_order_at is not None and not issues
    status = words.Review.COMPLETED if finished else words.Review.IN_PROGRESS
    return DocumentReview(
        status=status,
        is_action_needed=bool(issues) and case.is_open,
        start_date=_day(case.opened_at),
        issues=tuple(issues) if case.is_open else (),
    )


def cancellation(case: Case) -> Cancellation | None:
    """Who ended a closed case, and when; why stays in the house."""
    if case.status != Status.CLOSED or case.closed_at is None:
        return None
    by_client = case.decision in _BY_CLIENT or case.outcome in {
        Outcome.NOT_TAKEN,
        Outcome.FREE_LOOK_RETURN,
    }
    who = words.Initiator.CLIENT if by_client else words.Initiator.CARRIER
    return Cancellation(who, _day(case.closed_at))


def _producers(case: Case, agency_name: str) -> tuple[Producer, ...]:
    shares = [
        Producer(
            words.Being.INDIVIDUAL,
            *_names(share.agent.name),
            npn=share.agent.npn,
            commission_split_percent=share.share,
            relationships=(
                words.ProducerRole.PRIMARY if place == 0 else words.ProducerRole.ADDITIONAL,
            ),
        )
        for place, share in enumerate(case.agents.all())
    ]
    agency = Producer(
        words.Being.ENTITY, name=agency_name, relationships=(words.ProducerRole.AGENCY,)
    )
    return (*shares, agency) if agency_name else tuple(shares)


def _names(name: str) -> tuple[str, str, str]:
    """First, middle and last name of one that is written whole."""
    first, _blank, rest = name.partition(" ")
    middle, _blank, last = rest.rpartition(" ")
    return first, middle, last or first


def _parties(case: Case, parties: Iterable[CaseParty]) -> Iterable[Party]:
    roles: dict[Client, list[words.PartyRole]] = {}
    known = list(parties)
    has_owner = any(one.role == OurRole.OWNER for one in known)
    for one in known:
        if one.role == OurRole.INSURED:
            theirs = [words.PartyRole.ANNUITANT]
            theirs += [] if has_owner else [words.PartyRole.OWNER]
        elif one.role == OurRole.OWNER:
            theirs = [words.PartyRole.OWNER]
        else:
            continue
        roles.setdefault(one.client, []).extend(theirs)
    for client, theirs in roles.items():
        yield _party(client, tuple(dict.fromkeys(theirs))[:2])
    if not roles:
        yield _party(case.client, (words.PartyRole.ANNUITANT, words.PartyRole.OWNER))


def _party(client: Client, roles: tuple[words.PartyRole, ...]) -> Party:
    if client.kind == ClientKind.ORGANISATION:
        return Party(words.Being.ENTITY, name=client.name, relationships=roles)
    first, last = client.first_name, client.last_name
    if not (first and last):
        first, _middle, last = _names(client.name)
    return Party(words.Being.INDIVIDUAL, first_name=first, last_name=last, relationships=roles)


def notification_of(event: Kept) -> Notification | None:
    """An event as a notification; None where these have no word for it."""
    kind = _EVENT_OF.get(event.verb)
    if kind is None or (event.staff_only):
        return None
    return Notification(
        event_id=str(event.key),
        policy_number=event.policy_number[:30] or event.case.reference,
        application_origin=origin_of(event.case),
        status=status_of(event.status),
        event_type=kind,
        id=event.case.reference,
        news=_news(kind, event),
    )


def _news(kind: words.Event, event: Kept) -> News:
    case = event.case
    if kind is words.Event.RECEIVED:
        return Received(
            cusip=NO_CUSIP,
            is_action_needed=False,
            product_name=case.product.name,
            producers=_producers(case, Agency.ours().name),
            parties=tuple(_parties(case, CaseParty.objects.of(case))),
            received_date=_day(case.opened_at),
        )
    if kind is words.Event.COMPLETED:
        sent = Delivery(sent_date=case.delivered_on) if case.delivered_on else None
        return Completed(is_action_needed=False, start_date=_day(event.at), delivery=sent)
    if kind is words.Event.CANCELLED:
        found = cancellation(case)
        return found or Cancellation(words.Initiator.CARRIER, _day(event.at))
    name = KIND.get(event.told.get("kind", ""), "")
    missing = words.DocumentReason.MISSING_FORM
    issue = (
        DocumentIssue(missing, str(name)[:200])
        if name
        else DocumentIssue(words.DocumentReason.APPLICATION)
    )
    return DocumentReview(
        status=words.Review.IN_PROGRESS,
        is_action_needed=True,
        start_date=_day(event.at),
        action_sections=(words.Section.DOCUMENTS,),
        issues=(issue,),
    )
