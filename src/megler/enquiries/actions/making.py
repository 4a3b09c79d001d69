"""Making an enquiry: from facts, a saved quote or nothing; choosing which carriers to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Product
from megler.clients.models import Client
from megler.enquiries.actions.holding import (
    child_of,
    children,
    in_hand,
    moment,
    put_down,
    still_open,
)
from megler.enquiries.actions.knowing import line_of
from megler.enquiries.models import Enquiry, EnquiryCarrier
from megler.enquiries.rules.asking import State
from megler.journal.actions import record
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.underwriting.actions.answers import facts_of
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem, Refused

CARRIERS_MAX = 25
"""Products asked about in one enquiry."""
TEXT_MAX = 4000


@dataclass(frozen=True, slots=True)
class Draft:
    """What an enquiry says. `facts` is a facts document: parsed, or as JSON text."""

    agent: Agent | None
    facts: object
    client: Client | None = None
    known_as: str = ""
    purpose: str = ""
    remarks: str = ""
    hidden: str = ""
    quote: Quote | None = None


def draft_of_quote(quote: Quote, client: Client | None = None) -> Draft:
    """An enquiry about what a saved quote was about."""
    return Draft(quote.agent, quote.facts, client=client, quote=quote)


def start_enquiry(
    person: User, draft: Draft, products: Iterable[Product] = (), at: datetime | None = None
) -> Enquiry:
    """Start an enquiry; nothing goes out yet. Raises `Refused` with every problem."""
    at = moment(at)
    if not person.may(Can.QUOTE):
        raise Refused(Problem("not_allowed", "enquiry"))
    on = timezone.localtime(at).date()
    agent = draft.agent or Agent.objects.acted_for_by(person).filter(user=person).first()
    agent, document = _checked(person, draft, agent, on)
    with transaction.atomic():
        made = Enquiry(agent=agent, on=on, made_by=person, made_at=at, changed_at=at)
        _take(made, draft, document)
        made.save()
        made.refresh_from_db(fields=["number"])
        _add(made, products)
        told = {"line": made.line, "carriers": made.carriers.count()}
        record(person.actor(), "enquiry.started", made.subject, told, at)
    return made


def _checked(
    person: User, draft: Draft, agent: Agent | None, on: date
) -> tuple[Agent, dict[str, Any]]:
    """The agent and the facts document, when everything said makes sense."""
    problems = [
        Problem("too_long", name, str(len(getattr(draft, name))), str(TEXT_MAX))
        for name in ("known_as", "purpose", "remarks", "hidden")
        if len(getattr(draft, name)) > TEXT_MAX
    ]
    if agent is None:
        problems.append(Problem("agent_missing", "agent"))
    elif not Agent.objects.acted_for_by(person).filter(pk=agent.pk).exists():
        problems.append(Problem("not_allowed", "agent", agent.name))
    for named, record_of in (("client", draft.client), ("quote", draft.quote)):
        if record_of and not type(record_of).objects.visible_to(person).filter(
            pk=record_of.pk
        ).exists():  # fmt: skip
            problems.append(Problem("nothing_here", named))
    document: dict[str, Any] = {}
    try:
        document = dict(facts_of(draft.facts, on).document)
    except Refused as refused:
        problems += refused.problems
    else:
        if line_of(document) not in set(Line):
            problems.append(Problem("enquiry_no_line", "wants.line", line_of(document)))
    if problems or agent is None:
        raise Refused(problems)
    return agent, document


def _take(made: Enquiry, draft: Draft, document: dict[str, Any]) -> None:
    made.client, made.quote = draft.client, draft.quote
    made.facts, made.line = document, line_of(document)
    made.known_as = " ".join(draft.known_as.split())
    made.purpose, made.remarks = draft.purpose.strip(), draft.remarks.strip()
    made.hidden = draft.hidden.strip()


def change_enquiry(
    person: User,
    enquiry: Enquiry,
    draft: Draft,
    version: int | None = None,
    at: datetime | None = None,
) -> Enquiry:
    """Change what an enquiry says, while nothing of it has gone out: what was told stays told."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.QUOTE, version)
        still_open(held)
        _not_sent(held)
        held.agent, document = _checked(person, draft, draft.agent or held.agent, held.on)
        line = held.line
        _take(held, draft, document)
        if held.line != line:
            held.carriers.all().delete()
        put_down(held, at)
        record(person.actor(), "enquiry.changed", held.subject, {"line": held.line}, at)
    return held


def _not_sent(held: Enquiry) -> None:
    if held.paper_id is not None:
        raise Refused(Problem("enquiry_sent_already", held.reference))


def set_client(
    person: User, enquiry: Enquiry, client: Client, at: datetime | None = None
) -> Enquiry:
    """Say which client an enquiry is about, at any time: carriers are not told."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.QUOTE)
        if not Client.objects.visible_to(person).filter(pk=client.pk).exists():
            raise Refused(Problem("nothing_here", "client"))
        held.client = client
        put_down(held, at)
        told = {"client": str(client.pk)}
        record(person.actor(), "enquiry.client_named", held.subject, told, at)
    return held


def add_products(
    person: User, enquiry: Enquiry, products: Iterable[Product], at: datetime | None = None
) -> list[EnquiryCarrier]:
    """Ask about more products; one that is asked about already stays as it is. Nothing goes out yet."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.QUOTE)
        still_open(held)
        added = _add(held, products)
        if added:
            put_down(held, at)
            told = {"products": [str(one.product) for one in added]}
            record(person.actor(), "enquiry.carriers_added", held.subject, told, at)
    return added


def _add(held: Enquiry, products: Iterable[Product]) -> list[EnquiryCarrier]:
    known = {child.product_id for child in children(held)}
    wanted = {one.pk: one for one in products if one.pk not in known}
    problems = [
        Problem("enquiry_other_line", str(one), one.line, held.line)
        for one in wanted.values()
        if one.line != held.line
    ]
    if len(known) + len(wanted) > CARRIERS_MAX:
        found = str(len(known) + len(wanted))
        problems.append(Problem("enquiry_too_many", "carriers", found, str(CARRIERS_MAX)))
    if problems:
        raise Refused(problems)
    contacts = last_contacts({one.carrier_id for one in wanted.values()})
    return [
        EnquiryCarrier.objects.create(
            enquiry=held,
            carrier=one.carrier,
            product=one,
            to_name=contacts.get(one.carrier_id, ("", ""))[0],
            to_email=contacts.get(one.carrier_id, ("", ""))[1],
        )
        for one in wanted.values()
    ]


def last_contacts(carriers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """To whom of each carrier an enquiry went last: name and e-mail."""
    sent = EnquiryCarrier.objects.filter(carrier__in=list(carriers), sent_at__isnull=False)
    found = sent.exclude(to_email="").order_by("carrier", "-sent_at").distinct("carrier")
    return {
        pk: (name, email) for pk, name, email in found.values_list("carrier", "to_name", "to_email")
    }


def drop_carrier(
    person: User, enquiry: Enquiry, child: EnquiryCarrier, at: datetime | None = None
) -> None:
    """Leave out a carrier that nothing was sent to."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, enquiry.pk, Can.QUOTE)
        still_open(held)
        one = child_of(held, child.pk)
        if one.state != State.DRAFT:
            raise Refused(Problem("enquiry_sent_already", one.carrier.name))
        told = {"carrier": one.carrier.slug, "product": one.product.code}
        one.delete()
        put_down(held, at)
        record(person.actor(), "enquiry.carrier_dropped", held.subject, told, at)
