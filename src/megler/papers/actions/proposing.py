"""Which cases papers may belong to: for a whole tray with a handful of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from megler.cases.models import Case, CaseParty, Requirement
from megler.cases.rules.requirements import Act, allowed
from megler.clients.models import Client
from megler.papers.models import Arrival, CalledNumber, Reading
from megler.papers.rules.clues import Clues
from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.matching import Candidate, Proposal, propose
from megler.vocabulary.codes import RequirementKind

CASES_MAX = 200
"""Cases that are looked at for one part of the tray."""
_CLIENTS_MAX = 300


@dataclass(frozen=True)
class Proposed:
    """A case that is proposed, with what the page shows of it."""

    proposal: Proposal
    case: Case
    requirements: list[Requirement]
    open: list[Requirement]


def clues_of(found: dict[str, Any]) -> Clues:
    """The clues that a reading keeps."""
    return Clues(
        tuple(found.get("names", ())),
        tuple(date.fromisoformat(day) for day in found.get("births", ())),
        tuple(found.get("references", ())),
        tuple(found.get("numbers", ())),
    )


def readings_of(arrivals: Iterable[Arrival]) -> dict[UUID, Reading]:
    """What was read in each arrival's document."""
    documents = [one.document_id for one in arrivals]
    return {one.document_id: one for one in Reading.objects.filter(document__in=documents)}


def proposals_for(arrivals: Sequence[Arrival]) -> dict[UUID, list[Proposed]]:
    """For each arrival the cases that it may belong to, best first."""
    readings = readings_of(arrivals)
    told = {one.pk: _clues(one, readings.get(one.document_id)) for one in arrivals}
    cases = _cases(list(told.values()), [one.to_case_id for one in arrivals if one.to_case_id])
    called = _called([case.pk for case in cases])
    known = {str(case.pk): case for case in cases}
    candidates = [candidate_of(case, called.get(case.pk, ())) for case in cases]
    made = {}
    for one in arrivals:
        reading = readings.get(one.document_id)
        kind = PaperKind(reading.kind) if reading else PaperKind.OTHER
        found = propose(told[one.pk], kind, candidates)
        made[one.pk] = [_shown(proposal, known[proposal.case]) for proposal in found]
    return made


def _clues(arrival: Arrival, reading: Reading | None) -> Clues:
    """What was read; the case that a mail was addressed to counts as its number would."""
    found = clues_of(reading.found) if reading else Clues()
    if arrival.to_case is None:
        return found
    references = (arrival.to_case.number, *found.references)
    return Clues(found.names, found.births, references, found.numbers)


def _shown(proposal: Proposal, case: Case) -> Proposed:
    brings = set(proposal.requirements)
    waiting = open_requirements(case)
    return Proposed(proposal, case, [r for r in waiting if str(r.pk) in brings], waiting)


def open_requirements(case: Case) -> list[Requirement]:
    """Those that somebody must still bring, the longest open first."""
    found = [r for r in case.requirements.all() if Act.ARRIVE in allowed(r.to_facts())]
    return sorted(found, key=lambda r: (r.raised_at, r.kind))


def candidate_of(case: Case, called: Iterable[str] = ()) -> Candidate:
    """A case as the rules look at it; its client and parties are loaded."""
    people = {(case.client.name_key, case.client.born)}
    people |= {(one.client.name_key, one.client.born) for one in case.parties.all()}
    needs = tuple((str(r.pk), RequirementKind(r.kind)) for r in open_requirements(case))
    return Candidate(
        str(case.pk),
        case.number,
        tuple(sorted(people, key=lambda one: one[0])),
        case.policy_number,
        tuple(called),
        needs,
        case.is_open,
    )


def with_people(cases: Iterable[UUID]) -> list[Case]:
    """Cases with what candidates need of them."""
    parties = Prefetch("parties", CaseParty.objects.select_related("client"))
    found = Case.objects.filter(pk__in=list(cases)).select_related("client", "product", "carrier")
    return list(found.prefetch_related(parties, "requirements").order_by("-number")[:CASES_MAX])


def _cases(told: Sequence[Clues], also: Iterable[UUID]) -> list[Case]:
    """The cases that any of the clues may mean, newest first."""
    names = {name for one in told for name in one.names}
    references = {number for one in told for number in one.references if number < 2**31}
    numbers = {number for one in told for number in one.numbers}
    keys: set[UUID] = set(also)
    if references:
        keys |= set(Case.objects.filter(number__in=references).values_list("pk", flat=True))
    if names:
        keys |= _of_people(names)
    if numbers:
        keys |= set(
            CalledNumber.objects.filter(key__in=numbers).values_list("case", flat=True)[:CASES_MAX]
        )
        keys |= _of_policies(told)
    return with_people(keys) if keys else []


def _of_people(names: set[str]) -> set[UUID]:
    clients = Client.objects.filter(name_key__in=names).values_list("pk", flat=True)
    wanted = list(clients[:_CLIENTS_MAX])
    cases = Case.objects.filter(client__in=wanted).order_by("-number")
    parties = CaseParty.objects.filter(client__in=wanted)
    return {
        *cases.values_list("pk", flat=True)[:CASES_MAX],
        *parties.values_list("case", flat=True)[:CASES_MAX],
    }


def _of_policies(told: Sequence[Clues]) -> set[UUID]:
    wanted = {number for one in told for number in one.numbers}
    found = Case.objects.with_policies(wanted).values_list("pk", flat=True)
    return set(found[:CASES_MAX])


def _called(cases: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    rows = CalledNumber.objects.filter(case__in=cases).values_list("case", "key")
    for case, key in rows:
        found[case] = (*found.get(case, ()), key)
    return found
