"""The agents of a case: who shares it, who is of record, and what they may therefore see."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.applications.models import Application
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import (
    check_version,
    happened,
    in_hand,
    moment,
    put_down,
    requirements_of,
)
from megler.cases.actions.letters import tell_agent
from megler.cases.models import Case, CaseAgent
from megler.cases.rules.splits import Share, completed, split_problems, split_told
from megler.clients.actions import end_access, end_access_for_a_time, grant_access
from megler.clients.models import Client
from megler.journal.rules.actors import SYSTEM, Actor
from megler.licensing.models import Agent, Delegation
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task
from megler.work.rules.calendar import add_business_days

WHOLE = Decimal(100)


def take_agents(case: Case, application: Application, at: datetime) -> list[CaseAgent]:
    """The split of a new case as its application tells it; otherwise the agent of record has all.

    A split that does not add up, or names agents not known here, becomes a task, and the agent of
    record has the whole until somebody settles it.
    """
    asked = {key: kept.get("value") for key, kept in application.answers.items()}
    told = split_told(asked, case.agent.npn)
    shares = completed(told, case.agent.npn)
    known = {agent.npn: agent for agent in Agent.objects.filter(npn__in=[s.agent for s in shares])}
    if shares and (problems := split_problems(shares, known)):
        _ask_for_split(case, problems, at)
        shares = []
    if not shares:
        shares, known = [Share(case.agent.npn, WHOLE)], {case.agent.npn: case.agent}
    return _write(case, [(known[one.agent], one.share) for one in shares])


def _ask_for_split(case: Case, problems: Iterable[Problem], at: datetime) -> None:
    named = sorted({one.found for one in problems if one.code == "split_unknown_agent"})
    add_task(
        SYSTEM,
        gettext_noop("Settle how agents share %(case)s (%(agents)s)"),
        case.subject,
        add_business_days(timezone.localtime(at).date(), 1),
        role=Role.CASE_MANAGER,
        url=reverse("case_agents", args=[case.pk]),
        told={"case": case.reference, "agents": ", ".join(named) or "≠ 100 %"},
        at=at,
    )


def _write(case: Case, shares: Sequence[tuple[Agent, Decimal]]) -> list[CaseAgent]:
    case.agents.all().delete()
    return CaseAgent.objects.bulk_create(
        CaseAgent(case=case, agent=agent, share=share, position=place)
        for place, (agent, share) in enumerate(shares, 1)
    )


def set_split(
    person: Doer,
    case: Case,
    shares: Sequence[tuple[Agent, Decimal]],
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """Settle who shares a case; the first is the agent of record and must stay it.

    Who comes in sees the case and its clients from now on, who goes out no longer does. Raises
    `Refused` when the shares do not make a hundred; see `change_agent` for another agent of record.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        check_version(held, version)
        if problems := _problems(held, shares):
            raise Refused(problems)
        _replace(person.actor(), held, shares, at)
        put_down(held, at, requirements_of(held))
        told = {"split": split_in_words(shares)}
        happened(person.actor(), held, "case.split", told, at)
        tell_agent(held, "case.split", person.pk, told, at)
    return held


def _problems(held: Case, shares: Sequence[tuple[Agent, Decimal]]) -> list[Problem]:
    problems = split_problems([Share(agent.npn, share) for agent, share in shares])
    if shares and shares[0][0].pk != held.agent_id:
        problems.append(
            Problem("split_not_of_record", "agents[1]", shares[0][0].name, held.agent.name)
        )
    return problems


def split_in_words(shares: Iterable[tuple[Agent, Decimal]]) -> str:
    """Who has how much, in one line."""
    return ", ".join(f"{agent.name} {share.normalize():f} %" for agent, share in shares)


def change_agent(person: Doer, held: Case, agent: Agent, at: datetime) -> None:
    """Make another the agent of record of a case in hand, with the share that the one before had.

    The caller checks, records and saves.
    """
    gone = {held.agent_id, agent.pk}
    shares = [(one.agent, one.share) for one in held.agents.select_related("agent__user")]
    kept = [(other, share) for other, share in shares if other.pk not in gone]
    others = sum((share for _other, share in kept), Decimal(0))
    held.agent = agent
    _replace(person.actor(), held, [(agent, WHOLE - others), *kept], at)


def _replace(
    actor: Actor, held: Case, shares: Sequence[tuple[Agent, Decimal]], at: datetime
) -> None:
    """Write the split, and let those who came in see the clients and those who left no longer."""
    was = {one.agent_id: one.agent for one in held.agents.select_related("agent__user")}
    _write(held, shares)
    now = {agent.pk: agent for agent, _share in shares}
    clients = _clients(held)
    for agent in (agent for pk, agent in now.items() if pk not in was):
        for user in agent.side():
            for client in clients:
                grant_access(actor, client, user, at)
    for agent in (agent for pk, agent in was.items() if pk not in now):
        _end(actor, agent, clients, at)


def _clients(held: Case) -> list[Client]:
    """Everybody in the case, each once."""
    others = [one.client for one in held.parties.select_related("client")]
    return list({client.pk: client for client in [held.client, *others]}.values())


def _end(actor: Actor, agent: Agent, clients: Sequence[Client], at: datetime) -> None:
    """End the access of an agent's side to clients, but for those they have other business with.

    Who looks after the agent's business for a time loses with them what was shared for it.
    """
    for user in agent.side():
        theirs = _still_theirs(user, clients)
        for client in clients:
            if client.pk not in theirs:
                end_access(actor, client, user, at)
    day = timezone.localtime(at).date()
    for one in Delegation.objects.standing(day).filter(agent=agent).select_related("person"):
        theirs = _still_theirs(one.person, clients)
        for client in clients:
            if client.pk not in theirs:
                end_access_for_a_time(actor, client, one.person, at)


def _still_theirs(user: User, clients: Sequence[Client]) -> set[Any]:
    ids = [client.pk for client in clients]
    cases = Case.objects.visible_to(user)
    found = set(cases.filter(client__in=ids).values_list("client", flat=True))
    found |= set(cases.filter(parties__client__in=ids).values_list("parties__client", flat=True))
    mine = Application.objects.visible_to(user).exclude(case__isnull=False)
    return found | set(mine.filter(client__in=ids).values_list("client", flat=True))
