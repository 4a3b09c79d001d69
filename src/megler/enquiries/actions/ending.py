"""Taking an offer up as a formal application; thanking the others; withdrawing; closing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.answering import answer as save_answers
from megler.applications.actions.beginning import Wanted, start_from_nothing
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.applications.rules.tickets import Cover
from megler.clients.models import Client
from megler.clients.rules.people import ClientKind
from megler.enquiries.actions.holding import (
    child_of,
    children,
    in_hand,
    moment,
    put_down,
    step,
    still_open,
    tell_agent,
)
from megler.enquiries.actions.knowing import line_of
from megler.enquiries.models import AnswerLink, Enquiry, EnquiryCarrier
from megler.enquiries.names import EnquiryState
from megler.enquiries.rules.answers import Outcome
from megler.enquiries.rules.asking import WAITING, Act, State
from megler.journal.actions import record
from megler.post.actions.messages import send
from megler.quoting.actions.quotes import save_quote
from megler.quoting.models import Quote
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import finish_tasks_about


def choose(
    person: User,
    child: EnquiryCarrier,
    *,
    thank_others: bool = True,
    version: int | None = None,
    at: datetime | None = None,
) -> Application:
    """Take an offer up: a formal application with everything known filled in. Raises `Refused`.

    The others are thanked, unless a second one is to be applied for too; chosen again it is the
    application that stands already.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, child.enquiry_id, Can.APPLY)
        still_open(held)
        one = child_of(held, child.pk)
        if one.application is not None:
            return one.application
        if version is not None and version != held.version:
            raise Refused(Problem("changed_meanwhile", held.reference))
        _can_be_taken(one, at)
        step(one, Act.CHOOSE)
        one.application = _apply(person, held, one, at)
        one.ended_at = at
        one.save()
        held.state = EnquiryState.CHOSEN
        if thank_others:
            for other in children(held):
                if other.pk != one.pk and other.state != State.CHOSEN:
                    _end(person, held, other, at)
        put_down(held, at)
        told = {"carrier": one.carrier.slug, "application": str(one.application_id)}
        record(person.actor(), "enquiry.chosen", held.subject, told, at)
        said = {"carrier": one.carrier.name, "application": one.application.reference}
        text = _("The offer of %(carrier)s was chosen; the application is %(application)s.")
        tell_agent(held, text, said, person.pk, at)
    return one.application


def _can_be_taken(one: EnquiryCarrier, at: datetime) -> None:
    answer = one.answer
    if answer is None or answer.outcome != Outcome.OFFER:
        raise Refused(Problem("enquiry_no_offer", one.carrier.name))
    today = timezone.localtime(at).date()
    if one.valid_until is not None and one.valid_until < today:
        found = one.valid_until.isoformat()
        raise Refused(Problem("enquiry_offer_over", one.carrier.name, found, today.isoformat()))


def _apply(person: User, held: Enquiry, one: EnquiryCarrier, at: datetime) -> Application:
    """The application, from a quote at the class offered; where that cannot be priced, from nothing."""
    quote = _quote_at(person, held, one, at)
    place = _place_of(quote, one)
    if place is not None:
        made = start_from_quote(person, quote, place, at, agent=held.agent)
    else:
        made = start_from_nothing(person, _wanted(held, one), at)
    _fill_in(person, made, held.client, at)
    made.refresh_from_db()
    return made


def _quote_at(person: User, held: Enquiry, one: EnquiryCarrier, at: datetime) -> Quote:
    """A quote at the class, table and extra that the carrier offered, with the evidence on file."""
    answer = one.answer
    document: dict[str, Any] = dict(held.facts)
    wants = document.get("wants") or {}
    first: dict[str, Any] = dict(wants[0] if isinstance(wants, list) else wants)
    first["line"] = line_of(document) or one.product.line
    if answer is not None:
        first["class"] = answer.class_code or None
        first["table"] = answer.table
        extra = answer.flat_extra
        first["flat_extra"] = extra and {"per_1000": f"{extra:f}", "years": answer.flat_years}
    document["wants"] = first
    if "people" not in document:
        document["evidence"] = [*(document.get("evidence") or []), *_gathered(held)]
    on = timezone.localtime(at).date()
    return save_quote(person, document, on, agent=held.agent, title=held.reference, at=at)


def _gathered(held: Enquiry) -> list[dict[str, str]]:
    """What came in for the enquiry, as the facts document tells of evidence."""
    here = held.evidence.filter(done_on__isnull=False).order_by("done_on", "pk")
    return [{"kind": one.kind, "on": one.done_on.isoformat()} for one in here if one.done_on]


def _place_of(quote: Quote, one: EnquiryCarrier) -> int | None:
    wanted = (one.carrier.slug, one.product.code)
    offers = quote.answer.get("offers", [])
    found = (n for n, o in enumerate(offers) if (o["carrier"], o["product"]) == wanted)
    return next(found, None)


def _wanted(held: Enquiry, one: EnquiryCarrier) -> Wanted:
    facts = held.facts
    people = facts.get("people") or [facts]
    wants = facts.get("wants") or {}
    first = wants[0] if isinstance(wants, list) else wants
    return Wanted(
        agent=held.agent,
        product=f"{one.carrier.slug}/{one.product.code}",
        jurisdiction=people[0].get("jurisdiction") or "",
        cover=Cover(
            amount=str(first.get("face_amount") or ""),
            term_years=first.get("term_years"),
            mode=str(first.get("mode") or ""),
        ),
    )


def _fill_in(person: User, made: Application, client: Client | None, at: datetime) -> None:
    """Fill in what the client's record tells, where the form asks it and nobody has answered."""
    if client is None or client.kind != ClientKind.PERSON:
        return
    address = {"street": client.street, "unit": client.unit, "city": client.city}
    address |= {"state": client.jurisdiction, "zip": client.zip}
    known: dict[str, Any] = {
        "insured_first_name": client.first_name,
        "insured_middle_name": client.middle_name,
        "insured_last_name": client.last_name,
        "insured_born": client.born.isoformat() if client.born else "",
        "insured_sex": client.sex,
        "insured_ssn": client.ssn or "",
        "insured_email": client.email,
        "insured_phone": client.phone,
        "insured_address": address if client.street else "",
    }
    asked = made.questionnaire.by_key
    told = {key: value for key, value in known.items() if value and key in asked}
    told = {key: value for key, value in told.items() if not asked[key].locked}
    if told:
        save_answers(person, made, told, made.version, at, keep_unreadable=True)


def thank(person: User, child: EnquiryCarrier, at: datetime | None = None) -> EnquiryCarrier:
    """Tell a carrier "no, thank you": nothing more is asked of it."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, child.enquiry_id, Can.WORK_CASES)
        still_open(held)
        one = child_of(held, child.pk)
        if one.state == State.DRAFT or one.is_over:
            step(one, Act.THANK)
        _end(person, held, one, at)
        put_down(held, at)
    return one


def _end(person: User, held: Enquiry, one: EnquiryCarrier, at: datetime) -> None:
    """Thank a carrier that was asked, by e-mail where there is an address; drop what never went out."""
    if one.is_over:
        return
    owed = one.state in WAITING
    step(one, Act.WITHDRAW if one.state == State.DRAFT else Act.THANK)
    one.ended_at, one.follow_up_on = at, None
    one.save()
    AnswerLink.objects.filter(asked=one, closed_at=None).update(closed_at=at)
    for about in ("enquiry_carrier", "enquiry_offer"):
        finish_tasks_about(person.actor(), (about, one.pk), at)
    verb = "enquiry.withdrawn" if one.state == State.WITHDRAWN else "enquiry.thanked"
    record(person.actor(), verb, held.subject, {"carrier": one.carrier.slug}, at)
    if one.state == State.THANKED and one.to_email:
        send(
            one.to_email,
            f"Informal enquiry {held.reference}: thank you",
            _THANKS % {"name": one.to_name or "underwriter", "what": _WHAT[owed]},
            held.subject,
            to_name=one.to_name,
            language="en",
            at=at,
        )


_THANKS = "Dear %(name)s,\n\nThank you for looking at our informal enquiry. %(what)s\n"
_WHAT = {
    True: "You need not answer it any more.",
    False: "We do not take your offer up this time.",
}


def close_enquiry(
    person: User, enquiry: Enquiry, because: str, at: datetime | None = None
) -> Enquiry:
    """Close an enquiry without, or after, a formal application; carriers still asked are thanked."""
    at = moment(at)
    if not because.strip():
        raise Refused(Problem("enquiry_reason_missing", "because"))
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.WORK_CASES)
        still_open(held)
        for one in children(held):
            _end(person, held, one, at)
        for waiting in held.evidence.filter(done_on=None):
            finish_tasks_about(person.actor(), ("enquiry_evidence", waiting.pk), at)
        held.evidence.filter(done_on=None).update(follow_up_on=None)
        held.state, held.closed_at = EnquiryState.CLOSED, at
        held.closed_because = because.strip()[:2000]
        put_down(held, at)
        record(person.actor(), "enquiry.closed", held.subject, {}, at)
    return held
