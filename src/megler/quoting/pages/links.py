"""Quote links for agents' own sites, and the visitors who ask to be contacted."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.carriers.names import LINE_NAMES
from megler.licensing.actions import agent_by_npn
from megler.licensing.models import Agent
from megler.quoting.actions import leads as lead_actions
from megler.quoting.actions import links as actions
from megler.quoting.models import Lead, QuoteLink
from megler.quoting.rules.visitors import LINES
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

PAGE_ROWS = 30


@for_those_who_can(Can.QUOTE)
@require_GET
def quote_links(request: HttpRequest) -> HttpResponse:
    """The links of the agents one acts for, with how much they were used."""
    visible = QuoteLink.objects.visible_to(cast(User, request.user)).select_related("agent")
    used = visible.annotate(
        views=Sum("days__views"), quotes=Sum("days__quotes"), asked=Sum("days__leads")
    )
    page = Paginator(used.order_by("-made_at", "pk"), PAGE_ROWS)
    return render(
        request, "quoting/quote_links.html", {"page": page.get_page(request.GET.get("page"))}
    )


@for_those_who_can(Can.QUOTE)
def quote_link_new(request: HttpRequest) -> HttpResponse:
    """Make a link."""
    person = cast(User, request.user)
    told = _form(request, None)
    if request.method == "POST":
        try:
            made = actions.make_quote_link(person, _agent(request), _wanted(request))
        except Refused as refused:
            told["problems"] = refused.problems
        else:
            messages.success(request, _("The quote link is ready."))
            return redirect("quote_link", link_id=made.pk)
    status = 422 if told["problems"] else 200
    return render(request, "quoting/quote_link_new.html", told, status=status)


def _agent(request: HttpRequest) -> Agent:
    """The agent whose number was typed, or the person's own."""
    person = cast(User, request.user)
    agent = agent_by_npn(person, request.POST.get("agent_npn", ""))
    if agent is None and person.is_seller:
        agent = Agent.objects.acted_for_by(person).order_by("name").first()
    if agent is None:
        raise Refused(Problem("missing", "agent_npn", "", "an agent's number"))
    return agent


def _wanted(request: HttpRequest) -> actions.Wanted:
    post = request.POST
    return actions.Wanted(
        title=post.get("title", ""),
        sites=post.get("sites", ""),
        lines=tuple(post.getlist("lines")),
        carriers_hidden=tuple(post.getlist("carriers_hidden")),
        language=post.get("language", ""),
        is_on=post.get("is_on") == "yes",
    )


def _form(request: HttpRequest, link: QuoteLink | None) -> dict[str, Any]:
    """What the form shows: what was sent, else how the link is, else the usual."""
    sent = _wanted(request) if request.method == "POST" else None
    lines: Any = sent.lines if sent else link.lines if link else LINES
    hidden: Any = sent.carriers_hidden if sent else link.carriers_hidden if link else ()
    return {
        "link": link,
        "title": sent.title if sent else link.title if link else "",
        "sites": sent.sites if sent else "\n".join(link.sites) if link else "",
        "lines": [(line.value, LINE_NAMES[line], line in lines) for line in LINES],
        "carriers": [(one.slug, one.name, one.slug in hidden) for one in _carriers()],
        "languages": settings.LANGUAGES,
        "language": sent.language if sent else link.language if link else settings.LANGUAGE_CODE,
        "is_on": sent.is_on if sent else link.is_on if link else True,
        "version": request.POST.get("version") or (link.version if link else 0),
        "agent_npn": request.POST.get("agent_npn", ""),
        "problems": (),
    }


def _carriers() -> list[Carrier]:
    sold = Carrier.objects.filter(products__line__in=[line.value for line in LINES])
    return list(sold.distinct().order_by("name"))


@for_those_who_can(Can.QUOTE)
def quote_link(request: HttpRequest, link_id: str) -> HttpResponse:
    """One link: the code to copy, its sites and choices, how much it is used."""
    person = cast(User, request.user)
    visible = QuoteLink.objects.visible_to(person).select_related("agent")
    link = get_object_or_404(visible, pk=link_id)
    told = _form(request, link)
    if request.method == "POST":
        try:
            version = whole(str(told["version"]))
            actions.change_quote_link(person, link, _wanted(request), version or 0)
        except Refused as refused:
            told["problems"] = refused.problems
        else:
            messages.success(request, _("Saved."))
            return redirect("quote_link", link_id=link.pk)
    address = settings.PUBLIC_URL + reverse("embed", args=[link.key])
    told |= {
        "address": address,
        "days": link.days.order_by("-day")[:30],
        "used": link.days.aggregate(v=Sum("views"), q=Sum("quotes"), n=Sum("leads")),
        "leads": link.leads.order_by("-made_at")[:20],
    }
    status = 422 if told["problems"] else 200
    return render(request, "quoting/quote_link.html", told, status=status)


def _lead(request: HttpRequest, lead_id: str) -> Lead:
    visible = Lead.objects.visible_to(cast(User, request.user))
    return get_object_or_404(visible.select_related("link__agent", "quote"), pk=lead_id)


@for_those_who_can(Can.QUOTE)
@require_GET
def lead(request: HttpRequest, lead_id: str) -> HttpResponse:
    """A visitor who asked to be contacted: how, what they wrote, and what they were shown."""
    return render(request, "quoting/lead.html", {"lead": _lead(request, lead_id)})


@for_those_who_can(Can.QUOTE)
@require_POST
def lead_close(request: HttpRequest, lead_id: str) -> HttpResponse:
    """The visitor was answered."""
    found = _lead(request, lead_id)
    lead_actions.close_lead(cast(User, request.user), found)
    messages.success(request, _("Noted as answered."))
    return redirect("lead", lead_id=found.pk)
