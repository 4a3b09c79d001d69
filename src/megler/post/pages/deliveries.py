"""Deliveries: what is under way to whom, and what needs a hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.post.actions.deliveries import cancel
from megler.post.actions.deliveries import try_again as start_anew
from megler.post.models import Delivery, DeliveryTry
from megler.post.names import NEEDS_A_HAND, DeliveryState
from megler.post.pages.parts import part_after
from megler.post.sentences import why
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused

FAILED_SHOWN = 20
TONES = {
    "waiting": ("wait", "clock"),
    "sending": ("progress", "send"),
    "delivered": ("good", "check"),
    "refused": ("bad", "circle-x"),
    "failed": ("bad", "alert-triangle"),
    "cancelled": ("quiet", "ban"),
}


@for_those_who_can(Can.SEE_POST)
@require_safe
def deliveries(request: SignedInRequest) -> HttpResponse:
    """What needs a hand, then all, newest first; or those of one state."""
    state, mark = request.GET.get("state", ""), request.GET.get("page", "")
    found = Delivery.objects.visible_to(request.user).select_related("partner").defer("receipt")
    failed: list[Delivery] = []
    if state in DeliveryState.values:
        found = found.filter(state=state)
    elif not mark:
        waiting = found.filter(state__in=NEEDS_A_HAND).order_by("-created_at", "-pk")
        failed = list(waiting[:FAILED_SHOWN])
    part = part_after(found, mark)
    for row in (*failed, *part.items):
        _dress(row)
    context = {
        "part": part, "failed": failed, "state": state, "states": DeliveryState.choices,
        "first": not mark, "may_change": request.user.may(Can.CHANGE_PARTNERS),
    }  # fmt: skip
    template = "post/_deliveries.html" if request.htmx else "post/deliveries.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _dress(row: Any) -> None:
    """Put on a delivery how it is shown."""
    row.tone, row.icon = TONES[row.state]
    row.reason = why(row.why, row.partner.name)


@for_those_who_can(Can.SEE_POST)
@require_safe
def delivery(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    """One delivery: its files, its tries, its receipt."""
    visible = Delivery.objects.visible_to(request.user).select_related("partner", "message")
    found = get_object_or_404(visible, pk=delivery_id)
    _dress(found)
    tries: list[DeliveryTry] = list(found.tries.all())
    for one in tries:
        one.reason = why(one.why, found.partner.name)  # type: ignore[attr-defined]
    context = {
        "delivery": found,
        "files": found.files.select_related("document"),
        "tries": tries,
        "may_try": found.state not in (DeliveryState.DELIVERED, DeliveryState.SENDING),
        "may_cancel": found.state in (DeliveryState.WAITING, *NEEDS_A_HAND),
    }
    return render(request, "post/delivery.html", context)


@for_those_who_can(Can.SEE_POST)
@require_POST
def try_again(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    """Start anew, or try a waiting one now."""
    found = get_object_or_404(Delivery.objects.visible_to(request.user), pk=delivery_id)
    try:
        start_anew(request.user, found)
        messages.success(request, _("It is being tried again."))
    except Refused as refused:
        messages.error(request, " ".join(sentence(p) for p in refused.problems))
    return redirect("delivery", delivery_id=delivery_id)


@for_those_who_can(Can.SEE_POST)
@require_POST
def cancelled(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    """Cancel one that is not delivered."""
    found = get_object_or_404(Delivery.objects.visible_to(request.user), pk=delivery_id)
    try:
        cancel(request.user, found)
        messages.success(request, _("The delivery is cancelled."))
    except Refused as refused:
        messages.error(request, " ".join(sentence(p) for p in refused.problems))
    return redirect("delivery", delivery_id=delivery_id)
