"""What agents and their helpers are told of a change, at once or in the week's digest.

It is their choice, by kind of event and by case (`rules.notices`). Each is told of a change once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from megler.accounts.models import User
from megler.cases import names
from megler.cases.models import Case, CaseAgent, CaseNoticeChoice, Notice, NoticeChoice
from megler.cases.rules.notices import USUAL, Choice, How, group_of, how
from megler.cases.timeline import Filled, params
from megler.licensing.models import Agent, Assistant, Delegation
from megler.post.actions.messages import Letter, send_all

LETTERS: dict[str, "str | Promise"] = {
    "case.in_good_order": gettext_lazy("The application is in good order."),
    "case.returned": gettext_lazy(
        "The application needs something from you before it can go on. The case says what."
    ),
    "case.sent_to_carrier": gettext_lazy("The application was sent to %(carrier)s."),
    "case.received_by_carrier": gettext_lazy("%(carrier)s has received the application."),
    "case.in_underwriting": gettext_lazy("%(carrier)s is underwriting the application."),
    "case.decided": gettext_lazy("%(carrier)s has decided: %(decision)s."),
    "case.offer_accepted": gettext_lazy("The counter-offer was accepted."),
    "case.offer_refused": gettext_lazy("The counter-offer was refused."),
    "case.issued": gettext_lazy("%(carrier)s has issued policy %(policy_number)s."),
    "case.delivered": gettext_lazy("The policy was delivered."),
    "case.first_premium": gettext_lazy("The first premium has come in."),
    "case.in_force": gettext_lazy("Policy %(policy_number)s is in force."),
    "case.closed": gettext_lazy("The case was closed: %(closing)s."),
    "case.reopened": gettext_lazy("The case was opened again."),
    "case.changed": gettext_lazy("Changed in the case: %(change)s."),
    "case.split": gettext_lazy("How the agents share the case was settled."),
    "case.insured_added": gettext_lazy("Another insured is in the case: %(name)s."),
    "case.policy_receipt": gettext_lazy("The client has signed for the policy."),
    "case.reinstatement_asked": gettext_lazy("Reinstatement of the policy was asked for."),
    "case.reinstated": gettext_lazy("The policy is in force again."),
    "requirement.added": gettext_lazy("A new requirement: %(kind)s."),
    "requirement.ordered": gettext_lazy("Ordered: %(kind)s."),
    "requirement.scheduled": gettext_lazy("An appointment is made: %(kind)s."),
    "requirement.received": gettext_lazy("Come in: %(kind)s."),
    "requirement.sent_to_carrier": gettext_lazy("Sent to %(carrier)s: %(kind)s."),
    "requirement.accepted": gettext_lazy("Accepted by %(carrier)s: %(kind)s."),
    "requirement.rejected": gettext_lazy("Rejected and needed again: %(kind)s."),
    "requirement.waived": gettext_lazy("No longer needed: %(kind)s."),
    "requirement.cancelled": gettext_lazy("Cancelled: %(kind)s."),
    "requirement.expired": gettext_lazy("Too old now and needed again: %(kind)s."),
    "question.answered": gettext_lazy("Your question is answered."),
    "change.done": gettext_lazy("The change that you asked for is made."),
    "change.refused": gettext_lazy("The change that you asked for is not made. The case says why."),
    "note.added": gettext_lazy("A new note for you stands in the case."),
    "document.added": gettext_lazy("A new document is in the case: %(name)s."),
}
"""Verbs of the journal upon which the agent is written to, and what is written."""


def case_url(case: Case) -> str:
    """The case's page, as a link that works from anywhere."""
    return settings.PUBLIC_URL + reverse("case", args=[case.pk])


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done with a case; `done_by` is not told of it."""

    case: Case
    verb: str
    done_by: UUID | None
    told: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be told: an agent of the case, or a person who helps one and asked for it."""

    name: str
    email: str
    choice: Choice
    agent: Agent | None = None
    person: User | None = None

    @property
    def language(self) -> str:
        """The one they chose, else the agency's."""
        return (self.person.language if self.person else "") or settings.LANGUAGE_CODE


def tell_agent(
    case: Case, verb: str, done_by: UUID | None, told: dict[str, Any] | None, at: datetime
) -> None:
    """Tell of a change that somebody made, whoever wants to know and did not do it."""
    tell_agents([Change(case, verb, done_by, told or {}, at)])


def tell_agents(changes: Iterable[Change]) -> None:
    """Tell of many changes, in few queries however many they are."""
    wanted = [change for change in changes if change.verb in LETTERS]
    if not wanted:
        return
    cases = {change.case.pk for change in wanted}
    readers = _readers(cases)
    of_case = {
        (case, person): How(how)
        for case, person, how in CaseNoticeChoice.objects.filter(case__in=cases).values_list(
            "case", "person", "how"
        )
    }
    waiting, letters = [], []
    for change in wanted:
        group = group_of(change.verb, change.told)
        for reader in readers.get(change.case.pk, ()):
            key = reader.person.pk if reader.person else None
            if key is not None and key == change.done_by:
                continue
            chosen = of_case.get((change.case.pk, key)) if key else None
            when = how(reader.choice, group, chosen)
            if when is How.NOW:
                letters.append(_written(change, reader))
            elif when is How.DIGEST:
                waiting.append(_notice(change, reader))
    Notice.objects.bulk_create(waiting)
    send_all(letters)


def _readers(cases: set[UUID]) -> dict[UUID, list[Reader]]:
    """Who may be told of each case: its agents, and their helpers who have chosen to be."""
    shares = list(
        CaseAgent.objects.filter(case__in=cases).select_related("agent__user__notice_choice")
    )
    helpers = _helpers({share.agent_id for share in shares})
    found: dict[UUID, list[Reader]] = defaultdict(list)
    for share in shares:
        agent, user = share.agent, share.agent.user
        kept = getattr(user, "notice_choice", None) if user else None
        choice = kept.to_rule() if kept else USUAL
        readers = [Reader(agent.name, agent.email, choice, agent, user), *helpers[agent.pk]]
        known = {reader.email for reader in found[share.case_id]}
        found[share.case_id] += [reader for reader in readers if reader.email not in known]
    return found


def _helpers(agents: set[UUID]) -> dict[UUID, list[Reader]]:
    """Assistants and delegates of the agents who have chosen to be told."""
    today = timezone.localdate()
    works_for = Assistant.agents.through.objects.filter(agent__in=agents)
    pairs = [
        *works_for.values_list("assistant__user", "agent"),
        *Delegation.objects.filter(
            agent__in=agents, since__lte=today, until__gte=today, ended_at=None
        ).values_list("person", "agent"),
    ]
    chosen = NoticeChoice.objects.filter(
        person__in={person for person, _agent in pairs}, person__is_active=True
    )
    known = {choice.person_id: choice for choice in chosen.select_related("person")}
    found: dict[UUID, list[Reader]] = defaultdict(list)
    for person_id, agent_id in pairs:
        if choice := known.get(person_id):
            person = choice.person
            reader = Reader(person.name, person.email, choice.to_rule(), person=person)
            found[agent_id].append(reader)
    return found


def _notice(change: Change, reader: Reader) -> Notice:
    return Notice(
        case=change.case,
        agent=reader.agent,
        person=None if reader.agent else reader.person,
        verb=change.verb,
        told=change.told,
        at=change.at,
    )


def said_of(verb: str, told: dict[str, Any], case: Case) -> str:
    """A change in a sentence, in the language in use."""
    about = {"carrier": case.carrier.name, "policy_number": case.policy_number}
    return str(LETTERS[verb]) % Filled({**params(told), **about})


def _written(change: Change, reader: Reader) -> Letter:
    case = change.case
    with override(reader.language):
        said = said_of(change.verb, change.told, case)
        return Letter(
            reader.email,
            f"{case.reference} {case.client.name}: {said.rstrip('.')}",
            _letter(case, said, reader.name),
            case.subject,
            to_name=reader.name,
            language=reader.language,
            at=change.at,
        )


def _letter(case: Case, said: str, name: str) -> str:
    told = {
        "name": name,
        "said": said,
        "case": case.reference,
        "client": case.client.name,
        "product": case.product.name,
        "carrier": case.carrier.name,
        "status": str(names.STATUS[case.status]),
        "holder": str(names.HOLDER.get(case.holder, _("Nobody: it is finished"))),
        "next": str(names.NEXT_STEP[case.next_step]),
        "link": case_url(case),
    }
    return (
        _(
            "Hello %(name)s,\n\n"
            "%(said)s\n\n"
            "Case: %(case)s, %(client)s, %(product)s from %(carrier)s\n"
            "Status: %(status)s\n"
            "Who has it now: %(holder)s\n"
            "What happens next: %(next)s\n\n"
            "See the case: %(link)s\n"
        )
        % told
    )
