"""Sending an enquiry: to all its carriers at once, to each exactly once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.enquiries.actions.enclosing import check_enclosed
from megler.enquiries.actions.holding import (
    child_of,
    children,
    enquiry_url,
    in_hand,
    moment,
    put_down,
    step,
    still_open,
)
from megler.enquiries.actions.knowing import secrets_of, summary_for
from megler.enquiries.actions.papers import enclosures, letter, paper_of
from megler.enquiries.models import AnswerLink, Enquiry, EnquiryCarrier, SharedEvidence
from megler.enquiries.rules.asking import Act, State
from megler.enquiries.rules.scrubbing import tells
from megler.enquiries.rules.summary import Summary
from megler.journal.actions import record
from megler.post.actions.deliveries import deliver
from megler.post.actions.messages import send
from megler.post.models import TradingPartner
from megler.vocabulary.problems import Problem, Refused
from megler.work.rules.calendar import add_business_days

FOLLOW_UP_DAYS = 3
"""Business days after which somebody asks a carrier that has not answered."""
LINK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Contact:
    """An underwriter to whom an enquiry goes."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """What goes to a carrier, and its own way, if it has one."""

    summary: Summary
    enclosed: list[SharedEvidence]
    partner: TradingPartner | None = None


def partners_of(found: Sequence[EnquiryCarrier]) -> dict[UUID, TradingPartner]:
    """The carriers' own ways for informal enquiries, where the agency has set one up, by child."""
    slugs = [f"{one.carrier.slug}-underwriting" for one in found]
    partners = TradingPartner.objects.filter(slug__in=slugs, is_active=True)
    by_slug = {one.slug: one for one in partners}
    return {
        one.pk: by_slug[slug]
        for one in found
        if (slug := f"{one.carrier.slug}-underwriting") in by_slug
    }


def send_enquiry(
    person: User,
    enquiry: Enquiry,
    to: Mapping[UUID, Contact],
    version: int | None = None,
    at: datetime | None = None,
) -> Enquiry:
    """Send the summary to carriers by the keys of their parts, all or none. Raises `Refused`.

    With the first one the facts are settled: what one carrier was told, all are told.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES, version)
        still_open(held)
        chosen = [one for one in children(held) if one.pk in to]
        summary, enclosed = _ready(held, chosen, len(to), at)
        if held.paper is None:
            held.paper = paper_of(held, summary, person.actor(), at)
        partners = partners_of(chosen)
        for child in chosen:
            contact = to[child.pk]
            child.to_name = " ".join(contact.name.split())[:200]
            child.to_email = contact.email.strip().lower()
            step(child, Act.SEND)
            child.sent_at = at
            child.follow_up_on = follow_up_from(at)
            going = Going(summary, enclosed, partners.get(child.pk))
            _despatch(person, held, child, going, at)
            child.save()
            told = {"carrier": child.carrier.slug, "enclosed": len(enclosed)}
            record(person.actor(), "enquiry.sent", held.subject, told, at)
        put_down(held, at)
    return held


def follow_up_from(at: datetime) -> date:
    """The day on which somebody asks again."""
    return add_business_days(timezone.localtime(at).date(), FOLLOW_UP_DAYS)


def _ready(
    held: Enquiry, chosen: list[EnquiryCarrier], wanted: int, at: datetime
) -> tuple[Summary, list[SharedEvidence]]:
    """The summary and what goes along, when nothing in them tells who it is."""
    problems = []
    if not chosen or len(chosen) != wanted:
        problems.append(Problem("enquiry_no_carrier", "carriers"))
    secrets = secrets_of(held)
    if not any((secrets.names, held.client_id)):
        problems.append(Problem("enquiry_nobody", held.reference))
    summary = summary_for(held, secrets)
    if tells(summary.as_text(), secrets):
        problems.append(Problem("enquiry_names_client", held.reference))
    enclosed, more = check_enclosed(held, secrets, timezone.localtime(at).date())
    if problems or more:
        raise Refused([*problems, *more])
    return summary, enclosed


def _despatch(
    person: User,
    held: Enquiry,
    child: EnquiryCarrier,
    going: Going,
    at: datetime,
) -> None:
    """On its way: by the carrier's own way, or by e-mail with a private link to answer by."""
    if held.paper is None:
        raise Refused(Problem("enquiry_no_document", held.reference))
    files = enclosures(held, held.paper, going.enclosed)
    title = f"Informal enquiry {held.reference}"
    if partner := going.partner:
        key = f"enquiry:{child.pk}"
        about = held.subject
        url = enquiry_url(held)
        deliver(person.actor(), partner, about, files, key, title=title, url=url, at=at)
        return
    link = new_link(child, at)
    send(
        child.to_email,
        f"{title}: {child.product.name}",
        letter(held, child, going.summary, link, LINK_DAYS),
        held.subject,
        to_name=child.to_name,
        language="en",
        private=True,
        enclosed=files,
        at=at,
    )


def new_link(child: EnquiryCarrier, at: datetime) -> str:
    """The address of a private link to answer by; an earlier one stops working."""
    AnswerLink.objects.filter(asked=child, closed_at=None).update(closed_at=at)
    token = AnswerLink.new_token()
    AnswerLink.objects.create(
        asked=child,
        name=child.to_name,
        email=child.to_email,
        token_digest=AnswerLink.digest_of(token),
        made_at=at,
        expires_at=at + timedelta(days=LINK_DAYS),
    )
    return settings.PUBLIC_URL + reverse("enquiry_answer", args=[token])


def send_again(
    person: User, enquiry: Enquiry, child: EnquiryCarrier, at: datetime | None = None
) -> EnquiryCarrier:
    """Write to a carrier that owes an answer once more, with a new link; the old one ends."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES)
        still_open(held)
        one = child_of(held, child.pk)
        if one.state not in {State.SENT, State.RECEIVED} or partners_of([one]):
            raise Refused(Problem("enquiry_not_waiting", one.carrier.name))
        summary, enclosed = _ready(held, [one], 1, at)
        _despatch(person, held, one, Going(summary, enclosed), at)
        one.follow_up_on = follow_up_from(at)
        one.save(update_fields=["follow_up_on"])
        told = {"carrier": one.carrier.slug}
        record(person.actor(), "enquiry.sent_again", held.subject, told, at)
    return one
