"""Starting an application from nothing: agent, carrier, product, state, and what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import today
from megler.applications.actions.starting import Forms, forms_for
from megler.applications.models import Application, State
from megler.applications.rules.origins import origin_of
from megler.applications.rules.prefill import answers_from
from megler.applications.rules.signers import insured_name
from megler.applications.rules.tickets import Cover
from megler.carriers.models import Product
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question, Questionnaire
from megler.journal.actions import record
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused

_STATE = Question("jurisdiction", AnswerType.STATE, "State", "State", required=True)
_COVER = {
    "amount": Question("amount", AnswerType.MONEY, "Amount", "Amount", min=1),
    "term_years": Question("term_years", AnswerType.WHOLE, "Term", "Term", min=1, max=60),
    "mode": Question(
        "mode", AnswerType.CHOICE, "Mode", "Mode",
        choices=tuple((m, m) for m in ("annual", "semiannual", "quarterly", "monthly")),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is applied for, in whose name: `product` is `carrier/code`, `jurisdiction` the client's."""

    agent: Agent | None
    product: str
    jurisdiction: str
    cover: Cover = field(default_factory=Cover)
    answers: Mapping[str, Any] = field(default_factory=dict)


def start_from_nothing(
    person: User, wanted: Wanted, at: datetime | None = None, *, state: State = State.DRAFT
) -> Application:
    """Start an application without a quote. All or nothing: raises `Refused` with every problem.

    The agent is the person's own unless another is named. What is applied for stands in the
    answers that are otherwise the quote's.
    """
    at = at or timezone.now()
    if not person.may(Can.APPLY):
        raise Refused(Problem("not_allowed", "application"))
    agent, problems = _agent(person, wanted)
    product, offer, more = _chosen(wanted)
    problems += more
    forms = None if product is None else forms_for(offer, today(at))
    answers, wrong = _answers(forms, wanted, offer, at) if forms else ({}, [])
    if problems or wrong or forms is None or agent is None or product is None:
        raise Refused([*problems, *wrong])
    by = {"by": person.name, "at": at.isoformat(), "version": 1}
    origin = origin_of(person.role).value
    kept = {key: {"value": value, "origin": origin, **by} for key, value in answers.items()}
    with transaction.atomic():
        held = Application.objects.create(
            agent=agent,
            product=product,
            started_by=person,
            questionnaire_key=forms.key,
            form_set=forms.edition,
            offer=offer,
            answers=kept,
            version=1,
            state=state,
            insured_name=insured_name(answers)[:400],
            started_at=at,
            changed_at=at,
        )
        data = {"product": product.code, "state": held.state, "filled_in": len(kept)}
        record(person.actor(), "application.started", held.subject, data, at)
    return held


def _agent(person: User, wanted: Wanted) -> tuple[Agent | None, list[Problem]]:
    mine = Agent.objects.acted_for_by(person)
    if wanted.agent is None:
        own = mine.filter(user=person).first()
        return own, [] if own else [Problem("agent_missing", "agent")]
    if not mine.filter(pk=wanted.agent.pk).exists():
        return None, [Problem("not_allowed", "agent", wanted.agent.name)]
    return wanted.agent, []


def _chosen(wanted: Wanted) -> tuple[Product | None, dict[str, Any], list[Problem]]:
    """The product, and what the application keeps in place of a quote's offer."""
    carrier, _slash, code = wanted.product.strip().partition("/")
    product = (
        Product.objects.filter(carrier__slug=carrier, code=code).select_related("carrier").first()
    )
    problems = []
    if product is None:
        problems.append(
            Problem("product_unknown", "product", wanted.product[:80], "carrier/product")
        )
    state, wrong = read_answer(_STATE, wanted.jurisdiction)
    problems += wrong
    if state is None and not wrong:
        problems.append(Problem("answer_missing", "jurisdiction"))
    cover: dict[str, Any] = {}
    for key, question in _COVER.items():
        cover[key], wrong = read_answer(question, getattr(wanted.cover, key))
        problems += wrong
    if product is None:
        return None, {}, problems
    offer = {
        "carrier": product.carrier.slug,
        "carrier_name": product.carrier.name,
        "product": product.code,
        "product_name": product.name,
        "line": product.line,
        "face_amount": cover["amount"],
        "term_years": cover["term_years"],
        "mode": cover["mode"],
        "jurisdiction": state,
        "premium": None,
        "premiums": {},
    }
    return product, offer, problems


def _answers(
    forms: Forms, wanted: Wanted, offer: Mapping[str, Any], at: datetime
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers given, and those that follow from what is applied for; all problems by question."""
    found = _known(forms.asked, offer, at)
    problems = []
    for key, raw in wanted.answers.items():
        question = forms.asked.by_key.get(key)
        if question is None:
            problems.append(Problem("question_unknown", key[:100]))
            continue
        value, wrong = read_answer(question, raw)
        problems += wrong
        if question.locked and value != found.get(key):
            problems.append(Problem("answer_locked", key))
        elif value is not None:
            found[key] = value
    return found, problems


def _known(asked: Questionnaire, offer: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    facts = {"jurisdiction": offer["jurisdiction"]}
    found = {}
    for key, raw in answers_from(facts, offer, today(at)).items():
        question = asked.by_key.get(key)
        value, wrong = read_answer(question, raw) if question else (None, [])
        if value is not None and not wrong:
            found[key] = value
    return found
