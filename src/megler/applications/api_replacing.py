"""Replacement, exchanges and money with the application, for programs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.demands import situation_of
from megler.applications.actions.exchange_steps import money_arrived, note
from megler.applications.actions.exchanges import (
    decision_on,
    given_of,
    is_funded,
    send_request,
    start_exchange,
)
from megler.applications.actions.holding import today
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange
from megler.applications.replacement_sentences import reason_sentence, way_sentence
from megler.applications.rules.demands import needs_of, receipt_of
from megler.applications.rules.exchanges import Decision
from megler.applications.rules.exchanges_tracking import FACTS, What
from megler.applications.rules.replacement import ReplacementNeeds
from megler.vocabulary.problems import Problem, Reason, Refused

router = Router(tags=["applications"])


class Why(Schema):
    """A reason: its code, its words, and where the rule stands."""

    code: str
    text: str
    source: dict[str, str]


class ReceiptOut(Schema):
    """Whether money may be taken: yes, no, or null while an answer is missing. Amounts in dollars."""

    may: bool | None
    cash_on_delivery: bool
    reasons: list[Why]
    form: str
    kind: str
    limit: str | None
    least: str | None
    start: str
    starts_on: date | None
    ends_on: date | None
    ends_after_days: int | None


class PaperOut(Schema):
    """A paper that the state asks for; `now` says that it belongs into the packet."""

    purpose: str
    step: int
    signers: list[str]
    by: str
    copy_left_by: str
    now: bool
    reason: Why
    note: str


class NoticeOut(Schema):
    """The notice to an existing insurer, due on a day."""

    company: str
    policy_number: str
    days: int | None
    business_days: bool
    due_on: date | None
    enclosed: str
    confirmed: bool


class ReplacementOut(Schema):
    """What the state asks; `verify` names what nobody has confirmed."""

    state: str
    line: str
    replacement: bool | None
    cite: str
    source: str
    confirmed: bool
    verify: list[str]
    questions: list[dict[str, str]]
    forms: list[PaperOut]
    notices: list[NoticeOut]
    free_look_days: int | None
    keep_years: int | None
    note: str
    reasons: list[Why]


class ExchangeIn(Schema):
    """An exchange, by the names of its facts; what is left out is unknown.

    Amounts are decimal texts, facts `yes` or `no`.
    """

    carrier_name: str = ""
    policy_number: str = ""
    source_kind: str = ""
    carrier_address: str = ""
    expected: str = ""
    cost_basis: str = ""
    loan: str = ""
    facts: dict[str, str | bool] = {}


class StepIn(Schema):
    """What happened on which day: words for a note, amount and basis for money that came."""

    on: date | None = None
    words: str = ""
    amount: str = ""
    basis: str = ""


class FindingOut(Schema):
    """One thing that section 1035 says, and the way out."""

    outcome: str
    way: str
    way_text: str
    reason: Why


class ExchangeOut(Schema):
    """An exchange as it stands. Amounts in dollars."""

    id: UUID
    application: UUID
    state: str
    carrier_name: str
    policy_number: str
    source_kind: str
    is_partial: bool
    expected: str | None
    cost_basis: str | None
    loan: str | None
    arrived: str | None
    basis_arrived: str | None
    started_at: datetime
    sent_on: date | None
    closed_on: date | None
    next_on: date | None
    outcome: str
    findings: list[FindingOut]
    events: list[dict[str, Any]]


class ExchangesOut(Schema):
    """The exchanges of an application, and whether all their money has come."""

    funded: bool
    exchanges: list[ExchangeOut]


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def _visible(person: User, application_id: UUID) -> Application:
    found = Application.objects.visible_to(person).select_related("agent__user", "product__carrier")
    if one := found.filter(pk=application_id).first():
        return one
    raise Http404


def _why(reason: Reason) -> dict[str, Any]:
    source = {key: getattr(reason.source, key) for key in ("edition", "page", "rule")}
    told = {key: value for key, value in source.items() if value}
    return {"code": reason.code, "text": reason_sentence(reason), "source": told}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@router.get(
    "/applications/{application_id}/receipt",
    auth=api_door(Can.APPLY),
    response=ReceiptOut,
    summary="Whether money may be taken with an application",
)
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Yes, no or open, with every reason; the receipt, its limit, start and end."""
    held = _visible(api_needs(request, Can.APPLY), application_id)
    answer = receipt_of(situation_of(held, today(None)))
    return _json(
        {
            "may": answer.may,
            "cash_on_delivery": answer.cash_on_delivery,
            "reasons": [_why(reason) for reason in answer.reasons],
            "form": answer.form,
            "kind": answer.kind,
            "limit": _text(answer.limit),
            "least": _text(answer.least),
            "start": answer.start,
            "starts_on": answer.starts_on,
            "ends_on": answer.ends_on,
            "ends_after_days": answer.ends_after_days,
        }
    )


@router.get(
    "/applications/{application_id}/replacement",
    auth=api_door(Can.APPLY),
    response=ReplacementOut,
    summary="What the state asks of the replacement in an application",
)
def replacement(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Questions, papers in the order of signing, notices with their days, right to return."""
    held = _visible(api_needs(request, Can.APPLY), application_id)
    received = today(held.submitted_at) if held.submitted_at else None
    return _json(_needs(needs_of(situation_of(held, today(None)), received)))


def _needs(needs: ReplacementNeeds) -> dict[str, Any]:
    rule = needs.rule
    return {
        "state": needs.state,
        "line": needs.line,
        "replacement": needs.is_replacement,
        "cite": needs.cite,
        "source": rule.source if rule else "",
        "confirmed": needs.is_confirmed,
        "verify": sorted(rule.verify) if rule else [],
        "questions": [{"question": ask.question, "of": ask.of.value} for ask in needs.questions],
        "forms": [
            {
                "purpose": form.purpose.value,
                "step": form.step,
                "signers": [role.value for role in form.signers],
                "by": form.by.value,
                "copy_left_by": form.copy_left_by,
                "now": form.is_now,
                "reason": _why(form.reason),
                "note": form.note,
            }
            for form in needs.forms
        ],
        "notices": [
            {
                "company": notice.policy.company,
                "policy_number": notice.policy.number,
                "days": notice.days,
                "business_days": notice.in_business_days,
                "due_on": notice.due_on,
                "enclosed": notice.with_what,
                "confirmed": notice.is_confirmed,
            }
            for notice in needs.notices
        ],
        "free_look_days": needs.free_look_days,
        "keep_years": rule.keep_years if rule else None,
        "note": rule.note if rule else "",
        "reasons": [_why(reason) for reason in needs.reasons],
    }


@router.get(
    "/applications/{application_id}/exchanges",
    auth=api_door(Can.APPLY),
    response=ExchangesOut,
    summary="The 1035 exchanges of an application",
)
def exchanges(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Oldest first, each with what section 1035 says and what happened."""
    held = _visible(api_needs(request, Can.APPLY), application_id)
    found = held.exchanges.order_by("number").prefetch_related("events")
    listed = [_exchange(one, held) for one in found]
    return _json({"funded": is_funded(held), "exchanges": listed})


@router.post(
    "/applications/{application_id}/exchanges",
    auth=api_door(Can.APPLY),
    response={201: ExchangeOut},
    summary="Start a 1035 exchange",
)
def start(request: HttpRequest, application_id: UUID, given: ExchangeIn) -> HttpResponse:
    """Answers 201, or 422 with everything that section 1035 does not cover."""
    person = api_needs(request, Can.APPLY)
    held = _visible(person, application_id)
    raw = given.dict()
    if unknown := sorted(set(raw["facts"]) - FACTS):
        known = ", ".join(sorted(FACTS))
        wrong = [
            Problem("exchange_policy_invalid", f"facts.{one[:40]}", "", known) for one in unknown
        ]
        raise Refused(wrong)
    made = start_exchange(person, held, {**raw.pop("facts"), **raw})
    return _json(_exchange(made, held), 201)


@router.post(
    "/exchanges/{exchange_id}/steps/{step}",
    auth=api_door(Can.APPLY),
    response=ExchangeOut,
    summary="Tell what happened with an exchange",
)
def step(request: HttpRequest, exchange_id: UUID, step: str, told: StepIn) -> HttpResponse:
    """`sent`, `chased`, `acknowledged`, `noted`, `arrived`, `refused` or `cancelled`."""
    person = api_needs(request, Can.APPLY)
    related = Exchange.objects.visible_to(person).select_related(
        "application__product__carrier", "application__agent__user"
    )
    held = related.filter(pk=exchange_id).first()
    if held is None:
        raise Http404
    if step not in set(What) - {What.STARTED}:
        expected = ", ".join(sorted(set(What) - {What.STARTED}))
        raise Refused(Problem("exchange_policy_invalid", "step", step[:40], expected))
    if step == What.SENT:
        done = send_request(person, held, told.on)
    elif step == What.ARRIVED:
        done = money_arrived(person, held, told.amount, told.basis, on=told.on)
    else:
        done = note(person, held, What(step), words=told.words, on=told.on)
    return _json(_exchange(done, done.application))


def _exchange(one: Exchange, application: Application) -> dict[str, Any]:
    one.application = application
    decision: Decision = decision_on(application, given_of(one))
    amounts = ("expected", "cost_basis", "loan", "arrived", "basis_arrived")
    return {
        "id": str(one.pk),
        "application": str(application.pk),
        "state": one.state,
        "carrier_name": one.carrier_name,
        "policy_number": one.policy_number,
        "source_kind": one.source_kind,
        "is_partial": one.is_partial,
        **{key: _text(getattr(one, key)) for key in amounts},
        "started_at": one.started_at,
        "sent_on": one.sent_on,
        "closed_on": one.closed_on,
        "next_on": one.next_on,
        "outcome": decision.outcome.value,
        "findings": [
            {
                "outcome": finding.outcome.value,
                "way": finding.way.value,
                "way_text": way_sentence(finding.way),
                "reason": _why(finding.reason),
            }
            for finding in decision.findings
        ],
        "events": [
            {
                "what": event.what,
                "words": event.words,
                "amount": _text(event.amount),
                "on": event.happened_on,
                "by": event.by_name,
            }
            for event in sorted(one.events.all(), key=lambda event: event.pk)
        ],
    }
