"""Agents: the list, one agent, and taking one on."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.licensing.actions import add_agent
from megler.licensing.forms import AgentForm
from megler.licensing.models import Agent
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Refused

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
    }
    return render(request, "licensing/agent.html", shown)


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
