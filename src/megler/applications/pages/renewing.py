"""Going on with the newer edition of the carrier's forms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.editions import newer_forms
from megler.applications.actions.holding import today
from megler.applications.actions.renewing import take_newer_forms
from megler.applications.pages.sheet import visible
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.APPLY)
def application_newer_forms(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """What is other in the newer edition; nothing when there is none. A part of the page."""
    held = visible(request, application_id)
    context = {"application": held, "newer": newer_forms(held, today(None))}
    return render(request, "applications/_newer_forms.html", context)


@for_those_who_can(Can.APPLY)
@require_POST
def application_renew(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Take the newer edition: answers stay, signatures on papers that read otherwise end."""
    held = visible(request, application_id)
    try:
        done = take_newer_forms(request.user, held)
    except Refused as refused:
        context = {"refused": refused}
        return render(request, "applications/not_started.html", context, status=422)
    messages.success(request, _("The forms in effect today are used now. Every answer is kept."))
    if done.let_go:
        told = {"names": ", ".join(_(name) for name in done.let_go)}
        messages.info(request, _("No longer asked, or asked otherwise: %(names)s.") % told)
    if done.voided:
        names = ", ".join(one.name for one in done.voided)
        messages.warning(
            request, _("The signature of %(names)s no longer counts.") % {"names": names}
        )
    return redirect("application", held.pk)
