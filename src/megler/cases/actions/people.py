"""Who stands in a case beside the first insured: others insured, owner, beneficiaries."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.calling import Terms, called_of, detail_of, raised_by
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import happened, in_hand, moment, put_down, requirements_of
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.raising import raise_requirement
from megler.cases.actions.requirements import still_open
from megler.cases.models import Case, CaseParty, Requirement
from megler.cases.rules.parties import PartyRole
from megler.clients.actions import keep_client
from megler.clients.rules.people import Known
from megler.journal.rules.actors import Actor
from megler.underwriting.rules.people import Person
from megler.vocabulary.ages import age_nearest
from megler.vocabulary.problems import Problem, Refused


def owner_name(case: Case) -> str:
    """Who owns the policy: another than the insured, or the insured."""
    other = case.parties.filter(role=PartyRole.OWNER.value).select_related("client").first()
    return other.client.name if other else case.client.name


def replace_owner(actor: Actor, held: Case, known: Known, at: datetime) -> CaseParty | None:
    """Make another the owner of a case in hand; the insured is the owner by being named as such."""
    held.parties.filter(role=PartyRole.OWNER.value).delete()
    made = None
    if known.first_name != held.client.first_name or known.last_name != held.client.last_name:
        client = keep_client(actor, known, _sides(held), at=at)
        made = held.parties.create(client=client, role=PartyRole.OWNER.value)
    name_others(held)
    return made


def _sides(held: Case) -> list:  # type: ignore[type-arg]
    return [user for one in held.agents.select_related("agent__user") for user in one.agent.side()]


def name_others(held: Case) -> None:
    """Say anew by which other people the case is found; the caller saves it."""
    others = held.parties.exclude(client=held.client_id).values_list("client__name_key", flat=True)
    held.also_named = " ".join(dict.fromkeys(others))[:300]


def add_insured(person: Doer, case: Case, known: Known, at: datetime | None = None) -> CaseParty:
    """Another insured of a case, with what the carrier's guide calls for of them.

    By age and amount only, where the birth date is known: nothing else is known of them here.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        still_open(held)
        client = keep_client(person.actor(), known, _sides(held), at=at)
        if held.parties.filter(client=client, role__in=INSURED).exists():
            raise Refused(Problem("party_already", "name", client.name, held.reference))
        party = held.parties.create(client=client, role=PartyRole.JOINT_INSURED.value)
        name_others(held)
        raise_for(held, party, at)
        put_down(held, at, requirements_of(held))
        told = {"name": client.name, "party": str(party.pk)}
        happened(person.actor(), held, "case.insured_added", told, at)
        tell_agent(held, "case.insured_added", person.pk, told, at)
    return party


INSURED = [PartyRole.INSURED.value, PartyRole.JOINT_INSURED.value]


def raise_for(held: Case, party: CaseParty, at: datetime) -> list[Requirement]:
    """What the guide calls for of one more insured, for them alone."""
    today = timezone.localtime(at).date()
    person = _person(party, today)
    if person is None:
        return []
    called = called_of(person, Terms(held.product, held.face_amount_applied), today) or []
    return [
        raise_requirement(
            held,
            one.kind,
            raised_by(one),
            at,
            detail=detail_of(one),
            party=party,
            valid_days=one.valid_days,
        )
        for one in called
    ]


def _person(party: CaseParty, today: date) -> Person | None:
    born = party.client.born
    return None if born is None else Person(age=age_nearest(born, today))
