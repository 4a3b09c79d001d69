"""Requirements in sets, and several of a case at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from megler.accounts.rules.roles import Can
from megler.cases.actions import requirements as one_by_one
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import happened, in_hand, moment, put_down, requirements_of
from megler.cases.actions.people import INSURED
from megler.cases.actions.raising import raise_requirement
from megler.cases.models import Case, CaseParty, Requirement, RequirementSet, RequirementSetLine
from megler.cases.rules.kinds import USUAL
from megler.cases.rules.requirements import SETTLED, Act
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused

MOST = 100
"""So many requirements are acted on at once."""


def raise_set(
    person: Doer, case: Case, wanted: RequirementSet, at: datetime | None = None
) -> list[Requirement]:
    """Raise all of a set that is not open in the case already. Raises `Refused` when all of it is."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        here = requirements_of(held)
        is_open = {(r.kind, r.detail or "", r.party_id) for r in here if r.state not in SETTLED}
        raised = []
        for line, party in _lines(held, wanted):
            kind = RequirementKind(line.kind)
            if (line.kind, line.detail, party.pk if party else None) in is_open:
                continue
            one_by_one.still_open(held, USUAL[kind].stage)
            told = {"by": "set", "set": str(wanted.pk), "name": wanted.name}
            raised.append(raise_requirement(held, kind, told, at, detail=line.detail, party=party))
        if not raised:
            raise Refused(Problem("set_nothing_new", held.reference, wanted.name))
        put_down(held, at, [*here, *raised])
        told = {"name": wanted.name, "requirements": ",".join(r.kind for r in raised)}
        happened(person.actor(), held, "requirement.set_added", told, at)
    return raised


def _lines(
    held: Case, wanted: RequirementSet
) -> Iterable[tuple[RequirementSetLine, CaseParty | None]]:
    """Each line of the set; one that is of each insured, for every further insured alone."""
    others: list[CaseParty] = []
    lines = list(wanted.lines.all())
    if any(line.of_each for line in lines):
        others = list(held.parties.filter(role__in=INSURED).exclude(client=held.client_id))
    for line in lines:
        yield line, None
        if line.of_each:
            yield from ((line, party) for party in others)


@dataclass(frozen=True)
class Acted:
    """What became of an act on several: those that moved, and why each other did not."""

    done: list[Requirement]
    refused: list[Problem]


_ACTS = {
    Act.SEND: lambda p, r, why, vendor, at: one_by_one.send_requirement_to_carrier(p, r, at=at),
    Act.ACCEPT: lambda p, r, why, vendor, at: one_by_one.accept_requirement(p, r, at=at),
    Act.ORDER: lambda p, r, why, vendor, at: one_by_one.order_requirement(p, r, vendor, at=at),
    Act.ARRIVE: lambda p, r, why, vendor, at: one_by_one.record_arrival(p, r, at=at),
    Act.WAIVE: lambda p, r, why, vendor, at: one_by_one.waive_requirement(p, r, why, at=at),
    Act.CANCEL: lambda p, r, why, vendor, at: one_by_one.cancel_requirement(p, r, why, at=at),
}
"""What can be done with several at once."""
AT_ONCE = tuple(_ACTS)


def act_on_many(
    person: Doer,
    case: Case,
    wanted: Sequence[UUID],
    act: Act,
    *,
    reason: str = "",
    vendor: str = "",
    at: datetime | None = None,
) -> Acted:
    """Do one act with several requirements of a case, each by its own rules, in one transaction.

    Those that cannot be moved stay as they are and are told; the others move. Raises `Refused` when
    nothing moves.
    """
    at = moment(at)
    done: list[Requirement] = []
    refused: list[Problem] = []
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        asked = [r for r in requirements_of(held) if r.pk in set(wanted[:MOST])]
        for requirement in asked:
            try:
                done.append(_ACTS[act](person, requirement, reason, vendor, at))
            except Refused as why:
                refused += why.problems
        if not done:
            raise Refused(refused or [Problem("nothing_here", "requirements")])
    return Acted(done, refused)
