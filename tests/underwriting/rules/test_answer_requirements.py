"""The published answer about requirements: its shape and its order by burden."""

from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from megler.underwriting.rules.answer_requirements import (
    called_for,
    requirements_json,
    requirements_schema,
)
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.codes import RequirementKind as Kind
from tests.underwriting.evidence_guides import GRID, evidence_guide
from tests.underwriting.guides import KNOWN, ON
from tests.underwriting.rules.test_answer import TERM

HEAVY = evidence_guide()
LIGHT = replace(evidence_guide(requirements=GRID[:1], triggers=()), carrier="light")
BOOK = "fjordlife/rates@2026-01-01"


def answer(products: list[Judged], amount: str | None = "300000", **more: Any) -> Any:
    wants = {"line": "term_life", "face_amount": amount}
    facts, problems = read_facts({**KNOWN, "wants": wants, **more}, ON)
    assert facts is not None, problems
    measured = {"fjordlife": {Kind.BLOOD_PROFILE: 4}}
    found = called_for(facts, products, ON, measured)
    return requirements_json(facts, found, ON, lambda r: r.code, lambda p: p.code)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"born": None, "amount": None},
        {"evidence": [{"kind": "blood_profile", "on": "2026-01"}, {"kind": "mib"}]},
        {"evidence": [{"kind": "md_exam", "on": "2026-02-20", "carrier": "tundra-life"}]},
        {"conditions": [{"name": "melanoma"}]},
        {"driving": [{"event": "dui"}], "driving_complete": False},
    ],
)
def test_every_answer_has_the_published_shape(more: dict[str, Any]) -> None:
    told = answer([Judged(HEAVY, "term", TERM, BOOK), Judged(LIGHT)], **more)
    jsonschema.validate(told, requirements_schema())
    assert len(told["carriers"]) == 2


def test_the_lighter_carrier_comes_first() -> None:
    told = answer([Judged(HEAVY, "heavy", TERM, BOOK), Judged(LIGHT, "light", TERM, BOOK)])
    first, second = told["carriers"]
    assert (first["product"], first["exam"], first["things"]) == ("light", "no", 0)
    assert (second["exam"], second["things"], second["days"]) == ("yes", 3, 12)
    assert second["slowest"] == "paramedical_exam"


def test_days_measured_here_and_evidence_on_file_are_told() -> None:
    told = answer([Judged(HEAVY)], evidence=[{"kind": "paramedical_exam", "on": "2026-02-01"}])
    (one,) = told["carriers"]
    needs = {need["kind"]: need for need in one["requirements"]}
    blood, exam = needs["blood_profile"], needs["paramedical_exam"]
    assert (blood["usual_days"], blood["usual_days_from"], blood["reuse"]) == (4, "measured", None)
    assert exam["reuse"]["until"] == "2027-02-01"
    assert (one["days"], one["on_file"]) == (4, 1)


def test_without_a_guide_the_answer_says_so() -> None:
    assert [p["code"] for p in answer([])["problems"]] == ["assess_no_guides"]
