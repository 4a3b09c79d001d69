"""Kinds of papers, and the requirements that each can bring."""

from enum import StrEnum

from megler.vocabulary.codes import RequirementKind as Needed


class PaperKind(StrEnum):
    """What a paper is. The values are those of a case's documents."""

    APPLICATION = "application"
    APS = "aps"
    EXAM = "exam"
    LABS = "labs"
    ECG = "ecg"
    MVR = "mvr"
    FINANCIALS = "financials"
    TRUST = "trust"
    IDENTITY = "identity"
    HIPAA = "hipaa"
    AMENDMENT = "amendment"
    DELIVERY_RECEIPT = "delivery_receipt"
    REPLACEMENT = "replacement"
    CHEQUE = "cheque"
    LETTER = "carrier_letter"
    POLICY = "policy"
    ILLUSTRATION = "illustration"
    OTHER = "other"


BRINGS: dict[PaperKind, tuple[Needed, ...]] = {
    PaperKind.APS: (Needed.APS,),
    PaperKind.EXAM: (Needed.PARAMEDICAL_EXAM, Needed.MD_EXAM),
    PaperKind.LABS: (Needed.BLOOD_PROFILE, Needed.URINE),
    PaperKind.ECG: (Needed.ECG, Needed.TREADMILL),
    PaperKind.MVR: (Needed.MVR,),
    PaperKind.FINANCIALS: (Needed.FINANCIAL_STATEMENTS,),
    PaperKind.TRUST: (Needed.TRUST_PAPERS,),
    PaperKind.HIPAA: (Needed.HIPAA_AUTHORISATION,),
    PaperKind.AMENDMENT: (Needed.AMENDMENT,),
    PaperKind.DELIVERY_RECEIPT: (Needed.DELIVERY_RECEIPT, Needed.POLICY_ACCEPTANCE),
    PaperKind.REPLACEMENT: (Needed.REPLACEMENT_FORM,),
    PaperKind.CHEQUE: (Needed.INITIAL_PREMIUM,),
    PaperKind.ILLUSTRATION: (Needed.ILLUSTRATION,),
}
"""The requirements that a paper of a kind may bring, the usual one first."""

BRINGS_ALL = frozenset({PaperKind.LABS})
"""Kinds whose one paper often brings all of them: a laboratory reports blood and urine together."""


def wanted(kind: PaperKind, still_open: "list[Needed]") -> list[Needed]:
    """Which of a case's open requirements a paper of `kind` brings.

    >>> wanted(PaperKind.LABS, [Needed.URINE, Needed.APS, Needed.BLOOD_PROFILE])
    [<RequirementKind.BLOOD_PROFILE: 'blood_profile'>, <RequirementKind.URINE: 'urine'>]
    >>> wanted(PaperKind.EXAM, [Needed.MD_EXAM, Needed.PARAMEDICAL_EXAM])
    [<RequirementKind.PARAMEDICAL_EXAM: 'paramedical_exam'>]
    """
    found = [one for one in BRINGS.get(kind, ()) if one in still_open]
    return found if kind in BRINGS_ALL else found[:1]
