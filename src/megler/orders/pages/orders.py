"""The list of orders, one of them, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.orders import names
from megler.orders.actions import deciding, placing
from megler.orders.forms import BecauseForm, DetailsForm, FeeForm, HeardForm, orderable
from megler.orders.models import Order, OrderWord, Vendor
from megler.orders.pages.shown import deeds_for, history, newest, shown
from megler.orders.rules.words import Event, OrderState
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused

Given = dict[str, Any]
_TRAY_COUNT_MAX = 100


@for_those_who_can(Can.WORK_CASES)
@require_safe
def orders(request: SignedInRequest) -> HttpResponse:
    """All orders, newest first; those still open unless asked otherwise."""
    wanted = request.GET.get("state", "open")
    found = Order.objects.visible_to(request.user)
    if wanted == "open":
        found = found.still_open()
    elif wanted in set(OrderState):
        found = found.filter(state=wanted)
    vendor = request.GET.get("vendor", "")
    if vendor:
        found = found.filter(vendor__slug=vendor)
    part = newest(found, request.GET.get("page", ""))
    in_tray = OrderWord.objects.visible_to(request.user).in_tray()[:_TRAY_COUNT_MAX]
    context = {
        "page": part,
        "rows": [shown(order) for order in part.items],
        "state": wanted,
        "vendor": vendor,
        "states": names.choices(names.ORDER_STATE),
        "vendors": Vendor.objects.visible_to(request.user),
        "in_tray": len(in_tray),
    }
    return render(request, "orders/orders.html", context)


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_orders(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """A case's orders, beside it; nothing for those who do not work cases."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    if not request.user.may(Can.WORK_CASES):
        return HttpResponse("")
    found = Order.objects.filter(case=case).select_related("vendor", "case__client", "facility")
    listed = found.prefetch_related("items__requirement").order_by("-number")[:20]
    context = {
        "case": case,
        "rows": [shown(order) for order in listed],
        "can_order": case.is_open and bool(orderable(case)),
    }
    return render(request, "orders/_case_orders.html", context)


@dataclass(frozen=True)
class Deed:
    """Something that can be done with an order."""

    label: "str | Promise"
    said: "str | Promise"
    icon: str
    run: Callable[[User, Order, Given], object]
    form: type[forms.Form] | None = None
    tone: str = ""
    needs_order: bool = False


def _heard(person: User, order: Order, given: Given) -> object:
    heard = deciding.Heard(
        Event(given["event"]), given["detail"], given["appointment"], tuple(given["papers"])
    )
    return deciding.note_word(person, given["item"], heard)


DEEDS: dict[str, Deed] = {
    "posted": Deed(_("It is posted"), _("Noted as posted."), "mail",
                   lambda p, o, g: deciding.mark_posted(p, o)),
    "approve-fee": Deed(_("Approve the fee"), _("The fee is approved; the vendor is told."), "check",
                        lambda p, o, g: deciding.decide_fee(p, o, True, g["seen"])),
    "refuse-fee": Deed(_("Refuse the fee"), _("The fee is refused; the vendor is told."), "x",
                       lambda p, o, g: deciding.decide_fee(p, o, False, g["seen"])),
    "heard": Deed(_("Note a word"), _("The word is noted."), "message-circle", _heard, HeardForm,
                  needs_order=True),
    "ask": Deed(_("Ask how it stands"), _("The vendor is asked."), "send",
                lambda p, o, g: deciding.ask_how_it_stands(p, o)),
    "fee": Deed(_("Note a fee"), _("The fee is noted."), "report-money",
                lambda p, o, g: deciding.note_fee(p, o, g["fee"]), FeeForm),
    "change": Deed(_("Change the instructions"), _("The vendor is told."), "edit",
                   lambda p, o, g: deciding.change_order(p, o, g["details"]), DetailsForm),
    "cancel": Deed(_("Cancel the order"), _("Cancelled; the vendor is told."), "circle-x",
                   lambda p, o, g: deciding.cancel_order(p, o, g["because"]), BecauseForm, "danger"),
    "again": Deed(_("Order again"), _("Ordered again."), "refresh",
                  lambda p, o, g: placing.order_again(p, o)),
}  # fmt: skip


def _context(order: Order) -> Given:
    items = order.items.select_related("requirement").order_by("position")
    tones = {item.pk: names.TONES[item.state] for item in items}
    return {
        **shown(order),
        "order": order,
        "items": [{"item": one, "tone": tones[one.pk][0], "icon": tones[one.pk][1]} for one in items],
        "history": history(order),
        "deeds": [{"slug": slug, "deed": DEEDS[slug], "asks": DEEDS[slug].form is not None}
                  for slug in deeds_for(order)],
        "newer": order.made_again.order_by("-number").first(),
    }  # fmt: skip


def _visible(person: User, order_id: UUID) -> Order:
    related = Order.objects.visible_to(person).select_related(
        "case__client",
        "case__carrier",
        "vendor",
        "facility",
        "authorisation__paper__document",
        "again",
    )
    return get_object_or_404(related, pk=order_id)


@for_those_who_can(Can.WORK_CASES)
@require_safe
def order(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """One order: how it stands, what was said, what can be done."""
    return render(request, "orders/order.html", _context(_visible(request.user, order_id)))


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def order_act(request: SignedInRequest, order_id: UUID, act: str) -> HttpResponse:
    """Do something with an order; GET gives its form."""
    deed = DEEDS.get(act)
    if deed is None:
        raise Http404
    found = _visible(request.user, order_id)
    form = _form(request, deed, found)
    context = {"order": found, "deed": deed, "form": form}
    if request.method == "GET":
        return render(request, "orders/act.html", context)
    if form is not None and not form.is_valid():
        return render(request, "orders/act.html", context, status=422)
    try:
        done = deed.run(request.user, found, form.cleaned_data if form else _seen(request))
    except Refused as refused:
        if form is None:
            told = {**_context(_visible(request.user, order_id)), "refused": refused}
            return render(request, "orders/order.html", told, status=422)
        add_to_form(form, refused.problems)
        return render(request, "orders/act.html", context, status=422)
    messages.success(request, str(deed.said))
    after = done if isinstance(done, Order) else found
    return redirect("order", order_id=after.pk)


def _form(request: HttpRequest, deed: Deed, order: Order) -> forms.Form | None:
    if deed.form is None:
        return None
    data = request.POST if request.method == "POST" else None
    initial = {"details": order.details}
    if deed.needs_order:
        return HeardForm(order, data)
    return deed.form(data, initial=initial)


def _seen(request: HttpRequest) -> Given:
    try:
        return {"seen": Decimal(request.POST.get("seen", "0"))}
    except InvalidOperation:
        return {"seen": Decimal(0)}
