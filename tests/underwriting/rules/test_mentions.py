"""An entry is recognised by the guide's words, by the field's words, and by its ICD-10 code."""

from typing import Any

import pytest

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed, Question, QuestionType
from megler.underwriting.rules.mentions import mentions
from tests.underwriting.guides import person
from tests.underwriting.rated_guides import rated_guide

RULES = rated_guide().guide


def found(**facts: Any) -> list[tuple[str, list[str]]]:
    assert RULES is not None
    return [(m.place, [i.code for i in m.impairments]) for m in mentions(RULES, person(**facts))]


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ({"name": "Heart attack"}, ["myocardial_infarction"]),
        ({"name": "Type 2 diabetes"}, ["diabetes_type_2"]),
        ({"name": "asthma, mild"}, ["asthma"]),
        ({"name": "something", "icd10": "E11.9"}, ["diabetes_type_2"]),
        ({"name": "E11.9"}, ["diabetes_type_2"]),
        ({"name": "e119"}, ["diabetes_type_2"]),
        ({"name": "colon cancer"}, ["cancer"]),
        ({"name": "Melanoma of the back"}, ["melanoma"]),
        ({"name": "gibberish"}, []),
    ],
)
def test_a_condition_is_what_it_is_called(entry: dict[str, str], codes: list[str]) -> None:
    assert found(conditions=[entry]) == [("conditions[0]", codes)]


def test_every_list_has_its_own_words() -> None:
    told = found(driving=[{"event": "DUI"}], avocations=[{"name": "scuba"}], conditions=[])
    assert told == [("driving[0]", ["dui"]), ("avocations[0]", ["scuba"])]


def test_a_word_that_answers_what_is_asked_of_one_thing_is_no_other_thing_besides() -> None:
    polyps = Impairment("colon_polyps", "Colon polyps", Listed.CONDITIONS, "digestive")
    cancer = Impairment("cancer", "Cancer", Listed.CONDITIONS, "oncology")
    kinds = Question("colon_polyps", "kind", QuestionType.CHOICE, "Which?", ("benign", "malignant"))
    guide = Guide(classes=(), impairments=(polyps, cancer), questions=(kinds,))

    def judging(name: str) -> set[str]:
        told = mentions(guide, person(conditions=[{"name": name}]))
        return {one.code for mention in told for one in mention.impairments}

    assert judging("colon polyps, malignant") == {"colon_polyps"}
    assert judging("colon polyps, malignant, and lung cancer") == {"colon_polyps", "cancer"}
