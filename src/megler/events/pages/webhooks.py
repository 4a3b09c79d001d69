"""Subscriptions: who hears, what was delivered, trying and telling again."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.events.actions import hearing, subscribing
from megler.events.forms import ReplayForm, SubscriptionForm
from megler.events.models import Delivery, Format, Listening, State, Subscription
from megler.ui.problems import add_to_form
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused

LISTED_MAX = 100
LOG_SIZE = 50
TONES = {
    State.WAITING: "wait",
    State.DELIVERED: "good",
    State.DEAD: "bad",
    State.SKIPPED: "quiet",
}


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_safe
def subscriptions(request: SignedInRequest) -> HttpResponse:
    """Who hears of events."""
    found = Subscription.objects.select_related("carrier", "person").order_by("name", "pk")
    heard = Listening.objects.select_related("carrier").order_by("carrier__name")
    shown = {
        "subscriptions": found[:LISTED_MAX],
        "listening": [
            (one, settings.PUBLIC_URL + reverse("hear", args=[one.carrier.slug]))
            for one in heard[:LISTED_MAX]
        ],
        "carriers": Carrier.objects.order_by("name")[:LISTED_MAX],
    }
    return render(request, "events/subscriptions.html", shown)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_POST
def listening_make(request: SignedInRequest) -> HttpResponse:
    """Let a carrier push to us."""
    carrier = get_object_or_404(Carrier, slug=request.POST.get("carrier", ""))
    hearing.listen_to(request.user, carrier)
    messages.success(request, _("Give the address and the secret to the carrier."))
    return redirect("subscriptions")


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def subscription_new(request: SignedInRequest) -> HttpResponse:
    """Let an address hear of events."""
    form = SubscriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = subscribing.subscribe(
                request.user,
                given["name"],
                given["address"],
                kinds=given["kinds"].split(","),
                format=Format(given["format"]),
                carrier=given["carrier"],
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("It hears of what happens from now on. Try it out."))
            return redirect("subscription", made.pk)
    status = 422 if form.errors else 200
    return render(request, "events/subscription_new.html", {"form": form}, status=status)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_safe
def subscription(request: SignedInRequest, subscription_id: UUID) -> HttpResponse:
    """One: its secret, its log, and what can be done."""
    related = Subscription.objects.select_related("carrier", "person")
    found = get_object_or_404(related, pk=subscription_id)
    log = Delivery.objects.filter(subscription=found).select_related("event__case")
    before = whole(request.GET.get("page", ""), 18)
    if before is not None:
        log = log.filter(event__lt=before)
    rows = list(log.order_by("-event", "-replay")[: LOG_SIZE + 1])
    more, rows = len(rows) > LOG_SIZE, rows[:LOG_SIZE]
    shown = {
        "subscription": found,
        "log": [(row, TONES[State(row.state)]) for row in rows],
        "page": {"older": str(rows[-1].event_id) if more else None},
        "replay_form": ReplayForm(),
    }
    return render(request, "events/subscription.html", shown)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_POST
def subscription_act(request: SignedInRequest, subscription_id: UUID, act: str) -> HttpResponse:
    """Try it out, switch it on or off, renew its secret, or tell events again."""
    found = get_object_or_404(Subscription, pk=subscription_id)
    person = request.user
    if act == "try":
        posted = subscribing.try_out(person, found)
        if posted.taken:
            messages.success(request, _("It answered %(n)s.") % {"n": posted.status})
        else:
            what = posted.error or posted.status
            messages.error(request, _("It did not take it: %(what)s") % {"what": what})
    elif act == "switch":
        subscribing.switch(person, found, not found.is_on)
        messages.success(request, _("Saved."))
    elif act == "secret":
        subscribing.renew_secret(person, found)
        messages.success(request, _("The secret is new. Give it to the receiver."))
    else:
        form = ReplayForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say from when until when."))
        else:
            count = subscribing.replay(person, found, **form.cleaned_data)
            messages.success(request, _("%(n)d events are told again.") % {"n": count})
    return redirect("subscription", found.pk)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_POST
def delivery_replay(request: SignedInRequest, webhook_id: UUID) -> HttpResponse:
    """Tell one event again."""
    related = Delivery.objects.select_related("subscription", "event")
    row = get_object_or_404(related, pk=webhook_id)
    subscribing.replay(request.user, row.subscription, event=row.event)
    messages.success(request, _("It is told again."))
    return redirect("subscription", row.subscription_id)
