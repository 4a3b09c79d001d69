"""Connective tissue, long COVID and defects from birth: what the manual's tables say."""

from typing import Any

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.manual.answered import ends, judged, told, years_ago

NORMAL = {"aorta": "normal"}
DILATED = {"aorta": "dilated"}


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        (NORMAL, "table_2", "table_3"),
        ({**NORMAL, "symptoms": "moderate"}, "table_3", "table_4"),
        ({**DILATED, "aorta_cm": 3.9}, "table_4", "table_6"),
        ({**DILATED, "aorta_cm": 4}, "table_6", "table_8"),
        ({**DILATED, "aorta_cm": 4.5}, "table_6", "table_8"),
        ({**DILATED, "aorta_cm": 4.6}, "table_8", "decline"),
        ({**DILATED, "aorta_cm": 5.1}, "decline", "decline"),
        ({"aorta": "operated", "surgery": years_ago(2)}, "table_5", "table_7"),
        ({"aorta": "operated", "surgery": years_ago(5)}, "table_5", "table_7"),
        ({"aorta": "operated", "surgery": years_ago(61 / 12)}, "table_4", "table_6"),
        ({"aorta": "dissected"}, "decline", "decline"),
        ({**NORMAL, "mitral": "regurgitation"}, "table_4", "table_7"),
    ],
)
def test_marfan(facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends("marfan", **facts) == (best, worst)


@pytest.mark.parametrize(
    ("impairment", "facts", "best", "worst"),
    [
        ("ehlers_danlos", {"kind": "hypermobile", "severity": "mild"}, "standard", "table_2"),
        ("ehlers_danlos", {"kind": "classical", "severity": "severe"}, "table_5", "table_7"),
        ("ehlers_danlos", {"kind": "vascular", "severity": "mild"}, "table_8", "decline"),
        ("ehlers_danlos", {"kind": "vascular", "severity": "mild", "arterial": True}, "decline", "decline"),
        ("scleroderma", {"kind": "limited", "since": years_ago(35 / 12)}, "table_4", "table_6"),
        ("scleroderma", {"kind": "limited", "since": years_ago(5)}, "table_3", "table_5"),
        ("scleroderma", {"kind": "diffuse", "since": years_ago(5)}, "table_6", "table_8"),
        ("scleroderma", {"kind": "diffuse", "since": years_ago(5), "organ": "several"}, "decline", "decline"),
        ("connective_tissue_disease", {"kind": "mixed", "severity": "mild", "years_stable": 5}, "table_3", "table_5"),
        ("connective_tissue_disease", {"kind": "mixed", "severity": "mild", "years_stable": 5.1},
         "table_2", "table_4"),
        ("connective_tissue_disease", {"kind": "undifferentiated", "severity": "mild", "since": years_ago(4)},
         "table_2", "table_3"),
        ("sjogrens_syndrome", {}, "standard", "table_2"),
        ("sjogrens_syndrome", {"severity": "moderate", "since": years_ago(3)}, "table_3", "table_4"),
        ("raynauds", {}, "standard", "table_1"),
        ("raynauds", {"ulcers": True}, "table_2", "table_3"),
        ("cleft_palate", {}, "standard", "standard"),
        ("esophageal_atresia", {"years_since_repair": 5}, "table_1", "table_3"),
        ("esophageal_atresia", {"years_since_repair": 5.1}, "standard", "table_2"),
        ("hirschsprung", {"residual": "severe"}, "table_4", "table_6"),
        ("hypospadias", {"severity": "severe", "complications": True}, "table_1", "table_3"),
        ("spina_bifida", {"kind": "myelomeningocele", "deficit": "moderate"}, "table_6", "table_8"),
        ("hydrocephalus", {"shunt": True, "deficit": "none"}, "table_2", "table_4"),
        ("trisomy_21", {"born": "1997-01-01"}, "table_5", "table_7"),
        ("trisomy_21", {"born": "1996-01-01"}, "table_6", "table_8"),
        ("trisomy_21", {"born": "1984-01-01"}, "table_8", "decline"),
        ("turner_syndrome", {"kidneys": True}, "table_3", "table_7"),
        ("vacterl", {"components": 3, "residual": "none"}, "table_3", "table_5"),
        ("vacterl", {"components": 4, "residual": "none"}, "table_5", "table_7"),
        ("digeorge_syndrome", {"organ": "immune", "severity": "moderate"}, "table_6", "decline"),
        ("osteoporosis", {"t_score": -3.5}, "standard", "table_2"),
        ("osteoporosis", {"t_score": -3.6}, "table_2", "table_4"),
        ("congenital_defect", {}, "individual_consideration", "individual_consideration"),
    ],
)  # fmt: skip
def test_other_conditions(impairment: str, facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends(impairment, **facts) == (best, worst)


@pytest.mark.parametrize(
    ("months", "severity", "systems", "best", "worst"),
    [
        (2, "mild", "single", "postpone", "postpone"),
        (3, "mild", "single", "table_1", "table_2"),
        (6, "mild", "single", "standard", "table_1"),
        (12, "mild", "single", "standard", "table_1"),
        (13, "mild", "single", "standard", "standard"),
        (5, "moderate", "multiple", "table_4", "table_5"),
        (24, "moderate", "multiple", "table_2", "table_3"),
        (25, "moderate", "multiple", "table_1", "table_2"),
        (5, "severe", "single", "table_5", "table_7"),
        (11, "severe", "multiple", "table_5", "table_7"),
        (25, "severe", "single", "table_2", "table_4"),
    ],
)
def test_long_covid(months: int, severity: str, systems: str, best: str, worst: str) -> None:
    facts: dict[str, Any] = {"severity": severity, "systems": systems}
    assert ends("long_covid", since=years_ago(months / 12), **facts) == (best, worst)


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({"trend": "improving"}, "table_1", "table_2"),
        ({"trend": "worsening"}, "table_3", "table_4"),
        ({"lungs": "moderate"}, "table_4", "table_5"),
        ({"heart": "ongoing"}, "table_4", "postpone"),
        ({"fatigue": "moderate"}, "table_3", "table_5"),
        ({"infections": 2}, "table_3", "table_4"),
        ({"infections": 3}, "individual_consideration", "individual_consideration"),
        ({"failing": True}, "decline", "decline"),
        ({"born": "1960-01-01"}, "table_3", "table_4"),
    ],
)
def test_what_adds_to_moderate_long_covid(facts: dict[str, Any], best: str, worst: str) -> None:
    moderate: dict[str, Any] = {"severity": "moderate", "since": years_ago(8 / 12), **facts}
    assert ends("long_covid", **moderate) == (best, worst)


def test_lately_operated_is_put_off() -> None:
    assert judged("spina_bifida", kind="occulta", recent_trouble=True).outcome is Outcome.POSTPONE


def test_raynauds_beside_a_connective_tissue_disease_is_not_rated_again() -> None:
    lupus = told("lupus", severity="remission", years_stable=6)
    assert ends("raynauds", lupus) == ends("lupus", severity="remission", years_stable=6)
    assert ends("raynauds", lupus, ulcers=True) == ("table_1", "table_2")
