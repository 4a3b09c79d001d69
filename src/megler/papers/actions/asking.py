"""Asking for many requirements at once: one letter for each who must bring some, seen before it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from megler.accounts.encryption import digest
from megler.accounts.models import User
from megler.cases.actions.asked import record_asked
from megler.cases.actions.holding import moment
from megler.cases.models import Requirement
from megler.cases.rules.requirements import Act, allowed
from megler.cases.rules.words import Holder
from megler.papers.actions.arriving import may_work
from megler.papers.rules.asking import Ask, grouped
from megler.post.actions.messages import send
from megler.post.models import Message
from megler.vocabulary.problems import Problem, Refused

MOST = 200
"""Requirements that are shown and asked for at once."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one recipient; `key` names them, `to` is their address, empty when not known."""

    key: str
    name: str
    to: str
    subject: str
    text: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter as somebody has read and perhaps changed it."""

    key: str
    name: str
    to: str
    subject: str
    text: str
    requirements: tuple[UUID, ...]


def to_ask_for(person: User, today: date, days: int = 0, holder: str = "") -> list[Requirement]:
    """What somebody must be asked for by `days` from today, the longest due first."""
    may_work(person)
    due = Requirement.objects.visible_to(person).filter(
        follow_up_on__lte=today + timedelta(days=days), case__closed_at=None
    )
    if holder in {Holder.AGENT, Holder.CLIENT, Holder.VENDOR, Holder.CARRIER}:
        due = due.filter(holder=holder)
    named = due.select_related("case__agent__user", "case__client", "case__carrier")
    found = named.exclude(holder=Holder.AGENCY.value).order_by("follow_up_on", "pk")[:MOST]
    return [one for one in found if Act.ARRIVE in allowed(one.to_facts())]


def letters(requirements: Iterable[Requirement]) -> list[Letter]:
    """One letter for each recipient, in the recipient's language where that is known."""
    asks = {str(one.pk): (_ask(one), one) for one in requirements}
    made = []
    for recipient in grouped(ask for ask, _one in asks.values()):
        wanted = tuple(asks[key][1] for key in recipient.requirements)
        made.append(_letter(recipient.key, recipient.name, recipient.to, wanted))
    return made


def _ask(one: Requirement) -> Ask:
    case = one.case
    if one.holder == Holder.VENDOR:
        return Ask(str(one.pk), f"vendor:{one.vendor.casefold()}", one.vendor or _("The vendor"))
    if one.holder == Holder.CARRIER:
        return Ask(str(one.pk), f"carrier:{case.carrier.slug}", case.carrier.name)
    return Ask(str(one.pk), f"agent:{case.agent_id}", case.agent.name, case.agent.email)


def _letter(key: str, name: str, to: str, wanted: Sequence[Requirement]) -> Letter:
    user = wanted[0].case.agent.user if key.startswith("agent:") else None
    with override((user.language if user else "") or settings.LANGUAGE_CODE):
        lines = []
        for one in wanted:
            detail = f" ({one.detail})" if one.detail and key.startswith("agent:") else ""
            case = one.case
            lines.append(
                f"- {case.reference}, {case.client.name}, {case.carrier.name}: "
                f"{one.get_kind_display()}{detail}"
            )
        count = len(wanted)
        subject = ngettext("We wait for %(n)d paper", "We wait for %(n)d papers", count)
        text = _(
            "Hello %(name)s,\n\nthese are still to come in:\n\n%(lines)s\n\n"
            "Please send them, or tell us when they will come.\n"
        )
        told = {"name": name, "lines": "\n".join(lines)}
        return Letter(key, name, to, subject % {"n": count}, text % told, tuple(wanted))


def ask(person: User, wanted: Sequence[Sending], at: datetime | None = None) -> list[Message]:
    """Send the letters, and note on each case who was asked. All, or none when one cannot go.

    What came in meanwhile is not asked for: the letters must be looked at again.
    """
    at = moment(at)
    may_work(person)
    if not any(one.requirements for one in wanted):
        raise Refused(Problem("paper_ask_nobody", "requirements"))
    keys = [key for one in wanted for key in one.requirements]
    seen = Requirement.objects.visible_to(person).filter(pk__in=keys).select_related("case")
    found = {one.pk: one for one in seen.order_by("case__number")}
    with transaction.atomic():
        sent = []
        for one in wanted:
            about = ("asking", digest(one.key.encode())[:32])
            sent.append(send(one.to, one.subject, one.text, about, to_name=one.name, at=at))
            for of_case in _by_case([found[key] for key in one.requirements if key in found]):
                record_asked(person, of_case[0].case, of_case, one.name, at)
    return sent


def _by_case(requirements: Sequence[Requirement]) -> list[list[Requirement]]:
    cases: dict[UUID, list[Requirement]] = {}
    for one in requirements:
        cases.setdefault(one.case_id, []).append(one)
    return list(cases.values())
