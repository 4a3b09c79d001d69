"""What an agent or assistant is told, who looks after their business, and their calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_everyone_signed_in, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.licensing.models import Agent, Delegation
from megler.portal import deadlines
from megler.portal.actions import choosing, delegating
from megler.portal.forms import DelegateForm, NoticesForm
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused

LISTED_MAX = 50


@for_those_who_can(Can.SEE_MY_BUSINESS)
@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """What one is told at once and what once a week; beside it delegates and the calendar."""
    form = NoticesForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        chosen = form.cleaned_data
        choosing.choose_notices(request.user, chosen["at_once"], chosen["digest"])
        messages.success(request, _("Saved."))
        return redirect("notices")
    return _page(request, form=form)


def _page(
    request: SignedInRequest,
    form: NoticesForm | None = None,
    delegate_form: DelegateForm | None = None,
) -> HttpResponse:
    person = request.user
    choice = choosing.choice_of(person)
    today = timezone.localdate()
    told = {"at_once": [group.value for group in choice.at_once], "digest": choice.digest}
    feed = person.calendar_feeds.filter(revoked_at=None).first()
    standing = Delegation.objects.standing(today)
    agent = Agent.objects.filter(user=person).first()
    shown = {
        "form": form or NoticesForm(initial=told),
        "delegate_form": delegate_form or DelegateForm(auto_id="delegate_%s"),
        "agent": agent,
        "delegations": list(
            standing.filter(agent=agent).select_related("person").order_by("since")[:LISTED_MAX]
        ),
        "looked_after": list(
            standing.filter(person=person).select_related("agent").order_by("since")[:LISTED_MAX]
        ),
        "feed": feed,
        "feed_address": deadlines.address_of(feed) if feed else "",
        "today": today,
    }
    wrong = (form and form.errors) or (delegate_form and delegate_form.errors)
    return render(request, "portal/notices.html", shown, status=422 if wrong else 200)


def _own(person: User) -> Agent:
    return get_object_or_404(Agent, user=person)


@for_those_who_can(Can.SEE_MY_BUSINESS)
@require_POST
def delegate(request: SignedInRequest) -> HttpResponse:
    """Let somebody look after one's business until a day."""
    agent = _own(request.user)
    form = DelegateForm(request.POST, auto_id="delegate_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            delegating.delegate(
                request.user,
                agent,
                given["to"],
                given["until"],
                since=given["since"],
                may_act=given["may_act"],
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Done. It ends by itself."))
            return redirect("notices")
    return _page(request, delegate_form=form)


@for_everyone_signed_in
@require_POST
def delegation_end(request: SignedInRequest, delegation_id: UUID) -> HttpResponse:
    """End a delegation early: the agent, or the one who looks after."""
    found = get_object_or_404(Delegation.objects.select_related("agent"), pk=delegation_id)
    if request.user.pk not in {found.person_id, found.agent.user_id}:
        raise Http404
    delegating.end_delegation(request.user, found)
    messages.success(request, _("The delegation is ended."))
    return redirect("notices")


@for_those_who_can(Can.SEE_MY_BUSINESS)
@require_POST
def calendar_make(request: SignedInRequest) -> HttpResponse:
    """A new private address of one's deadlines."""
    deadlines.make_feed(request.user)
    messages.success(request, _("Your calendar address is ready. One you had before is closed."))
    return redirect("notices")


@for_those_who_can(Can.SEE_MY_BUSINESS)
@require_POST
def calendar_close(request: SignedInRequest) -> HttpResponse:
    """Close the address."""
    deadlines.close_feed(request.user)
    messages.success(request, _("The calendar address is closed."))
    return redirect("notices")
