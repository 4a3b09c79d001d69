"""The drop ticket: a short form; the questions follow by interview."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.beginning import Wanted
from megler.applications.actions.tickets import Call, start_ticket, submit_ticket
from megler.applications.forms import in_english
from megler.applications.forms_tickets import QUESTIONS, TicketForm
from megler.applications.models_filling import CompletedBy
from megler.applications.pages.sheet import visible
from megler.applications.rules.tickets import Cover
from megler.carriers.models import Product
from megler.forms.rules.questionnaire import AnswerType, Question
from megler.licensing.actions import agent_by_npn
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem, Refused

_FIELDS = {asked: field for field, asked in QUESTIONS.items()} | {
    "cover_face_amount": "amount",
    "insured_address": "jurisdiction",
    "insured_address.state": "jurisdiction",
    "agent": "agent_npn",
}
_TYPES = {"born": AnswerType.DATE, "amount": AnswerType.MONEY}


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def ticket_start(request: SignedInRequest) -> HttpResponse:
    """Start an application as a ticket."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            held = start_ticket(request.user, *_wanted(request.user, form.cleaned_data))
        except Refused as refused:
            _put(form, refused)
        else:
            messages.success(request, _told(form.cleaned_data["completed_by"]))
            return redirect("application", held.pk)
    status = 422 if form.errors else 200
    return render(request, "applications/ticket.html", {"form": form}, status=status)


def _form(request: SignedInRequest) -> TicketForm:
    own = hasattr(request.user, "agent") and request.user.is_seller
    data = request.POST if request.method == "POST" else None
    return TicketForm(data, products=_products(), has_own_agent=own)


def _products() -> list[Any]:
    """Every product, by carrier."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in Product.objects.select_related("carrier").order_by("carrier__name", "name"):
        name = f"{one.carrier.slug}/{one.code}"
        found.setdefault(one.carrier.name, []).append((name, one.name))
    return [("", "–"), *found.items()]


def _wanted(person: User, typed: dict[str, Any]) -> tuple[Wanted, Call]:
    said = {
        key: in_english(Question(key, _TYPES.get(key, AnswerType.TEXT), "", ""), value)
        for key, value in typed.items()
    }
    term = said["term_years"].strip()
    if term and not term.isdecimal():
        raise Refused(Problem("not_a_whole_number", "term_years", term, "20"))
    wanted = Wanted(
        agent=agent_by_npn(person, typed.get("agent_npn", "")),
        product=typed["product"],
        jurisdiction=typed["jurisdiction"],
        cover=Cover(said["amount"], int(term) if term else None),
        answers={asked: said[field] for field, asked in QUESTIONS.items() if said[field]},
    )
    call = Call(CompletedBy(typed["completed_by"]), typed["call_at"], typed["note"])
    return wanted, call


def _put(form: TicketForm, refused: Refused) -> None:
    for problem in refused.problems:
        where = _FIELDS.get(problem.where, problem.where)
        told = Problem(
            problem.code,
            str(form.fields[where].label) if where in form.fields else problem.where,
            problem.found,
            problem.expected,
        )
        form.add_error(where if where in form.fields else None, sentence(told))


def _told(completed_by: str) -> str:
    if completed_by == CompletedBy.CARRIER:
        return _("The ticket is ready to send to the carrier.")
    return _("The ticket is in. Somebody of the agency calls the client.")


@for_those_who_can(Can.APPLY)
@require_POST
def ticket_submit(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Send a ticket to the carrier, who asks the rest; a second click gets the same answer."""
    held = visible(request, application_id)
    try:
        submit_ticket(request.user, held)
    except Refused as refused:
        messages.error(request, " ".join(sentence(one) for one in refused.problems))
    else:
        messages.success(request, _("Sent. The carrier calls the client; the agency has a case."))
    return redirect("application", held.pk)
