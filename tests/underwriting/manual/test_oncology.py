"""Cancers and diseases of the blood by the figures of the manual's chapter: points / 25 are tables.

What a case leaves out has its usual answer. Days count to 2026-06-15; a year is over on that very day.
"""

from datetime import date
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Assessment
from tests.underwriting.manual.usual import assessed, range_of, told

Treated = tuple[str, str, dict[str, Any], str]
"""An impairment, the day its treatment ended, answers, the range."""
Diagnosed = tuple[str, str, dict[str, Any], str]
"""An impairment, the day it was found, answers, the range."""

EARLY = {"stage": "I", "nodes": 0, "grade": 2}
COLON = {"site": "colon", "stage": "II", "nodes": 0, "solitary_metastasis": False}
LUNG = {"stage": "I", "type": "adenocarcinoma", "never_smoked": False, "size_cm": 3}
RADICAL = {"treatment": "surgery", "grade": 2}
KIDNEY = {"stage": "I", "size_cm": 4, "grade": 2, "treatment": "partial_nephrectomy"}
LIVER = {"stage": "I", "treatment": "resection"}
GASTRIC = {"stage": "I", "treatment": "surgery", "t_stage": "T1a", "grade": 2}
THROAT = {
    "site": "oropharynx",
    "stage": "I",
    "treatment": "radiation",
    "hpv_positive": True,
    "grade": 2,
}
SKIN = {"breslow_mm": 1}

TREATED: list[Treated] = [
    # breast, stage I to IIA: edges of 2, 5 and 10 years, nodes, grade, receptors
    ("breast_cancer", "2024-06-16", EARLY, "table_4..table_6"),
    ("breast_cancer", "2024-06-15", EARLY, "table_3..table_4"),
    ("breast_cancer", "2021-06-16", EARLY, "table_3..table_4"),
    ("breast_cancer", "2021-06-15", EARLY, "table_1..table_2"),
    ("breast_cancer", "2016-06-15", EARLY, "standard..table_1"),
    ("breast_cancer", "2023-01-10", EARLY | {"grade": 3}, "table_4..table_5"),
    ("breast_cancer", "2023-01-10", EARLY | {"nodes": 2}, "table_5..table_6"),
    ("breast_cancer", "2023-01-10", EARLY | {"her2": "positive_treated"}, "table_4..table_5"),
    ("breast_cancer", "2020-01-10", EARLY | {"treatment_completed": True, "hormone_therapy": True}, "standard"),
    ("breast_cancer", "2020-01-10", EARLY | {"recurrence_score": 26}, "table_2..table_3"),
    ("breast_cancer", "2020-01-10", EARLY | {"recurrence_score": 10}, "standard..table_1"),
    ("breast_cancer", "2023-06-16", EARLY | {"receptors": "triple_negative"}, "decline"),
    ("breast_cancer", "2023-06-15", EARLY | {"receptors": "triple_negative"}, "table_5..table_6"),
    ("breast_cancer", "2022-01-10", {"stage": "IIB", "nodes": 3, "grade": 2}, "table_5..table_7"),
    ("breast_cancer", "2014-01-10", {"stage": "III", "nodes": 5, "grade": 2}, "table_3..table_5"),
    ("breast_cancer", "2014-01-10", {"stage": "IV", "nodes": 5, "grade": 2}, "decline"),
    ("breast_cancer", "2020-01-10", EARLY | {"recurrence": "local", "recurred": "2022-01-10"}, "table_4..table_6"),
    ("breast_cancer", "2020-01-10", EARLY | {"recurrence": "local", "recurred": "2026-01-10"}, "postpone"),
    ("dcis", "2025-06-16", {"treatment": "mastectomy"}, "postpone"),
    ("dcis", "2025-06-15", {"treatment": "mastectomy"}, "table_1..table_2"),
    ("dcis", "2024-01-10", {"treatment": "lumpectomy"}, "table_3..table_4"),
    ("dcis", "2023-06-15", {"treatment": "lumpectomy"}, "table_2..table_3"),
    ("dcis", "2021-06-15", {"treatment": "lumpectomy"}, "standard"),
    # bowel
    ("colorectal_cancer", "2024-01-10", COLON, "table_3..table_5"),
    ("colorectal_cancer", "2024-01-10", COLON | {"risk": "high"}, "table_4..table_6"),
    ("colorectal_cancer", "2021-06-15", COLON | {"stage": "III", "nodes": 4, "msi_high": True}, "table_3..table_5"),
    ("colorectal_cancer", "2023-06-15", COLON | {"stage": "IV", "solitary_metastasis": True}, "table_7..table_9"),
    ("colorectal_cancer", "2010-01-10", COLON | {"stage": "IV"}, "decline"),
    ("colorectal_cancer", "2023-01-10",
     COLON | {"site": "rectum", "stage": "III", "complete_response": True}, "table_3..table_5"),
    # lung: a former smoker of long ago is 25 better, a never-smoker has a table of their own
    ("lung_cancer", "2021-06-15", LUNG, "table_2..table_4"),
    ("lung_cancer", "2021-06-15", LUNG | {"never_smoked": True}, "table_2..table_4"),
    ("lung_cancer", "2015-01-10", LUNG | {"never_smoked": True}, "table_1..table_2"),
    ("lung_cancer", "2021-06-16", LUNG | {"stage": "III", "treatment": "surgery"}, "decline"),
    ("lung_cancer", "2021-06-15", LUNG | {"stage": "III", "treatment": "surgery"}, "table_8..table_10"),
    ("lung_cancer", "2023-01-10", LUNG | {"stage": "limited", "type": "small_cell"}, "table_10..decline"),
    # prostate
    ("prostate_cancer", "2021-06-15", RADICAL | {"risk": "low"}, "standard..table_1"),
    ("prostate_cancer", "2021-06-15", RADICAL | {"risk": "low", "grade": 1}, "standard"),
    ("prostate_cancer", "2024-01-10", RADICAL | {"risk": "intermediate"}, "table_3..table_4"),
    ("prostate_cancer", "2019-06-15", RADICAL | {"risk": "very_high"}, "table_4..table_5"),
    ("prostate_cancer", "2024-01-10", RADICAL | {"risk": "low", "extension": "seminal_vesicles"}, "table_4..table_5"),
    ("prostate_cancer", "2024-01-10", RADICAL | {"risk": "low", "spread": "metastatic"}, "decline"),
    # thyroid, bladder, kidney
    ("thyroid_cancer", "2026-01-10", {"size_cm": 1, "treatment": "lobectomy"}, "standard..table_2"),
    ("thyroid_cancer", "2023-06-15", {"size_cm": 3}, "standard"),
    ("thyroid_cancer", "2022-01-10", {"extent": "lateral_nodes", "size_cm": 3}, "table_1..table_3"),
    ("thyroid_cancer", "2022-01-10", {"type": "anaplastic", "size_cm": 3}, "decline"),
    ("bladder_cancer", "2024-01-10", {"stage": "0", "risk": "low", "treatment": "turbt"}, "table_2..table_3"),
    ("bladder_cancer", "2024-01-10",
     {"stage": "0", "risk": "low", "treatment": "turbt", "small_single": True, "follow_up": True}, "standard..table_1"),
    ("bladder_cancer", "2024-06-15", {"stage": "II", "treatment": "cystectomy"}, "table_5..table_7"),
    ("bladder_cancer", "2020-01-10",
     {"stage": "IV", "treatment": "cystectomy", "metastases": "complete_response"},
     "table_8..individual_consideration"),
    ("kidney_cancer", "2023-06-15", KIDNEY, "standard..table_1"),
    ("kidney_cancer", "2022-01-10", KIDNEY | {"bilateral": "solitary_kidney"}, "table_1..table_2"),
    ("kidney_cancer", "2023-06-16", KIDNEY, "standard..table_2"),
    ("kidney_cancer", "2023-06-15", KIDNEY | {"size_cm": 4.1}, "table_1..table_3"),
    ("kidney_cancer", "2023-06-15",
     KIDNEY | {"grade": 3, "treatment": "radical_nephrectomy", "type": "chromophobe"}, "standard..table_2"),
    ("kidney_cancer", "2010-01-10", KIDNEY | {"type": "medullary"}, "decline"),
    # liver, pancreas, stomach, esophagus (half points count as the next whole one)
    ("liver_cancer", "2024-06-15", LIVER, "table_6..table_8"),
    ("liver_cancer", "2020-01-10", LIVER | {"cirrhosis_free": True}, "table_1..table_2"),
    ("liver_cancer", "2020-01-10", LIVER | {"child_pugh": "C"}, "decline"),
    ("pancreatic_cancer", "2024-06-15", {"stage": "I", "node_level": "n0", "size_cm": 2}, "table_3..table_4"),
    ("pancreatic_cancer", "2024-06-15", {"stage": "I", "node_level": "n0", "size_cm": 2.1}, "table_4..table_5"),
    ("stomach_cancer", "2021-06-15", GASTRIC, "table_1..table_2"),
    ("stomach_cancer", "2024-06-15", GASTRIC | {"t_stage": "T2"}, "table_3..table_4"),
    ("esophageal_cancer", "2024-06-15",
     {"stage": "II", "treatment": "chemoradiation", "response": "complete"}, "table_4..table_5"),
    ("barretts_high_grade", "2023-06-15", {"treatment": "endoscopic"}, "table_1..table_2"),
    # head and neck
    ("head_neck_cancer", "2021-06-15", THROAT, "table_1..table_2"),
    ("head_neck_cancer", "2021-06-15", THROAT | {"hpv_positive": False}, "table_2..table_3"),
    ("head_neck_cancer", "2024-01-10", THROAT | {"hpv_positive": False, "stage": "IVA"}, "table_6..decline"),
    # skin: edges in months
    ("melanoma", "2025-06-15", SKIN | {"stage": "0"}, "standard"),
    ("melanoma", "2023-06-16", SKIN | {"stage": "IA"}, "table_1..table_2"),
    ("melanoma", "2023-06-15", SKIN | {"stage": "IA"}, "standard..table_1"),
    ("melanoma", "2024-06-15", {"stage": "IIB", "breslow_mm": 3}, "table_4..table_6"),
    ("melanoma", "2024-06-15", {"stage": "IIB", "breslow_mm": 3, "ulceration": True}, "table_5..table_7"),
    ("melanoma", "2022-06-15", {"stage": "IIIB", "breslow_mm": 3}, "table_8..decline"),
    ("melanoma", "2022-06-15", {"stage": "IV", "breslow_mm": 3}, "decline"),
    ("basal_cell_carcinoma", "2026-03-15", {}, "standard"),
    ("basal_cell_carcinoma", "2026-03-16", {}, "postpone"),
    ("basal_cell_carcinoma", "2026-01-10", {"lesions": 6}, "table_2..table_3"),
    ("squamous_cell_carcinoma", "2025-06-15", {"risk": "high"}, "table_2..table_3"),
    # leukemia and lymphoma
    ("acute_lymphoblastic_leukemia", "2016-06-15", {"risk": "standard"}, "table_2..table_4"),
    ("acute_myeloid_leukemia", "2025-01-10", {"risk": "favorable", "transplant": "uncomplicated"}, "postpone"),
    ("acute_myeloid_leukemia", "2023-01-10", {"risk": "adverse"}, "table_8..individual_consideration"),
    ("acute_lymphoblastic_leukemia", "2023-06-15", {"risk": "high", "transplant": "car_t"}, "table_4..table_6"),
    ("stem_cell_transplant", "2020-01-10", {"type": "autologous"}, "table_3..table_5"),
    ("stem_cell_transplant", "2023-01-10", {"type": "allogeneic", "donor": "related"}, "table_4..table_6"),
    ("stem_cell_transplant", "2025-06-16", {"type": "autologous"}, "postpone"),
    ("hodgkin_lymphoma", "2021-06-15", {"stage": "II"}, "standard..table_1"),
    ("hodgkin_lymphoma", "2015-06-15", {"stage": "II", "b_symptoms": True}, "standard..table_1"),
    ("aggressive_lymphoma", "2021-06-15", {"stage": "II"}, "table_1..table_2"),
    ("aggressive_lymphoma", "2021-06-15", {"stage": "II", "response": "refractory"}, "decline"),
]  # fmt: skip

DIAGNOSED: list[Diagnosed] = [
    ("prostate_cancer", "2023-06-15", {"treatment": "surveillance", "risk": "low"}, "standard"),
    ("prostate_cancer", "2023-06-15",
     {"treatment": "surveillance", "risk": "low", "follow_up": False}, "standard..table_1"),
    ("prostate_cancer", "2025-06-16",
     {"treatment": "surveillance", "risk": "low", "psa_trend": "rising", "follow_up": False}, "table_3..table_4"),
    ("neuroendocrine_tumor", "2023-06-15", {"stage": "I", "grade": 1, "size_cm": 1}, "table_1..table_3"),
    ("gist", "2025-06-15", {"risk": "low"}, "table_2..table_4"),
    ("sarcoma", "2024-06-15", {"stage": "II", "grade": 2}, "table_4..table_6"),
    ("brain_tumor", "2023-06-15", {"type": "meningioma", "grade": 1, "complete_resection": True}, "standard..table_1"),
    ("brain_tumor", "2024-06-16", {"type": "glioblastoma", "grade": 4, "complete_resection": True}, "decline"),
    ("brain_tumor", "2024-06-15",
     {"type": "glioblastoma", "grade": 4, "complete_resection": True}, "table_8..table_10"),
    ("testicular_cancer", "2023-06-15", {"type": "seminoma", "stage": "I"}, "table_1..table_2"),
    ("testicular_cancer", "2023-06-15",
     {"type": "seminoma", "stage": "I", "markers_normal": True, "follow_up": True}, "standard"),
    ("merkel_cell_carcinoma", "2023-06-15", {"stage": "I"}, "table_3..table_5"),
    ("chronic_lymphocytic_leukemia", "2021-06-15", {"treatment": "observation", "stage": "0"}, "table_1..table_3"),
    ("chronic_lymphocytic_leukemia", "2021-06-16", {"treatment": "observation", "stage": "0"}, "table_2..table_4"),
    ("chronic_lymphocytic_leukemia", "2019-01-10", {"treatment": "observation", "stage": "0"}, "standard..table_2"),
    ("chronic_myeloid_leukemia", "2023-06-15", {"response": "deep_molecular"}, "standard..table_2"),
    ("chronic_myeloid_leukemia", "2015-01-10", {"response": "deep_molecular", "phase": "blast"}, "decline"),
    ("indolent_lymphoma", "2023-06-15", {"treatment": "watch_and_wait"}, "table_1..table_3"),
    ("multiple_myeloma", "2020-01-10", {"stage": "II"}, "table_3..table_5"),
    ("multiple_myeloma", "2026-03-10", {"stage": "II"}, "postpone"),
    ("mgus", "2021-06-15", {"risk": "low"}, "standard..table_1"),
    ("mgus", "2021-06-16", {"risk": "low"}, "table_1..table_2"),
    ("polycythemia_vera", "2021-06-15", {"risk": "low"}, "table_1..table_2"),
    ("essential_thrombocythemia", "2021-06-15", {"risk": "very_low"}, "standard..table_1"),
    ("primary_myelofibrosis", "2024-01-10", {"risk": "high"}, "postpone..decline"),
    ("myelodysplastic_syndrome", "2024-01-10", {"risk": "low"}, "table_4..table_5"),
    ("aplastic_anemia", "2020-01-10", {"severity": "severe"}, "table_4..table_6"),
    ("pnh", "2020-01-10", {"type": "classic"}, "table_3..table_5"),
    ("waldenstrom", "2020-01-10", {"risk": "low", "treatment": "watch_and_wait"}, "table_1..table_2"),
]  # fmt: skip


def _id(case: Treated | Diagnosed) -> str:
    name, day, details, expected = case
    return f"{name} {day} {' '.join(f'{k}={v}' for k, v in details.items())}: {expected}"


def _treated(name: str, until: str, details: dict[str, Any], age: int = 65) -> Assessment:
    """A man, or where only women have it a woman, found half a year before treatment ended."""
    ended = date.fromisoformat(until)
    since = date(ended.year - 1, ended.month, min(ended.day, 28)).isoformat()
    entry = told(name, since, **details) | {"until": until}
    return assessed(entry, age=age, sex="female" if name in {"breast_cancer", "dcis"} else "male")


@pytest.mark.parametrize("case", TREATED, ids=_id)
def test_the_manuals_figures_hold_from_the_end_of_treatment(case: Treated) -> None:
    name, until, details, expected = case
    assert range_of(_treated(name, until, details)) == expected


@pytest.mark.parametrize("case", DIAGNOSED, ids=_id)
def test_the_manuals_figures_hold_from_the_diagnosis(case: Diagnosed) -> None:
    name, since, details, expected = case
    assert range_of(assessed(told(name, since, **details), age=60)) == expected


@pytest.mark.parametrize(
    ("stage", "expected"), [("I", "table_2..table_4"), ("III", "table_6..table_8")]
)
def test_a_man_with_breast_cancer_has_a_table_of_his_own(stage: str, expected: str) -> None:
    entry = told("breast_cancer", "2019-01-10", stage=stage, nodes=0, grade=2)
    assert range_of(assessed(entry | {"until": "2020-01-10"}, age=60)) == expected


def test_a_child_cured_of_leukemia_is_rated_milder() -> None:
    grown = told("acute_lymphoblastic_leukemia", "1998-01-10", risk="standard")
    assert range_of(assessed(grown | {"until": "2000-01-10"}, age=35)) == "standard..table_1"
    assert range_of(assessed(grown | {"until": "2000-01-10"}, age=50)) == "table_2..table_4"


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("CLL", "leukemia"),
        ("DLBCL", "lymphoma"),
        ("follicular lymphoma", "lymphoma"),
        ("Hodgkin's", "lymphoma Hodgkin"),
        ("polycythemia vera", "hematologic PV"),
        ("MGUS", "hematologic MGUS"),
        ("meningioma", "specialized meningioma"),
        ("GIST", "specialized GIST"),
        ("IPMN", "pancreatic non-invasive"),
        ("Merkel cell carcinoma", "specialized Merkel"),
    ],
)
def test_kinds_are_known_by_their_usual_names(words: str, page: str) -> None:
    entry = {"name": words, "since": "2020-01-10", "until": "2021-01-10", "details": {}}
    pages = [reason.source.page or "" for reason in assessed(entry, age=60).reasons]
    assert any(one.startswith(f"3.oncology.{page}") for one in pages)


@pytest.mark.parametrize(
    ("until", "expected"), [("2024-01-10", "table_3..table_4"), ("2022-01-10", "table_1..table_2")]
)
def test_bladder_cancer_before_40_is_rated_harder(until: str, expected: str) -> None:
    details = {"stage": "0", "risk": "low", "treatment": "turbt"}
    assert range_of(_treated("bladder_cancer", until, details, age=41)) == expected


def test_a_mutation_is_rated_by_itself_or_with_its_cancer() -> None:
    carrier = told("hereditary_cancer_syndrome", syndrome="lynch") | {"name": "Lynch syndrome"}
    colon = told("colorectal_cancer", "2009-01-10", **COLON, hereditary_syndrome=True)
    assert range_of(assessed(carrier, age=60)) == "table_2..table_3"
    both = assessed(carrier, colon | {"until": "2010-01-10"}, age=60)
    assert range_of(both) == "table_2..table_4"


def test_a_cancer_without_a_table_goes_to_an_underwriter() -> None:
    entry = told("cancer", "2014-01-10") | {"name": "mesothelioma", "until": "2015-01-10"}
    assert range_of(assessed(entry, age=60)) == "individual_consideration"


def test_what_is_not_told_of_a_cancer_leaves_the_range_open() -> None:
    entry = {"name": "breast cancer", "since": "2015-01-10", "until": "2016-01-10", "details": {}}
    found = assessed(entry, age=60, sex="female")
    assert found.class_range == ("standard", "decline")
    assert "conditions[0].details.stage" in {one.fact for one in found.open}


def test_a_recurrence_counts_from_its_own_day() -> None:
    late = EARLY | {"recurrence": "regional", "recurred": "2021-06-15"}
    soon = EARLY | {"recurrence": "regional", "recurred": "2024-06-15"}
    assert range_of(_treated("breast_cancer", "2015-01-10", late)) == "table_5..table_7"
    assert range_of(_treated("breast_cancer", "2015-01-10", soon)) == "table_8..decline"


def test_pending_treatment_postpones() -> None:
    assert (
        range_of(_treated("breast_cancer", "2015-01-10", EARLY | {"in_treatment": True}))
        == "postpone"
    )
