"""Replacement and money: what the state asks, what is replaced, whether money may be taken."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.demands import situation_of
from megler.applications.actions.holding import today
from megler.applications.actions.letters import compared, comparison_pdf, notice_pdf
from megler.applications.models import Application
from megler.applications.pages.exchanges import pdf_answer
from megler.applications.pages.sheet import visible
from megler.applications.replacement_sentences import (
    HOW_NAMES,
    LABELS,
    PURPOSE_NAMES,
    SIGNER_NAMES,
    WHEN_SIGNED,
    reason_sentence,
)
from megler.applications.rules.comparison import Line
from megler.applications.rules.demands import Situation, needs_of, receipt_facts, receipt_of
from megler.applications.rules.existing import existing_from
from megler.forms.rules.questionnaire import forms_needed
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Reason, Refused


def demands(held: Application) -> dict[str, Any]:
    """What pages show of replacement and of money."""
    on = today(None)
    situation = situation_of(held, on)
    received = held.submitted_at
    needs = needs_of(situation, today(received) if received else None)
    asked = held.questionnaire
    packet = {form.purpose for form in forms_needed(asked, held.given)}
    answer = receipt_of(situation)
    return {
        "application": held,
        "needs": needs,
        "state_name": _(JURISDICTIONS.get(needs.state, needs.state)) if needs.state else "",
        "state_reasons": [reason_sentence(reason) for reason in needs.reasons],
        "papers": [
            {
                "name": PURPOSE_NAMES.get(form.purpose, form.purpose.value),
                "why": reason_sentence(form.reason),
                "signers": [SIGNER_NAMES[role] for role in form.signers],
                "when": WHEN_SIGNED[form.by],
                "left": form.copy_left_by == "agent",
                "note": form.note,
                "is_now": form.is_now,
                "held": form.purpose in packet,
            }
            for form in sorted(needs.forms, key=lambda form: form.step)
        ],
        "policies": _policies(situation),
        "receipt": answer,
        "receipt_reasons": [_of_question(held, reason) for reason in answer.reasons],
        "money": receipt_facts(situation),
        "exchanges": list(held.exchanges.order_by("number")),
        "exchange_line": needs.line in {"life", "annuity"} or situation.line == "long_term_care",
    }


def _policies(situation: Situation) -> list[dict[str, Any]]:
    return [
        {
            "policy": policy,
            "how": HOW_NAMES.get(policy.how or ("replaced" if policy.replaced else "keep"), ""),
        }
        for policy in existing_from(situation.listed)
    ]


def _of_question(held: Application, reason: Reason) -> str:
    """The reason with the question's words in place of its key."""
    key = reason.params.get("question", "")
    asked = held.questionnaire.by_key.get(key)
    if asked is None:
        return reason_sentence(reason)
    words = held.questionnaire.said(_(asked.short), "en")
    return reason_sentence(Reason(reason.code, {**reason.params, "question": words}))


@for_those_who_can(Can.APPLY)
@require_GET
def application_replacement(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The whole answer, or with htmx the short one beside the questions."""
    held = visible(request, application_id)
    template = "_demands" if request.htmx else "replacement"  # type: ignore[attr-defined]
    return render(request, f"applications/{template}.html", demands(held))


@for_those_who_can(Can.APPLY)
@require_GET
def application_comparison(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Each policy that gives way beside the one applied for; `as=pdf` for the paper."""
    held = visible(request, application_id)
    on = today(None)
    if request.GET.get("as") == "pdf":
        try:
            return pdf_answer(comparison_pdf(held, on), f"{held.reference} comparison.pdf")
        except Refused:
            raise Http404 from None
    context = {
        "application": held,
        "compared": [
            {"policy": one.policy, "rows": [_row(line) for line in one.lines]}
            for one in compared(held, on)
        ],
    }
    return render(request, "applications/comparison.html", context)


def _row(line: Line) -> dict[str, Any]:
    return {"label": LABELS[line.key], "unit": line.unit, "old": line.old, "new": line.new}


@for_those_who_can(Can.APPLY)
@require_GET
def application_notice(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The notice to the existing insurer named by `company`."""
    held = visible(request, application_id)
    try:
        content = notice_pdf(held, request.GET.get("company", ""), today(None))
    except Refused:
        raise Http404 from None
    return pdf_answer(content, f"{held.reference} notice.pdf")
