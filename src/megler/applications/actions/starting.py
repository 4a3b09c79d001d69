"""Starting an application from a quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import today
from megler.applications.models import Application
from megler.applications.rules.prefill import answers_from, conditions_told
from megler.applications.rules.questionnaires import questionnaire, questionnaire_key
from megler.carriers.actions import form_set_for, form_set_of
from megler.carriers.models import Edition, Product
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import Questionnaire
from megler.journal.actions import record
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.vocabulary.problems import Problem, Refused

ORIGIN_QUOTE = "quote"


def start_from_quote(
    person: User,
    quote: Quote,
    offer_index: int,
    at: datetime | None = None,
    *,
    agent: Agent | None = None,
) -> Application:
    """Start an application for offer number `offer_index` (from 0) of a quote.

    Everything the quote knows is filled in, marked as coming from it. The agent is the quote's;
    staff may name another. Raises `Refused` with every problem.
    """
    at = at or timezone.now()
    if (
        not person.may(Can.APPLY)
        or not Quote.objects.visible_to(person).filter(pk=quote.pk).exists()
    ):
        raise Refused(Problem("not_allowed", "quote"))
    offers = quote.answer.get("offers", [])
    if not 0 <= offer_index < len(offers):
        found, expected = str(offer_index), f"0–{len(offers) - 1}"
        raise Refused(Problem("offer_missing", "offer", found, expected))
    chosen = _kept(offers[offer_index])
    agent = agent or quote.agent
    if agent is None:
        raise Refused(Problem("agent_missing", "agent"))
    if not Agent.objects.acted_for_by(person).filter(pk=agent.pk).exists():
        raise Refused(Problem("not_allowed", "agent", agent.name))
    forms = forms_for(chosen, today(at))
    product = Product.objects.get(carrier__slug=chosen["carrier"], code=chosen["product"])
    known = answers_from(quote.facts, chosen, today(at))
    known |= conditions_told(forms.asked, quote.facts, chosen)
    answers = prefilled(forms.asked, known, ORIGIN_QUOTE, at)
    with transaction.atomic():
        application = Application.objects.create(
            agent=agent,
            product=product,
            quote=quote,
            started_by=person,
            questionnaire_key=forms.key,
            form_set=forms.edition,
            offer=chosen,
            answers=answers,
            version=1,
            started_at=at,
            changed_at=at,
        )
        data = {"quote": str(quote.pk), "product": product.code, "filled_in": len(answers)}
        if forms.edition:
            data["forms"] = forms.edition.reference
        record(person.actor(), "application.started", application.subject, data, at)
    return application


@dataclass(frozen=True, slots=True)
class Forms:
    """What an application asks: the carrier's form set, or Megler's general forms by their `key`."""

    asked: Questionnaire
    edition: Edition | None = None
    key: str = ""


def forms_for(offer: Mapping[str, Any], on: date) -> Forms:
    """The forms for what was chosen: the carrier's in effect on the day, or the general ones.

    `offer` names `carrier`, `product` and `line`.
    """
    edition = form_set_for(offer["carrier"], offer["product"], offer["line"], on)
    if edition is not None:
        return Forms(form_set_of(edition.pk).questionnaire, edition)
    key = questionnaire_key(offer["line"])
    return Forms(questionnaire(key), None, key)


def _kept(offer: dict[str, Any]) -> dict[str, Any]:
    """What the application keeps of an offer; `premium` is that of `mode`."""
    keys = (
        "carrier", "carrier_name", "product", "product_name", "line", "edition", "term_years",
        "plan", "class", "class_name", "table", "flat_extra", "currency", "age_used", "mode",
        "yields", "wants",
    )  # fmt: skip
    kept = {key: offer.get(key) for key in keys}
    kept["face_amount"] = offer.get("amount")
    kept["premium"] = (offer.get("premium") or {}).get(offer.get("mode"))
    kept["premiums"] = offer.get("premium") or {}
    if kept["face_amount"] is not None:
        kept["face_amount"] = f"{Decimal(kept['face_amount']).normalize():f}"
    return kept


def prefilled(
    asked: Questionnaire, known: Mapping[str, Any], origin: str, at: datetime
) -> dict[str, Any]:
    """Answers that can be read, as the application keeps them; a fact that does not fit its question
    is left to be asked. `origin` is where they come from."""
    found = {}
    for key, raw in known.items():
        question = asked.by_key.get(key)
        value, problems = read_answer(question, raw) if question else (None, [])
        if value is not None and not problems:
            found[key] = {"value": value, "at": at.isoformat(), "origin": origin, "version": 1}
    return found
