"""What was told is judged, what was not is said, and drugs tell of conditions."""

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.rated_guides import assessed, having


def test_a_condition_that_the_guide_does_not_know_is_left_to_an_underwriter() -> None:
    found = assessed(conditions=having("blue skin of the moon"))
    assert (found.class_code, found.class_range[1]) == (
        "preferred_plus",
        "individual_consideration",
    )
    assert found.likely is not None
    assert found.likely.outcome is Outcome.INDIVIDUAL_CONSIDERATION
    told = next(r for r in found.reasons if r.code == "not_judged")
    assert told.params["names"] == "blue skin of the moon"


def test_a_narrow_condition_without_a_rule_is_judged_by_the_wider_one() -> None:
    assert assessed(conditions=having("lung cancer")).outcome is Outcome.INDIVIDUAL_CONSIDERATION
    melanoma = assessed(conditions=having("melanoma", until="2021-03-01", since="2020-01-01"))
    assert melanoma.class_code == "standard"


def test_a_list_that_nobody_touched_on_is_supposed_good_and_said() -> None:
    found = assessed()
    supposed = {o.fact: o.would_change_to for o in found.open if o.supposed}
    assert {"conditions", "driving", "avocations"} <= set(supposed)
    assert supposed["driving"] == "decline"
    assert found.is_certain
    said = {r.params["fact"] for r in found.assumptions if r.code == "history_supposed"}
    assert set(supposed) == said


def test_a_list_said_to_be_incomplete_widens_the_range() -> None:
    found = assessed(driving=[], driving_complete=False)
    assert found.class_range == ("preferred_plus", "decline")
    assert "driving" in {o.fact for o in found.open if not o.supposed}


def test_a_drug_without_its_condition_suggests_it_and_widens_the_range() -> None:
    alone = assessed(conditions=[], medications=having("metformin"))
    assert alone.class_range[0] == "preferred_plus"
    assert alone.class_range[1] != "preferred_plus"
    assert "medication_suggests" in {r.code for r in alone.assumptions}
    known = having("diabetes type 2", since="2020-01", details={"a1c": 7, "ulcer": False})
    treated = assessed(
        conditions=[],
        medications=having("losartan"),
        blood_pressure={"systolic": 120, "diastolic": 78, "treated": True},
    )
    assert "medication_suggests" not in {r.code for r in treated.assumptions}
    both = assessed(conditions=known, medications=having("metformin"))
    assert "medication_suggests" not in {r.code for r in both.assumptions}
    assert both.class_range == ("table_2", "table_3")
