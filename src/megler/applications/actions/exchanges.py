"""Exchanges under section 1035: started, decided on, asked for; and whether their money has come."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.exchange_steps import (
    Happened,
    day_of,
    exchange_in_hand,
    step,
)
from megler.applications.actions.holding import in_hand, today
from megler.applications.actions.letters import request_letter
from megler.applications.models import Application, State
from megler.applications.models_exchanges import Exchange, ExchangeQuerySet, ExchangeState
from megler.applications.rules.exchanges import (
    Contract,
    Decision,
    ExchangeFacts,
    Outcome,
    exchange_allowed,
)
from megler.applications.rules.exchanges_tracking import (
    GivenExchange,
    What,
    read_exchange,
    step_problem,
    target_of,
)
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused


def decision_on(application: Application, given: GivenExchange) -> Decision:
    """What section 1035 says of it. Raises `Refused` for a line it does not speak of."""
    line = str(application.offer.get("line") or application.product.line)
    target = target_of(line)
    if target is None:
        raise Refused(Problem("exchange_line", "exchange", line))
    return exchange_allowed(given.source, target, given.facts)


def start_exchange(
    person: User, application: Application, raw: Mapping[str, Any], at: datetime | None = None
) -> Exchange:
    """Start an exchange of an old policy into the one applied for.

    `raw` is what was typed, by the names of `GivenExchange` and `ExchangeFacts`. Raises `Refused`
    with everything that is wrong and everything that section 1035 does not cover; what is still
    open may be started, but not sent. The same policy again finds the one under way.
    """
    at = at or timezone.now()
    given, problems = read_exchange(raw)
    if given is None:
        raise Refused(problems)
    with transaction.atomic():
        held = in_hand(application.pk, person)
        if held.state == State.WITHDRAWN:
            raise Refused(Problem("application_withdrawn", held.reference))
        decision = decision_on(held, given)
        if refused := decision.of(Outcome.REFUSED):
            raise Refused(finding.problem for finding in refused)
        _once(held.exchanges.under_way(), given)
        made = Exchange.objects.create(
            application=held,
            is_partial=given.facts.is_partial,
            source_kind=given.source,
            carrier_name=given.carrier_name,
            carrier_address=given.carrier_address,
            policy_number=given.policy_number,
            expected=given.expected,
            cost_basis=given.facts.cost_basis,
            loan=given.facts.loan,
            facts=_kept(given.facts),
            started_at=at,
        )
        made.refresh_from_db()
        return step(made, person.actor(), Happened(What.STARTED, today(at)), at)


def _once(others: ExchangeQuerySet, given: GivenExchange) -> None:
    """Raises `Refused` when one of `others` is of the same policy, however it is written."""
    same = others.filter(
        carrier_name__iexact=given.carrier_name, policy_number__iexact=given.policy_number
    )
    if same.exists():
        name = f"{given.carrier_name} {given.policy_number}"
        raise Refused(Problem("exchange_once", "policy_number", name))


def _kept(facts: ExchangeFacts) -> dict[str, Any]:
    """The facts as they are kept: what is unknown is left out."""
    return {
        key: value if isinstance(value, bool | int) else str(value)
        for key, value in asdict(facts).items()
        if value is not None
    }


def facts_of(exchange: Exchange) -> ExchangeFacts:
    """The facts that the decision is made on."""
    kept: dict[str, Any] = dict(exchange.facts)
    for key in ("loan", "cost_basis"):
        if key in kept:
            kept[key] = Decimal(kept[key])
    for key in ("payments_from_old", "payments_from_new", "transferred_on", "taken_on"):
        if key in kept:
            kept[key] = date.fromisoformat(kept[key])
    if exchange.state == ExchangeState.ARRIVED:
        kept["transferred_on"] = exchange.closed_on
    return ExchangeFacts(**kept)


def given_of(exchange: Exchange) -> GivenExchange:
    """The exchange as it was told."""
    return GivenExchange(
        exchange.carrier_name,
        exchange.carrier_address,
        exchange.policy_number,
        source=Contract(exchange.source_kind),
        expected=exchange.expected,
        facts=facts_of(exchange),
    )


def change_exchange(
    person: User, exchange: Exchange, raw: Mapping[str, Any], at: datetime | None = None
) -> Exchange:
    """Correct an exchange that is still being prepared; what is refused is refused here too."""
    at = at or timezone.now()
    given, problems = read_exchange(raw)
    if given is None:
        raise Refused(problems)
    with transaction.atomic():
        held = exchange_in_hand(person, exchange.pk)
        if problem := step_problem(held.state, What.SENT, str(held)):
            raise Refused(problem)
        decision = decision_on(held.application, given)
        if refused := decision.of(Outcome.REFUSED):
            raise Refused(finding.problem for finding in refused)
        others = Exchange.objects.filter(application=held.application_id).exclude(pk=held.pk)
        _once(others.under_way(), given)
        held.is_partial = given.facts.is_partial
        held.source_kind = given.source
        held.carrier_name = given.carrier_name
        held.carrier_address = given.carrier_address
        held.policy_number = given.policy_number
        held.expected, held.loan = given.expected, given.facts.loan
        held.cost_basis, held.facts = given.facts.cost_basis, _kept(given.facts)
        held.save()
        told = {"policy": str(held)}
        record(person.actor(), "exchange.noted", held.subject, told, at)
    return held


def send_request(
    person: User, exchange: Exchange, on: date | None = None, at: datetime | None = None
) -> Exchange:
    """The request went to the old insurer on a day; the letter as it was sent is kept.

    Raises `Refused` while section 1035 leaves anything open. Sent twice is sent once.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = exchange_in_hand(person, exchange.pk)
        if held.state == ExchangeState.SENT:
            return held
        if problem := step_problem(held.state, What.SENT, str(held)):
            raise Refused(problem)
        decision = decision_on(held.application, given_of(held))
        if not decision.is_allowed:
            left = [*decision.of(Outcome.REFUSED), *decision.of(Outcome.OPEN)]
            raise Refused(finding.problem for finding in left)
        day = day_of(held, on, at)
        held.letter = request_letter(person.actor(), held, day, at)
        held.sent_on = day
        return step(held, person.actor(), Happened(What.SENT, day), at)


def money_awaited(application: Application) -> ExchangeQuerySet:
    """The exchanges whose money the application still waits for."""
    return application.exchanges.under_way()


def is_funded(application: Application) -> bool:
    """Whether all exchanged money has come; also where none was ever expected.

    A policy that is paid for by an exchange is not complete before: `cases` asks this.
    """
    return not money_awaited(application).exists()
