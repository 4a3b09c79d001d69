"""Enquiries for programs: what the pages show and do."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Router

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Product
from megler.clients.models import Client
from megler.enquiries.actions.answering import Saying, record_answer
from megler.enquiries.actions.enclosing import record_evidence, want_evidence
from megler.enquiries.actions.ending import choose, close_enquiry
from megler.enquiries.actions.making import Draft, add_products, start_enquiry
from megler.enquiries.actions.sending import Contact, send_enquiry
from megler.enquiries.models import Enquiry, EnquiryCarrier
from megler.enquiries.rules.answers import Answer
from megler.enquiries.shapes import (
    AnswerIn,
    ApplicationOut,
    ApplyIn,
    EnquiriesOut,
    EnquiryCloseIn,
    EnquiryIn,
    EnquiryOut,
    EvidenceIn,
    ProductsIn,
    SendingIn,
    enquiry_json,
    listed_json,
)
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

router = Router(tags=["enquiries"])
PART = 50


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def _enquiry(request: HttpRequest, enquiry_id: UUID, needs: Can) -> tuple[User, Enquiry]:
    """Who asks, and the enquiry; nothing is here for those who may not."""
    person = api_needs(request, needs)
    found = Enquiry.objects.visible_to(person).select_related("agent", "client", "quote", "paper")
    held = found.filter(pk=enquiry_id).first()
    if held is None:
        raise Http404
    return person, held


def _child(held: Enquiry, enquiry_carrier_id: UUID) -> EnquiryCarrier:
    found = held.carriers.select_related("carrier", "product__carrier")
    child = found.filter(pk=enquiry_carrier_id).first()
    if child is None:
        raise Http404
    return child


def _told(request: HttpRequest, enquiry_id: UUID, status: int = 200) -> HttpResponse:
    person, fresh = _enquiry(request, enquiry_id, Can.QUOTE)
    return _json(enquiry_json(person, fresh, timezone.localdate()), status)


@router.get(
    "/enquiries", auth=api_door(Can.QUOTE), response=EnquiriesOut, summary="Enquiries, newest first"
)
def enquiries(request: HttpRequest, state: str = "", cursor: str = "") -> HttpResponse:
    """`next` is the cursor of the part that follows, null at the end."""
    person = api_needs(request, Can.QUOTE)
    found = Enquiry.objects.visible_to(person).select_related("agent", "client")
    found = found.defer("facts", "purpose", "remarks", "hidden")
    found = found.filter(state=state) if state else found
    before = whole(cursor, 9)
    found = found.filter(number__lt=before) if before else found
    rows = list(found.order_by("-number")[: PART + 1])
    following = str(rows[PART - 1].number) if len(rows) > PART else None
    return _json({"enquiries": [listed_json(one) for one in rows[:PART]], "next": following})


@router.post(
    "/enquiries", auth=api_door(Can.QUOTE), response={201: EnquiryOut}, summary="Start an enquiry"
)
def start(request: HttpRequest, given: EnquiryIn) -> HttpResponse:
    """From a facts document, or from a saved quote. Nothing goes out yet."""
    person = api_needs(request, Can.QUOTE)
    quote = _one(Quote.objects.visible_to(person), given.quote)
    agent = _one(Agent.objects.acted_for_by(person), given.agent)
    facts: Any = given.facts if given.facts is not None else (quote.facts if quote else {})
    draft = Draft(
        agent=agent or (quote.agent if quote else None),
        facts=facts,
        client=_one(Client.objects.visible_to(person), given.client),
        known_as=given.known_as,
        purpose=given.purpose,
        remarks=given.remarks,
        hidden="\n".join(given.hidden),
        quote=quote,
    )
    made = start_enquiry(person, draft, _products(given.products))
    return _told(request, made.pk, 201)


def _one(found: Any, key: UUID | None) -> Any:
    """The record of a key; None without a key. What may not be seen is not there."""
    if key is None:
        return None
    record = found.filter(pk=key).first()
    if record is None:
        raise Refused(Problem("nothing_here", str(key)))
    return record


def _products(named: list[str]) -> list[Product]:
    """Products by `carrier/code`. Raises `Refused` with every one that is not known."""
    found, problems = [], []
    for name in dict.fromkeys(named):
        carrier, _slash, code = name.partition("/")
        known = Product.objects.select_related("carrier").filter(carrier__slug=carrier, code=code)
        if (one := known.first()) is None:
            problems.append(Problem("product_unknown", "products", name[:80], "carrier/product"))
        else:
            found.append(one)
    if problems:
        raise Refused(problems)
    return found


@router.get(
    "/enquiries/{enquiry_id}", auth=api_door(Can.QUOTE), response=EnquiryOut, summary="One enquiry"
)
def enquiry(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """With its carriers, their offers best first, its evidence, and what carriers see."""
    return _told(request, enquiry_id)


@router.post(
    "/enquiries/{enquiry_id}/carriers",
    auth=api_door(Can.QUOTE),
    response=EnquiryOut,
    summary="Ask about more products",
)
def carriers(request: HttpRequest, enquiry_id: UUID, given: ProductsIn) -> HttpResponse:
    """Products by `carrier/code`; one that is asked about already stays as it is."""
    person, held = _enquiry(request, enquiry_id, Can.QUOTE)
    add_products(person, held, _products(given.products))
    return _told(request, enquiry_id)


@router.post(
    "/enquiries/{enquiry_id}/sending",
    auth=api_door(Can.WORK_CASES),
    response=EnquiryOut,
    summary="Send the summary to carriers",
)
def sending(request: HttpRequest, enquiry_id: UUID, given: SendingIn) -> HttpResponse:
    """To all of them or to none; to each once."""
    person, held = _enquiry(request, enquiry_id, Can.WORK_CASES)
    to = {one.carrier: Contact(one.email, one.name) for one in given.to}
    send_enquiry(person, held, to, given.version)
    return _told(request, enquiry_id)


@router.post(
    "/enquiries/{enquiry_id}/evidence",
    auth=api_door(Can.WORK_CASES),
    response=EnquiryOut,
    summary="Evidence for all carriers: wanted, or come in",
)
def evidence(request: HttpRequest, enquiry_id: UUID, given: EvidenceIn) -> HttpResponse:
    """Without `done_on` it is wanted; with it, it came in and is of that day."""
    person, held = _enquiry(request, enquiry_id, Can.WORK_CASES)
    if given.done_on is None:
        want_evidence(person, held, given.kind, detail=given.detail, wanted_by=given.wanted_by)
    else:
        record_evidence(person, held, given.kind, given.done_on, detail=given.detail)
    return _told(request, enquiry_id)


@router.post(
    "/enquiries/{enquiry_id}/carriers/{enquiry_carrier_id}/answers",
    auth=api_door(Can.WORK_CASES),
    response={201: EnquiryOut},
    summary="Record a carrier's answer",
)
def answer(
    request: HttpRequest, enquiry_id: UUID, enquiry_carrier_id: UUID, given: AnswerIn
) -> HttpResponse:
    """Another answer of the same carrier is kept beside the one before, and stands instead."""
    person, held = _enquiry(request, enquiry_id, Can.WORK_CASES)
    said = Answer(
        given.outcome, given.class_code, given.class_name, given.table, given.flat_extra,
        given.flat_years, given.postponed_until, given.valid_until, given.conditions, given.words,
    )  # fmt: skip
    saying = Saying(given.way, given.by_name, given.said_at)
    record_answer(person, _child(held, enquiry_carrier_id), said, saying)
    return _told(request, enquiry_id, 201)


@router.post(
    "/enquiries/{enquiry_id}/carriers/{enquiry_carrier_id}/application",
    auth=api_door(Can.APPLY),
    response={201: ApplicationOut},
    summary="Take an offer up",
)
def apply(
    request: HttpRequest, enquiry_id: UUID, enquiry_carrier_id: UUID, given: ApplyIn
) -> HttpResponse:
    """A formal application with everything known filled in; the others are thanked."""
    person, held = _enquiry(request, enquiry_id, Can.APPLY)
    child = _child(held, enquiry_carrier_id)
    made = choose(person, child, thank_others=given.thank_others, version=given.version)
    return _json({"application": str(made.pk), "number": made.reference}, 201)


@router.post(
    "/enquiries/{enquiry_id}/close",
    auth=api_door(Can.WORK_CASES),
    response=EnquiryOut,
    summary="Close an enquiry",
)
def close(request: HttpRequest, enquiry_id: UUID, given: EnquiryCloseIn) -> HttpResponse:
    """Who still owes an answer is thanked."""
    person, held = _enquiry(request, enquiry_id, Can.WORK_CASES)
    close_enquiry(person, held, given.because)
    return _told(request, enquiry_id)
