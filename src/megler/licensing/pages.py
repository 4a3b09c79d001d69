"""Agents: the list, one agent, taking one on; the marks of the agency, of firms and agents."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.licensing.actions import add_agent, let_see_downline, present_agency, put_logo
from megler.licensing.forms import AgencyForm, AgentForm, LogoForm
from megler.licensing.logos import logo_address
from megler.licensing.models import Agency, Agent
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

PAGE_ROWS = 50


@for_those_who_can(Can.SEE_AGENTS)
def agents(request: HttpRequest) -> HttpResponse:
    """Agents by name, a page at a time; found by name, firm or National Producer Number."""
    wanted = request.GET.get("q", "").strip()
    found = Agent.objects.visible_to(cast(User, request.user)).select_related("firm", "upline")
    if wanted:
        found = found.filter(
            Q(name__icontains=wanted) | Q(npn__startswith=wanted) | Q(firm__name__icontains=wanted)
        )
    page = Paginator(found.order_by("name", "pk"), PAGE_ROWS).get_page(request.GET.get("page"))
    template = "licensing/_agents.html" if request.htmx else "licensing/agents.html"  # type: ignore[attr-defined]
    return render(
        request,
        template,
        {"page": page, "q": wanted, "can_change": cast(User, request.user).may(Can.CHANGE_AGENTS)},
    )


@for_those_who_can(Can.SEE_AGENTS)
def agent(request: HttpRequest, agent_id: str) -> HttpResponse:
    """One agent: how to reach them, whom they work with."""
    visible = Agent.objects.visible_to(cast(User, request.user))
    found = get_object_or_404(visible.select_related("firm", "upline", "user"), pk=agent_id)
    shown = {
        "agent": found,
        "state": JURISDICTIONS.get(found.jurisdiction, found.jurisdiction),
        "downline": found.downline.order_by("name")[:100],
        "assistants": found.assistants.select_related("user"),
        "delegations": found.delegations.standing(timezone.localdate()).select_related("person"),
        "may_change": cast(User, request.user).may(Can.CHANGE_AGENTS),
    }
    return render(request, "licensing/agent.html", shown)


@for_those_who_can(Can.CHANGE_AGENTS)
@require_POST
def agent_downline(request: HttpRequest, agent_id: str) -> HttpResponse:
    """Whether the contract lets an agent see the downline's cases."""
    found = get_object_or_404(Agent, pk=agent_id)
    let_see_downline(cast(User, request.user), found, request.POST.get("sees") == "yes")
    messages.success(request, _("Saved."))
    return redirect("agent", agent_id=found.pk)


@for_those_who_can(Can.CHANGE_AGENTS)
def agent_new(request: HttpRequest) -> HttpResponse:
    """Take an agent on."""
    form = AgentForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "licensing/agent_new.html", {"form": form}, status=status)
    try:
        made = add_agent(cast(User, request.user), **form.cleaned_data, since=timezone.localdate())
    except Refused as refused:
        told = {"form": form, "problems": refused.problems}
        return render(request, "licensing/agent_new.html", told, status=422)
    messages.success(request, _("%(name)s is with us now.") % {"name": made.name})
    return redirect("agent", agent_id=made.pk)


@for_those_who_can(Can.CHANGE_AGENCY)
def agency(request: HttpRequest) -> HttpResponse:
    """How the agency shows itself on papers and pages."""
    ours = Agency.ours()
    logo = logo_address(ours.logo)
    form = AgencyForm(request.POST or None, request.FILES or None, instance=ours)
    told = {"form": form, "logo": logo, "version": request.POST.get("version") or ours.version}
    if request.method != "POST":
        return render(request, "licensing/agency.html", told)
    version = whole(str(told["version"]))
    if form.is_valid() and version is not None:
        given = form.cleaned_data
        try:
            present_agency(
                cast(User, request.user),
                given,
                version,
                logo=given["picture"],
                without_logo=given["without_logo"],
            )
        except Refused as refused:
            told["problems"] = refused.problems
        else:
            messages.success(request, _("Saved. New proposals and quote links look like this."))
            return redirect("agency")
    return render(request, "licensing/agency.html", told, status=422)


@for_those_who_can(Can.QUOTE)
def agent_marks(request: HttpRequest, agent_id: str) -> HttpResponse:
    """The logo of an agent and of their firm."""
    person = cast(User, request.user)
    mine = Agent.objects.acted_for_by(person).select_related("firm__logo", "logo")
    found = get_object_or_404(mine, pk=agent_id)
    told = {
        "agent": found,
        "form": LogoForm(),
        "logo": logo_address(found.logo),
        "firm_logo": logo_address(found.firm.logo) if found.firm else "",
        "may_firm": bool(found.firm) and person.may(Can.CHANGE_AGENTS),
    }
    if request.method != "POST":
        return render(request, "licensing/marks.html", told)
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        whose = found.firm if form.cleaned_data["whose"] == "firm" else found
        try:
            if whose is None:
                raise Refused(Problem("missing", "firm", "", _("a firm")))
            put_logo(person, whose, form.cleaned_data["picture"])
        except Refused as refused:
            told["problems"] = refused.problems
        else:
            messages.success(request, _("The logo is changed."))
            return redirect("agent_marks", agent_id=found.pk)
    return render(request, "licensing/marks.html", told, status=422)
