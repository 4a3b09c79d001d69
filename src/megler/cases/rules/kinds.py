"""What is usual for each kind of requirement: stage, who brings it, how long it takes and lasts.

These are the agency's own defaults, used where no carrier has said otherwise. Days to follow up are
business days, days that evidence stays valid are calendar days.
"""

from dataclasses import dataclass
from enum import StrEnum

from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind as Kind


class Stage(StrEnum):
    """What waits for it: the decision, the policy's being in force, or what its owner asks later."""

    UNDERWRITING = "underwriting"
    DELIVERY = "delivery"
    OWNER_SERVICE = "owner_service"


@dataclass(frozen=True, slots=True)
class Usual:
    """`brought_by`: who makes or signs it; `follow_up_days` business days after it is asked for."""

    brought_by: Holder
    follow_up_days: int
    stage: Stage = Stage.UNDERWRITING
    valid_days: int | None = None


USUAL: dict[Kind, Usual] = {
    Kind.PARAMEDICAL_EXAM: Usual(Holder.VENDOR, 5, valid_days=180),
    Kind.BLOOD_PROFILE: Usual(Holder.VENDOR, 5, valid_days=180),
    Kind.URINE: Usual(Holder.VENDOR, 5, valid_days=180),
    Kind.ECG: Usual(Holder.VENDOR, 7, valid_days=365),
    Kind.TREADMILL: Usual(Holder.VENDOR, 10, valid_days=365),
    Kind.MD_EXAM: Usual(Holder.VENDOR, 10, valid_days=180),
    Kind.APS: Usual(Holder.VENDOR, 10),
    Kind.TELEPHONE_INTERVIEW: Usual(Holder.VENDOR, 3),
    Kind.INSPECTION_REPORT: Usual(Holder.VENDOR, 7),
    Kind.MVR: Usual(Holder.CARRIER, 5),
    Kind.PRESCRIPTION_HISTORY: Usual(Holder.CARRIER, 5),
    Kind.MIB: Usual(Holder.CARRIER, 5),
    Kind.FINANCIAL_STATEMENTS: Usual(Holder.CLIENT, 5),
    Kind.COGNITIVE_TEST: Usual(Holder.VENDOR, 7, valid_days=180),
    Kind.HIPAA_AUTHORISATION: Usual(Holder.CLIENT, 3, valid_days=730),
    Kind.REPLACEMENT_FORM: Usual(Holder.AGENT, 3),
    Kind.ILLUSTRATION: Usual(Holder.AGENT, 3),
    Kind.TRUST_PAPERS: Usual(Holder.CLIENT, 5),
    Kind.DELIVERY_RECEIPT: Usual(Holder.AGENT, 5, Stage.DELIVERY),
    Kind.POLICY_ACCEPTANCE: Usual(Holder.CLIENT, 5, Stage.DELIVERY),
    Kind.AMENDMENT: Usual(Holder.CLIENT, 5, Stage.DELIVERY),
    Kind.GOOD_HEALTH_STATEMENT: Usual(Holder.CLIENT, 5, Stage.DELIVERY),
    Kind.INITIAL_PREMIUM: Usual(Holder.CLIENT, 5, Stage.DELIVERY),
    Kind.CHANGE_FORM: Usual(Holder.CLIENT, 5, Stage.OWNER_SERVICE),
    Kind.REINSTATEMENT_FORM: Usual(Holder.CLIENT, 5),
    Kind.PREMIUM_ARREARS: Usual(Holder.CLIENT, 5),
}

CARRIERS_OWN = frozenset(
    kind for kind, usual in USUAL.items() if usual.brought_by is Holder.CARRIER
)
"""Reports that the carrier orders itself under consumer-report law: tracked, not ordered by us."""


class Wanter(StrEnum):
    """Who wants a requirement, beside who has it now."""

    CARRIER = "carrier"
    AGENCY = "agency"
    STATE = "state"


def wanted_by(kind: Kind) -> Wanter:
    """Who wants a kind when nobody says otherwise: papers of a replacement are the state's.

    >>> wanted_by(Kind.REPLACEMENT_FORM)
    <Wanter.STATE: 'state'>
    """
    return Wanter.STATE if kind is Kind.REPLACEMENT_FORM else Wanter.CARRIER
