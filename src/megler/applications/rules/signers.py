"""Who signs an application, and which forms each signs, from its answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from megler.forms.rules.consistency import is_minor
from megler.forms.rules.good_order import Missing, values_of
from megler.forms.rules.questionnaire import (
    Answers,
    AskedOf,
    Questionnaire,
    SignerRole,
    asked,
    forms_needed,
)
from megler.forms.rules.signing import signer_roles

NAME_MAX = 200
"""Characters of a signer's name; what is longer is cut, on the papers too."""
CLIENT_ROLES = (SignerRole.INSURED, SignerRole.OWNER, SignerRole.PAYOR)
FILLING_ROLES = (SignerRole.INSURED, SignerRole.OWNER)
"""Clients who answer questions of their own; who merely pays signs and nothing else."""


@dataclass(frozen=True, slots=True)
class Person:
    """A signer: name, e-mail, and the birth date by which the private link knows them."""

    name: str
    email: str
    born: date | None


def signers_of(
    questionnaire: Questionnaire, answers: Answers, agent: Person, on: date
) -> dict[SignerRole, Person]:
    """Everybody who must sign, in the order of signing."""
    values = values_of(questionnaire, answers)
    born = _day(values.get("insured_born"))
    minor = _is_child(born, on)
    payor = questionnaire.by_key.get("payor_email")
    pays = payor is not None and asked(questionnaire, payor, answers)
    roles = signer_roles(values.get("owner_is_insured", "yes") == "yes", minor, pays)
    wanted = {role for form in forms_needed(questionnaire, answers) for role in form.signers}
    people = {
        SignerRole.INSURED: Person(
            insured_name(values)[:NAME_MAX].strip(), values.get("insured_email") or "", born
        ),
        SignerRole.OWNER: Person(
            values.get("owner_signer") or values.get("owner_name") or "",
            values.get("owner_email") or "",
            _day(values.get("owner_born")),
        ),
        SignerRole.PAYOR: Person(
            values.get("payor_full_name") or values.get("payor_name") or "",
            values.get("payor_email") or "",
            _day(values.get("payor_born")),
        ),
        SignerRole.AGENT: agent,
    }
    return {role: people[role] for role in roles if role in wanted}


CHILD_BY = ("owner_is_insured", "insured_born")
"""The questions by which it is known that the insured is a child whom another owner insures."""


def owner_signs_for(values: Mapping[str, Any], on: date) -> bool:
    """Whether the insured is too young to sign on a day, and another owner signs instead."""
    born = _day(values.get("insured_born"))
    return values.get("owner_is_insured") == "no" and _is_child(born, on)


def _is_child(born: date | None, on: date) -> bool:
    return born is not None and born <= on and is_minor(born, on)


def insured_name(values: Mapping[str, object]) -> str:
    """The proposed insured's name as it is read; empty while unknown."""
    parts = ("insured_first_name", "insured_middle_name", "insured_last_name")
    return " ".join(str(values[part]) for part in parts if values.get(part))


def forms_signed_by(
    questionnaire: Questionnaire, answers: Answers, role: SignerRole
) -> frozenset[str]:
    """The keys of the forms that somebody in `role` signs."""
    return frozenset(f.key for f in forms_needed(questionnaire, answers) if role in f.signers)


def keeps_from_asking(missing: Iterable[Missing], forms: frozenset[str]) -> list[Missing]:
    """What must be put right before the client is asked: all but what the client can answer."""
    return [
        one for one in missing if one.is_error and one.form in forms and not client_can_answer(one)
    ]


def client_can_answer(one: Missing) -> bool:
    """Whether the client can supply it on the signing page: not answered, or not readable."""
    return one.asked_of is AskedOf.CLIENT and not one.is_readable


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def answers_all(role: SignerRole, people: Mapping[SignerRole, Person]) -> bool:
    """Whether somebody answers for the insured too: an owner for a child, who does not sign."""
    return role is SignerRole.OWNER and SignerRole.INSURED not in people
