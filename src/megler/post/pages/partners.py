"""Trading partners: the list, one of them, and whether the way to it is open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.post.actions.partners import keep_partner, shown_host_key, try_connection
from megler.post.forms import PartnerForm
from megler.post.models import TradingPartner
from megler.post.sentences import why
from megler.ui.problems import add_to_form
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused
from megler.wires.carried import Outcome

_OF_THE_KEY = ("host_key_missing", "host_key_other", "host_key_unreadable")


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_safe
def partners(request: SignedInRequest) -> HttpResponse:
    """All trading partners by name: an agency has dozens."""
    found = TradingPartner.objects.visible_to(request.user).order_by("name", "pk")
    return render(request, "post/partners.html", {"partners": found})


@for_those_who_can(Can.CHANGE_PARTNERS)
def partner_new(request: SignedInRequest) -> HttpResponse:
    """Take a trading partner on."""
    return _kept(request, None)


@for_those_who_can(Can.CHANGE_PARTNERS)
def partner(request: SignedInRequest, partner_id: UUID) -> HttpResponse:
    """One trading partner, to be looked at and changed."""
    visible = TradingPartner.objects.visible_to(request.user)
    return _kept(request, get_object_or_404(visible, pk=partner_id))


def _kept(request: SignedInRequest, found: TradingPartner | None) -> HttpResponse:
    version = whole(request.POST.get("version", "")) or 0
    told = {"partner": found, "version": version or (found.version if found else 0)}
    if request.method != "POST":
        return render(request, "post/partner.html", told | {"form": PartnerForm.of(found)})
    form = PartnerForm(request.POST)
    if form.is_valid():
        try:
            kept = keep_partner(request.user, form.entry(), found, version)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Saved. Try the connection before the first delivery."))
            return redirect("partner", partner_id=kept.pk)
    return render(request, "post/partner.html", told | {"form": form}, status=422)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_POST
def partner_try(request: SignedInRequest, partner_id: UUID) -> HttpResponse:
    """Sign in there, send nothing, and say what came of it."""
    found = get_object_or_404(TradingPartner.objects.visible_to(request.user), pk=partner_id)
    answer = try_connection(request.user, found)
    context = {
        "partner": found,
        "worked": answer.outcome is Outcome.TAKEN,
        "reason": why(answer.code, found.name),
        "said": answer.said,
        "key": shown_host_key(found) if answer.code in _OF_THE_KEY else None,
    }
    return render(request, "post/partner_tried.html", context)
