"""Taking the people of an application into its case."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from megler.applications.models import Application
from megler.applications.rules.prefill_lines import insured_of, wish_of
from megler.cases.models import Beneficiary, Case, CaseParty
from megler.cases.rules.beneficiaries import Named, read_beneficiaries
from megler.cases.rules.parties import PartyRole, insureds_told, parties_told
from megler.clients.actions import keep_client
from megler.forms.rules.good_order import values_of
from megler.journal.rules.actors import SYSTEM


def take_parties(case: Case, application: Application, at: datetime) -> list[CaseParty]:
    """Keep insured, owner and payor as clients in their roles, visible to the agent's side.

    The caller saves the case, which is found by their names too.
    """
    people = case.agent.side()
    values = values_of(application.questionnaire, application.given)
    made = [CaseParty(case=case, client=case.client, role=PartyRole.INSURED.value)]
    for party in parties_told(values):
        client = keep_client(SYSTEM, party.known, people, at=at)
        made.append(CaseParty(case=case, client=client, role=party.role.value))
    for known in insureds_told(values, _others(application)):
        client = keep_client(SYSTEM, known, people, at=at)
        made.append(CaseParty(case=case, client=client, role=PartyRole.JOINT_INSURED.value))
    _take_beneficiaries(case, application)
    others = dict.fromkeys(one.client.name_key for one in made[1:])
    case.also_named = " ".join(others)[:300]
    return CaseParty.objects.bulk_create(made)


def _others(application: Application) -> list[Mapping[str, Any]]:
    """The other insured people whom the quote's offer was for."""
    document = application.quote.facts if application.quote else {}
    first = insured_of(document, application.offer)
    named = wish_of(document, application.offer).get("people") or ()
    return [
        one
        for one in document.get("people") or ()
        if one is not first and (one.get("id") in named or one.get("role") == "insured")
    ]


def _take_beneficiaries(case: Case, application: Application) -> None:
    """The beneficiaries as the application tells them; told wrongly, they are left to the review."""
    rows = application.answers.get("beneficiaries", {}).get("value")
    named, problems = read_beneficiaries(rows) if rows else ([], [])
    if named and not problems:
        write_beneficiaries(case, named)


def write_beneficiaries(case: Case, named: Iterable[Named]) -> list[Beneficiary]:
    """Write the whole list of beneficiaries anew."""
    case.beneficiaries.all().delete()
    return Beneficiary.objects.bulk_create(
        Beneficiary(
            case=case,
            position=place,
            name=one.name,
            relationship=one.relationship,
            is_contingent=one.is_contingent,
            share=one.share,
            born=one.born.isoformat() if one.born else None,
        )
        for place, one in enumerate(named, 1)
    )
