"""Build, blood pressure, pulse, laboratory values, tests, nicotine and family, at their borders."""

from typing import Any

import pytest

from tests.underwriting.manual.nonmedical import FIT, ago, told

IC = "individual_consideration"
PP, P, SP, S = "preferred_plus", "preferred", "standard_plus", "standard"


def pressure(systolic: int, diastolic: int, treated: bool = False) -> dict[str, Any]:
    told = {"systolic": systolic, "diastolic": diastolic, "treated": treated}
    return {"blood_pressure": told}


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        (pressure(119, 79), PP, PP),
        (pressure(120, 79), P, P),
        (pressure(129, 79), P, P),
        (pressure(130, 79), SP, SP),
        (pressure(119, 80), SP, SP),
        (pressure(139, 89), SP, SP),
        (pressure(140, 89), S, "table_2"),
        (pressure(139, 90), S, "table_2"),
        (pressure(159, 99), S, "table_2"),
        (pressure(160, 99), "table_2", "table_4"),
        (pressure(159, 100), "table_2", "table_4"),
        (pressure(179, 109), "table_2", "table_4"),
        (pressure(180, 109), "table_4", IC),
        (pressure(110, 70, True), P, P),
        (pressure(110, 70, True) | {"details": {"pressure_medications": 2}}, SP, SP),
        (pressure(110, 70, True) | {"details": {"pressure_medications": 3}}, S, S),
        (pressure(110, 70, True) | {"details": {"pressure_treatment_recent": True}}, S, S),
        (pressure(150, 85) | {"born": "1988-01-01"}, "table_1", "table_3"),
        (pressure(150, 85) | {"born": "1952-01-01"}, S, "table_1"),
        (pressure(135, 79) | {"weight_lb": 200}, S, S),
        (pressure(129, 79) | {"weight_lb": 200}, P, P),
    ],
)
def test_blood_pressure(facts: dict[str, Any], best: str, worst: str) -> None:
    assert told(**facts).class_range == (best, worst)


@pytest.mark.parametrize(
    ("sex", "height_in", "weight_lb", "best"),
    [
        ("male", 70, 132, PP), ("male", 70, 131, S), ("male", 70, 203, PP), ("male", 70, 204, P),
        ("male", 70, 214, P), ("male", 70, 215, SP), ("male", 70, 233, SP), ("male", 70, 234, S),
        ("male", 70, 251, S), ("male", 70, 252, "table_2"), ("male", 70, 269, "table_2"),
        ("male", 70, 270, "table_4"), ("male", 70, 305, "table_6"), ("male", 70, 322, "table_8"),
        ("male", 70, 323, IC), ("male", 60, 97, PP), ("male", 59, 120, IC), ("female", 56, 82, PP),
        ("female", 56, 203, "table_8"), ("female", 75, 361, IC), ("female", 64, 163, PP),
        ("female", 64, 164, P),
    ],
)  # fmt: skip
def test_build(sex: str, height_in: int, weight_lb: int, best: str) -> None:
    facts: dict[str, Any] = {"sex": sex, "height_in": height_in, "weight_lb": weight_lb}
    assert told(**facts).class_range[0] == best


def test_from_71_the_chart_takes_five_percent_more() -> None:
    assert told(weight_lb=213, born="1956-01-01").class_range[0] == P
    assert told(weight_lb=213, born="1954-01-01").class_range[0] == PP
    assert told(weight_lb=214, born="1954-01-01").class_range[0] == P


def test_underweight_below_the_chart() -> None:
    assert told(weight_lb=112).class_range == (S, "table_2")
    assert told(weight_lb=110).class_range == ("table_2", "table_4")


LABS = [
    ("a1c", 5.6, PP, PP), ("a1c", 5.7, P, SP), ("a1c", 6.0, P, SP), ("a1c", 6.1, S, "table_2"),
    ("a1c", 6.5, "table_2", "table_3"), ("a1c", 7.0, "table_3", "table_5"),
    ("a1c", 8.0, "table_5", "table_7"), ("a1c", 9.9, "table_7", "table_9"),
    ("a1c", 12.0, "table_9", "decline"), ("a1c", 12.1, "decline", "decline"),
    ("glucose", 99, PP, PP), ("glucose", 100, SP, "table_2"), ("glucose", 126, S, "table_2"),
    ("glucose", 140, "table_2", "table_4"), ("glucose", 200, "table_4", IC),
    ("ldl", 99, PP, PP), ("ldl", 100, P, P), ("ldl", 130, SP, SP), ("ldl", 160, S, "table_2"),
    ("ldl", 190, "table_2", "table_4"), ("ldl", 220, "table_2", "table_4"),
    ("hdl", 60, PP, PP), ("hdl", 59, SP, SP), ("hdl", 49, S, S), ("hdl", 39, "table_1", "table_2"),
    ("hdl", 29, "table_3", "table_4"),
    ("triglycerides", 199, P, P), ("triglycerides", 200, S, "table_3"),
    ("triglycerides", 500, "table_2", "table_4"), ("triglycerides", 1000, "table_4", IC),
    ("creatinine", 1.2, PP, PP), ("creatinine", 1.3, S, "table_2"),
    ("creatinine", 1.6, "table_2", "table_4"), ("creatinine", 2.0, "table_4", "table_8"),
    ("creatinine", 3.0, "table_8", "decline"),
    ("egfr", 90, PP, PP), ("egfr", 89, P, SP), ("egfr", 59, S, "table_2"),
    ("egfr", 44, "table_3", "table_6"), ("egfr", 29, "table_6", "decline"),
    ("egfr", 14, "decline", "decline"),
    ("urine_protein", "trace", P, P), ("urine_protein", "2+", S, "table_2"),
    ("uacr", 30, S, "table_2"), ("uacr", 1000, "table_6", "decline"),
    ("alt", 39, PP, PP), ("alt", 40, P, SP), ("alt", 56, S, "table_1"), ("alt", 71, S, "table_2"),
    ("alt", 101, "table_2", "table_4"), ("alt", 201, "table_4", IC),
    ("ast", 34, PP, PP), ("ast", 35, P, SP), ("ggt", 49, PP, PP), ("ggt", 50, SP, S),
    ("ggt", 201, "table_2", "table_4"), ("alp", 151, S, "table_1"),
    ("crp", 1.0, P, SP), ("nt_probnp", 451, "table_2", "table_4"), ("bnp", 901, "table_6", "decline"),
    ("psa", 1.9, PP, PP), ("psa", 2.5, P, P), ("psa", 4.0, SP, SP), ("psa", 4.1, S, "table_2"),
    ("psa", 10.1, "table_4", IC), ("cea", 5.1, "table_2", IC), ("cdt", 2.6, "table_2", "table_4"),
    ("hemoglobin", 12.9, S, "table_2"), ("hemoglobin", 16.6, SP, S),
    ("wbc", 10.6, SP, S), ("platelets", 99, S, "table_2"),
    ("pulse", 49, S, "table_2"), ("pulse", 50, PP, PP), ("pulse", 100, PP, PP),
    ("pulse", 101, SP, S), ("pulse", 111, S, "table_2"), ("pulse", 121, "table_2", IC),
    ("ejection_fraction", 55, PP, PP), ("ejection_fraction", 39, "table_3", "table_6"),
    ("calcium_score", 0, PP, PP), ("calcium_score", 11, SP, S),
    ("calcium_score", 401, "table_2", "table_4"),
    ("ahi", 15, "table_2", "table_3"), ("liver_stiffness", 12.6, "table_6", "decline"),
    ("mets", 6, S, S), ("t_score", -2.6, S, "table_2"),
    ("weight_change", "lost unintentionally", "postpone", "postpone"),
    ("ecg_finding", "atrial fibrillation", "table_2", "table_6"), ("stress_test", "angina", "table_4", IC),
    ("chest_xray", "infiltrate", "postpone", "postpone"), ("colonoscopy", "villous polyps", "table_2", "table_4"),
    ("cotinine", "positive", "preferred_tobacco", "preferred_tobacco"), ("tests_pending", True, "postpone", "postpone"),
    ("family_disorder", "huntingtons disease", "table_2", "table_3"), ("family_points", 21, "table_3", IC),
]  # fmt: skip


@pytest.mark.parametrize(("key", "answer", "best", "worst"), LABS)
def test_laboratory_values_and_tests(key: str, answer: object, best: str, worst: str) -> None:
    assert told(details={key: answer}).class_range == (best, worst)


def test_women_and_older_men_have_limits_of_their_own() -> None:
    woman: dict[str, Any] = {"sex": "female", "height_in": 64, "weight_lb": 130}
    assert told(**woman, details={"creatinine": 1.2}).class_range == (S, "table_2")
    assert told(**woman, details={"alt": 31}).class_range == (P, SP)
    assert told(born="1960-01-01", details={"psa": 5.0}).class_range == (P, P)
    assert told(born="1954-01-01", details={"psa": 4.9}).class_range == (PP, PP)


def test_raised_enzymes_together_are_worse_and_alone_better() -> None:
    assert told(details={"alt": 90}).class_range == (S, "table_2")
    assert told(details={"alt": 90, "liver_isolated": True}).class_range == (S, "table_1")
    assert told(details={"alt": 90, "ast": 80}).class_range == ("table_2", "table_4")


def test_a_told_diabetes_is_judged_as_such_not_by_the_laboratory() -> None:
    found = told(conditions=[{"name": "type 2 diabetes"}], details={"a1c": 7.2})
    assert not [r for r in found.reasons if r.source.page == "4.labs A1c"]


def test_the_medicines_of_heart_failure_tell_it() -> None:
    three = [{"name": n} for n in ("furosemide", "lisinopril", "carvedilol")]
    found = told(medications=three, conditions=[{"name": "hypertension"}])
    assert found.table == 3


def test_blood_pressure_from_130_with_cholesterol_and_family_keeps_the_worst_of_each() -> None:
    father = {"relation": "father", "condition": "heart attack", "onset_age": 55}
    facts = {**pressure(135, 80), "family": [father]}
    assert told(**facts).class_range == (SP, SP)
    mother = {"relation": "mother", "condition": "heart attack", "onset_age": 58}
    assert told(**{**facts, "family": [father, mother]}).class_range == (S, S)


@pytest.mark.parametrize(
    ("relative", "best"),
    [
        ({"relation": "father", "condition": "heart attack", "onset_age": 60}, SP),
        ({"relation": "father", "condition": "heart attack", "onset_age": 61}, PP),
        ({"relation": "mother", "condition": "stroke", "onset_age": 49}, S),
        ({"relation": "mother", "condition": "stroke", "onset_age": 50}, PP),
        ({"relation": "brother", "condition": "colon cancer", "onset_age": 49}, S),
        ({"relation": "brother", "condition": "colon cancer", "onset_age": 50}, SP),
        ({"relation": "mother", "condition": "diabetes", "onset_age": 65}, S),
    ],
)
def test_family(relative: dict[str, Any], best: str) -> None:
    assert told(family=[relative]).class_code == best


def use(product: str, months: int = 0, **more: Any) -> dict[str, Any]:
    return {"nicotine": [{"product": product, "last_used": ago(months=months), **more}]}


SETTLED = {
    "cotinine": "negative", "nicotine_replacement_to_quit": True, "nicotine_replacement_months": 3,
}  # fmt: skip
"""What tells of a use that it makes nobody a user."""


def per_year(times: int) -> dict[str, Any]:
    return {"details": {"per_year": times}}


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        (use("cigarette", 11), "preferred_tobacco", "preferred_tobacco"),
        (use("cigarette", 12), PP, PP),
        (use("e_cigarette", 0, per_week=1), "preferred_tobacco", "preferred_tobacco"),
        (use("cigar", 0, **per_year(12)), S, S),
        (use("cigar", 0, **per_year(13)), "table_2", "table_2"),
        (use("cigar", 0, **per_year(52)), "table_2", "table_2"),
        (use("cigar", 0, **per_year(53)), "preferred_tobacco", "preferred_tobacco"),
        (use("cigar", 12, **per_year(300)), PP, PP),
        (use("pipe", 0, **per_year(24)), "table_2", "table_2"),
        (use("pipe", 0, **per_year(25)), "preferred_tobacco", "preferred_tobacco"),
        (use("nicotine_pouch", 0, per_week=20), "table_2", "table_2"),
        (use("snus", 0, per_week=7), "preferred_tobacco", "preferred_tobacco"),
        (use("snus", 0, **per_year(51)), "table_2", "table_2"),
        (use("chewing_tobacco", 5), "preferred_tobacco", "preferred_tobacco"),
        (use("chewing_tobacco", 6), "table_2", "table_2"),
        (use("chewing_tobacco", 12), PP, PP),
        (use("nicotine_gum", 0, per_week=20), S, S),
        (
            use("nicotine_gum", 0, per_week=20) | {"details": SETTLED | {"nicotine_replacement_months": 6}},
            "preferred_tobacco",
            "preferred_tobacco",
        ),
        (use("hookah", 0, **per_year(1)), "preferred_tobacco", "preferred_tobacco"),
    ],
)  # fmt: skip
def test_nicotine_product_by_product(facts: dict[str, Any], best: str, worst: str) -> None:
    assert told(**{"details": SETTLED, **facts}).class_range == (best, worst)


def test_a_cigar_smoker_without_a_test_may_be_a_user_and_is_asked_for_it() -> None:
    found = told(**use("cigar", 0, **per_year(12)))
    assert found.class_range == (S, "standard_tobacco")
    assert "details.cotinine" in {one.fact for one in found.open if not one.supposed}


def test_a_cigar_with_cotinine_is_a_users() -> None:
    facts = use("cigar", 0, **per_year(6)) | {"details": {"cotinine": "positive"}}
    assert told(**facts).class_code == "preferred_tobacco"


def test_the_best_class_asks_everything_of_the_healthy() -> None:
    assert told().class_range == (PP, PP)
    assert set(FIT) >= {"nicotine", "family", "blood_pressure", "cholesterol"}
