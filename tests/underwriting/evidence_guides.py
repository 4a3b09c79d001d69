"""A guide with triggers, terms of evidence and substitutes, of a carrier that does not exist."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import RequirementRow
from megler.carriers.rules.ratings import EvidenceRule, OrderedBy, Substitute, Trigger
from megler.carriers.rules.when.reading import read_when
from megler.vocabulary.codes import RequirementKind as Kind
from tests.underwriting.guides import guide
from tests.underwriting.rated_guides import IMPAIRMENTS, QUESTIONS

GRID = (
    RequirementRow(18, 50, Decimal(0), Decimal(249_999), (Kind.MIB,), "5"),
    RequirementRow(
        18, 50, Decimal(250_000), None, (Kind.MIB, Kind.PARAMEDICAL_EXAM, Kind.BLOOD_PROFILE), "5"
    ),
    RequirementRow(51, None, Decimal(0), None, (Kind.MIB, Kind.BLOOD_PROFILE, Kind.ECG), "5"),
)
TRIGGERS = (
    Trigger(
        read_when('has("cancer") and years_since("cancer") < 5'),
        (Kind.APS,),
        "Cancer within five years",
        "6",
    ),
    Trigger(read_when('count("dui") >= 1'), (Kind.MVR,), "", "6"),
    Trigger(
        read_when("total_amount >= 5000000 or income_annual < 20000 and amount > 250000"),
        (Kind.FINANCIAL_STATEMENTS,),
        "Large for the means",
        "6",
    ),
)
EVIDENCE = (
    EvidenceRule(Kind.BLOOD_PROFILE, OrderedBy.AGENCY, 10, 365, None, 60, page="7"),
    EvidenceRule(Kind.BLOOD_PROFILE, OrderedBy.AGENCY, 10, 180, 61, None, page="7"),
    EvidenceRule(Kind.PARAMEDICAL_EXAM, OrderedBy.AGENCY, 12, 365, page="7"),
    EvidenceRule(Kind.APS, OrderedBy.AGENCY, 21, 180, page="7"),
    EvidenceRule(Kind.MVR, OrderedBy.CARRIER, 3, None, page="7"),
    EvidenceRule(Kind.MIB, OrderedBy.CARRIER, 1, 90, page="7"),
)
SUBSTITUTES = (Substitute(Kind.MD_EXAM, 30, (Kind.PARAMEDICAL_EXAM, Kind.BLOOD_PROFILE), "8"),)


def evidence_guide(**parts: Any) -> Edition:
    """The guide; `parts` replace parts of it."""
    whole: dict[str, Any] = {
        "requirements": GRID,
        "triggers": TRIGGERS,
        "evidence": EVIDENCE,
        "substitutes": SUBSTITUTES,
        "impairments": IMPAIRMENTS,
        "questions": QUESTIONS,
    }
    return replace(guide(**(whole | parts)), series="evidence")
