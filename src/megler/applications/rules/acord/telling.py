"""Answers to a 103: people, policy, beneficiaries, forms, signatures and files as ACORD has them."""

from collections.abc import Iterable, Mapping
from typing import Any

from megler.applications.rules.acord.forms import Filled, forms_of
from megler.applications.rules.acord.people import amount, day, doctor_of, insured_of, owner_of
from megler.applications.rules.acord.places import SECRETS, fits
from megler.applications.rules.acord.policies import holdings_of, relation
from megler.applications.rules.acord.slots import with_slots
from megler.applications.rules.acord.told import (
    AGENT,
    BANK,
    CARRIER,
    DOCTOR,
    HOLDING,
    INSURED,
    OWNER,
    PAYOR,
    Applied,
)
from megler.exchange.txlife import records as r
from megler.exchange.txlife.dialects import ACORD, Dialect
from megler.exchange.txlife.records import NOTHING, Coded
from megler.forms.rules.questionnaire import Answers, Questionnaire, asked


def submission(
    told: Applied,
    questionnaire: Questionnaire,
    answers: Answers,
    dialect: Dialect = ACORD,
    *,
    whole: bool = False,
) -> r.Message:
    """The 103 of an application: what is asked as things stand; with `whole` everything kept of it,
    also answers that are not asked any more, for another agency or an archive."""
    values = {
        key: answer.value
        for key, answer in answers.items()
        if answer.value is not None
        and (question := questionnaire.by_key.get(key))
        and (whole or asked(questionnaire, question, answers))
    }
    placed = {key: value for key, value in values.items() if fits(questionnaire.by_key[key])}
    parties, relations = _people(told, placed, dialect)
    holdings, others = holdings_of(told, placed, dialect, whole)
    elsewhere = _elsewhere(placed, parties, holdings)
    request = r.Request(
        id="Request_1",
        primary_id=HOLDING,
        guid=told.guid,
        type=Coded("new_business"),
        executed_on=f"{told.sent_at:%Y-%m-%d}",
        executed_at=told.sent_at.isoformat(timespec="seconds")[11:],
        mode=Coded("original"),
        source_name=told.agency,
        holdings=tuple(holdings),
        parties=tuple(parties),
        relations=(*relations, *others),
        forms=tuple(forms_of(Filled(questionnaire, answers, values, elsewhere), dialect, whole)),
    )
    return r.Message(
        version=dialect.version,
        login=dialect.login,
        vendor=dialect.vendor,
        vendor_code=dialect.vendor_code,
        app=dialect.app,
        requests=(with_slots(request, values, dialect),),
    )


def _elsewhere(
    values: Mapping[str, Any], parties: Iterable[r.Party], holdings: Iterable[r.Holding]
) -> frozenset[str]:
    """The secret numbers that stand in a place of their own, and so on no form."""
    numbers = {(party.id, party.government_id) for party in parties}
    numbers |= {(one.id, one.banking.account) for one in holdings if one.banking}
    places = {"insured": INSURED, "owner": OWNER, "bank": BANK}
    return frozenset(
        key for key, whose in SECRETS.items() if (places[whose], values.get(key)) in numbers
    )


def _people(
    told: Applied, values: Mapping[str, Any], dialect: Dialect
) -> tuple[list[r.Party], list[r.Relation]]:
    """Everybody, and what each is to the policy."""
    parties = [insured_of(values, INSURED)]
    roles: list[tuple[str, str, dict[str, Any]]] = [(INSURED, "insured", {})]
    owner = owner_of(values, OWNER)
    if owner is None and values.get("owner_is_insured") == "yes":
        roles.append((INSURED, "owner", {}))
    elif owner is not None:
        parties.append(owner)
        description = _relationship(values.get("owner_relationship"))
        roles.append((OWNER, "owner", {"description": description}))
    if values.get("payment_payor") == "other":
        parties.append(r.Party(id=PAYOR, full_name=str(values.get("payment_payor_name", ""))))
        roles.append((PAYOR, "payor", {}))
    elif values.get("payment_payor"):
        roles.append((INSURED if owner is None else OWNER, "payor", {}))
    for i, one in enumerate(values.get("beneficiaries") or [], 1):
        parties.append(_beneficiary(one, f"Party_Beneficiary_{i}"))
        role = f"{one.get('class') or 'primary'}_beneficiary"
        description = _relationship(one.get("relationship"))
        share = amount(one.get("share"))
        roles.append((f"Party_Beneficiary_{i}", role, {"share": share, "description": description}))
    parties += [_agent(told, dialect), _carrier(told, dialect)]
    roles.append((AGENT, "agent", {"share": "100"}))
    relations = [relation(i, to, role, **more) for i, (to, role, more) in enumerate(roles, 1)]
    if doctor := doctor_of(values, DOCTOR):
        parties.append(doctor)
        relations.append(
            relation(len(roles) + 1, DOCTOR, "physician", from_id=INSURED, from_type="party")
        )
    return parties, relations


def _relationship(text: Any) -> Coded:
    """A relationship in words: with ACORD's number where the word has one, always with the text."""
    said = str(text or "").strip()
    return Coded(said.casefold(), said) if said else NOTHING


def _beneficiary(one: Mapping[str, Any], party_id: str) -> r.Party:
    name = str(one.get("name") or "")
    return r.Party(id=party_id, full_name=name, born=day(one.get("born")))


def _agent(told: Applied, dialect: Dialect) -> r.Party:
    appointed = r.Appointment(told.agent_npn, dialect.carrier_code or told.carrier)
    return r.Party(
        id=AGENT,
        kind=Coded("person"),
        full_name=told.agent_name,
        npn=told.agent_npn,
        appointments=(appointed,),
        emails=(r.Email(address=told.agent_email),) if told.agent_email else (),
        phones=(r.Phone(number=told.agent_phone),) if told.agent_phone else (),
    )


def _carrier(told: Applied, dialect: Dialect) -> r.Party:
    code = dialect.carrier_code or told.carrier
    kind = Coded("organisation")
    return r.Party(id=CARRIER, kind=kind, full_name=told.carrier_name, carrier_code=code)
