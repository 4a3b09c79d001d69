"""Letters about replaced policies, made as PDF from what stands in the application."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from megler.applications.actions.demands import situation_of
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange
from megler.applications.rules.comparison import Comparison, comparisons
from megler.applications.rules.demands import needs_of
from megler.applications.rules.existing import existing_from
from megler.applications.rules.letters import (
    Parties,
    Requested,
    comparison_paper,
    exchange_letter,
    notice_letter,
)
from megler.applications.rules.signers import insured_name
from megler.documents.actions import store
from megler.documents.models import Document
from megler.documents.typesetting import typeset
from megler.forms.rules.good_order import values_of
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agency
from megler.vocabulary.problems import Problem, Refused


@cache
def _template(name: str) -> bytes:
    return resources.files("megler.applications").joinpath("typst", f"{name}.typ").read_bytes()


def parties_of(application: Application) -> Parties:
    """Who a letter about this application is from and about."""
    values = values_of(application.questionnaire, application.given)
    insured = insured_name(values) or application.insured_name
    owned = values.get("owner_is_insured") != "no"
    return Parties(
        agency=Agency.ours().name or "the agency",
        agent=f"{application.agent.name}, NPN {application.agent.npn}",
        carrier=application.product.carrier.name,
        product=application.product.name,
        owner=insured if owned else str(values.get("owner_name") or ""),
        insured=insured,
        reference=application.reference,
    )


def request_pdf(exchange: Exchange, on: date) -> bytes:
    """The letter that asks the old insurer for the money, with the absolute assignment."""
    what = Requested(
        exchange.carrier_name,
        exchange.carrier_address,
        exchange.policy_number,
        exchange.is_partial,
        exchange.expected,
        exchange.loan,
        exchange.facts.get("loan_carried"),
    )
    return _made("letter", exchange_letter(parties_of(exchange.application), what, on))


def request_letter(actor: Actor, exchange: Exchange, on: date, at: datetime) -> Document:
    """The same letter, kept as it goes out."""
    name = f"{exchange.application.reference} 1035 request.pdf"
    return store(request_pdf(exchange, on), name, actor, at)


def compared(application: Application, on: date) -> list[Comparison]:
    """Each policy that gives way, beside the one applied for."""
    situation = situation_of(application, on)
    existing = existing_from(situation.listed)
    return comparisons(existing, application.offer, needs_of(situation), on)


def comparison_pdf(application: Application, on: date) -> bytes:
    """The comparison as a paper. Raises `Refused` when nothing is replaced."""
    found = compared(application, on)
    if not found:
        raise Refused(Problem("nothing_replaced", "comparison"))
    return _made("comparison", comparison_paper(parties_of(application), found, on))


def notice_pdf(application: Application, company: str, on: date) -> bytes:
    """The notice to one existing insurer. Raises `Refused` when none of its policies is replaced."""
    needs = needs_of(situation_of(application, on))
    theirs = [notice for notice in needs.notices if notice.policy.company == company]
    if not theirs:
        raise Refused(Problem("nothing_replaced", "notice", company))
    policies = [notice.policy for notice in theirs]
    letter = notice_letter(parties_of(application), policies, on, theirs[0].with_what)
    return _made("letter", letter)


def _made(template: str, data: Mapping[str, Any]) -> bytes:
    return typeset(_template(template), data)
