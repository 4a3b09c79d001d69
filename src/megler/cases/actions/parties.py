"""Taking the people of an application into its case."""

from datetime import datetime

from megler.applications.models import Application
from megler.cases.models import Case, CaseParty
from megler.cases.rules.parties import PartyRole, parties_told
from megler.clients.actions import keep_client
from megler.forms.rules.good_order import values_of
from megler.journal.rules.actors import SYSTEM


def take_parties(case: Case, application: Application, at: datetime) -> list[CaseParty]:
    """Keep insured, owner and payor as clients in their roles, visible to the agent's side.

    The caller saves the case, which is found by their names too.
    """
    people = case.agent.side()
    made = [CaseParty(case=case, client=case.client, role=PartyRole.INSURED.value)]
    for party in parties_told(values_of(application.questionnaire, application.given)):
        client = keep_client(SYSTEM, party.known, people, at=at)
        made.append(CaseParty(case=case, client=client, role=party.role.value))
    others = dict.fromkeys(one.client.name_key for one in made[1:])
    case.also_named = " ".join(others)[:300]
    return CaseParty.objects.bulk_create(made)
