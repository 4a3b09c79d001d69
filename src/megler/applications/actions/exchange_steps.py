"""What happens with an exchange after it was started: asked for, told of, ended."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.actions.holding import today
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange, ExchangeEvent, ExchangeState
from megler.applications.rules.exchanges_tracking import (
    LEADS_TO,
    TEXT_MAX,
    What,
    clean,
    next_follow_up,
    read_dollars,
    step_problem,
)
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task, finish_tasks_about

WORDS_MAX = 500
TASK = gettext_noop("Exchange %(policy)s for %(application)s: ask how far it is")
_VERBS = {
    What.STARTED: "exchange.started",
    What.SENT: "exchange.sent",
    What.ARRIVED: "exchange.arrived",
    What.REFUSED: "exchange.refused",
    What.CANCELLED: "exchange.cancelled",
}
_STAFF_ONLY = frozenset({What.ARRIVED, What.REFUSED})
"""What the agency says, not the agent: it ends the wait for the money."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened with an exchange, and on which day; `amount` in dollars."""

    what: What
    on: date
    words: str = ""
    amount: Decimal | None = None


def note(
    person: User,
    exchange: Exchange,
    what: What,
    *,
    words: str = "",
    on: date | None = None,
    at: datetime | None = None,
) -> Exchange:
    """Note what happened: asked again, acknowledged by the old insurer, refused, cancelled, or words.

    Raises `Refused` when it cannot happen now. What ended it already, told again, is answered alike.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = exchange_in_hand(person, exchange.pk)
        _may_say(person, what)
        if what in (What.REFUSED, What.CANCELLED) and held.state == LEADS_TO[what]:
            return held
        if problem := step_problem(held.state, what, str(held)):
            raise Refused(problem)
        words = clean(words)[:WORDS_MAX]
        if what in (What.REFUSED, What.NOTED) and not words:
            raise Refused(Problem("exchange_field_missing", "words"))
        if what is What.REFUSED:
            held.refused_why = words
        return step(held, person.actor(), Happened(what, day_of(held, on, at), words), at)


def money_arrived(
    person: User,
    exchange: Exchange,
    amount: Any,
    basis: Any = None,
    *,
    on: date | None = None,
    at: datetime | None = None,
) -> Exchange:
    """The money of an exchange came, with the cost basis if the old insurer told it.

    The same amount again finds it there; another is refused. Staff only.
    """
    at = at or timezone.now()
    dollars, problems = read_dollars(amount, "amount")
    if dollars is None and not problems:
        problems = [Problem("exchange_field_missing", "amount")]
    cost, wrong = read_dollars(basis, "basis")
    with transaction.atomic():
        held = exchange_in_hand(person, exchange.pk)
        _may_say(person, What.ARRIVED)
        if problems or wrong:
            raise Refused([*problems, *wrong])
        if held.state == ExchangeState.ARRIVED and held.arrived == dollars:
            return held
        if problem := step_problem(held.state, What.ARRIVED, str(held)):
            raise Refused(problem)
        held.arrived, held.basis_arrived = dollars, cost
        arrived = Happened(What.ARRIVED, day_of(held, on, at), amount=dollars)
        return step(held, person.actor(), arrived, at)


def cancel_all(actor: Actor, application: Application, at: datetime) -> int:
    """End every exchange of an application that is withdrawn; returns how many."""
    related = application.exchanges.under_way().select_related("application")
    ended = list(related.select_for_update(of=("self",), no_key=True))
    for held in ended:
        step(held, actor, Happened(What.CANCELLED, today(at)), at)
    return len(ended)


def exchange_in_hand(person: User, exchange_id: UUID) -> Exchange:
    """The exchange, locked. Somebody else's is refused."""
    visible = Exchange.objects.visible_to(person).values("pk")
    locked = Exchange.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=visible)
    related = locked.select_related("application__product__carrier", "application__agent__user")
    held = related.filter(pk=exchange_id).first()
    if held is None:
        raise Refused(Problem("not_allowed", "exchange"))
    return held


def _may_say(person: User, what: What) -> None:
    if what in _STAFF_ONLY and not person.is_staff_member:
        raise Refused(Problem("exchange_staff_only", what.value))


def day_of(held: Exchange, on: date | None, at: datetime) -> date:
    """The day it happened: not after today, nor before the exchange was started."""
    now, begun = today(at), today(held.started_at)
    day = on or now
    if not begun <= day <= now:
        raise Refused(Problem("exchange_day", "on", day.isoformat(), f"{begun} – {now}"))
    return day


def step(held: Exchange, actor: Actor, happened: Happened, at: datetime) -> Exchange:
    """Save what happened: the state it leads to, its line in the story, the journal, who asks next."""
    what = happened.what
    if what in LEADS_TO:
        held.state = ExchangeState(LEADS_TO[what])
    if not held.is_under_way:
        held.closed_on = happened.on
    held.next_on = next_follow_up(held.state, today(at))
    held.save()
    told = {"policy": str(held), "what": what.value, "on": happened.on.isoformat()}
    told |= {"amount": str(happened.amount)} if happened.amount is not None else {}
    record(actor, _VERBS.get(what, "exchange.noted"), held.subject, told, at)
    ExchangeEvent.objects.create(
        exchange=held,
        what=what,
        words=happened.words[:WORDS_MAX],
        amount=happened.amount,
        happened_on=happened.on,
        at=at,
        by_name=actor.name[:TEXT_MAX],
    )
    _who_asks_next(held, actor, at)
    return held


def _who_asks_next(held: Exchange, actor: Actor, at: datetime) -> None:
    """The task of asking how far it is, in place of the last one."""
    finish_tasks_about(actor, held.subject, at)
    if held.next_on is None:
        return
    told = {"policy": str(held), "application": held.application.reference}
    url = reverse("exchange", args=[held.pk])
    role = Role.NEW_BUSINESS
    add_task(actor, TASK, held.subject, held.next_on, role=role, url=url, told=told, at=at)
