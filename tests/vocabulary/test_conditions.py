"""Conditions and drugs by the names that people give them."""

import re

import pytest

from megler.vocabulary.conditions import (
    by_icd10,
    conditions,
    drug,
    drug_classes,
    likely_from,
    medications,
    named,
    plain,
    recognised,
    wider,
)

LISTS = {"conditions", "driving", "criminal", "avocations"}


def test_every_name_of_every_condition_recognises_it_alone() -> None:
    wrong = {
        (one.code, word): found
        for one in conditions().values()
        for word in (one.code.replace("_", " "), one.name, *one.words)
        if (found := recognised(word)) != (one.code,)
    }
    assert wrong == {}


def test_every_name_is_found_in_its_own_list_only() -> None:
    for one in conditions().values():
        assert recognised(one.name, one.listed) == (one.code,)
        for other in LISTS - {one.listed}:
            assert one.code not in recognised(one.name, other)


def test_no_name_belongs_to_two_conditions_and_no_code_twice() -> None:
    owners: dict[str, set[str]] = {}
    for one in conditions().values():
        for word in (one.name, *one.words, *one.icd10):
            owners.setdefault(plain(word), set()).add(one.code)
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {}


def test_no_drug_is_named_as_a_condition() -> None:
    of_conditions = {plain(w) for one in conditions().values() for w in (one.name, *one.words)}
    of_drugs = {plain(w) for one in medications().values() for w in (one.name, *one.words)}
    assert of_conditions & of_drugs == set()


def test_the_list_of_conditions_is_whole() -> None:
    assert len(conditions()) > 250
    for one in conditions().values():
        assert one.listed in LISTS
        assert one.name
        assert one.group
        assert one.parent == "" or one.parent in conditions()
        assert next(iter(wider(one.code))) == one.code
        assert all(re.fullmatch(r"[A-Z]\d?[0-9A-Z]?(\.[0-9A-Z]+)?", code) for code in one.icd10)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("type II diabetic, a1c 7.1", ("diabetes_type_2",)),
        ("T2DM", ("diabetes_type_2",)),
        ("adult onset diabetes", ("diabetes_type_2",)),
        ("bipolar type II", ("bipolar_disorder",)),
        ("diabetis", ("diabetes",)),
        ("a-fib", ("atrial_fibrillation",)),
        ("MI 2019 with stents x2", ("myocardial_infarction", "coronary_stent")),
        ("heart atack", ("myocardial_infarction",)),
        ("HTN / high colesterol", ("hypertension", "hyperlipidemia")),
        ("hypertention not controlled", ("hypertension",)),
        ("rhuematoid arthritis", ("rheumatoid_arthritis",)),
        ("alzhiemers", ("alzheimers_disease",)),
        ("emphasema", ("emphysema",)),
        ("non-Hodgkin's lymphoma", ("lymphoma",)),
        ("Hodgkin's disease", ("hodgkin_lymphoma",)),
        ("squamous cell carcinoma of the lung", ("lung_cancer",)),
        ("cancer of the left colon: colon ca stage II", ("colorectal_cancer",)),
        ("cancer, a melanoma", ("melanoma",)),
        ("transient ischaemic attack", ("tia",)),
        ("Sjögren's syndrome", ("connective_tissue_disease",)),
        ("OSA on CPAP", ("sleep_apnea",)),
        ("DUI 2018", ("dui",)),
        ("wreck diving to 130 ft", ("scuba",)),
        ("long hair", ()),
        ("please cancel the policy and cover the value", ()),
        ("", ()),
    ],
)
def test_names_as_people_write_them(text: str, codes: tuple[str, ...]) -> None:
    assert recognised(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("no diabetes", ()),
        ("denies asthma or COPD", ()),
        ("no diabetes, hypertension or stroke", ()),
        ("no diabetes, hypertension controlled", ("hypertension",)),
        ("no stroke; heart attack 2019", ("myocardial_infarction",)),
        ("no heart attack but a stent", ("coronary_stent",)),
        ("never had a stroke", ()),
        ("negative for HIV", ()),
        ("cancer ruled out", ()),
        ("non diabetic, asthma", ("asthma",)),
        ("no longer has asthma", ("asthma",)),
        ("not well controlled asthma", ("asthma",)),
        ("asthma, no hospital stays", ("asthma",)),
        ("no complications with diabetes", ("diabetes",)),
    ],
)
def test_what_is_denied_is_not_recognised(text: str, codes: tuple[str, ...]) -> None:
    assert recognised(text) == codes


def test_what_is_denied_is_named_all_the_same() -> None:
    text = "asthma, no stroke"
    assert [(text[n.start : n.end], n.negated) for n in named(text)] == [
        ("asthma", False),
        ("stroke", True),
    ]


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("E11.9", "diabetes_type_2"), ("E11.22", "diabetes_type_2"), ("e119", "diabetes_type_2"),
        ("E10.9", "diabetes_type_1"), ("I10", "hypertension"), ("I25.10", "coronary_artery_disease"),
        ("I25.2", "myocardial_infarction"), ("I21.9", "myocardial_infarction"), ("Z95.5", "coronary_stent"),
        ("Z95.1", "coronary_bypass"), ("I48.91", "atrial_fibrillation"), ("I50.9", "heart_failure"),
        ("I42.1", "hypertrophic_cardiomyopathy"), ("I63.9", "stroke"), ("G45.9", "tia"),
        ("J44.9", "copd"), ("J45.50", "asthma"), ("G47.33", "sleep_apnea"), ("G47.00", "insomnia"),
        ("F17.210", "nicotine_dependence"), ("C44.91", "basal_cell_carcinoma"), ("C44.92", "squamous_cell_carcinoma"),
        ("C43.9", "melanoma"), ("C76.0", "cancer"), ("N18.30", "kidney_disease"), ("N18.6", "end_stage_renal_disease"),
        ("R97.20", "elevated_psa"), ("R74.01", "elevated_liver_enzymes"), ("I73.00", "raynauds"),
        ("I73.9", "peripheral_vascular_disease"), ("K76.0", "fatty_liver"), ("K74.60", "cirrhosis"),
        ("W00", None), ("", None), ("diabetes", None), ("E", None),
    ],
)  # fmt: skip
def test_a_code_is_the_condition_of_its_longest_known_beginning(
    code: str, condition: str | None
) -> None:
    assert by_icd10(code) == condition


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lipitor 40 mg daily", "atorvastatin"),
        ("ATORVASTATIN", "atorvastatin"),
        ("metforman", "metformin"),
        ("elaquis", "apixaban"),
        ("jardience 10mg", "empagliflozin"),
        ("beta-blocker", "Beta blockers"),
        ("Lantus", "insulin glargine"),
        ("carbidopa/levodopa", "carbidopa/levodopa"),
        ("vitamins", None),
        ("the state of Ohio", None),
    ],
)
def test_a_drug_by_its_names(text: str, name: str | None) -> None:
    found = drug(text)
    assert (found.name if found else None) == name


def test_every_name_of_every_drug_finds_it_and_what_it_is_for_is_known() -> None:
    for one in medications().values():
        assert one.drug_class in drug_classes()
        assert set(one.likely) <= set(conditions())
        for word in (one.name, *one.words):
            found = drug(word)
            assert found is not None, word
            assert found.name == one.name


def test_a_drug_tells_what_it_is_taken_for() -> None:
    assert "diabetes_type_2" in likely_from("Ozempic")
    assert likely_from("water") == ()
