"""A small market to ask of: two carriers' guides, one product each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Conversion, Eligibility, Product, TermLimit
from megler.carriers.rules.ratings import EvidenceRule, NicotineRule, OrderedBy
from megler.underwriting.rules.asking.answering import answer
from megler.underwriting.rules.asking.answers import Answered
from megler.underwriting.rules.asking.reading import understand
from megler.underwriting.rules.asking.understood import Understood
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line, RequirementKind
from tests.underwriting.rated_guides import RATINGS, rated_guide, rating

ON = date(2026, 11, 23)
_CARRIERS = {"fjordlife": "Fjord Life", "skarlife": "Skår Mutual"}


def _product(code: str, oldest: int) -> Product:
    eligibility = Eligibility(
        age_min=18,
        age_max=oldest,
        amount_min=Decimal(50000),
        amount_max=Decimal(2000000),
        jurisdictions_except=frozenset({"NY"}),
        terms=(
            TermLimit(20, age_max=oldest - 5),
            TermLimit(30, age_max=oldest - 20, nicotine=Nicotine.NONE),
            TermLimit(30, age_max=oldest - 25, nicotine=Nicotine.USER),
        ),
    )
    return Product(
        code,
        code.replace("-", " ").title(),
        Line.TERM_LIFE,
        AgeBasis.NEAREST,
        None,
        eligibility,
        (),
        conversion=Conversion(years=10, until_age=65),
    )


def _evidence(days: int) -> tuple[EvidenceRule, ...]:
    return (
        EvidenceRule(RequirementKind.BLOOD_PROFILE, OrderedBy.AGENCY, 8, 365, None, 60, "9"),
        EvidenceRule(RequirementKind.BLOOD_PROFILE, OrderedBy.AGENCY, 8, 180, 61, None, "9"),
        EvidenceRule(RequirementKind.APS, OrderedBy.AGENCY, days, 365, page="9"),
        EvidenceRule(RequirementKind.MVR, OrderedBy.CARRIER, 2, 90, page="9"),
    )


def guides() -> list[Edition]:
    """Two guides: the second takes a cigar now and then at preferred, and rates diabetes harder."""
    cigars = (
        NicotineRule("preferred", "cigar", 24, per_year=12, page="14"),
        NicotineRule(None, None, 12),
    )
    first = rated_guide(evidence=_evidence(20))
    harder = tuple(
        rating("diabetes_type_2", "base", "", "decline")
        if row.impairment == "diabetes_type_2" and row.verb == "base" and "a1c > 8.5" in row.text
        else row
        for row in RATINGS
    )
    harder = tuple(r for r in harder if not (r.impairment == "diabetes_type_2" and r.text != ""))
    second = rated_guide(ratings=harder, nicotine=cigars, evidence=_evidence(30))
    return [
        replace(one, carrier=slug, carrier_name=name)
        for one, (slug, name) in zip((first, second), _CARRIERS.items(), strict=True)
    ]


def _market() -> tuple[Judged, ...]:
    return tuple(
        Judged(guide, code, _product(code, oldest), f"{guide.carrier}/rates@2026-01-01")
        for guide, code, oldest in zip(guides(), ("fjord-term", "skar-term"), (75, 80), strict=True)
    )


MARKET = _market()


def read(question: str) -> Understood:
    """A question as it is understood in this market."""
    asked = [q for one in MARKET if one.guide.guide for q in one.guide.guide.questions]
    return understand(question, ON, asked, _CARRIERS)


def told(question: str) -> dict[str, Any]:
    """The facts of a question."""
    return dict(read(question).facts)


def answered(question: str) -> Answered:
    """A question answered in this market."""
    return answer(read(question), MARKET, ON)


read("52 male with diabetes on metformin in Norway")
"""Reads the word lists once, so that no test pays for them."""
