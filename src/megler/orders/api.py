"""Orders for programs, and the door at which vendors hand in their messages."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from msgspec.json import encode
from ninja import Router, Schema
from ninja.security import HttpBearer

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.orders.actions.deciding import ask_how_it_stands, cancel_order, decide_fee
from megler.orders.actions.finding import proposals_for
from megler.orders.actions.hearing import BYTES_MAX, hear
from megler.orders.actions.placing import Wish, place_order
from megler.orders.actions.tray import assign, set_aside
from megler.orders.models import Authorisation, Facility, Order, OrderItem, OrderWord, Vendor
from megler.orders.pages.shown import PAGE_SIZE, newest
from megler.orders.rules.words import OrderState
from megler.vocabulary.problems import Problem, Refused

router = Router(tags=["orders"])


class VendorKey(HttpBearer):
    """`Authorization: Bearer mv_…`: the key that a vendor was given for its messages."""

    def authenticate(self, request: HttpRequest, token: str) -> Vendor | None:
        return Vendor.behind(token)


class ItemOut(Schema):
    """One requirement of an order."""

    id: UUID
    unique_id: str
    requirement: UUID
    kind: str
    state: str


class OrderOut(Schema):
    """An order; money is decimal text."""

    id: UUID
    number: str
    case: UUID
    vendor: str
    facility: str | None
    state: OrderState
    ordered_at: datetime
    sent_at: datetime | None
    appointment: datetime | None
    fee: str | None
    fee_state: str
    items: list[ItemOut]


class OrdersOut(Schema):
    """Some orders, and the cursor of those after them."""

    orders: list[OrderOut]
    next: str | None


class OrderIn(Schema):
    """What is ordered. An attending physician's statement needs facility and authorisation."""

    vendor: str
    requirements: list[UUID]
    facility: UUID | None = None
    authorisation: UUID | None = None
    details: str = ""


class BecauseIn(Schema):
    because: str


class FeeIn(Schema):
    """`fee` is the one that was seen."""

    approved: bool
    fee: str


class ReasonOut(Schema):
    code: str
    params: dict[str, str]


class TrayProposalOut(Schema):
    item: UUID
    unique_id: str
    score: int
    reasons: list[ReasonOut]


class WordOut(Schema):
    """Something in the tray."""

    id: UUID
    vendor: str
    event: str
    at: datetime
    reasons: list[ReasonOut]
    files: int


class TrayOut(Schema):
    words: list[WordOut]


class TrayWordOut(WordOut):
    proposals: list[TrayProposalOut]


class AssignIn(Schema):
    """Whose it is; `in_spite_of`: the person looked, whatever the message says."""

    item: UUID
    in_spite_of: bool = False


class TakenOut(Schema):
    """A message that is kept: from now on we answer for it."""

    id: UUID
    is_new: bool


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def _told(order: Order) -> dict[str, object]:
    items = sorted(order.items.all(), key=lambda item: item.position)
    return {
        "id": order.pk,
        "number": order.reference,
        "case": order.case_id,
        "vendor": order.vendor.slug,
        "facility": str(order.facility) if order.facility else None,
        "state": order.state,
        "ordered_at": order.ordered_at,
        "sent_at": order.sent_at,
        "appointment": order.appointment,
        "fee": str(order.fee_asked) if order.fee_asked is not None else None,
        "fee_state": order.fee_state,
        "items": [
            {
                "id": item.pk,
                "unique_id": item.unique_id,
                "requirement": item.requirement_id,
                "kind": item.requirement.kind,
                "state": item.state,
            }
            for item in items
        ],
    }


def _order(person: User, order_id: UUID) -> Order:
    seen = Order.objects.visible_to(person).select_related("vendor", "facility", "case")
    return get_object_or_404(seen.prefetch_related("items__requirement"), pk=order_id)


@router.get(
    "/orders", auth=api_door(Can.WORK_CASES), response=OrdersOut, summary="Orders, part by part"
)
def orders(request: HttpRequest, state: str = "", cursor: str = "") -> HttpResponse:
    """Newest first; `state` may be "open". `next` is the cursor of the part that follows."""
    found = Order.objects.visible_to(api_needs(request, Can.WORK_CASES))
    if state == "open":
        found = found.still_open()
    elif state:
        found = found.filter(state=state)
    part = newest(found, cursor)
    return _json({"orders": [_told(order) for order in part.items], "next": part.older})


@router.get(
    "/orders/tray", auth=api_door(Can.WORK_CASES), response=TrayOut, summary="What is in the tray"
)
def order_tray(request: HttpRequest) -> HttpResponse:
    """Oldest first."""
    found = OrderWord.objects.visible_to(api_needs(request, Can.WORK_CASES)).in_tray()
    words = found.select_related("message__vendor").prefetch_related("files")[:PAGE_SIZE]
    return _json({"words": [_word(word) for word in words]})


def _word(word: OrderWord) -> dict[str, object]:
    return {
        "id": word.pk,
        "vendor": word.message.vendor.slug,
        "event": word.event,
        "at": word.at,
        "reasons": word.reasons,
        "files": len(word.files.all()),
    }


def _held(request: HttpRequest, word_id: UUID) -> tuple[User, OrderWord]:
    person = api_needs(request, Can.WORK_CASES)
    found = OrderWord.objects.visible_to(person).select_related("message__vendor")
    return person, get_object_or_404(found.prefetch_related("files"), pk=word_id)


@router.get(
    "/orders/tray/{word_id}",
    auth=api_door(Can.WORK_CASES),
    response=TrayWordOut,
    summary="Something in the tray, with proposals",
)
def tray_word(request: HttpRequest, word_id: UUID) -> HttpResponse:
    """Whose it may be, likeliest first."""
    _person, word = _held(request, word_id)
    proposed = [
        {
            "item": item.pk,
            "unique_id": item.unique_id,
            "score": one.score,
            "reasons": [{"code": r.code, "params": r.params} for r in one.reasons],
        }
        for one, item in proposals_for(word)
    ]
    return _json({**_word(word), "proposals": proposed})


@router.post(
    "/orders/tray/{word_id}/assign",
    auth=api_door(Can.WORK_CASES),
    response=OrderOut,
    summary="Say whose it is",
)
def tray_assign(request: HttpRequest, word_id: UUID, given: AssignIn) -> HttpResponse:
    """From then on it counts as if it had been matched."""
    person, word = _held(request, word_id)
    item = get_object_or_404(OrderItem, pk=given.item)
    assign(person, word, item, in_spite_of=given.in_spite_of)
    return _json(_told(_order(person, item.order_id)))


@router.post(
    "/orders/tray/{word_id}/set-aside",
    auth=api_door(Can.WORK_CASES),
    response=WordOut,
    summary="It is nobody's here",
)
def tray_set_aside(request: HttpRequest, word_id: UUID, given: BecauseIn) -> HttpResponse:
    """It stays kept."""
    person, word = _held(request, word_id)
    set_aside(person, word, given.because)
    return _json(_word(word))


@router.get(
    "/orders/{order_id}", auth=api_door(Can.WORK_CASES), response=OrderOut, summary="One order"
)
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """How it stands."""
    return _json(_told(_order(api_needs(request, Can.WORK_CASES), order_id)))


@router.post(
    "/cases/{case_id}/orders",
    auth=api_door(Can.WORK_CASES),
    response={201: OrderOut},
    summary="Order requirements from a vendor",
)
def place(request: HttpRequest, case_id: UUID, given: OrderIn) -> HttpResponse:
    """Answers 201 with the order."""
    person = api_needs(request, Can.WORK_CASES)
    case = get_object_or_404(Case.objects.visible_to(person), pk=case_id)
    wanted = list(case.requirements.filter(pk__in=given.requirements))
    if len(wanted) != len(set(given.requirements)):
        raise Http404
    wish = Wish(
        get_object_or_404(Vendor.objects.visible_to(person), slug=given.vendor),
        wanted,
        get_object_or_404(Facility, pk=given.facility) if given.facility else None,
        get_object_or_404(Authorisation, pk=given.authorisation) if given.authorisation else None,
        given.details,
    )
    placed = place_order(person, case, wish)
    return _json(_told(_order(person, placed.pk)), 201)


@router.post(
    "/orders/{order_id}/cancel",
    auth=api_door(Can.WORK_CASES),
    response=OrderOut,
    summary="Cancel an order",
)
def cancel(request: HttpRequest, order_id: UUID, given: BecauseIn) -> HttpResponse:
    """The vendor is told; its requirements are needed again."""
    person = api_needs(request, Can.WORK_CASES)
    cancel_order(person, _order(person, order_id), given.because)
    return _json(_told(_order(person, order_id)))


@router.post(
    "/orders/{order_id}/inquiry",
    auth=api_door(Can.WORK_CASES),
    response=OrderOut,
    summary="Ask the vendor how it stands",
)
def inquire(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """In the way it takes orders."""
    person = api_needs(request, Can.WORK_CASES)
    ask_how_it_stands(person, _order(person, order_id))
    return _json(_told(_order(person, order_id)))


@router.post(
    "/orders/{order_id}/fee",
    auth=api_door(Can.WORK_CASES),
    response=OrderOut,
    summary="Approve or refuse a fee",
)
def fee(request: HttpRequest, order_id: UUID, given: FeeIn) -> HttpResponse:
    """The vendor is told."""
    person = api_needs(request, Can.WORK_CASES)
    try:
        seen = Decimal(given.fee)
    except InvalidOperation:
        raise Refused(Problem("wrong_value", "fee", given.fee[:40], "35.00")) from None
    decide_fee(person, _order(person, order_id), given.approved, seen)
    return _json(_told(_order(person, order_id)))


@router.post(
    "/vendor-messages",
    auth=VendorKey(),
    response={202: TakenOut},
    summary="Hand in a vendor's message (TXLife 1122, or an answer to a 121)",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/xml": {"schema": {"type": "string"}}},
        }
    },
)
def vendor_message(request: HttpRequest) -> HttpResponse:
    """The message itself is the body. 202 once it is kept, for ever; the same again is the same one.

    With the vendor's own key. It is read within seconds, and nothing of it is lost.
    """
    vendor: Vendor = request.auth  # type: ignore[attr-defined]
    body = request.read(BYTES_MAX + 1)
    message, is_new = hear(vendor, body, "push", name=request.headers.get("X-File-Name", ""))
    return _json({"id": message.pk, "is_new": is_new}, 202)
