"""Exchanges under section 1035: the list of money on its way, and one exchange with its story."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.demands import situation_of
from megler.applications.actions.exchange_steps import money_arrived, note
from megler.applications.actions.exchanges import (
    change_exchange,
    decision_on,
    given_of,
    send_request,
    start_exchange,
)
from megler.applications.actions.holding import today
from megler.applications.actions.letters import request_pdf
from megler.applications.exchange_forms import ExchangeForm, as_initial, of_policy
from megler.applications.models_exchanges import (
    UNDER_WAY,
    Exchange,
    ExchangeQuerySet,
    ExchangeState,
)
from megler.applications.pages.sheet import visible
from megler.applications.replacement_sentences import reason_sentence, way_sentence
from megler.applications.rules.exchanges import Decision, Outcome
from megler.applications.rules.exchanges_tracking import What, read_exchange
from megler.applications.rules.existing import existing_from
from megler.documents.serving import document_answer
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

PAGE = 25
SAID = {
    What.STARTED: _lazy("Started"),
    What.SENT: _lazy("Request sent"),
    What.CHASED: _lazy("Asked again"),
    What.ACKNOWLEDGED: _lazy("Acknowledged by the existing insurer"),
    What.NOTED: _lazy("Noted"),
    What.ARRIVED: _lazy("Money arrived"),
    What.REFUSED: _lazy("Refused by the existing insurer"),
    What.CANCELLED: _lazy("Cancelled"),
}


@dataclass(frozen=True)
class Page:
    """Exchanges, oldest first; `older` and `newer` are the list's way back and on."""

    rows: list[Exchange]
    newer: str | None
    older: str | None


def page_of(found: ExchangeQuerySet, at: str, size: int = PAGE) -> Page:
    """The page after number `a123`, or before number `b123`; the oldest without."""
    way, number = at[:1], whole(at[1:]) or 0
    if way == "b" and number:
        rows = list(found.filter(number__lt=number).order_by("-number")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        before, after = more, bool(rows)
    else:
        rows = list(found.filter(number__gt=number).order_by("number")[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        before, after = bool(rows) and number > 0, more
    return Page(
        rows,
        f"b{rows[0].number}" if before else None,
        f"a{rows[-1].number}" if after else None,
    )


@for_those_who_can(Can.APPLY)
@require_GET
def exchanges(request: SignedInRequest) -> HttpResponse:
    """Money on its way, oldest first; with `closed`, what has come or was given up."""
    closed = request.GET.get("closed") == "1"
    found = Exchange.objects.visible_to(request.user).select_related(
        "application__product__carrier", "application__agent"
    )
    found = found.exclude(state__in=UNDER_WAY) if closed else found.under_way()
    context = {
        "page": page_of(found, request.GET.get("page", "")),
        "closed": closed,
        "sees_rules": request.user.may(Can.SEE_EDITIONS),
        "today": timezone.localdate(),
    }
    return render(request, "applications/exchanges.html", context)


def seen(request: HttpRequest, exchange_id: UUID) -> Exchange:
    """The exchange, if this person may see it."""
    found = Exchange.objects.visible_to(request.user).select_related(  # type: ignore[arg-type]
        "application__product__carrier", "application__agent__user", "application__quote", "letter"
    )
    return get_object_or_404(found, pk=exchange_id)


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def exchange_new(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """A new exchange: checked, or started. `policy` is the number in the list of existing cover."""
    held = visible(request, application_id)
    situation = situation_of(held, today(None))
    policies = existing_from(situation.listed)
    number = whole(request.GET.get("policy", ""))
    chosen = policies[number] if number is not None and number < len(policies) else None
    if request.method == "GET":
        form = ExchangeForm(initial=of_policy(chosen))
        return _form(request, form, None, {"application": held})
    form = ExchangeForm(request.POST)
    context: dict[str, Any] = {"application": held}
    given, problems = read_exchange(form.raw())
    try:
        if given is None:
            raise Refused(problems)
        context["decision"] = _shown(decision_on(held, given))
        if request.POST.get("do") == "check":
            return _form(request, form, None, context)
        made = start_exchange(request.user, held, form.raw())
    except Refused as refused:
        return _form(request, form, refused, context)
    messages.success(request, _("The exchange is being prepared."))
    return redirect("exchange", made.pk)


def _form(
    request: SignedInRequest, form: ExchangeForm, refused: Refused | None, context: dict[str, Any]
) -> HttpResponse:
    whys = {one.sentence for one in context.get("decision", {}).get("findings", [])}
    if refused is not None:
        for problem in refused.problems:
            if sentence(problem) in whys:
                continue
            where = problem.where if problem.where in form.fields else None
            form.add_error(where, sentence(problem))
    context |= {
        "form": form,
        "first": [form[name] for name in form.FIRST],
        "facts": [form[name] for name in form.FACTS],
        "rare": [form[name] for name in form.RARE],
        "rare_open": any(form[name].value() for name in form.RARE),
    }
    status = 200 if refused is None else 422
    return render(request, "applications/exchange_form.html", context, status=status)


@dataclass(frozen=True)
class ShownFinding:
    """A finding in the reader's words."""

    tone: str
    icon: str
    sentence: str
    way: str
    source: str


_TONES = {
    Outcome.REFUSED: ("bad", "circle-x"),
    Outcome.OPEN: ("attention", "help-circle"),
    Outcome.ALLOWED: ("good", "circle-check"),
}


def _shown(decision: Decision) -> dict[str, Any]:
    """The decision as pages show it: what is refused first, then what is open."""
    order = [Outcome.REFUSED, Outcome.OPEN, Outcome.ALLOWED]
    found = sorted(decision.findings, key=lambda finding: order.index(finding.outcome))
    return {
        "outcome": decision.outcome.value,
        "is_allowed": decision.is_allowed,
        "findings": [
            ShownFinding(
                *_TONES[one.outcome],
                reason_sentence(one.reason),
                way_sentence(one.way),
                one.reason.source.rule,
            )
            for one in found
        ],
    }


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def exchange(request: SignedInRequest, exchange_id: UUID) -> HttpResponse:
    """One exchange: its figures, what section 1035 says, its story, and what comes next."""
    return _one(request, seen(request, exchange_id), None)


def _one(request: SignedInRequest, held: Exchange, refused: Refused | None) -> HttpResponse:
    now = timezone.localdate()
    context = {
        "exchange": held,
        "application": held.application,
        "decision": _shown(decision_on(held.application, given_of(held))),
        "events": [
            {"said": SAID.get(What(event.what), event.what), "event": event}
            for event in held.events.order_by("-id")
        ],
        "days": (now - timezone.localdate(held.started_at)).days,
        "late": held.next_on is not None and held.next_on < now,
        "today": now,
        "first_day": timezone.localdate(held.started_at),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    status = 200 if refused is None else 422
    return render(request, "applications/exchange.html", context, status=status)


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def exchange_change(request: SignedInRequest, exchange_id: UUID) -> HttpResponse:
    """Correct an exchange that is still being prepared."""
    held = seen(request, exchange_id)
    context: dict[str, Any] = {"application": held.application, "exchange": held}
    if request.method == "GET":
        return _form(request, ExchangeForm(initial=as_initial(held)), None, context)
    form = ExchangeForm(request.POST)
    given, problems = read_exchange(form.raw())
    try:
        if given is None:
            raise Refused(problems)
        context["decision"] = _shown(decision_on(held.application, given))
        if request.POST.get("do") == "check":
            return _form(request, form, None, context)
        change_exchange(request.user, held, form.raw())
    except Refused as refused:
        return _form(request, form, refused, context)
    messages.success(request, _("Saved."))
    return redirect("exchange", held.pk)


@for_those_who_can(Can.APPLY)
@require_POST
def exchange_step(request: SignedInRequest, exchange_id: UUID, step: str) -> HttpResponse:
    """Something happened: `sent`, `chased`, `acknowledged`, `noted`, `arrived`, `refused`, `cancelled`."""
    held = seen(request, exchange_id)
    act = _STEPS.get(step)
    if act is None:
        raise Http404
    try:
        act(request, held)
    except Refused as refused:
        held = seen(request, exchange_id)
        return _one(request, held, refused)
    messages.success(request, _("Saved."))
    return redirect("exchange", held.pk)


def _on(request: HttpRequest) -> date | None:
    """The day that was given; none given is today, one that is no day is refused."""
    given = request.POST.get("on", "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Refused(Problem("not_a_date", "on", given[:20], "2026-01-31")) from None


def _noted(what: What) -> Callable[[SignedInRequest, Exchange], object]:
    def act(request: SignedInRequest, held: Exchange) -> object:
        words = request.POST.get("words", "")
        return note(request.user, held, what, words=words, on=_on(request))

    return act


def _sent(request: SignedInRequest, held: Exchange) -> object:
    return send_request(request.user, held, _on(request))


def _arrived(request: SignedInRequest, held: Exchange) -> object:
    amount, basis = request.POST.get("amount", ""), request.POST.get("basis", "")
    return money_arrived(request.user, held, amount, basis, on=_on(request))


_STEPS: dict[str, Callable[[SignedInRequest, Exchange], object]] = {
    "sent": _sent,
    "arrived": _arrived,
    **{
        what.value: _noted(what)
        for what in (What.CHASED, What.ACKNOWLEDGED, What.NOTED, What.REFUSED, What.CANCELLED)
    },
}


@for_those_who_can(Can.APPLY)
@require_GET
def exchange_letter(request: SignedInRequest, exchange_id: UUID) -> HttpResponse:
    """The request with the assignment: as it went out, or as it stands now."""
    held = seen(request, exchange_id)
    if held.letter is not None and held.state != ExchangeState.PREPARING:
        return cast(HttpResponse, document_answer(request, held.letter))
    return pdf_answer(request_pdf(held, today(None)), f"{held.application.reference} 1035.pdf")


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF made for this request, which nobody keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
